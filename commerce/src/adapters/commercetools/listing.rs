//! What a search found, as a page of a list.

use super::schema::Schema;
use super::text::said;
use crate::model::{
    CategoryRef, Facet, FacetValue, Listing, ListingQuery, Market, ProductCard, Sort,
};
use serde::Deserialize;

/// The answer of Product Search; products come by id only.
#[derive(Deserialize)]
pub(super) struct Found {
    pub(super) total: u32,
    pub(super) results: Vec<Hit>,
    #[serde(default)]
    facets: Vec<Counted>,
}

#[derive(Deserialize)]
pub(super) struct Hit {
    pub(super) id: String,
}

#[derive(Deserialize)]
struct Counted {
    name: String,
    #[serde(default)]
    buckets: Vec<Bucket>,
}

#[derive(Deserialize)]
struct Bucket {
    key: String,
    count: u32,
}

impl Found {
    /// The list, with the cards of this page.
    pub(super) fn listing(
        &self,
        market: &Market,
        schema: &Schema,
        query: &ListingQuery,
        category: Option<CategoryRef>,
        items: Vec<ProductCard>,
    ) -> Listing {
        Listing {
            category,
            items,
            total: self.total,
            page: query.page,
            page_size: query.page_size,
            facets: self.facets(market, schema, query),
            sort: query.sort.unwrap_or(Sort::Relevance),
            sorts: Sort::ALL.to_vec(),
        }
    }

    fn facets(&self, market: &Market, schema: &Schema, query: &ListingQuery) -> Vec<Facet> {
        let facets = schema.facets().filter_map(|definition| {
            let counted = self.facets.iter().find(|counted| counted.name == definition.name)?;
            let count = |key: &str| counted.buckets.iter().find(|b| b.key == key).map_or(0, |b| b.count);
            let is_chosen = |key: &str| {
                query.facets.iter().any(|choice| choice.facet == definition.name && choice.value == key)
            };
            let value = |value: &super::schema::EnumValue| FacetValue {
                id: value.key.clone(),
                name: value.label.said(market),
                count: count(&value.key),
                selected: is_chosen(&value.key),
                swatch: schema.swatch(&definition.name, &value.key),
            };
            // In the merchant's order; a chosen value stays, so that it can be taken back.
            let known = definition.values().iter().map(value);
            let mut values: Vec<FacetValue> = known.filter(|v| v.count > 0 || v.selected).collect();
            if schema.has_swatches(&definition.name) {
                // Colours have no order of their own; people look for their names.
                values.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()));
            }
            // A value that all products have narrows nothing.
            let narrows = values.len() > 1 || values.iter().any(|v| v.selected || v.count < self.total);
            narrows.then(|| Facet { id: definition.name.clone(), name: said(&definition.label, market), values })
        });
        facets.filter(|facet| !facet.values.is_empty()).collect()
    }
}
