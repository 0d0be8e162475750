//! Lists: Vendure's `search` finds, counts and sorts; the cards come from `products` in a second exchange,
//! since a search result has neither a former price nor stock, brand or marks.
//!
//! Vendure sorts by price and by name only; another order is the backend's own. Facets are the merchant's,
//! `tag` apart, which holds the marks; there is none for price, rating or stock.

mod facets;

use super::ask::{Extra, Question};
use super::{Answered, Vendure};
use crate::error::{Error, Kind, Subject};
use crate::model::{CategoryId, CategoryRef, Listing, ListingQuery, Market, Sort};
use facets::{Narrowed, facets};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const OPERATION: &str = "vendure.listing";

#[derive(Deserialize)]
struct Found {
    found: Search,
    collection: Option<Collection>,
    /// The same list without one facet's choice, for that facet's counts: `f0`, `f1`, …
    #[serde(flatten)]
    without: BTreeMap<String, Search>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Search {
    total_items: u32,
    items: Vec<Item>,
    facet_values: Vec<facets::Counted>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    product_id: String,
}

#[derive(Deserialize)]
struct Collection {
    id: String,
    slug: String,
    name: String,
}

/// Vendure's name of an order; `None` is its own.
fn sort(sort: Option<Sort>) -> (Sort, Option<Value>) {
    match sort {
        Some(Sort::PriceAscending) => (Sort::PriceAscending, Some(json!({ "price": "ASC" }))),
        Some(Sort::PriceDescending) => (Sort::PriceDescending, Some(json!({ "price": "DESC" }))),
        Some(Sort::Name) => (Sort::Name, Some(json!({ "name": "ASC" }))),
        _ => (Sort::Relevance, None),
    }
}

/// The input of the search, with all choices but those of one facet.
fn input(query: &ListingQuery, narrowed: &Narrowed, except: Option<&str>) -> Map<String, Value> {
    let mut input = Map::new();
    let mut put = |name: &str, value: Value| input.insert(name.to_owned(), value);
    put("groupByProduct", json!(true));
    let take = query.page_size.clamp(1, 100);
    put("take", json!(if except.is_some() { 1 } else { take }));
    let skip = i64::from(query.page.max(1) - 1).saturating_mul(i64::from(take)).min(i64::from(i32::MAX));
    put("skip", json!(if except.is_some() { 0 } else { skip }));
    if let Some(words) = query.search.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        put("term", json!(words));
    }
    if let Some(slug) = &query.category {
        put("collectionSlug", json!(slug));
    }
    if let (_, Some(order)) = sort(query.sort) {
        put("sort", order);
    }
    let filters = narrowed.iter().filter(|(facet, _)| Some(facet.as_str()) != except);
    let filters: Vec<Value> = filters.map(|(_, ids)| json!({ "or": ids })).collect();
    put("facetValueFilters", json!(filters));
    input
}

/// The document: one search, and one more for each chosen facet. No value of a visitor is in it.
fn document(chosen: usize) -> String {
    let variables: String = (0..chosen).map(|at| format!(", $f{at}: SearchInput!")).collect();
    let searches: String =
        (0..chosen).map(|at| format!(" f{at}: search(input: $f{at}) {{ ...Found }}")).collect();
    format!(
        "query Listing($input: SearchInput!, $slug: String, $inCategory: Boolean!{variables}) {{ \
         found: search(input: $input) {{ ...Found }}{searches} \
         collection(slug: $slug) @include(if: $inCategory) {{ id slug name }} }}"
    )
}

impl Vendure {
    pub(super) async fn read_listing(&self, market: &Market, query: &ListingQuery) -> Result<Listing, Error> {
        let narrowed = self.narrowed(market, query).await?;
        let mut variables = Map::new();
        variables.insert("input".to_owned(), Value::Object(input(query, &narrowed, None)));
        variables.insert("slug".to_owned(), json!(query.category));
        variables.insert("inCategory".to_owned(), json!(query.category.is_some()));
        for (at, facet) in narrowed.keys().enumerate() {
            variables.insert(format!("f{at}"), Value::Object(input(query, &narrowed, Some(facet))));
        }
        let answer: Answered<Found> = self
            .send(Question {
                operation: OPERATION,
                market,
                session: None,
                document: &[&document(narrowed.len()), include_str!("graphql/found.graphql")],
                extras: &[Extra::FacetValue],
                variables,
            })
            .await?;
        let Found { found, collection, without } = answer.found;
        if query.category.is_some() && collection.is_none() {
            return Err(Error::new(Kind::NotFound(Subject::Category), OPERATION, "no such collection"));
        }
        let free = narrowed
            .keys()
            .enumerate()
            .filter_map(|(at, facet)| Some((facet.as_str(), without.get(&format!("f{at}"))?)));
        let ids: Vec<String> = found.items.iter().map(|item| item.product_id.clone()).collect();
        Ok(Listing {
            category: collection.map(|c| CategoryRef {
                id: CategoryId::new(c.id),
                slug: c.slug,
                name: c.name,
            }),
            total: found.total_items,
            page: query.page.max(1),
            page_size: query.page_size.clamp(1, 100),
            facets: facets(&found, &free.collect(), &query.facets),
            sort: sort(query.sort).0,
            sorts: vec![Sort::Relevance, Sort::PriceAscending, Sort::PriceDescending, Sort::Name],
            items: self.read_cards(OPERATION, market, &ids).await?,
        })
    }
}
