//! The category tree.

use super::{CategoryId, Image};
use serde::{Deserialize, Serialize};

/// A category with what lies below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// The backend's identifier.
    pub id: CategoryId,
    /// Its part of an address; unique in the shop.
    pub slug: String,
    /// In the market's language.
    pub name: String,
    /// In the market's language; may be empty.
    #[serde(default)]
    pub description: String,
    /// A picture for tiles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// What lies below, in the merchandiser's order.
    #[serde(default)]
    pub children: Vec<Category>,
}

impl Category {
    /// The way from this category down to `slug`, both included; empty when it is not below.
    pub fn path_to(&self, slug: &str) -> Vec<&Category> {
        if self.slug == slug {
            return vec![self];
        }
        for child in &self.children {
            let mut path = child.path_to(slug);
            if !path.is_empty() {
                path.insert(0, self);
                return path;
            }
        }
        Vec::new()
    }
}

/// A category by name, without what lies below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRef {
    /// The backend's identifier.
    pub id: CategoryId,
    /// Its part of an address.
    pub slug: String,
    /// In the market's language.
    pub name: String,
}
