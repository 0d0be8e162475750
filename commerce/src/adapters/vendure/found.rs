//! What Vendure's products look like on the wire. Optional parts are read one by one, so that a broken one
//! is left out and the rest stays; a variant without a price fails the product.

use crate::model::Currency;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A product, with less in it when it was asked for a card.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FoundProduct {
    pub(super) id: String,
    pub(super) slug: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default, deserialize_with = "readable")]
    pub(super) featured_asset: Vec<Asset>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) assets: Vec<Asset>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) collections: Vec<Collection>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) facet_values: Vec<FacetValue>,
    #[serde(default)]
    pub(super) option_groups: Vec<Group>,
    pub(super) variants: Vec<FoundVariant>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) custom_fields: Vec<ProductFields>,
}

/// A picture.
#[derive(Clone, Deserialize)]
pub(super) struct Asset {
    pub(super) preview: String,
    pub(super) width: u32,
    pub(super) height: u32,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct Collection {
    pub(super) id: String,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) breadcrumbs: Vec<Crumb>,
}

#[derive(Deserialize)]
pub(super) struct Crumb {
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct FacetValue {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) facet: Facet,
}

#[derive(Deserialize)]
pub(super) struct Facet {
    pub(super) code: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) code: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) options: Vec<GroupOption>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupOption {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(default, deserialize_with = "readable")]
    pub(super) custom_fields: Vec<Swatch>,
}

/// The custom field of an option and of a facet's value.
#[derive(Deserialize)]
pub(super) struct Swatch {
    pub(super) swatch: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FoundVariant {
    pub(super) id: String,
    pub(super) sku: String,
    pub(super) price_with_tax: i64,
    pub(super) currency_code: Currency,
    pub(super) stock_level: String,
    #[serde(default)]
    pub(super) options: Vec<Chosen>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) custom_fields: Vec<VariantFields>,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    pub(super) code: String,
    pub(super) group: Group,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VariantFields {
    #[serde(default, deserialize_with = "readable")]
    pub(super) list_prices: Vec<ListPrice>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListPrice {
    pub(super) currency_code: Currency,
    pub(super) amount: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProductFields {
    pub(super) summary: Option<String>,
    pub(super) attributes: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) looks: Vec<String>,
    pub(super) review_rating: Option<f64>,
    pub(super) review_count: Option<u32>,
}

/// Reads an optional part: a list, one, or none. What cannot be read is left out, and the rest stays.
pub(super) fn readable<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let values = match Value::deserialize(deserializer)? {
        Value::Array(values) => values,
        one => vec![one],
    };
    Ok(values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect())
}
