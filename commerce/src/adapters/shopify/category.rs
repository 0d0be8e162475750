//! The category tree; pure. Shopify's collections are flat: the tree is the menu `main-menu`, which every
//! shop has, and whose items that lead to collections are its categories (three levels at most).

use super::shape::{Picture, lenient};
use crate::model::{Category, CategoryId};
use serde::Deserialize;

/// The answer of `menu.graphql`.
#[derive(Deserialize)]
pub(super) struct Answer {
    menu: Option<Menu>,
}

#[derive(Deserialize)]
struct Menu {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "lenient")]
    resource: Option<Collection>,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Collection {
    id: String,
    handle: String,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default, deserialize_with = "lenient")]
    image: Option<Picture>,
}

/// The departments; none without the menu.
pub(super) fn tree(answer: Answer) -> Vec<Category> {
    below(answer.menu.map(|menu| menu.items).unwrap_or_default())
}

/// An item that leads elsewhere is left out; what hangs below it moves up.
fn below(items: Vec<Item>) -> Vec<Category> {
    let shown = items.into_iter().flat_map(|item| {
        let children = below(item.items);
        let Some(own) = item.resource else { return children };
        vec![Category {
            image: own.image.map(|picture| picture.image(&own.title)),
            id: CategoryId::new(own.id),
            slug: own.handle,
            name: own.title,
            description: own.description,
            children,
        }]
    });
    shown.collect()
}
