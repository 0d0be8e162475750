//! What a list can be narrowed by: the facets that the merchant shows to visitors.

use super::Search;
use crate::adapters::vendure::ask::Question;
use crate::adapters::vendure::found::{Swatch, readable};
use crate::adapters::vendure::{Answered, Vendure};
use crate::error::{Error, Kind, Refusal};
use crate::model::{Facet, FacetChoice, FacetValue, ListingQuery, Market};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// Facet code → the ids of the values that were chosen.
pub(super) type Narrowed = BTreeMap<String, Vec<String>>;

/// Marks of products, such as `new`; nothing to narrow by.
const MARKS: &str = "tag";
/// How long the ids of facet values are kept.
const KNOWN: Duration = Duration::from_secs(300);
const OPERATION: &str = "vendure.facets";

/// A facet value and how many of the products that were found have it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counted {
    count: u32,
    facet_value: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Value {
    code: String,
    name: String,
    facet: Named,
    #[serde(default, deserialize_with = "readable")]
    custom_fields: Vec<Swatch>,
}

#[derive(Deserialize)]
struct Named {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct All {
    facets: Items,
}

#[derive(Deserialize)]
struct Items {
    items: Vec<Known>,
}

#[derive(Deserialize)]
struct Known {
    code: String,
    values: Vec<KnownValue>,
}

#[derive(Deserialize)]
struct KnownValue {
    id: String,
    code: String,
}

/// The facets of a list. A chosen one is counted in `free`, the list without its own choice; one whose
/// single value all products have narrows nothing and is left out.
pub(super) fn facets(found: &Search, free: &BTreeMap<&str, &Search>, chosen: &[FacetChoice]) -> Vec<Facet> {
    let mut facets: Vec<Facet> = Vec::new();
    let all = found.facet_values.iter().chain(free.values().flat_map(|search| &search.facet_values));
    for counted in all {
        let code = &counted.facet_value.facet.code;
        if code == MARKS || facets.iter().any(|facet| facet.id == *code) {
            continue;
        }
        let search = free.get(code.as_str()).copied().unwrap_or(found);
        let values = search.facet_values.iter().filter(|other| other.facet_value.facet.code == *code);
        let values: Vec<FacetValue> = values.map(|value| shown(value, chosen)).collect();
        let narrows = values.len() > 1 || values.iter().any(|v| v.selected || v.count < search.total_items);
        if narrows {
            facets.push(Facet { id: code.clone(), name: counted.facet_value.facet.name.clone(), values });
        }
    }
    facets
}

fn shown(counted: &Counted, chosen: &[FacetChoice]) -> FacetValue {
    let value = &counted.facet_value;
    FacetValue {
        id: value.code.clone(),
        name: value.name.clone(),
        count: counted.count,
        selected: chosen.iter().any(|c| c.facet == value.facet.code && c.value == value.code),
        swatch: value.custom_fields.iter().find_map(|fields| fields.swatch.clone()),
    }
}

impl Vendure {
    /// The ids of what was chosen: Vendure's search takes ids, addresses of pages carry codes.
    pub(super) async fn narrowed(&self, market: &Market, query: &ListingQuery) -> Result<Narrowed, Error> {
        let mut narrowed = Narrowed::new();
        if query.facets.is_empty() {
            return Ok(narrowed);
        }
        let known = self.facet_ids(market).await?;
        for FacetChoice { facet, value } in &query.facets {
            let id = known.get(facet).and_then(|values| values.get(value)).ok_or_else(|| {
                let field = format!("facet.{facet}");
                Error::new(Kind::Refused(Refusal::Invalid { field }), OPERATION, "no such facet value")
            })?;
            narrowed.entry(facet.clone()).or_default().push(id.clone());
        }
        Ok(narrowed)
    }

    /// Facet code → value code → id; the same for every visitor, so it is kept for a while.
    async fn facet_ids(&self, market: &Market) -> Result<BTreeMap<String, BTreeMap<String, String>>, Error> {
        let key = self.ask.key("facets");
        if let Some(known) = self.upstream.recall(&key).and_then(|kept| serde_json::from_str(&kept).ok()) {
            return Ok(known);
        }
        let answer: Answered<All> = self
            .send(Question {
                operation: OPERATION,
                market,
                session: None,
                document: &[include_str!("../graphql/facets.graphql")],
                extras: &[],
                variables: (),
            })
            .await?;
        let of = |known: Known| (known.code, known.values.into_iter().map(|v| (v.code, v.id)).collect());
        let known = answer.found.facets.items.into_iter().map(of).collect();
        if let Ok(text) = serde_json::to_string(&known) {
            self.upstream.keep(&key, &text, KNOWN);
        }
        Ok(known)
    }
}
