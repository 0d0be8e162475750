//! What the shop says of itself.

use super::{Shopify, documents};
use crate::error::Error;
use crate::model::{About, Currency, Market};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Found {
    shop: Shop,
    localization: Localization,
}

#[derive(Deserialize)]
struct Shop {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Localization {
    available_countries: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    currency: Tender,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tender {
    iso_code: Currency,
}

impl Shopify {
    pub(super) async fn read_about(&self, market: &Market) -> Result<About, Error> {
        let found: Found = self.ask("shopify.about", market, documents::ABOUT, json!({})).await?;
        let countries = found.localization.available_countries;
        let mut currencies: Vec<Currency> = countries.into_iter().map(|c| c.currency.iso_code).collect();
        currencies.sort();
        currencies.dedup();
        Ok(About { name: Some(found.shop.name), version: Some("2026-04".to_owned()), currencies })
    }
}
