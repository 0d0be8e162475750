//! The shop as a head sees it: the port of one market, which notes what is read.

use crate::edge::{Edge, FetchError};
use crate::keep;
use crate::reads::Reads;
use crate::slots::Deadline;
use crate::trace::Trace;
use bytes::Bytes;
use commerce::adapters::{self, Backend, Settings};
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
#[derive(Clone)]
pub struct EdgeUpstream {
    edge: Rc<dyn Edge>,
    deadline: Deadline,
    trace: Rc<Trace>,
    /// Which backend, so that two of them do not share what they keep.
    name: &'static str,
}

impl EdgeUpstream {
    /// An upstream for one request.
    pub fn new(edge: Rc<dyn Edge>, deadline: Deadline, trace: Rc<Trace>, name: &'static str) -> Self {
        Self { edge, deadline, trace, name }
    }
}

impl Upstream for EdgeUpstream {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move {
            let left = self.deadline.left(&*self.edge);
            let host = call.request.uri().host().unwrap_or_default().to_owned();
            let start = self.edge.elapsed();
            let fetched = self.edge.fetch(call.request, left, ANSWER_CAP).await;
            let took = self.edge.elapsed().saturating_sub(start);
            let outcome =
                || fetched.as_ref().map_or_else(|e| format!("{e:?}"), |a| a.status().as_str().to_owned());
            self.trace.call(call.operation, outcome, took);
            fetched.map_err(|error| match error {
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

    fn recall(&self, key: &str) -> Option<String> {
        keep::recall(&format!("{} {key}", self.name), self.edge.now())
    }

    fn keep(&self, key: &str, value: &str, good_for: Duration) {
        keep::keep(format!("{} {key}", self.name), value, good_for, self.edge.now());
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

/// The backends that the component's variables name: one, or two when there are `second_parts`.
pub(crate) async fn configured(edge: &Rc<dyn Edge>) -> Vec<Backend> {
    let parts = edge.variable("second_parts").await.unwrap_or_default();
    let prefixes = if parts.is_empty() { &["shop"][..] } else { &["shop", "second"] };
    let mut backends = Vec::new();
    for prefix in prefixes {
        let adapter = edge.variable(&format!("{prefix}_adapter")).await.filter(|name| !name.is_empty());
        let mut settings = Settings::named(prefix);
        for (name, value) in settings.fields() {
            *value = edge.variable(&format!("{prefix}_{name}")).await.unwrap_or_default();
        }
        backends.push(Backend { adapter: adapter.unwrap_or_else(|| "plain".to_owned()), settings });
    }
    backends
}
