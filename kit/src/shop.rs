//! The shop as a head sees it: the port of one market, which notes what is read.

use crate::edge::{Edge, FetchError};
use crate::reads::Reads;
use crate::slots::Deadline;
use bytes::Bytes;
use commerce::adapters::{self, Settings};
use commerce::{
    Call, Capability, Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials,
    Customer, CustomerToken, Error, Kind, Listing, ListingQuery, Market, Order, OrderId, Pending, Placement,
    Port, Product, ProductCard, ProductKey, ProductRef, Reviews, SignedIn, Store, StoreStock, Upstream,
    VariantRef,
};
use std::rc::Rc;
use std::time::Duration;

/// The largest answer that is read from a backend: 4 MiB, ten times a full listing.
const ANSWER_CAP: usize = 4 << 20;

/// How long public answers are good for.
const MINUTE: Duration = Duration::from_secs(60);
const STOCK: Duration = Duration::from_secs(10);

/// Carries calls over the edge's network, within the deadline.
pub struct EdgeUpstream {
    edge: Rc<dyn Edge>,
    deadline: Deadline,
}

impl EdgeUpstream {
    /// An upstream for one request.
    pub fn new(edge: Rc<dyn Edge>, deadline: Deadline) -> Self {
        Self { edge, deadline }
    }
}

impl Upstream for EdgeUpstream {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move {
            let left = self.deadline.left(&*self.edge);
            let host = call.request.uri().host().unwrap_or_default().to_owned();
            self.edge.fetch(call.request, left, ANSWER_CAP).await.map_err(|error| match error {
                FetchError::Unreachable(why) => {
                    Error::new(Kind::Unreachable, call.operation, format!("{host}: {why}"))
                }
                FetchError::TimedOut => Error::new(Kind::TimedOut, call.operation, host),
                FetchError::TooLarge => {
                    Error::new(Kind::TooLarge, call.operation, format!("{host}: over {ANSWER_CAP} bytes"))
                }
            })
        })
    }
}

/// The port of one market. Its answers are [`Port`]'s; what is public or private is noted in [`Reads`].
pub struct Shop {
    port: Result<Box<dyn Port>, Error>,
    market: Market,
    reads: Rc<Reads>,
}

macro_rules! asked {
    ($self:ident . $method:ident ( $($argument:expr),* )) => {{
        match &$self.port {
            Ok(port) => port.$method(&$self.market $(, $argument)*),
            Err(error) => Box::pin(std::future::ready(Err(error.clone()))),
        }
    }};
}

impl Shop {
    /// A shop whose port may have failed to open; then every question fails the same way.
    pub fn new(port: Result<Box<dyn Port>, Error>, market: Market, reads: Rc<Reads>) -> Self {
        Self { port, market, reads }
    }

    /// Opens the shop that the component's variables `shop_adapter` and `shop_url` name, in a market.
    pub async fn open(edge: &Rc<dyn Edge>, deadline: Deadline, market: Market, reads: Rc<Reads>) -> Self {
        let adapter = edge.variable("shop_adapter").await.filter(|name| !name.is_empty());
        let mut settings = Settings::named("shop");
        for (name, value) in settings.fields() {
            *value = edge.variable(&format!("shop_{name}")).await.unwrap_or_default();
        }
        let upstream = Box::new(EdgeUpstream::new(edge.clone(), deadline));
        let port = adapters::connect(adapter.as_deref().unwrap_or("plain"), &settings, upstream);
        Self::new(port, market, reads)
    }

    /// Whether the backend can be asked that.
    pub fn can(&self, capability: Capability) -> bool {
        self.port.as_ref().is_ok_and(|port| port.capabilities().contains(&capability))
    }

    /// [`Port::product`].
    pub fn product<'a>(&'a self, key: &'a ProductKey) -> Pending<'a, Product> {
        self.reads.public(MINUTE);
        asked!(self.product(key))
    }

    /// [`Port::listing`].
    pub fn listing<'a>(&'a self, query: &'a ListingQuery) -> Pending<'a, Listing> {
        self.reads.public(MINUTE);
        asked!(self.listing(query))
    }

    /// [`Port::categories`].
    pub fn categories(&self) -> Pending<'_, Vec<Category>> {
        self.reads.public(MINUTE * 5);
        asked!(self.categories())
    }

    /// [`Port::related`].
    pub fn related<'a>(&'a self, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        self.reads.public(MINUTE);
        asked!(self.related(product))
    }

    /// [`Port::reviews`].
    pub fn reviews<'a>(&'a self, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        self.reads.public(MINUTE * 5);
        asked!(self.reviews(product, page))
    }

    /// [`Port::content`].
    pub fn content<'a>(&'a self, query: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        self.reads.public(MINUTE);
        asked!(self.content(query))
    }

    /// [`Port::stores`].
    pub fn stores(&self) -> Pending<'_, Vec<Store>> {
        self.reads.public(MINUTE * 5);
        asked!(self.stores())
    }

    /// [`Port::store_stock`].
    pub fn store_stock<'a>(&'a self, variant: &'a VariantRef) -> Pending<'a, Vec<StoreStock>> {
        self.reads.public(STOCK);
        asked!(self.store_stock(variant))
    }

    /// [`Port::cart`].
    pub fn cart<'a>(&'a self, cart: &'a CartId) -> Pending<'a, Cart> {
        self.reads.private();
        asked!(self.cart(cart))
    }

    /// [`Port::create_cart`].
    pub fn create_cart(&self) -> Pending<'_, Cart> {
        self.reads.private();
        asked!(self.create_cart())
    }

    /// [`Port::change_cart`].
    pub fn change_cart<'a>(&'a self, cart: &'a CartId, change: &'a CartChange) -> Pending<'a, Cart> {
        self.reads.private();
        asked!(self.change_cart(cart, change))
    }

    /// [`Port::check_out`].
    pub fn check_out<'a>(&'a self, cart: &'a CartId, placement: &'a Placement) -> Pending<'a, Checkout> {
        self.reads.private();
        asked!(self.check_out(cart, placement))
    }

    /// [`Port::order`].
    pub fn order<'a>(&'a self, order: &'a OrderId) -> Pending<'a, Order> {
        self.reads.private();
        asked!(self.order(order))
    }

    /// [`Port::sign_in`].
    pub fn sign_in<'a>(
        &'a self,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        self.reads.private();
        asked!(self.sign_in(credentials, cart))
    }

    /// [`Port::customer`].
    pub fn customer<'a>(&'a self, token: &'a CustomerToken) -> Pending<'a, Customer> {
        self.reads.private();
        asked!(self.customer(token))
    }
}
