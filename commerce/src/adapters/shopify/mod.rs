//! The Shopify adapter: the Storefront API in its version 2026-04 (GraphQL).
//!
//! Settings: `url` is the shop (`https://NAME.myshopify.com`), `token` a Storefront access token, private
//! (`shpat_…`) or public. Prices follow the market's country, as the shop's Markets say; words its language.
//! Orders are placed in Shopify's own checkout, so a cart is handed over and no order can be read by its id.
//!
//! What Shopify has no field for is kept in metafields; the modules that read them name them.

mod about;
mod ask;
mod card;
mod cart;
mod category;
mod change;
mod content;
mod customer;
mod delivery;
mod documents;
mod facet;
mod listing;
mod news;
mod port;
mod product;
mod refusal;
mod review;
mod shape;
mod store;
#[cfg(test)]
mod tests;

pub(super) use news::news;

use super::registry::Settings;
use super::wire::checked::{Checked, checked};
use super::wire::graphql;
use crate::error::{Error, Kind, Subject};
use crate::model::{Cart, Market};
use crate::upstream::{Call, Upstream};
use ask::Ask;
use cart::Parts;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Speaks to one shop.
pub struct Shopify {
    ask: Ask,
    upstream: Box<dyn Upstream>,
}

impl Shopify {
    /// Opens a shop.
    ///
    /// # Errors
    /// `Internal`, with the cure, when the address cannot be called or the token is missing.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        Ok(Self { ask: Ask::new(settings)?, upstream })
    }

    /// The one way to the network.
    async fn ask<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        market: &Market,
        document: &str,
        variables: Value,
    ) -> Result<T, Error> {
        self.carry(self.ask.call(operation, market, document, variables)?).await
    }

    async fn carry<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        let operation = call.operation;
        let response = self.upstream.send(call).await?;
        // 430 is Shopify's own: it takes us for a bot (<https://shopify.dev/docs/api/usage/response-codes>).
        if response.status().as_u16() == 430 {
            return Err(Error::new(Kind::Overloaded { retry_after: None }, operation, "HTTP 430"));
        }
        graphql::answer(operation, &response)
    }

    /// A cart's money follows its buyer's country; one that was begun in another market is moved to this one.
    async fn settle(&self, operation: &'static str, market: &Market, parts: Parts) -> Result<Cart, Error> {
        let parts = if parts.currency() == market.currency() {
            parts
        } else {
            let variables = json!({ "cart": parts.id, "identity": { "countryCode": market.country() } });
            self.write(operation, market, documents::IDENTITY_UPDATE, variables, None).await?.0
        };
        checked(operation, market, parts.cart(operation, market)?)
    }
}

/// What was found, or that there is no such thing.
fn found<T: Checked>(
    operation: &'static str,
    market: &Market,
    subject: Subject,
    value: Option<T>,
) -> Result<T, Error> {
    let value = value.ok_or_else(|| Error::new(Kind::NotFound(subject), operation, "null"))?;
    checked(operation, market, value)
}
