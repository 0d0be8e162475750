//! The request being answered.

use crate::decide::{self, Facts, Topic};
use crate::edge::Edge;
use crate::failure::{Failure, Trouble};
use crate::fields::{Fields, json_body};
use crate::locale::Locale;
use crate::reads::Reads;
use crate::seal::Seal;
use crate::shop::Shop;
use crate::slots::{Slot, Slots};
use crate::trace::Trace;
use crate::visibility::Private;
use crate::visitor::{Carrier, MarketChoice, Markets, Session};
use bytes::Bytes;
use commerce::{Cart, CartChange, CartId, Kind, Market, Subject};
use http::Method;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// The visitor's cart.
const CART: Slot = Slot::new("cart");

/// What was decided, and about what.
type Decided = (Rc<Topic>, Rc<Facts>);

/// One request, with everything that a head needs to answer it.
pub struct Ask {
    pub(crate) edge: Rc<dyn Edge>,
    pub(crate) request: http::Request<Bytes>,
    /// The named parts of the address.
    pub parts: Vec<(String, String)>,
    /// The query of the address. Whatever is looked for in it decides the answer.
    pub query: Fields,
    /// Every market of the shop.
    pub markets: Markets,
    /// The visitor's market.
    pub market: Market,
    /// How the market was found.
    pub market_choice: MarketChoice,
    /// Language, money and dates of the market.
    pub locale: Rc<Locale>,
    /// Questions under the deadline.
    pub slots: Rc<Slots>,
    /// The shop in this market.
    pub shop: Shop,
    /// What was read so far.
    pub reads: Rc<Reads>,
    /// What was asked of which backend so far.
    pub trace: Rc<Trace>,
    /// When the request came.
    pub now: Timestamp,
    pub(crate) seal: Seal,
    pub(crate) kept: Session,
    pub(crate) carrier: Carrier,
    pub(crate) channel: &'static str,
    /// The visitor who agreed to be known, once somebody asked.
    pub(crate) known: decide::Visitor,
    /// The latest decision of this request.
    pub(crate) facts: Rc<RefCell<Option<Decided>>>,
    /// The cart as it was last seen.
    pub(crate) seen_cart: RefCell<Option<Cart>>,
    /// Whether this answer signs somebody in or out: the customer of the session that came is not to be asked about.
    pub(crate) is_turning: Cell<bool>,
}

impl Ask {
    /// A named part of the address; empty when the pattern has none of that name.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The path of the address, as it came.
    pub fn path(&self) -> &str {
        self.request.uri().path()
    }

    /// The path with the fields of the query that were looked for so far: the address of this very answer.
    pub fn address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.query.noted_pairs());
        match query.finish() {
            query if query.is_empty() => self.path().to_owned(),
            query => format!("{}?{query}", self.path()),
        }
    }

    /// The whole query as it came. Too much to be told apart by: the answer is this visitor's own.
    pub fn query_as_given(&self) -> Option<&str> {
        self.reads.private();
        self.request.uri().query()
    }

    /// The form in the body.
    ///
    /// # Errors
    /// `UnsupportedMedia` unless it is `application/x-www-form-urlencoded`.
    pub fn form(&self) -> Result<Fields, Failure> {
        self.reads.private();
        Fields::of_form(&self.request)
    }

    /// The JSON in the body.
    ///
    /// # Errors
    /// `UnsupportedMedia` unless it is `application/json`; `BadInput` with where it goes wrong.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        self.reads.private();
        json_body(&self.request)
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        self.reads.private();
        self.request.body()
    }

    /// The world around. Nobody can tell what is done with it, so the answer is this visitor's own.
    pub fn edge(&self) -> &Rc<dyn Edge> {
        self.reads.private();
        &self.edge
    }

    /// A variable of the component, the same for everyone; `None` when it is not declared or empty.
    pub async fn variable(&self, name: &str) -> Option<String> {
        self.edge.instance().variable(&*self.edge, name).await
    }

    /// Time since some fixed moment, for what is looked at now and then.
    pub fn elapsed(&self) -> Duration {
        self.edge.elapsed()
    }

    /// Waits.
    pub async fn wait(&self, time: Duration) {
        self.edge.sleep(time).await;
    }

    /// The path below which the host shows this component, without a slash at its end: `/shop` for the route
    /// `/shop/...`, and nothing for `/...`. It is the same for everyone.
    pub fn base(&self) -> &str {
        text(&self.request, "spin-component-route").unwrap_or_default().trim_end_matches('/')
    }

    /// Whether the request comes from a page of this very host, and not from another site's: see [`crate::origin`].
    /// Heads that let others post somewhere ask for themselves elsewhere.
    pub fn is_from_own_page(&self) -> bool {
        crate::origin::is_own(self.request.headers())
    }

    /// One line for the operator.
    pub fn log(&self, line: &str) {
        self.edge.log(line);
    }

    /// What the visitor keeps for us. Reading it makes the answer private, unless there is none.
    pub fn session(&self) -> &Session {
        self.reads.session();
        if !self.kept.is_empty() {
            self.reads.private();
        }
        &self.kept
    }

    /// The visitor's cart by its id. Reading it makes the answer private, unless there is none.
    pub fn cart_id(&self) -> Option<&CartId> {
        self.reads.session();
        if self.kept.cart.is_some() {
            self.reads.private();
        }
        self.kept.cart.as_ref()
    }

    /// The key to seal and open with, for tokens of a head's own; what is in them is a visitor's.
    pub fn seal(&self) -> &Seal {
        self.reads.private();
        &self.seal
    }

    /// A value of a request header as text; it decides the answer.
    pub fn header(&self, name: &'static str) -> Option<&str> {
        self.reads.header(name);
        text(&self.request, name)
    }

    /// `scheme://host[:port]` by which the visitor reached us, for absolute links. The host's own
    /// `spin-full-url` is believed before `Host`.
    pub fn site(&self) -> String {
        site(&self.request)
    }

    /// The visitor's cart; `None` when there is none or the shop has forgotten it.
    ///
    /// # Errors
    /// Whatever else went wrong.
    pub async fn cart(&self) -> Result<Private<Option<Cart>>, commerce::Error> {
        let Some(id) = self.cart_id().cloned() else { return Ok(Private::of_nobody(None)) };
        match self.shop.cart(&id).await {
            Err(error) if error.kind == Kind::NotFound(Subject::Cart) => Ok(Private::of(None, &self.reads)),
            other => {
                let cart = other?;
                // A decision that asks what is in it need not ask the shop again.
                self.seen_cart.replace(Some(cart.open().clone()));
                Ok(cart.map(Some))
            }
        }
    }

    /// Changes the visitor's cart, making one first where there is none, and gives it with the session
    /// to keep. On a refusal the cart keeps what it had.
    ///
    /// # Errors
    /// Whatever went wrong; `UpstreamLate` at the deadline.
    pub async fn change_cart(&self, change: &CartChange) -> Result<(Cart, Session), Failure> {
        let cart = self.slots.required(CART, self.change(change)).await?.into_open();
        let former = self.session().clone();
        let is_new = former.cart.as_ref() != Some(&cart.id);
        let former = if is_new { former.without_cart() } else { former };
        let session = Session { cart: Some(cart.id.clone()), ..former };
        Ok(self.settle(cart, session, change).await)
    }

    async fn change(&self, change: &CartChange) -> Result<Private<Cart>, commerce::Error> {
        if let Some(id) = self.session().cart.clone() {
            match self.shop.change_cart(&id, change).await {
                // The shop has forgotten the cart: begin a new one.
                Err(error) if error.kind == Kind::NotFound(Subject::Cart) => {}
                other => return other,
            }
        }
        let id: CartId = self.shop.create_cart().await?.into_open().id;
        self.shop.change_cart(&id, change).await
    }

    /// That a market was named which exists.
    pub(crate) fn check_market(&self) -> Result<(), Failure> {
        match self.market_choice {
            MarketChoice::Unknown => Err(Failure::new(Trouble::UnknownMarket)),
            MarketChoice::Named | MarketChoice::Negotiated => Ok(()),
        }
    }
}

fn text<'a>(request: &'a http::Request<Bytes>, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// `scheme://host[:port]` by which a request reached us.
pub(crate) fn site(request: &http::Request<Bytes>) -> String {
    let full = text(request, "spin-full-url").and_then(|text| url::Url::parse(text).ok());
    match full {
        Some(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => format!("http://{}", text(request, "host").unwrap_or("localhost")),
    }
}
