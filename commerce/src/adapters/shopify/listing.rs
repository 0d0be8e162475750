//! Lists of products: which documents ask for them, and their answers; pure.
//!
//! Shopify pages by cursors and counts search results only. A page beyond the first, and the number of
//! products of a collection, are found by walking cursors, 250 at a time, at most [`MOST_WALKED`]: of a
//! longer list, so many are told and can be reached.

use super::card::{Card, cards};
use super::documents;
use super::facet::{Filter, facets};
use super::shape::Nodes;
use crate::error::{Error, Kind, Refusal};
use crate::model::{CategoryId, CategoryRef, Listing, ListingQuery, Sort};
use serde::Deserialize;
use serde_json::{Value, json};

/// Four questions at most.
pub(super) const MOST_WALKED: usize = 1_000;

/// The collection of everything, which Shopify's help tells merchants to make
/// (<https://help.shopify.com/en/manual/products/collections/catalog-page>).
const EVERYTHING: &str = "all";

const SEARCH_SORTS: [Sort; 3] = [Sort::Relevance, Sort::PriceAscending, Sort::PriceDescending];
const COLLECTION_SORTS: [Sort; 5] =
    [Sort::Relevance, Sort::PriceAscending, Sort::PriceDescending, Sort::Newest, Sort::Name];

/// What is asked of a list, in Shopify's words.
pub(super) struct Asked<'a> {
    pub(super) query: &'a ListingQuery,
    /// The order in force; one that Shopify lacks is its own.
    sort: Sort,
}

impl<'a> Asked<'a> {
    /// # Errors
    /// `Refused` for words within a category, which Shopify cannot be asked, and for an empty page.
    pub(super) fn new(operation: &'static str, query: &'a ListingQuery) -> Result<Self, Error> {
        let wrong = |field: &str, why: &str| {
            let refusal = Refusal::Invalid { field: field.to_owned() };
            Err(Error::new(Kind::Refused(refusal), operation, why))
        };
        if query.search.is_some() && query.category.is_some() {
            return wrong("category", "Shopify searches the whole shop, not a collection");
        }
        if query.page == 0 || !(1..=100).contains(&query.page_size) {
            return wrong("page", "pages count from 1 and have 1 to 100 products");
        }
        let asked = Self { query, sort: Sort::Relevance };
        let sort = query.sort.filter(|sort| asked.sorts().contains(sort)).unwrap_or(Sort::Relevance);
        Ok(Self { sort, ..asked })
    }

    fn sorts(&self) -> &'static [Sort] {
        if self.query.search.is_some() { &SEARCH_SORTS } else { &COLLECTION_SORTS }
    }

    pub(super) fn of_search(&self) -> bool {
        self.query.search.is_some()
    }

    /// How many products stand on the pages before.
    pub(super) fn offset(&self) -> usize {
        (self.query.page as usize - 1).saturating_mul(self.query.page_size as usize)
    }

    pub(super) fn page(&self) -> &'static str {
        if self.of_search() { documents::SEARCH } else { documents::COLLECTION }
    }

    pub(super) fn cursors(&self) -> &'static str {
        if self.of_search() { documents::SEARCH_CURSORS } else { documents::COLLECTION_CURSORS }
    }

    pub(super) fn filters(&self) -> &'static str {
        if self.of_search() { documents::SEARCH_FILTERS } else { documents::COLLECTION_FILTERS }
    }

    /// The variables of all three; a document takes those that it names.
    pub(super) fn variables(&self, filters: &[Value], after: Option<&str>, counting: bool) -> Value {
        let (key, reverse) = match self.sort {
            Sort::PriceAscending => ("PRICE", false),
            Sort::PriceDescending => ("PRICE", true),
            Sort::Newest => ("CREATED", true),
            Sort::Name => ("TITLE", false),
            Sort::Relevance | Sort::Rating if self.of_search() => ("RELEVANCE", false),
            Sort::Relevance | Sort::Rating => ("COLLECTION_DEFAULT", false),
        };
        json!({
            "handle": self.query.category.as_deref().unwrap_or(EVERYTHING),
            "query": self.query.search,
            "first": self.query.page_size,
            "after": after,
            "filters": filters,
            "sortKey": key,
            "reverse": reverse,
            "counting": counting,
        })
    }

    /// The page, of which `walked` cursors are known.
    pub(super) fn listing(&self, list: List, walked: usize) -> Listing {
        let counted = u32::try_from(walked).unwrap_or(u32::MAX);
        let total = list.products.total_count.unwrap_or(counted);
        // Past the end of the walk, Shopify would give what follows the last cursor that is known.
        let reached = self.offset() == 0 || self.offset() < walked;
        let items = if reached { list.products.nodes } else { Vec::new() };
        Listing {
            category: self.query.category.as_ref().and(list.category),
            items: cards(items),
            total,
            page: self.query.page,
            page_size: self.query.page_size,
            facets: facets(list.products.filters, &self.query.facets, total),
            sort: self.sort,
            sorts: self.sorts().to_vec(),
        }
    }
}

/// A list's answer, whichever document asked.
#[derive(Deserialize)]
pub(super) struct Answer {
    collection: Option<Collection>,
    search: Option<Products>,
}

#[derive(Deserialize)]
struct Collection {
    id: Option<String>,
    handle: Option<String>,
    title: Option<String>,
    products: Products,
    all: Option<Walk>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Products {
    #[serde(default)]
    nodes: Vec<Card>,
    #[serde(default)]
    filters: Vec<Filter>,
    total_count: Option<u32>,
    #[serde(default)]
    edges: Vec<Edge>,
    page_info: Option<PageInfo>,
}

#[derive(Deserialize)]
struct Edge {
    cursor: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Walk {
    edges: Vec<Edge>,
    page_info: PageInfo,
}

/// The parts of an answer that is there.
pub(super) struct List {
    category: Option<CategoryRef>,
    products: Products,
    walk: Option<Walk>,
}

impl Answer {
    /// `None` for an unknown collection.
    pub(super) fn list(self) -> Option<List> {
        match (self.collection, self.search) {
            (Some(own), _) => {
                let category = own.id.zip(own.handle).zip(own.title);
                let category =
                    category.map(|((id, slug), name)| CategoryRef { id: CategoryId::new(id), slug, name });
                Some(List { category, products: own.products, walk: own.all })
            }
            (None, found) => Some(List { category: None, products: found?, walk: None }),
        }
    }
}

impl List {
    pub(super) fn filters(self) -> Vec<Filter> {
        self.products.filters
    }

    /// Cursors in order, and whether more follow.
    pub(super) fn cursors(&mut self) -> (Vec<String>, bool) {
        let page = &mut self.products;
        let (edges, info) = match self.walk.take() {
            Some(walk) => (walk.edges, walk.page_info),
            None => (std::mem::take(&mut page.edges), page.page_info.take().unwrap_or_default()),
        };
        (edges.into_iter().map(|edge| edge.cursor).collect(), info.has_next_page)
    }
}

/// The answer of `related.graphql`.
#[derive(Deserialize)]
pub(super) struct Related {
    chosen: Option<Vec<Card>>,
    guessed: Option<Vec<Card>>,
}

impl Related {
    /// What the merchant chose, or else what Shopify guesses; `None` for an unknown product.
    pub(super) fn list(self) -> Option<Vec<crate::model::ProductCard>> {
        let guessed = self.guessed;
        let chosen = self.chosen.filter(|chosen| !chosen.is_empty());
        Some(cards(chosen.or(guessed)?))
    }
}

/// The answer of `variant_of_sku.graphql`.
#[derive(Deserialize)]
pub(super) struct Skus {
    product: Option<Variants>,
}

#[derive(Deserialize)]
struct Variants {
    variants: Nodes<Sku>,
}

#[derive(Deserialize)]
struct Sku {
    id: String,
    sku: Option<String>,
}

impl Skus {
    /// The variant of a stock keeping unit.
    pub(super) fn find(self, sku: &str) -> Option<String> {
        let mut nodes = self.product?.variants.nodes.into_iter();
        nodes.find(|variant| variant.sku.as_deref() == Some(sku)).map(|variant| variant.id)
    }
}
