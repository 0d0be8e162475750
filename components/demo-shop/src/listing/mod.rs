//! Lists of products: found, narrowed, sorted, in pages.

mod asked;
mod facet;
mod narrow;
mod natural;
mod sort;

use crate::catalogue::record::ProductRecord;
use crate::catalogue::{Catalogue, Lens};
use crate::search::search;
use crate::show::{card, category_ref};
use crate::wire::{No, Query};
use asked::Asked;
use commerce::{Listing, Sort};

/// Answers a question for a list.
pub(crate) fn listing(catalogue: &Catalogue, lens: &Lens<'_>, query: &Query) -> Result<Listing, No> {
    let asked = Asked::read(catalogue, lens, query)?;
    let found: Vec<&'static ProductRecord> = match &asked.search {
        Some(words) => search(catalogue, lens.language(), words),
        None => catalogue.products().iter().collect(),
    };
    let within = asked.category.map(|category| catalogue.descendants(&category.id));
    let in_category = |product: &&'static ProductRecord| {
        within.as_ref().is_none_or(|ids| product.categories.iter().any(|id| ids.contains(id.as_str())))
    };
    let found: Vec<_> = found.into_iter().filter(in_category).collect();

    let facets = facet::facets(catalogue, lens, &found, &asked.chosen);
    let mut kept = narrow::narrowed(catalogue, lens, &found, &asked.chosen);
    sort::sort(catalogue, lens, &mut kept, asked.sort);

    let total = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    let start = (asked.page as usize).saturating_sub(1).saturating_mul(asked.page_size as usize);
    let page = kept.into_iter().skip(start).take(asked.page_size as usize);
    Ok(Listing {
        category: asked.category.map(|category| category_ref(lens, category)),
        items: page.map(|product| card(catalogue, lens, product)).collect(),
        total,
        page: asked.page,
        page_size: asked.page_size,
        facets,
        sort: asked.sort,
        sorts: Sort::ALL.to_vec(),
    })
}

#[cfg(test)]
mod tests;
