//! The request being answered.

use crate::edge::Edge;
use crate::failure::{Failure, Trouble};
use crate::fields::Fields;
use crate::locale::Locale;
use crate::reads::Reads;
use crate::seal::Seal;
use crate::shop::Shop;
use crate::slots::Slots;
use crate::trace::Trace;
use crate::visitor::{Carrier, MarketChoice, Markets, Session};
use bytes::Bytes;
use commerce::{Cart, CartChange, CartId, Kind, Market, Subject};
use jiff::Timestamp;
use std::rc::Rc;

/// One request, with everything that a head needs to answer it.
pub struct Ask {
    /// The world around.
    pub edge: Rc<dyn Edge>,
    /// As it came.
    pub request: http::Request<Bytes>,
    /// The named parts of the address.
    pub parts: Vec<(String, String)>,
    /// The query of the address.
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
    pub slots: Slots,
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
}

impl Ask {
    /// A named part of the address; empty when the pattern has none of that name.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// What the visitor keeps for us. Reading it makes the answer private, unless there is none.
    pub fn session(&self) -> &Session {
        if !self.kept.is_empty() {
            self.reads.private();
        }
        &self.kept
    }

    /// The key to seal and open with, for tokens of a head's own.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// A value of a request header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// `scheme://host[:port]` by which the visitor reached us, for absolute links. The host's own
    /// `spin-full-url` is believed before `Host`.
    pub fn site(&self) -> String {
        let full = self.header("spin-full-url").and_then(|text| url::Url::parse(text).ok());
        match full {
            Some(url) if url.has_host() => url.origin().ascii_serialization(),
            _ => format!("http://{}", self.header("host").unwrap_or("localhost")),
        }
    }

    /// The visitor's cart; `None` when there is none or the shop has forgotten it.
    ///
    /// # Errors
    /// Whatever else went wrong.
    pub async fn cart(&self) -> Result<Option<Cart>, commerce::Error> {
        let Some(id) = self.session().cart.clone() else { return Ok(None) };
        match self.shop.cart(&id).await {
            Err(error) if error.kind == Kind::NotFound(Subject::Cart) => Ok(None),
            other => other.map(Some),
        }
    }

    /// Changes the visitor's cart, making one first where there is none, and gives it with the session
    /// to keep. On a refusal the cart keeps what it had.
    ///
    /// # Errors
    /// Whatever went wrong; `UpstreamLate` at the deadline.
    pub async fn change_cart(&self, change: &CartChange) -> Result<(Cart, Session), Failure> {
        self.slots.required("cart", self.change(change)).await.map(|cart| {
            let session = Session { cart: Some(cart.id.clone()), ..self.session().clone() };
            (cart, session)
        })
    }

    async fn change(&self, change: &CartChange) -> Result<Cart, commerce::Error> {
        if let Some(id) = self.session().cart.clone() {
            match self.shop.change_cart(&id, change).await {
                // The shop has forgotten the cart: begin a new one.
                Err(error) if error.kind == Kind::NotFound(Subject::Cart) => {}
                other => return other,
            }
        }
        let id: CartId = self.shop.create_cart().await?.id;
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
