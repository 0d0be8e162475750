//! Stores and what they have.

use super::{Image, Stock, StoreId};
use serde::{Deserialize, Serialize};

/// A place to visit and to collect from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Store {
    /// The backend's identifier.
    pub id: StoreId,
    /// Its part of an address.
    pub slug: String,
    /// In the market's language.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// Degrees north in millionths.
    #[serde(rename = "latitudeE6")]
    pub latitude_e6: i32,
    /// Degrees east in millionths.
    #[serde(rename = "longitudeE6")]
    pub longitude_e6: i32,
    /// With its country code.
    #[serde(default)]
    pub phone: String,
    /// When it is open, in its own time zone.
    #[serde(default)]
    pub hours: Vec<OpeningHours>,
    /// IANA time zone, such as `Europe/London`.
    pub timezone: String,
    /// Such as `click-and-collect`.
    #[serde(default)]
    pub services: Vec<String>,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Whose door; empty for a store.
    #[serde(default)]
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// Postcode.
    pub postcode: String,
    /// ISO 3166 country.
    pub country: String,
}

/// When a store is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHours {
    /// 1 (Monday) to 7.
    pub days: Vec<u8>,
    /// `HH:MM`.
    pub open: String,
    /// `HH:MM`.
    pub close: String,
}

/// What one store has of one variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreStock {
    /// The store.
    pub store: Store,
    /// What it has.
    pub stock: Stock,
}
