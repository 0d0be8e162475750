//! Lists out of a catalogue; pure.

use super::catalogue::Catalogue;
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{Listing, ListingQuery, Product, Sort};

/// The orders that a file can give.
const SORTS: [Sort; 4] = [Sort::Relevance, Sort::PriceAscending, Sort::PriceDescending, Sort::Name];
/// Words of a search that count.
const MOST_WORDS: usize = 16;

/// One page of a list. There are no facets.
///
/// # Errors
/// `NotFound` for an unknown category, `Refused` for a facet.
pub(super) fn listing(catalogue: &Catalogue, query: &ListingQuery) -> Result<Listing, Error> {
    let operation = "batch.products";
    if let Some(chosen) = query.facets.first() {
        let refusal = Refusal::Invalid { field: format!("facet.{}", chosen.facet) };
        return Err(Error::new(Kind::Refused(refusal), operation, "a file has no facets"));
    }
    let category = match &query.category {
        Some(slug) => Some(catalogue.category(slug).ok_or_else(|| {
            Error::new(Kind::NotFound(Subject::Category), operation, "no product of the file is in it")
        })?),
        None => None,
    };
    let words: Vec<String> = query
        .search
        .iter()
        .flat_map(|text| text.split_whitespace())
        .take(MOST_WORDS)
        .map(str::to_lowercase)
        .collect();
    let inside = |ids: &std::collections::HashSet<String>| {
        category.as_ref().is_none_or(|category| ids.contains(category.id.as_str()))
    };
    let within = catalogue.products.iter().zip(&catalogue.within).filter(|(_, ids)| inside(ids));
    let mut found: Vec<(usize, &Product)> =
        within.filter_map(|(product, _)| Some((fit(product, &words)?, product))).collect();
    let sort = query.sort.filter(|sort| SORTS.contains(sort)).unwrap_or(Sort::Relevance);
    let price = |product: &Product| product.variants.iter().map(|variant| variant.price.current.amount).min();
    match sort {
        Sort::PriceAscending => found.sort_by_key(|(_, product)| price(product)),
        Sort::PriceDescending => found.sort_by_key(|(_, product)| std::cmp::Reverse(price(product))),
        Sort::Name => found.sort_by_cached_key(|(_, product)| product.name.to_lowercase()),
        _ => found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit)),
    }
    let (page, page_size) = (query.page.max(1), query.page_size.clamp(1, 100));
    let start = usize::try_from(u64::from(page - 1) * u64::from(page_size)).unwrap_or(usize::MAX);
    let shown = found.iter().skip(start).take(usize::try_from(page_size).unwrap_or(usize::MAX));
    Ok(Listing {
        category,
        items: shown.filter_map(|(_, product)| product.card()).collect(),
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        page,
        page_size,
        facets: Vec::new(),
        sort,
        sorts: SORTS.to_vec(),
    })
}

/// How many of the words stand in the name, when all stand somewhere; no words fit everything.
fn fit(product: &Product, words: &[String]) -> Option<usize> {
    if words.is_empty() {
        return Some(0);
    }
    let name = product.name.to_lowercase();
    let types = product.categories.iter().map(|category| category.name.as_str());
    let values = product.options.iter().flat_map(|option| &option.values).map(|value| value.name.as_str());
    let skus = product.variants.iter().map(|variant| variant.sku.as_str());
    let around =
        [product.summary.as_str(), &product.description, product.brand.as_deref().unwrap_or_default()];
    let around = around.into_iter().chain(types).chain(values).chain(skus);
    let around: String = around.flat_map(|text| [text, "\n"]).collect::<String>().to_lowercase();
    let all = words.iter().all(|word| name.contains(word.as_str()) || around.contains(word.as_str()));
    all.then(|| words.iter().filter(|word| name.contains(word.as_str())).count())
}
