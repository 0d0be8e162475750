//! The plain adapter: Headwater's own HTTP/JSON form of the port (`commerce/openapi.yaml`). An in-house or
//! legacy shop joins by answering it, in any language; the demo shop is the reference.

mod answer;
mod ask;
mod news;
mod problem;
mod question;
pub mod serve;
#[cfg(test)]
mod tests;

pub(super) use news::news;

use super::registry::Settings;
use super::wire::Checked;
use crate::error::{Error, Subject};
use crate::model::{
    About, Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials, Customer,
    CustomerToken, Listing, ListingQuery, Market, Order, OrderId, Placement, Product, ProductCard,
    ProductKey, ProductRef, Reviews, SignedIn, Store, StoreStock, VariantRef,
};
use crate::port::{Capability, Pending, Port};
use crate::upstream::{Call, Repeat, Upstream};

use ask::Ask;
pub use ask::DEADLINE;
pub use problem::Problem;
pub use question::{Question, Unrouted};

/// Speaks the plain form.
pub struct Plain {
    ask: Ask,
    upstream: Box<dyn Upstream>,
    capabilities: Vec<Capability>,
    relayed: bool,
}

impl Plain {
    /// Opens a backend that speaks the plain form.
    ///
    /// # Errors
    /// `Internal` when the address is not `http:` or `https:`.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        let capabilities = settings.capabilities.clone().unwrap_or_else(|| Capability::ALL.to_vec());
        Ok(Self { ask: Ask::new(settings)?, upstream, capabilities, relayed: settings.relayed })
    }

    /// A key for a write, unless it would be promised in vain.
    fn fresh_key(&self) -> Option<String> {
        self.upstream.fresh_key().filter(|_| !self.relayed)
    }

    async fn fetch<T: Checked>(
        &self,
        market: &Market,
        call: Result<Call, Error>,
        missing: Option<Subject>,
    ) -> Result<T, Error> {
        let mut call = ask::within(call?, self.upstream.left());
        if self.relayed {
            // Two of us who repeat would ask the vendor four times.
            call.repeat = Repeat::Never;
        }
        let operation = call.operation;
        let response = self.upstream.send(call).await?;
        answer::decode(operation, market, &response, missing)
    }
}

impl Port for Plain {
    fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    fn about<'a>(&'a self, market: &'a Market) -> Pending<'a, About> {
        Box::pin(self.fetch(market, self.ask.about(market), None))
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        Box::pin(self.fetch(market, self.ask.product(market, key), Some(Subject::Product)))
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        Box::pin(self.fetch(market, self.ask.listing(market, query), Some(Subject::Category)))
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        Box::pin(self.fetch(market, self.ask.categories(market), None))
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        Box::pin(self.fetch(market, self.ask.related(market, product), Some(Subject::Product)))
    }

    fn reviews<'a>(&'a self, market: &'a Market, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        Box::pin(self.fetch(market, self.ask.reviews(market, product, page), Some(Subject::Product)))
    }

    fn content<'a>(&'a self, market: &'a Market, query: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        Box::pin(self.fetch(market, self.ask.content(market, query), None))
    }

    fn stores<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Store>> {
        Box::pin(self.fetch(market, self.ask.stores(market), None))
    }

    fn store_stock<'a>(
        &'a self,
        market: &'a Market,
        variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        Box::pin(self.fetch(market, self.ask.store_stock(market, variant), Some(Subject::Product)))
    }

    fn cart<'a>(&'a self, market: &'a Market, cart: &'a CartId) -> Pending<'a, Cart> {
        Box::pin(self.fetch(market, self.ask.cart(market, cart), Some(Subject::Cart)))
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        let key = self.fresh_key();
        Box::pin(self.fetch(market, self.ask.create_cart(market, key.as_deref()), None))
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        let key = self.fresh_key();
        let call = self.ask.change_cart(market, cart, key.as_deref(), change);
        Box::pin(self.fetch(market, call, Some(Subject::Cart)))
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        let key = self.fresh_key();
        let call = self.ask.check_out(market, cart, key.as_deref(), placement);
        Box::pin(self.fetch(market, call, Some(Subject::Cart)))
    }

    fn order<'a>(&'a self, market: &'a Market, order: &'a OrderId) -> Pending<'a, Order> {
        Box::pin(self.fetch(market, self.ask.order(market, order), Some(Subject::Order)))
    }

    fn sign_in<'a>(
        &'a self,
        market: &'a Market,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        Box::pin(self.fetch(market, self.ask.sign_in(market, credentials, cart), None))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        Box::pin(self.fetch(market, self.ask.customer(market, token), Some(Subject::Customer)))
    }
}
