//! Lists of products: by category or by search, narrowed by facets, sorted, in pages.

use super::{CategoryRef, ProductCard};
use serde::{Deserialize, Serialize};

/// What is asked of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ListingQuery {
    /// Slug of the category whose products, and those below it, are meant.
    pub category: Option<String>,
    /// Words to search for, at most 200 characters.
    pub search: Option<String>,
    /// Facet values that must match: any value of a facet, all facets.
    pub facets: Vec<FacetChoice>,
    /// The order; `None` is the backend's own (relevance for a search).
    pub sort: Option<Sort>,
    /// From 1.
    pub page: u32,
    /// Products a page, 1 to 100.
    pub page_size: u32,
}

/// A chosen facet value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FacetChoice {
    /// [`Facet::id`].
    pub facet: String,
    /// [`FacetValue::id`].
    pub value: String,
}

/// An order of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match of a search, or the merchandiser's order of a category.
    Relevance,
    /// Cheapest first.
    PriceAscending,
    /// Dearest first.
    PriceDescending,
    /// Latest first.
    Newest,
    /// Best reviewed first.
    Rating,
    /// By name in the market's language.
    Name,
}

impl Sort {
    /// Every order, in the order to offer them.
    pub const ALL: [Self; 6] = [
        Self::Relevance,
        Self::PriceAscending,
        Self::PriceDescending,
        Self::Newest,
        Self::Rating,
        Self::Name,
    ];

    /// Its word in addresses and JSON, such as `price_ascending`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::PriceAscending => "price_ascending",
            Self::PriceDescending => "price_descending",
            Self::Newest => "newest",
            Self::Rating => "rating",
            Self::Name => "name",
        }
    }

    /// Reads [`Sort::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    /// The category asked for, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryRef>,
    /// The products of this page.
    pub items: Vec<ProductCard>,
    /// How many products there are on all pages.
    pub total: u32,
    /// This page, from 1.
    pub page: u32,
    /// Products a page.
    pub page_size: u32,
    /// What can be narrowed by; counts are for the list as narrowed by the other facets.
    #[serde(default)]
    pub facets: Vec<Facet>,
    /// The order in force.
    pub sort: Sort,
    /// The orders that the backend has.
    #[serde(default)]
    pub sorts: Vec<Sort>,
}

impl Listing {
    /// How many pages there are; at least 1.
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(self.page_size.max(1)).max(1)
    }
}

/// A property to narrow a list by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Such as `colour`.
    pub id: String,
    /// In the market's language.
    pub name: String,
    /// In the order to show.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// Such as `navy`.
    pub id: String,
    /// In the market's language.
    pub name: String,
    /// How many products have it.
    pub count: u32,
    /// Whether the list is narrowed by it.
    #[serde(default)]
    pub selected: bool,
    /// A colour as `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swatch: Option<String>,
}
