//! Reviews of a product. <https://docs.commercetools.com/api/projects/reviews>

use super::ask::{Ask, MOST};
use super::product::Projection;
use super::schema::Page;
use crate::model::{Market, Review, ReviewId, Reviews};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// Reviews a page.
const PAGE_SIZE: u32 = 10;

/// Asks for a product's latest 500 reviews: the order that the port wants, the market's language first, is
/// none that commercetools can sort by.
pub(super) fn ask(product: &str) -> Ask {
    Ask::get("commercetools.reviews", &["reviews"])
        .filtered("target(typeId=\"product\" and id=:product)", &[("product", product)])
        .with("sort", "createdAt desc")
        .with("limit", MOST)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireReview {
    id: String,
    created_at: Timestamp,
    #[serde(default)]
    author_name: Option<String>,
    #[serde(default)]
    rating: Option<i64>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    custom: Option<Custom>,
}

#[derive(Deserialize)]
struct Custom {
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    /// When it was written, for reviews that were brought along from elsewhere.
    #[serde(default, rename = "written-on")]
    written_on: Option<Date>,
}

/// One page of them. A review without stars, or with other than 1 to 5, is not shown.
pub(super) fn page(market: &Market, product: &Projection, all: Page<WireReview>, page: u32) -> Reviews {
    let statistics = product.review_rating_statistics.as_ref();
    let mut all: Vec<Review> = all.results.into_iter().filter_map(review).collect();
    let foreign = |review: &Review| review.language != market.language();
    all.sort_by(|a, b| foreign(a).cmp(&foreign(b)).then(b.date.cmp(&a.date)));
    let start = (page.saturating_sub(1) as usize).saturating_mul(PAGE_SIZE as usize);
    Reviews {
        rating: statistics.map(super::product::Statistics::rating),
        distribution: statistics.map(super::product::Statistics::distribution).unwrap_or_default(),
        items: all.into_iter().skip(start).take(PAGE_SIZE as usize).collect(),
        page,
        page_size: PAGE_SIZE,
    }
}

fn review(wire: WireReview) -> Option<Review> {
    let rating = u8::try_from(wire.rating?).ok().filter(|stars| (1..=5).contains(stars))?;
    let written = wire.custom.and_then(|custom| custom.fields.written_on);
    let locale = wire.locale.unwrap_or_default();
    Some(Review {
        id: ReviewId::new(wire.id),
        author: wire.author_name.unwrap_or_default(),
        rating,
        date: written.unwrap_or_else(|| wire.created_at.to_zoned(jiff::tz::TimeZone::UTC).date()),
        language: locale.split('-').next().unwrap_or_default().to_owned(),
        title: wire.title.unwrap_or_default(),
        body: wire.text.unwrap_or_default(),
    })
}
