//! The catalogue as its files in `fixtures/catalogue` hold it. `build.rs` reads the same types, so that a
//! file that does not fit stops the build and never a visitor.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is in the files.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Records {
    pub(crate) categories: Vec<CategoryRecord>,
    pub(crate) products: Vec<ProductRecord>,
    pub(crate) reviews: Vec<ReviewRecord>,
    pub(crate) stores: Vec<StoreRecord>,
    pub(crate) content: Vec<ContentRecord>,
    pub(crate) customers: Vec<CustomerRecord>,
}

/// A made-up customer; their password is public, since the shop is a demonstration.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) groups: Vec<String>,
    /// What they bought before anybody started the shop, the latest first.
    #[serde(default)]
    pub(crate) orders: Vec<PastOrderRecord>,
    /// Products by id, the latest first.
    #[serde(default, rename = "wishList")]
    pub(crate) wish_list: Vec<String>,
}

/// An order of a made-up past.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PastOrderRecord {
    pub(crate) id: String,
    /// Counted from whenever somebody looks, so that it never gets nearer or farther.
    pub(crate) days_ago: u32,
    /// Pieces by variant.
    pub(crate) lines: BTreeMap<String, u32>,
}

/// The same words in every language of the shop.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    pub(crate) en: String,
    pub(crate) de: String,
    pub(crate) ar: String,
}

/// The same price in every currency of the shop, in minor units.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
pub(crate) struct Prices {
    pub(crate) gbp: i64,
    pub(crate) eur: i64,
    pub(crate) jpy: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CategoryRecord {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) parent: Option<String>,
    pub(crate) name: Text,
    pub(crate) description: Text,
    pub(crate) picture: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductRecord {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    pub(crate) description: Text,
    pub(crate) brand: String,
    /// Leaves of the category tree, the main one first.
    pub(crate) categories: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) options: Vec<OptionRecord>,
    pub(crate) variants: Vec<VariantRecord>,
    pub(crate) pictures: Vec<PictureRecord>,
    pub(crate) attributes: Vec<AttributeRecord>,
    #[serde(default)]
    pub(crate) related: Vec<String>,
    #[serde(default)]
    pub(crate) looks: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionRecord {
    pub(crate) id: String,
    pub(crate) name: Text,
    pub(crate) values: Vec<ValueRecord>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueRecord {
    pub(crate) id: String,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) swatch: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariantRecord {
    pub(crate) id: String,
    pub(crate) sku: String,
    /// Option id → value id.
    pub(crate) options: BTreeMap<String, String>,
    pub(crate) price: Prices,
    #[serde(default)]
    pub(crate) was: Option<Prices>,
    /// `online` or a store's id → pieces.
    pub(crate) stock: BTreeMap<String, u32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureRecord {
    pub(crate) file: String,
    pub(crate) alt: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributeRecord {
    pub(crate) id: String,
    pub(crate) name: Text,
    pub(crate) value: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewRecord {
    pub(crate) id: String,
    pub(crate) product: String,
    pub(crate) author: String,
    pub(crate) rating: u8,
    pub(crate) date: Date,
    pub(crate) language: String,
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) body: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoreRecord {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: Text,
    pub(crate) street: String,
    pub(crate) city: Text,
    pub(crate) postcode: String,
    pub(crate) country: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) phone: String,
    pub(crate) hours: Vec<HoursRecord>,
    pub(crate) timezone: String,
    pub(crate) services: Vec<String>,
    pub(crate) picture: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoursRecord {
    pub(crate) days: Vec<u8>,
    pub(crate) open: String,
    pub(crate) close: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContentRecord {
    pub(crate) id: String,
    pub(crate) slot: String,
    pub(crate) kind: String,
    pub(crate) title: Text,
    pub(crate) body: Text,
    pub(crate) link: Option<LinkRecord>,
    pub(crate) link_label: Option<Text>,
    pub(crate) picture: Option<PictureRecord>,
    pub(crate) products: Vec<String>,
    #[serde(default)]
    pub(crate) from: Option<Timestamp>,
    #[serde(default)]
    pub(crate) until: Option<Timestamp>,
    #[serde(default)]
    pub(crate) weekday: Option<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkRecord {
    /// A category's id or slug.
    Category(String),
    /// A product's id or slug.
    Product(String),
    /// Words to search for.
    Search(String),
}
