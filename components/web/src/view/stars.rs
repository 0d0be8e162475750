//! Star ratings.

use commerce::Rating;
use kit::Locale;
use serde::Serialize;

/// A rating: a drawn row of stars and the words for it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Stars {
    /// How much of the row of 100 units is filled.
    filled: u8,
    average: String,
    count: String,
    /// How many reviews, in words.
    reviews: String,
    label: String,
}

impl Stars {
    /// Of a product; `None` without reviews.
    pub(crate) fn of(locale: &Locale, rating: Option<Rating>) -> Vec<Self> {
        let known = rating.filter(|rating| rating.count > 0);
        known
            .map(|rating| Self::new(locale, rating.average_tenths.min(50), rating.count))
            .into_iter()
            .collect()
    }

    /// Of one review.
    pub(crate) fn one(locale: &Locale, stars: u8) -> Self {
        let stars = stars.min(5);
        let number = locale.number(stars);
        let label = locale.say("stars-one", &[("average", number.as_str().into())]);
        Self { filled: stars * 20, average: number, count: String::new(), reviews: String::new(), label }
    }

    fn new(locale: &Locale, tenths: u8, count: u32) -> Self {
        let average = locale.tenths(tenths);
        let reviews = locale.count("reviews-count", count);
        let words = [("average", average.as_str().into()), ("reviews", reviews.as_str().into())];
        let label = locale.say("stars-of", &words);
        Self { filled: tenths * 2, label, count: locale.number(count), reviews, average }
    }
}
