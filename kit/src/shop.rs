//! The shop as a head sees it: the port of one market, which notes what is read.

use crate::backends::configured;
use crate::edge::Edge;
use crate::reads::Reads;
use crate::slots::Deadline;
use crate::trace::Trace;
use crate::upstream::EdgeUpstream;
use commerce::adapters;
use commerce::{
    Capability, Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials,
    Customer, CustomerToken, Error, Listing, ListingQuery, Market, Order, OrderId, Pending, Placement, Port,
    Product, ProductCard, ProductKey, ProductRef, Reviews, SignedIn, Store, StoreStock, Upstream, VariantRef,
};
use std::rc::Rc;
use std::time::Duration;

/// How long public answers are good for.
const MINUTE: Duration = Duration::from_secs(60);
const STOCK: Duration = Duration::from_secs(10);

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

    /// Opens the shop that the component's variables name, in a market: `shop_adapter`, `shop_url` and so
    /// on (see [`Settings`]), and the same with `second_` for a backend that answers `second_parts`.
    pub async fn open(
        edge: &Rc<dyn Edge>,
        deadline: Deadline,
        market: Market,
        reads: Rc<Reads>,
        trace: &Rc<Trace>,
    ) -> Self {
        let parts = edge.variable("second_parts").await.unwrap_or_default();
        let backends = configured(edge).await;
        let upstream = |name| -> Box<dyn Upstream> {
            Box::new(EdgeUpstream::new(edge.clone(), deadline, trace.clone(), name))
        };
        let port = adapters::open(&backends, &parts, &upstream);
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
