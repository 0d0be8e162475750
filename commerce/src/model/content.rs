//! Content blocks: what a CMS gives to fill slots.

use super::{ContentId, Image, ProductCard, date};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which content is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ContentQuery {
    /// Names of slots, such as `home_hero`; all blocks for them are given.
    pub slots: Vec<String>,
    /// Blocks by identifier, such as looks.
    pub ids: Vec<ContentId>,
}

/// A piece of content for one slot; several may wait for the same slot, and `personalise` picks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentBlock {
    /// The backend's identifier.
    pub id: ContentId,
    /// The slot that it is for.
    pub slot: String,
    /// How it is to be shown.
    pub kind: ContentKind,
    /// In the market's language.
    pub title: String,
    /// Plain text; may be empty.
    #[serde(default)]
    pub body: String,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The words of the link.
    #[serde(default)]
    pub link_label: String,
    /// A wide picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The products that it shows.
    #[serde(default)]
    pub products: Vec<ProductCard>,
    /// Not before.
    #[serde(default, deserialize_with = "date::moment_or_none", skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Not at or after.
    #[serde(default, deserialize_with = "date::moment_or_none", skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Only on this day of the week in the market's country, 1 (Monday) to 7.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<u8>,
}

/// How a block is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentKind {
    /// A wide picture with words over it.
    Hero,
    /// A small picture with words.
    Banner,
    /// An offer on a product.
    Offer,
    /// A row of products.
    Rail,
    /// An outfit: a picture and its products.
    Look,
    /// A line of text.
    Note,
    /// A kind that this version does not know; it is left out.
    #[serde(other)]
    Other,
}

/// Where content leads; the head makes the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", content = "value", rename_all = "snake_case", from = "Flat")]
pub enum Link {
    /// A product by slug.
    Product(String),
    /// A category by slug.
    Category(String),
    /// A search for words.
    Search(String),
}

/// A [`Link`] as it is read: without the buffer through which serde reads a tagged enum.
#[derive(Deserialize)]
struct Flat {
    to: To,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum To {
    Product,
    Category,
    Search,
}

impl From<Flat> for Link {
    fn from(flat: Flat) -> Self {
        match flat.to {
            To::Product => Self::Product(flat.value),
            To::Category => Self::Category(flat.value),
            To::Search => Self::Search(flat.value),
        }
    }
}
