//! Vendure's collections as the category tree, at most five levels deep.

use super::ask::Question;
use super::found::{Asset, readable};
use super::product::image;
use super::{Answered, Vendure};
use crate::adapters::wire::markup;
use crate::error::Error;
use crate::model::{Category, CategoryId, Market};
use serde::Deserialize;

#[derive(Deserialize)]
struct Found {
    collections: Items,
}

#[derive(Deserialize)]
struct Items {
    items: Vec<Collection>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collection {
    id: String,
    slug: String,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default, deserialize_with = "readable")]
    featured_asset: Vec<Asset>,
    #[serde(default)]
    children: Option<Vec<Collection>>,
}

fn category(found: Collection) -> Category {
    Category {
        id: CategoryId::new(found.id),
        slug: found.slug,
        description: markup::plain(&found.description),
        image: found.featured_asset.iter().find_map(|asset| image(asset, &found.name)),
        children: found.children.into_iter().flatten().map(category).collect(),
        name: found.name,
    }
}

impl Vendure {
    pub(super) async fn read_categories(&self, market: &Market) -> Result<Vec<Category>, Error> {
        let answer: Answered<Found> = self
            .send(Question {
                operation: "vendure.categories",
                market,
                session: None,
                document: &[include_str!("graphql/categories.graphql")],
                extras: &[],
                variables: (),
            })
            .await?;
        Ok(answer.found.collections.items.into_iter().map(category).collect())
    }
}
