//! The category tree. A category's picture is `image` of its metadata.

use super::words::{or_empty, picture, word};
use crate::error::{Error, Kind, Subject};
use crate::model::{Category, CategoryId, CategoryRef, Image, Listing, ListingQuery, Market, Sort};
use serde::Deserialize;
use serde_json::Value;

/// Landscape, for tiles; Medusa knows no picture's size.
const SIZE: (u32, u32) = (1200, 900);

/// Deeper trees are cut: a circle must not run away.
const DEEPEST: usize = 8;

/// The orders that Medusa has: its prices are reckoned after sorting, and titles are sorted untranslated.
const SORTS: [Sort; 2] = [Sort::Relevance, Sort::Newest];

#[derive(Deserialize)]
pub(super) struct Categories {
    product_categories: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    handle: String,
    name: String,
    #[serde(default, deserialize_with = "or_empty")]
    description: String,
    #[serde(default, deserialize_with = "or_empty")]
    rank: i64,
    #[serde(default)]
    metadata: Value,
    #[serde(default, deserialize_with = "or_empty")]
    category_children: Vec<Record>,
}

impl Categories {
    pub(super) fn tree(self) -> Vec<Category> {
        below(self.product_categories, 0)
    }

    /// The one category that was asked for, and the ids of it and all below it, parted by commas.
    pub(super) fn narrowing(self) -> Result<(CategoryRef, String), Error> {
        let root = self.product_categories.into_iter().next().ok_or_else(|| {
            Error::new(Kind::NotFound(Subject::Category), "medusa.listing", "no category has that handle")
        })?;
        let mut ids = Vec::new();
        collect(&root, 0, &mut ids);
        let reference =
            CategoryRef { id: CategoryId::new(root.id.clone()), slug: root.handle, name: root.name };
        Ok((reference, ids.join(",")))
    }
}

fn collect(record: &Record, depth: usize, ids: &mut Vec<String>) {
    ids.push(record.id.clone());
    if depth < DEEPEST {
        record.category_children.iter().for_each(|child| collect(child, depth + 1, ids));
    }
}

fn below(mut records: Vec<Record>, depth: usize) -> Vec<Category> {
    if depth > DEEPEST {
        return Vec::new();
    }
    records.sort_by_key(|record| record.rank);
    let category = |record: Record| Category {
        image: word(&record.metadata, "image").and_then(picture).map(|url| Image {
            url: url.to_owned(),
            alt: record.name.clone(),
            width: SIZE.0,
            height: SIZE.1,
            renditions: Vec::new(),
        }),
        id: CategoryId::new(record.id),
        slug: record.handle,
        name: record.name,
        description: record.description,
        children: below(record.category_children, depth + 1),
    };
    records.into_iter().map(category).collect()
}

/// A page of products as a list. The Store API has no facets.
pub(super) fn listing(
    market: &Market,
    query: &ListingQuery,
    category: Option<CategoryRef>,
    page: super::product::Products,
) -> Result<Listing, Error> {
    let mut items = Vec::with_capacity(page.products.len());
    for record in page.products {
        items.extend(record.card("medusa.listing", market)?);
    }
    Ok(Listing {
        category,
        items,
        total: page.count,
        page: query.page.max(1),
        page_size: query.page_size.clamp(1, 100),
        facets: Vec::new(),
        sort: query.sort.filter(|sort| SORTS.contains(sort)).unwrap_or(Sort::Relevance),
        sorts: SORTS.to_vec(),
    })
}
