//! The form of a glance, as `schema/glance.schema.json` has it.

mod fit;

pub use fit::{LIMIT, fit, fit_all};
pub use kit::words::cut;

use serde::Serialize;

/// The name and version of the form.
pub const SCHEMA: &str = "headwater.watch/1";

/// The least time between two questions, in seconds: Wear OS refreshes a tile at most once a minute
/// (`androidx.wear.tiles.TileBuilders.Tile`, freshness interval; read 2026-11).
pub const LEAST_REFRESH: u32 = 60;

/// What a glance tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the visitor is given, or today's offer.
    Offer,
    /// What the cart holds.
    Cart,
    /// Where an order is.
    Order,
    /// That an order waits in a store.
    Pickup,
    /// What the visitor agreed to just now.
    Consent,
    /// What went wrong.
    Error,
}

/// What is seen with the wrist up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Glance {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What it tells.
    pub kind: Kind,
    /// One or two words.
    pub title: String,
    /// The message.
    pub text: String,
    /// The number that matters, printed large.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// A line below.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// How far an order is, in percent, for a ring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<u8>,
    /// About 240 pixels wide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Picture>,
    /// What a tap opens on the phone: absolute.
    pub tap: String,
    /// When it is no longer true, RFC 3339.
    pub valid_until: String,
    /// When to ask again, in seconds; at least [`LEAST_REFRESH`].
    pub refresh_after_s: u32,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What went wrong, for machines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Mishap>,
    /// Since when the price is known, when the shop does not say today's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
    /// Whether words were cut or a part left out to keep to [`LIMIT`].
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub trimmed: bool,
}

/// Since when what is shown is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// RFC 3339.
    pub at: String,
    /// The same for people, in a few words.
    pub text: String,
}

/// A small picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Absolute, or a path at this site.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What went wrong, for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mishap {
    /// The status of the answer.
    pub status: u16,
    /// A word such as `not-found`.
    pub code: String,
}

/// Every glance that there is, for a watch that asks once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Glances {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What matters most comes first; each one keeps to [`LIMIT`].
    pub glances: Vec<Glance>,
    /// The earliest of theirs.
    pub refresh_after_s: u32,
}
