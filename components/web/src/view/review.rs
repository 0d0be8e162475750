//! Reviews.

use super::{Stars, paragraphs};
use crate::links::with_query;
use commerce::Reviews;
use kit::Locale;
use serde::Serialize;

/// One page of a product's reviews.
#[derive(Serialize)]
pub(crate) struct ReviewPage {
    summary: Vec<Stars>,
    bars: Vec<Bar>,
    items: Vec<Item>,
    empty: bool,
    newer: Vec<String>,
    older: Vec<String>,
}

/// How many gave so many stars.
#[derive(Serialize)]
struct Bar {
    label: String,
    /// Of 100 units.
    share: u32,
    number: String,
}

#[derive(Serialize)]
struct Item {
    author: String,
    stars: Stars,
    date: String,
    datetime: String,
    lang: String,
    title: String,
    body: Vec<String>,
}

impl ReviewPage {
    pub(crate) fn of(locale: &Locale, address: &str, reviews: &Reviews) -> Self {
        let most = reviews.distribution.iter().copied().max().unwrap_or_default().max(1);
        let bar = |(at, count): (usize, &u32)| {
            let stars = u32::try_from(at).unwrap_or_default() + 1;
            let share = u64::from(*count) * 100 / u64::from(most);
            Bar {
                label: locale.count("stars-count", stars),
                share: u32::try_from(share).unwrap_or_default(),
                number: locale.number(*count),
            }
        };
        let total = reviews.rating.map_or(0, |rating| rating.count);
        let page = |page: u32| format!("{}#reviews", with_query(address, &[("reviews", &page.to_string())]));
        let more = u64::from(reviews.page) * u64::from(reviews.page_size.max(1)) < u64::from(total);
        Self {
            summary: Stars::of(locale, reviews.rating),
            bars: reviews.distribution.iter().enumerate().rev().map(bar).collect(),
            empty: reviews.items.is_empty(),
            newer: (reviews.page > 1).then(|| page(reviews.page - 1)).into_iter().collect(),
            older: (more && !reviews.items.is_empty()).then(|| page(reviews.page + 1)).into_iter().collect(),
            items: reviews.items.iter().map(|review| item(locale, review)).collect(),
        }
    }
}

fn item(locale: &Locale, review: &commerce::Review) -> Item {
    Item {
        author: review.author.clone(),
        stars: Stars::one(locale, review.rating),
        date: locale.date(review.date),
        datetime: review.date.to_string(),
        lang: review.language.clone(),
        title: review.title.clone(),
        body: paragraphs(&review.body),
    }
}
