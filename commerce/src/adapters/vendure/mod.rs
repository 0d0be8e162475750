//! The Vendure adapter: the Shop API of Vendure 3 (GraphQL; docs.vendure.io, "Shop API").
//!
//! `url` is the server (`path` is `shop-api` unless it says otherwise), `project` the channel's token; an empty one is the default channel.
//! A cart's id is the bearer token of its session, so it is private. What Vendure has no field for is read
//! from custom fields and facets under the names in `graphql/extras`; a shop without them has empty parts.

mod about;
mod ask;
mod basket;
mod cart;
mod category;
mod change;
mod checkout;
mod customer;
mod found;
mod listing;
mod news;
mod order;
mod placement;
mod price;
mod product;
mod refusal;
#[cfg(test)]
mod tests;

pub(super) use news::news;

use super::Settings;
use super::wire::graphql;
use crate::error::Error;
use crate::model::{
    About, Cart, CartChange, CartId, Category, Checkout, Credentials, Customer, CustomerToken, Listing,
    ListingQuery, Market, Order, OrderId, Placement, Product, ProductCard, ProductKey, ProductRef, SignedIn,
};
use crate::port::{Capability, Pending, Port};
use crate::upstream::Upstream;
use ask::{Ask, Complaint, Question};
use bytes::Bytes;
use http::Response;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long it is remembered that a shop lacks the custom fields.
const LACKING: Duration = Duration::from_secs(600);

/// Speaks Vendure's Shop API.
pub struct Vendure {
    ask: Ask,
    upstream: Box<dyn Upstream>,
}

/// An answer, and the session that it began.
struct Answered<T> {
    found: T,
    session: Option<String>,
}

impl Vendure {
    /// Opens a shop.
    ///
    /// # Errors
    /// `Internal` when the address is not `http:` or `https:`.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        Ok(Self { ask: Ask::new(settings)?, upstream })
    }

    /// Sends a question. A shop that lacks one of the custom fields refuses the document before it runs
    /// anything, so it is asked again without them.
    async fn send<T: DeserializeOwned>(
        &self,
        question: Question<'_, impl Serialize>,
    ) -> Result<Answered<T>, Error> {
        let lacking = self.ask.key("lacking");
        let extended = !question.extras.is_empty() && self.upstream.recall(&lacking).is_none();
        let mut response = self.upstream.send(self.ask.call(&question, extended)?).await?;
        let mut complaint = ask::complaint(&response);
        if extended && complaint.as_ref().is_some_and(Complaint::is_of_document) {
            response = self.upstream.send(self.ask.call(&question, false)?).await?;
            complaint = ask::complaint(&response);
            if complaint.is_none() {
                self.upstream.keep(&lacking, "custom fields", LACKING);
            }
        }
        Answered::of(question.operation, &response, complaint)
    }
}

impl<T: DeserializeOwned> Answered<T> {
    fn of(
        operation: &'static str,
        response: &Response<Bytes>,
        complaint: Option<Complaint>,
    ) -> Result<Self, Error> {
        if let Some(error) = complaint.and_then(|complaint| complaint.error(operation)) {
            return Err(error);
        }
        Ok(Self { found: graphql::answer(operation, response)?, session: ask::new_session(response) })
    }
}

impl Port for Vendure {
    fn capabilities(&self) -> &'static [Capability] {
        &[
            Capability::Product,
            Capability::Listing,
            Capability::Search,
            Capability::Categories,
            Capability::Related,
            Capability::Cart,
            Capability::Checkout,
            Capability::Order,
            Capability::Customer,
        ]
    }

    fn about<'a>(&'a self, market: &'a Market) -> Pending<'a, About> {
        Box::pin(self.read_about(market))
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        Box::pin(self.read_product(market, key))
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        Box::pin(self.read_listing(market, query))
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        Box::pin(self.read_categories(market))
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        Box::pin(self.read_related(market, product))
    }

    fn cart<'a>(&'a self, market: &'a Market, cart: &'a CartId) -> Pending<'a, Cart> {
        Box::pin(self.read_cart(market, cart))
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        Box::pin(self.begin_cart(market))
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        Box::pin(self.change(market, cart, change))
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        Box::pin(self.place(market, cart, placement))
    }

    fn order<'a>(&'a self, market: &'a Market, order: &'a OrderId) -> Pending<'a, Order> {
        Box::pin(self.read_order(market, order))
    }

    fn sign_in<'a>(
        &'a self,
        market: &'a Market,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        Box::pin(self.log_in(market, credentials, cart))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        Box::pin(self.read_customer(market, token))
    }
}
