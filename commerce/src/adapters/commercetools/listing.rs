//! What a search found, as a page of a list.

use super::band;
use super::schema::{EnumValue, Schema};
use super::text::said;
use crate::model::{CategoryRef, Facet, FacetValue, Listing, ListingQuery, Market, ProductCard, Sort};
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
    /// Of a distinct facet.
    #[serde(default)]
    buckets: Vec<Bucket>,
    /// Of a count facet.
    #[serde(default)]
    value: u32,
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
        let is_chosen = |facet: &str, value: &str| {
            query.facets.iter().any(|choice| choice.facet == facet && choice.value == value)
        };
        let own = schema.facets().map(|definition| {
            let facet = definition.name.as_str();
            let counted = self.facets.iter().find(|counted| counted.name == facet);
            let buckets = counted.map(|counted| counted.buckets.as_slice()).unwrap_or_default();
            let value = |value: &EnumValue| FacetValue {
                id: value.key.clone(),
                name: value.label.said(market),
                count: buckets.iter().find(|b| b.key == value.key).map_or(0, |b| b.count),
                selected: is_chosen(facet, &value.key),
                swatch: schema.swatch(facet, &value.key),
            };
            // In the merchant's order.
            let mut values: Vec<FacetValue> = definition.values().iter().map(value).collect();
            if schema.has_swatches(facet) {
                // Colours have no order of their own; people look for their names.
                values.sort_by_cached_key(|value| value.name.to_lowercase());
            }
            Facet { id: facet.to_owned(), name: said(&definition.label, market), values }
        });
        let bands = band::bands(market);
        let others = band::facets(market, schema).into_iter().map(|(facet, name)| {
            let values = bands.iter().filter(|band| band.facet == facet).map(|band| FacetValue {
                id: band.id.clone(),
                name: band.name.clone(),
                count: self.facets.iter().find(|c| c.name == band.counted()).map_or(0, |c| c.value),
                selected: is_chosen(facet, &band.id),
                swatch: None,
            });
            Facet { id: facet.to_owned(), name: name.to_owned(), values: values.collect() }
        });
        own.chain(others).filter_map(|facet| self.shown(facet)).collect()
    }

    /// A facet with what is left of its values; a chosen one stays, so that it can be taken back. A single
    /// value that all products have narrows nothing.
    fn shown(&self, mut facet: Facet) -> Option<Facet> {
        facet.values.retain(|value| value.count > 0 || value.selected);
        let narrows = facet.values.iter().any(|value| value.selected || value.count < self.total);
        (facet.values.len() > 1 || narrows).then_some(facet)
    }
}
