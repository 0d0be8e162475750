//! Honest search: whole words, their stems and their beginnings, in the market's language, ranked.

mod index;
mod rank;
mod typo;
mod word;

pub(crate) use word::fold;

use crate::catalogue::Catalogue;
use crate::catalogue::record::ProductRecord;
use crate::market::Language;
use index::Index;
use std::sync::OnceLock;

static ENGLISH: OnceLock<Index> = OnceLock::new();
static GERMAN: OnceLock<Index> = OnceLock::new();
static ARABIC: OnceLock<Index> = OnceLock::new();

/// The products that match `words`, best first. The index of a language is built once by an instance; it
/// holds the catalogue only, the same for everyone.
pub(crate) fn search(catalogue: &Catalogue, language: Language, words: &str) -> Vec<&'static ProductRecord> {
    let cell = match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::Arabic => &ARABIC,
    };
    let index = cell.get_or_init(|| Index::of(catalogue.products(), catalogue.categories(), language));
    rank::best(index, words).into_iter().filter_map(|number| catalogue.products().get(number)).collect()
}

#[cfg(test)]
mod tests;
