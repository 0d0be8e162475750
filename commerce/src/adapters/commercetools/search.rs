//! A question for a list, in the search query language.
//! <https://docs.commercetools.com/api/search-query-language>,
//! <https://docs.commercetools.com/api/projects/product-search>
//!
//! Everything goes in as JSON values, so that no word can become a part of the query.

use super::schema::{Definition, Schema};
use crate::error::{Error, Kind, Refusal};
use crate::model::{CategoryRef, ListingQuery, Market, Sort};
use serde_json::{Value, json};

const OPERATION: &str = "commercetools.search";
/// A query takes 50 expressions; with so many words there is room for the rest.
const MOST_WORDS: usize = 5;
/// Texts of variants that are searched in.
const MOST_TEXTS: usize = 3;
/// The service gives no results beyond.
const LAST: u32 = 10_000;

const PRICE: &str = "variants.prices.currentCentAmount";

/// The body of `POST /{projectKey}/products/search`. `slips` allows a letter of each word to be wrong.
///
/// # Errors
/// `Refused` for a page beyond the 10,000th product, which commercetools does not give.
pub(super) fn request(
    market: &Market,
    schema: &Schema,
    query: &ListingQuery,
    category: Option<&CategoryRef>,
    slips: bool,
) -> Result<Value, Error> {
    let offset = query.page.saturating_sub(1).saturating_mul(query.page_size);
    if offset.saturating_add(query.page_size) > LAST {
        let field = "page".to_owned();
        return Err(Error::new(Kind::Refused(Refusal::Invalid { field }), OPERATION, "beyond the last"));
    }
    let mut all = vec![priced(market)];
    if let Some(category) = category {
        all.push(json!({ "filter": [exact("categoriesSubTree", category.id.as_str())] }));
    }
    let words = words(query);
    if !words.is_empty() {
        all.push(text(&words, schema.locale(market), schema, slips));
    }
    let mut body = json!({
        "query": { "and": all },
        "sort": sort(market, schema, query, category),
        "limit": query.page_size,
        "offset": offset,
        "facets": schema.facets().map(|facet| distinct(facet, market, schema, query)).collect::<Vec<_>>(),
    });
    if let (Some(narrowed), Some(fields)) = (narrowed(market, schema, query, None), body.as_object_mut()) {
        fields.insert("postFilter".to_owned(), narrowed);
    }
    Ok(body)
}

/// The words that are looked for.
pub(super) fn words(query: &ListingQuery) -> Vec<&str> {
    query.search.as_deref().unwrap_or_default().split_whitespace().take(MOST_WORDS).collect()
}

/// Whether a facet and value were asked for that the project does not have, so that nothing can match.
pub(super) fn is_known(schema: &Schema, facet: &str, value: &str) -> bool {
    let found = schema.facets().find(|definition| definition.name == facet);
    found.is_some_and(|definition| definition.values().iter().any(|known| known.key == value))
}

fn exact(field: &str, value: &str) -> Value {
    json!({ "exact": { "field": field, "value": value } })
}

/// A price of this market: of its currency, and of its country or of none.
fn priced(market: &Market) -> Value {
    let country = "variants.prices.country";
    json!({ "and": [
        exact("variants.prices.currencyCode", market.currency().code()),
        { "or": [exact(country, market.country()), { "not": [{ "exists": { "field": country } }] }] },
    ] })
}

/// Every word somewhere, or all of them in one field, where the service leaves out words that say nothing.
fn text(words: &[&str], locale: &str, schema: &Schema, slips: bool) -> Value {
    let name = |kind: &str, value: &str| {
        json!({ kind: { "field": "name", "language": locale, "value": value, "boost": 8 } })
    };
    let read = |value: &str| {
        let mut fields = vec![
            name("fullText", value),
            json!({ "fullText": { "field": "description", "language": locale, "value": value } }),
        ];
        fields.extend(schema.searched().take(MOST_TEXTS).map(|definition| {
            let field = format!("variants.attributes.{}", definition.name);
            json!({ "fullText": {
                "field": field, "fieldType": "ltext", "language": locale, "value": value, "boost": 3,
            } })
        }));
        fields
    };
    let last = words.len().saturating_sub(1);
    let each = words.iter().enumerate().map(|(at, word)| {
        let mut fields = read(word);
        if at == last {
            // It may still be being typed.
            fields.push(name("fullTextPrefix", word));
        }
        if slips {
            fields.push(json!({ "fuzzy": { "field": "name", "language": locale, "value": word, "level": 1 } }));
        }
        json!({ "or": fields })
    });
    let each: Vec<Value> = each.collect();
    match words {
        [_] => json!({ "and": each }),
        _ => {
            let mut ways = read(&words.join(" "));
            ways.push(json!({ "and": each }));
            json!({ "or": ways })
        }
    }
}

/// The chosen values of all facets but one; `None` when nothing is chosen.
fn narrowed(market: &Market, schema: &Schema, query: &ListingQuery, except: Option<&str>) -> Option<Value> {
    let mut all: Vec<Value> = Vec::new();
    for facet in schema.facets().filter(|facet| Some(facet.name.as_str()) != except) {
        let chosen = query.facets.iter().filter(|choice| choice.facet == facet.name);
        let values: Vec<&str> = chosen.map(|choice| choice.value.as_str()).collect();
        if !values.is_empty() {
            let (field, kind) = (key_of(facet), facet.field_type());
            all.push(json!({ "exact": { "field": field, "fieldType": kind, "values": values } }));
        }
    }
    if all.is_empty() {
        return None;
    }
    // All in one variant, and that one with a price here.
    all.push(priced(market));
    Some(json!({ "and": all }))
}

fn key_of(facet: &Definition) -> String {
    format!("variants.attributes.{}.key", facet.name)
}

/// A facet with the other facets as they are chosen and this one free.
fn distinct(facet: &Definition, market: &Market, schema: &Schema, query: &ListingQuery) -> Value {
    let filter = narrowed(market, schema, query, Some(&facet.name)).unwrap_or_else(|| priced(market));
    json!({ "distinct": {
        "name": facet.name,
        "field": key_of(facet),
        "fieldType": facet.field_type(),
        "level": "products",
        "limit": 200,
        "filter": filter,
    } })
}

fn sort(market: &Market, schema: &Schema, query: &ListingQuery, category: Option<&CategoryRef>) -> Value {
    let by = |field: &str, order: &str| json!({ "field": field, "order": order });
    let price = |order: &str| {
        json!([{ "field": PRICE, "order": order, "mode": "min", "filter": priced(market) }])
    };
    match query.sort.unwrap_or(Sort::Relevance) {
        Sort::Relevance => {
            let first = match (query.search.is_some(), category) {
                (true, _) => Some(by("score", "desc")),
                (false, Some(category)) => Some(by(&format!("categoryOrderHints.{}", category.id), "asc")),
                (false, None) => None,
            };
            let rank = schema.rank().map(|field| {
                json!({ "field": field, "fieldType": "number", "order": "asc", "mode": "min" })
            });
            Value::Array(first.into_iter().chain(rank).collect())
        }
        Sort::PriceAscending => price("asc"),
        Sort::PriceDescending => price("desc"),
        Sort::Newest => json!([by("createdAt", "desc")]),
        Sort::Rating => json!([
            by("reviewRatingStatistics.averageRating", "desc"),
            by("reviewRatingStatistics.count", "desc"),
        ]),
        Sort::Name => json!([{ "field": "name", "language": schema.locale(market), "order": "asc" }]),
    }
}
