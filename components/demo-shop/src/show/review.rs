//! Reviews in pages.

use crate::catalogue::record::ReviewRecord;
use crate::catalogue::{Catalogue, Lens};
use commerce::{Review, ReviewId, Reviews};

const PAGE_SIZE: u32 = 10;

/// One page: the market's language before others, and latest first.
pub(crate) fn reviews(catalogue: &Catalogue, lens: &Lens<'_>, product: &str, page: u32) -> Reviews {
    let mut distribution = [0; 5];
    let mut all: Vec<&ReviewRecord> = catalogue.reviews(product).collect();
    for review in &all {
        if let Some(stars) = distribution.get_mut(usize::from(review.rating).saturating_sub(1)) {
            *stars += 1;
        }
    }
    let foreign = |review: &ReviewRecord| review.language != lens.language().code();
    all.sort_by(|a, b| foreign(a).cmp(&foreign(b)).then(b.date.cmp(&a.date)));
    let start = (page.saturating_sub(1) as usize).saturating_mul(PAGE_SIZE as usize);
    let items = all.into_iter().skip(start).take(PAGE_SIZE as usize).map(|review| Review {
        id: ReviewId::new(review.id.clone()),
        author: review.author.clone(),
        rating: review.rating,
        date: review.date,
        language: review.language.clone(),
        title: review.title.clone(),
        body: review.body.clone(),
    });
    Reviews {
        rating: catalogue.rating(product),
        distribution,
        items: items.collect(),
        page,
        page_size: PAGE_SIZE,
    }
}
