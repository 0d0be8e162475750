//! Reviews; pure. Shopify has none of its own: the list `custom.reviews` of a product refers to metaobjects
//! with `author`, `rating`, `date`, `language`, `title` and `body`; its 250 first are looked at.

use super::shape::{Maybe, Meta, Nodes, text};
use crate::model::{Market, Rating, Review, ReviewId, Reviews};
use serde::Deserialize;

const PAGE_SIZE: u32 = 10;

/// The answer of `reviews.graphql`.
#[derive(Deserialize)]
pub(super) struct Answer {
    product: Option<Found>,
}

#[derive(Deserialize)]
struct Found {
    reviews: Option<Linked>,
}

#[derive(Deserialize)]
struct Linked {
    references: Option<Nodes<Maybe<Said>>>,
}

#[derive(Deserialize)]
struct Said {
    id: String,
    author: Option<Meta>,
    rating: Option<Meta>,
    date: Option<Meta>,
    language: Option<Meta>,
    title: Option<Meta>,
    body: Option<Meta>,
}

/// One page, the market's language before others and latest first; `None` for an unknown product. A review
/// without stars or date is left out.
pub(super) fn reviews(answer: Answer, market: &Market, page: u32) -> Option<Reviews> {
    let linked = answer.product?.reviews.and_then(|linked| linked.references).unwrap_or_default();
    let mut all: Vec<Review> = linked.nodes.into_iter().filter_map(|said| review(said.0?)).collect();
    let mut distribution = [0_u32; 5];
    for review in &all {
        if let Some(count) = distribution.get_mut(usize::from(review.rating).saturating_sub(1)) {
            *count += 1;
        }
    }
    let stars: u32 = (1..).zip(distribution).map(|(stars, count)| stars * count).sum();
    let count: u32 = distribution.iter().sum();
    let tenths = (stars * 10 + count / 2).checked_div(count).and_then(|tenths| u8::try_from(tenths).ok());
    let foreign = |review: &Review| review.language != market.language();
    all.sort_by(|a, b| foreign(a).cmp(&foreign(b)).then(b.date.cmp(&a.date)));
    let start = (page.saturating_sub(1) as usize).saturating_mul(PAGE_SIZE as usize);
    Some(Reviews {
        rating: tenths.map(|average_tenths| Rating { average_tenths, count }),
        distribution,
        items: all.into_iter().skip(start).take(PAGE_SIZE as usize).collect(),
        page,
        page_size: PAGE_SIZE,
    })
}

fn review(said: Said) -> Option<Review> {
    Some(Review {
        id: ReviewId::new(said.id),
        author: text(said.author),
        rating: text(said.rating).parse().ok().filter(|stars| (1..=5).contains(stars))?,
        date: text(said.date).parse().ok()?,
        language: text(said.language),
        title: text(said.title),
        body: text(said.body),
    })
}
