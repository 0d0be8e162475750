//! The shop as a head sees it: the port of one market. What is the same for everyone comes as
//! [`Public`], from a copy where there is a good one; what is a visitor's own comes as [`Private`].

use crate::asked::Asked;
use crate::backends::configured;
use crate::cache::question::{
    AskCategories, AskContent, AskListing, AskProduct, AskRelated, AskReviews, AskStoreStock, AskStores,
};
use crate::cache::reader::Reader;
use crate::cache::rules::Rules;
use crate::edge::Edge;
use crate::reads::Reads;
use crate::slots::Deadline;
use crate::trace::Trace;
use crate::upstream::EdgeUpstream;
use crate::visibility::{Private, Public};
use commerce::adapters::{self, Backend};
use commerce::{
    Capability, Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials,
    Customer, CustomerToken, Error, Listing, ListingQuery, Market, Order, OrderId, Pending, Placement, Port,
    Product, ProductCard, ProductKey, ProductRef, Reviews, SignedIn, Store, StoreStock, Upstream, VariantRef,
};
use sha2::{Digest, Sha256};
use std::rc::Rc;
use std::time::Duration;

/// How long work may take that no visitor waits for.
const AFTERWARDS: Duration = Duration::from_secs(10);

/// The port of one market.
pub struct Shop {
    port: Result<Rc<dyn Port>, Error>,
    market: Market,
    reads: Rc<Reads>,
    reader: Rc<Reader>,
    customers_from: &'static str,
}

macro_rules! own {
    ($self:ident . $method:ident ( $($argument:expr),* )) => {{
        Box::pin(async move {
            let port = $self.port.clone()?;
            let value = port.$method(&$self.market $(, $argument)*).await?;
            Ok(Private::of(value, &$self.reads))
        })
    }};
}

impl Shop {
    /// What asks public questions and keeps their answers.
    pub(crate) fn reader(&self) -> &Rc<Reader> {
        &self.reader
    }

    /// Which backend has the customers: `shop`, or `second`.
    pub(crate) fn customers_from(&self) -> &'static str {
        self.customers_from
    }

    /// Opens the shop that the component's variables name, in a market: `shop_adapter`, `shop_url` and so
    /// on (see [`adapters::Settings`]), and the same with `second_` for a backend that answers `second_parts`.
    /// One that cannot be opened answers every question with the reason.
    pub async fn open(
        edge: &Rc<dyn Edge>,
        deadline: Deadline,
        market: Market,
        reads: Rc<Reads>,
        trace: &Rc<Trace>,
    ) -> Self {
        let instance = edge.instance();
        let backends = Rc::new(configured(edge).await);
        let parts: Rc<str> = instance.variable(&**edge, "second_parts").await.unwrap_or_default().into();
        let mut rules = Rules::of(edge).await;
        rules.is_on &= !reads.is_preview();
        let shop = fingerprint(edge, &backends, &parts).await;
        let open = {
            let parts = parts.clone();
            let (edge, trace) = (edge.clone(), trace.clone());
            move |deadline: Deadline| -> Result<Rc<dyn Port>, Error> {
                let upstream = |name| -> Box<dyn Upstream> {
                    Box::new(EdgeUpstream::new(edge.clone(), deadline, trace.clone(), name))
                };
                adapters::open(&backends, &parts, &upstream).map(Rc::from)
            }
        };
        let is_second = parts.split([',', ' ']).any(|part| part == "customers");
        let customers_from = if is_second { "second" } else { "shop" };
        let port = open(deadline);
        let clock = edge.clone();
        let after = Rc::new(move || open(Deadline::new(&*clock, AFTERWARDS)));
        let reader = Reader {
            edge: edge.clone(),
            instance,
            port: port.clone(),
            after,
            market: market.clone(),
            shop,
            rules,
        };
        Self { port, market, reads, reader: Rc::new(reader), customers_from }
    }

    /// Whether the backend can be asked that.
    pub fn can(&self, capability: Capability) -> bool {
        self.port.as_ref().is_ok_and(|port| port.capabilities().contains(&capability))
    }

    /// [`Port::product`].
    pub fn product(&self, key: &ProductKey) -> Asked<'_, Public<Product>> {
        self.reader.ask(AskProduct(key.clone()))
    }

    /// [`Port::listing`].
    pub fn listing(&self, query: &ListingQuery) -> Asked<'_, Public<Listing>> {
        self.reader.ask(AskListing(query.clone()))
    }

    /// [`Port::categories`].
    pub fn categories(&self) -> Asked<'_, Public<Vec<Category>>> {
        self.reader.ask(AskCategories())
    }

    /// [`Port::related`].
    pub fn related(&self, product: &ProductRef) -> Asked<'_, Public<Vec<ProductCard>>> {
        self.reader.ask(AskRelated(product.clone()))
    }

    /// [`Port::reviews`].
    pub fn reviews(&self, product: &ProductRef, page: u32) -> Asked<'_, Public<Reviews>> {
        self.reader.ask(AskReviews(product.clone(), page))
    }

    /// [`Port::content`].
    pub fn content(&self, query: &ContentQuery) -> Asked<'_, Public<Vec<ContentBlock>>> {
        self.reader.ask(AskContent(query.clone()))
    }

    /// [`Port::stores`].
    pub fn stores(&self) -> Asked<'_, Public<Vec<Store>>> {
        self.reader.ask(AskStores())
    }

    /// [`Port::store_stock`].
    pub fn store_stock(&self, variant: &VariantRef) -> Asked<'_, Public<Vec<StoreStock>>> {
        self.reader.ask(AskStoreStock(variant.clone()))
    }

    /// [`Port::cart`].
    pub fn cart<'a>(&'a self, cart: &'a CartId) -> Pending<'a, Private<Cart>> {
        own!(self.cart(cart))
    }

    /// [`Port::create_cart`].
    pub fn create_cart(&self) -> Pending<'_, Private<Cart>> {
        own!(self.create_cart())
    }

    /// [`Port::change_cart`].
    pub fn change_cart<'a>(&'a self, cart: &'a CartId, change: &'a CartChange) -> Pending<'a, Private<Cart>> {
        own!(self.change_cart(cart, change))
    }

    /// [`Port::check_out`].
    pub fn check_out<'a>(
        &'a self,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Private<Checkout>> {
        own!(self.check_out(cart, placement))
    }

    /// [`Port::order`].
    pub fn order<'a>(&'a self, order: &'a OrderId) -> Pending<'a, Private<Order>> {
        own!(self.order(order))
    }

    /// [`Port::sign_in`].
    pub fn sign_in<'a>(
        &'a self,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, Private<SignedIn>> {
        discreet(own!(self.sign_in(credentials, cart)))
    }

    /// [`Port::customer`].
    pub fn customer<'a>(&'a self, token: &'a CustomerToken) -> Pending<'a, Private<Customer>> {
        discreet(own!(self.customer(token)))
    }
}

/// What a backend says of a failure may name the customer, and a failure goes into the log.
fn discreet<T: 'static>(pending: Pending<'_, T>) -> Pending<'_, T> {
    Box::pin(async move {
        pending.await.map_err(|error| Error {
            detail: "what more there is to say is withheld, since it may name the customer".to_owned(),
            ..error
        })
    })
}

/// Which backends are asked, and as whom: another shop, or the same one seen with other rights, has other copies.
async fn fingerprint(edge: &Rc<dyn Edge>, backends: &[Backend], parts: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    part(parts);
    // The component `backend` may stand between: what it asks counts.
    for name in ["shop_adapter", "shop_url", "second_adapter", "second_url"] {
        part(&edge.instance().variable(&**edge, name).await.unwrap_or_default());
    }
    for backend in backends {
        part(&backend.adapter);
        for (_, value) in backend.settings.clone().fields() {
            part(value);
        }
    }
    hash.finalize().into()
}
