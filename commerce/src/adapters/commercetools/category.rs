//! The category tree, which commercetools keeps as a flat list with parents.
//! <https://docs.commercetools.com/api/projects/categories>

use super::lenient;
use super::picture::{Asset, of_assets};
use super::schema::Page;
use super::text::{Localized, said};
use crate::adapters::wire::json;
use crate::error::Error;
use crate::model::{Category, CategoryId, CategoryRef, Market};
use serde::Deserialize;

/// Deeper trees are cut: none that people use is deeper, and a circle of parents must end.
const DEEPEST: u8 = 8;

/// All categories, siblings in the merchant's order.
pub(super) struct Categories(Vec<WireCategory>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireCategory {
    id: String,
    name: Localized,
    slug: Localized,
    #[serde(default)]
    description: Option<Localized>,
    #[serde(default)]
    order_hint: String,
    #[serde(default)]
    parent: Option<Parent>,
    #[serde(default, deserialize_with = "lenient::list")]
    assets: Vec<Asset>,
}

#[derive(Deserialize)]
struct Parent {
    id: String,
}

impl Categories {
    pub(super) fn read(operation: &'static str, body: &str) -> Result<Self, Error> {
        let mut all = json::parse::<Page<WireCategory>>(operation, body.as_bytes())?.results;
        // A hint is a decimal between 0 and 1 as text, `0.05`: texts compare as the numbers do.
        all.sort_by(|a, b| a.order_hint.cmp(&b.order_hint));
        Ok(Self(all))
    }

    /// The departments with all below them.
    pub(super) fn tree(&self, market: &Market) -> Vec<Category> {
        self.below(None, market, 0)
    }

    fn below(&self, parent: Option<&str>, market: &Market, depth: u8) -> Vec<Category> {
        if depth > DEEPEST {
            return Vec::new();
        }
        let children = self.0.iter().filter(|c| c.parent.as_ref().map(|p| p.id.as_str()) == parent);
        let category = |wire: &WireCategory| Category {
            id: CategoryId::new(wire.id.clone()),
            slug: said(&wire.slug, market),
            name: said(&wire.name, market),
            description: wire.description.as_ref().map(|text| said(text, market)).unwrap_or_default(),
            image: of_assets(&wire.assets, market),
            children: self.below(Some(&wire.id), market, depth + 1),
        };
        children.map(category).collect()
    }

    /// The category that a market calls so.
    pub(super) fn find(&self, slug: &str, market: &Market) -> Option<CategoryRef> {
        let wire = self.0.iter().find(|wire| said(&wire.slug, market) == slug)?;
        Some(CategoryRef {
            id: CategoryId::new(wire.id.clone()),
            slug: slug.to_owned(),
            name: said(&wire.name, market),
        })
    }
}
