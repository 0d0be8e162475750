//! What is asked of a list, checked.

use super::narrow::{Chosen, is_known};
use crate::catalogue::record::CategoryRecord;
use crate::catalogue::{Catalogue, Lens};
use crate::wire::{No, Query};
use commerce::Sort;

const MOST_LETTERS: usize = 200;

/// A question for a list.
pub(crate) struct Asked {
    pub(crate) category: Option<&'static CategoryRecord>,
    pub(crate) search: Option<String>,
    pub(crate) chosen: Chosen,
    pub(crate) sort: Sort,
    pub(crate) page: u32,
    pub(crate) page_size: u32,
}

impl Asked {
    /// Reads it.
    ///
    /// # Errors
    /// `invalid`, naming the parameter; [`No::NotFound`] for an unknown category.
    pub(crate) fn read(catalogue: &Catalogue, lens: &Lens<'_>, query: &Query) -> Result<Self, No> {
        let page = query.number("page", 1, 1..=u32::MAX)?;
        let page_size = query.number("pageSize", 24, 1..=100)?;
        let sort = query.first("sort").map(|word| Sort::parse(word).ok_or_else(|| No::invalid("sort")));
        let search = query.first("q").map(str::trim).filter(|words| !words.is_empty());
        if search.is_some_and(|words| words.chars().count() > MOST_LETTERS) {
            return Err(No::invalid("q"));
        }
        let mut chosen = Chosen::new();
        for (facet, value) in query.under("facet.") {
            if !is_known(catalogue, lens, facet, value) {
                return Err(No::invalid(format!("facet.{facet}")));
            }
            chosen.entry(facet.to_owned()).or_default().insert(value.to_owned());
        }
        let category = query.first("category");
        let category = category.map(|slug| catalogue.category_by_slug(slug).ok_or(No::NotFound));
        Ok(Self {
            category: category.transpose()?,
            search: search.map(str::to_owned),
            chosen,
            sort: sort.transpose()?.unwrap_or(Sort::Relevance),
            page,
            page_size,
        })
    }
}
