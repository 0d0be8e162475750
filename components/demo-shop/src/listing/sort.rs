//! Orders of a list.

use crate::catalogue::record::ProductRecord;
use crate::catalogue::{Catalogue, Lens};
use crate::search::fold;
use commerce::Sort;
use std::cmp::Reverse;

/// Sorts; equals stay as they were found.
pub(crate) fn sort(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    products: &mut [&'static ProductRecord],
    order: Sort,
) {
    let lowest = |product: &ProductRecord| {
        product.variants.iter().map(|variant| lens.amount(&variant.price)).min().unwrap_or_default()
    };
    match order {
        Sort::Relevance => {}
        Sort::PriceAscending => products.sort_by_key(|product| lowest(product)),
        Sort::PriceDescending => products.sort_by_key(|product| Reverse(lowest(product))),
        // The catalogue keeps no dates; it marks what is new.
        Sort::Newest => products.sort_by_key(|product| !product.tags.iter().any(|tag| tag == "new")),
        Sort::Rating => products.sort_by_key(|product| {
            let rating = catalogue.rating(&product.id);
            Reverse(rating.map(|r| (r.average_tenths, r.count)).unwrap_or_default())
        }),
        Sort::Name => products.sort_by_cached_key(|product| fold(lens.language().of(&product.name))),
    }
}
