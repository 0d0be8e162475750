//! Filters as facets; pure.
//!
//! Which filters there are is set up by the merchant (the Search & Discovery app). Each value carries the
//! `input` that chooses it, and only Shopify can say it, so a chosen facet is looked up among the list's
//! filters first (<https://shopify.dev/docs/storefronts/headless/building-with-the-storefront-api/products-collections/filter-products>).

use super::product::Swatch;
use crate::error::{Error, Kind, Refusal};
use crate::model::{Facet, FacetChoice, FacetValue};
use serde::Deserialize;
use serde_json::Value;

/// `filters.graphql`.
#[derive(Debug, Deserialize)]
pub(super) struct Filter {
    id: String,
    label: String,
    #[serde(rename = "type")]
    kind: String,
    values: Vec<Choice>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    id: String,
    label: String,
    count: u32,
    input: Value,
    swatch: Option<Swatch>,
}

impl Filter {
    /// `filter.v.option.colour` is `colour`, `filter.p.vendor` is `brand`.
    fn facet(&self) -> &str {
        match self.id.as_str() {
            "filter.p.vendor" => "brand",
            id => id.rsplit('.').next().unwrap_or(id),
        }
    }

    /// A price range is no list of values, and what is out of stock nobody looks for.
    fn is_shown(&self, choice: &Choice) -> bool {
        self.kind != "PRICE_RANGE" && choice.id != "filter.v.availability.0"
    }

    /// `filter.v.option.colour.navy` is `navy`.
    fn value<'a>(&self, choice: &'a Choice) -> &'a str {
        match choice.id.strip_prefix(&self.id).and_then(|rest| rest.strip_prefix('.')) {
            Some("1") if self.id == "filter.v.availability" => "in_stock",
            Some(own) => own,
            None => &choice.id,
        }
    }
}

/// The inputs of what is chosen.
///
/// # Errors
/// `Refused` naming the facet, for one that the list does not have.
pub(super) fn inputs(
    operation: &'static str,
    chosen: &[FacetChoice],
    filters: &[Filter],
) -> Result<Vec<Value>, Error> {
    let input = |wanted: &FacetChoice| {
        let filter = filters.iter().find(|filter| filter.facet() == wanted.facet)?;
        let choice = filter.values.iter().find(|c| filter.is_shown(c) && filter.value(c) == wanted.value)?;
        // Shopify sends the input as JSON in a text.
        match &choice.input {
            Value::String(text) => serde_json::from_str(text).ok(),
            other => Some(other.clone()),
        }
    };
    let found = chosen.iter().map(|wanted| {
        input(wanted).ok_or_else(|| {
            let field = format!("facet.{}", wanted.facet);
            Error::new(Kind::Refused(Refusal::Invalid { field }), operation, "no such filter or value here")
        })
    });
    found.collect()
}

/// The facets of a list of `total` products, as far as they narrow it.
pub(super) fn facets(filters: Vec<Filter>, chosen: &[FacetChoice], total: u32) -> Vec<Facet> {
    let mut facets: Vec<Facet> = Vec::new();
    for filter in &filters {
        let selected = |value: &str| chosen.iter().any(|c| c.facet == filter.facet() && c.value == value);
        let shown = filter.values.iter().filter(|choice| filter.is_shown(choice));
        let values: Vec<FacetValue> = shown
            .map(|choice| FacetValue {
                id: filter.value(choice).to_owned(),
                name: choice.label.clone(),
                count: choice.count,
                selected: selected(filter.value(choice)),
                swatch: choice.swatch.as_ref().and_then(|swatch| swatch.color.clone()),
            })
            .collect();
        let narrows = values.len() > 1 || values.iter().any(|value| value.selected || value.count < total);
        let known = facets.iter().any(|facet| facet.id == filter.facet());
        if narrows && !known {
            facets.push(Facet { id: filter.facet().to_owned(), name: filter.label.clone(), values });
        }
    }
    facets
}
