//! Reviews.

use super::{Rating, ReviewId, date};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One page of a product's reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reviews {
    /// All reviews in sum; absent without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// How many gave 1, 2, 3, 4 and 5 stars.
    pub distribution: [u32; 5],
    /// Latest first, the market's language before others.
    pub items: Vec<Review>,
    /// This page, from 1.
    pub page: u32,
    /// Reviews a page.
    pub page_size: u32,
}

/// What one person says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The backend's identifier.
    pub id: ReviewId,
    /// As the author signs.
    pub author: String,
    /// 1 to 5 stars.
    pub rating: u8,
    /// When it was written.
    #[serde(deserialize_with = "date::day")]
    pub date: Date,
    /// ISO 639 language of the text.
    pub language: String,
    /// May be empty.
    #[serde(default)]
    pub title: String,
    /// Plain text.
    #[serde(default)]
    pub body: String,
}
