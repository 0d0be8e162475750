//! A question for a list, in the search query language.
//! <https://docs.commercetools.com/api/search-query-language>,
//! <https://docs.commercetools.com/api/projects/product-search>
//!
//! Everything goes in as JSON values, so that no word can become a part of the query.

use super::band::{Band, bands, chosen, facets};
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

/// The body of `POST /{projectKey}/products/search`. `lenient` is for when nothing has all the words: then
/// any of them will do, and with a letter wrong.
///
/// # Errors
/// `Refused` for a page beyond the 10,000th product, which commercetools does not give.
pub(super) fn request(
    market: &Market,
    schema: &Schema,
    query: &ListingQuery,
    category: Option<&CategoryRef>,
    lenient: bool,
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
        all.push(text(&words, schema.locale(market), schema, lenient));
    }
    let bands = bands(market);
    let narrow = Narrow { market, schema, query, bands: &bands };
    let mut body = json!({
        "query": { "and": all },
        "sort": sort(market, schema, query, category),
        "limit": query.page_size,
        "offset": offset,
        "facets": narrow.facets(),
    });
    if let (Some(narrowed), Some(fields)) = (narrow.by(None), body.as_object_mut()) {
        fields.insert("postFilter".to_owned(), narrowed);
    }
    Ok(body)
}

/// The words that are looked for.
pub(super) fn words(query: &ListingQuery) -> Vec<&str> {
    query.search.as_deref().unwrap_or_default().split_whitespace().take(MOST_WORDS).collect()
}

/// Whether the project has such a facet and value at all; a known value may still find nothing here.
pub(super) fn is_known(market: &Market, schema: &Schema, facet: &str, value: &str) -> bool {
    match schema.facets().find(|definition| definition.name == facet) {
        Some(definition) => definition.values().iter().any(|known| known.key == value),
        None => bands(market).iter().any(|band| band.facet == facet && band.id == value),
    }
}

fn exact(field: &str, value: &str) -> Value {
    json!({ "exact": { "field": field, "value": value } })
}

/// A price of this market: of its currency, and of its country or of none.
pub(super) fn priced(market: &Market) -> Value {
    let country = "variants.prices.country";
    json!({ "and": [
        exact("variants.prices.currencyCode", market.currency().code()),
        { "or": [exact(country, market.country()), { "not": [{ "exists": { "field": country } }] }] },
    ] })
}

/// Every word somewhere, or all of them in one field, where the service leaves out words that say nothing.
fn text(words: &[&str], locale: &str, schema: &Schema, lenient: bool) -> Value {
    let name = |kind: &str, value: &str| json!({ kind: { "field": "name", "language": locale, "value": value, "boost": 8 } });
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
        if lenient {
            fields
                .push(json!({ "fuzzy": { "field": "name", "language": locale, "value": word, "level": 1 } }));
        }
        json!({ "or": fields })
    });
    let each: Vec<Value> = each.collect();
    match words {
        _ if lenient => json!({ "or": each }),
        [_] => json!({ "and": each }),
        _ => {
            let mut ways = read(&words.join(" "));
            ways.push(json!({ "and": each }));
            json!({ "or": ways })
        }
    }
}

/// What was chosen, and what there is to choose.
struct Narrow<'a> {
    market: &'a Market,
    schema: &'a Schema,
    query: &'a ListingQuery,
    bands: &'a [Band],
}

impl Narrow<'_> {
    /// The chosen values of all facets but one, which must all be of one variant; `None` when nothing is
    /// chosen.
    fn by(&self, except: Option<&str>) -> Option<Value> {
        let mut all: Vec<Value> = Vec::new();
        for facet in self.schema.facets().filter(|facet| Some(facet.name.as_str()) != except) {
            let chosen = self.query.facets.iter().filter(|choice| choice.facet == facet.name);
            let values: Vec<&str> = chosen.map(|choice| choice.value.as_str()).collect();
            if !values.is_empty() {
                let (field, kind) = (key_of(facet), facet.field_type());
                all.push(json!({ "exact": { "field": field, "fieldType": kind, "values": values } }));
            }
        }
        for (facet, _) in facets(self.market, self.schema) {
            let wanted = chosen(facet, self.bands, &self.query.facets);
            all.extend(wanted.filter(|_| Some(facet) != except));
        }
        (!all.is_empty()).then(|| json!({ "and": all }))
    }

    /// Every facet, counted with the others as they are chosen and itself free.
    fn facets(&self) -> Vec<Value> {
        let own = self.schema.facets().map(|facet| {
            let mut distinct = json!({
                "name": facet.name,
                "field": key_of(facet),
                "fieldType": facet.field_type(),
                "level": "products",
                "limit": 200,
            });
            if let (Some(filter), Some(fields)) = (self.by(Some(&facet.name)), distinct.as_object_mut()) {
                fields.insert("filter".to_owned(), filter);
            }
            json!({ "distinct": distinct })
        });
        let shown = facets(self.market, self.schema);
        let bands = self.bands.iter().filter(|band| shown.iter().any(|(facet, _)| *facet == band.facet));
        let counted = bands.map(|band| {
            let others = self.by(Some(band.facet));
            let all: Vec<&Value> = others.iter().chain([&band.filter]).collect();
            json!({ "count": { "name": band.counted(), "level": "products", "filter": { "and": all } } })
        });
        own.chain(counted).collect()
    }
}

fn key_of(facet: &Definition) -> String {
    format!("variants.attributes.{}.key", facet.name)
}

fn sort(market: &Market, schema: &Schema, query: &ListingQuery, category: Option<&CategoryRef>) -> Value {
    let by = |field: &str, order: &str| json!({ "field": field, "order": order });
    let price = |order: &str| json!([{ "field": "variants.prices.currentCentAmount", "order": order, "mode": "min", "filter": priced(market) }]);
    match query.sort.unwrap_or(Sort::Relevance) {
        Sort::Relevance => {
            let first = match (query.search.is_some(), category) {
                (true, _) => Some(by("score", "desc")),
                (false, Some(category)) => Some(by(&format!("categoryOrderHints.{}", category.id), "asc")),
                (false, None) => None,
            };
            let rank = schema
                .rank()
                .map(|field| json!({ "field": field, "fieldType": "number", "order": "asc", "mode": "min" }));
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
