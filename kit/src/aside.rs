//! The same question in another market, or for somebody whose session came by another way.

use crate::account;
use crate::ask::Ask;
use crate::decide::event;
use crate::locale::Locale;
use crate::shop::Shop;
use crate::slots::Slots;
use crate::visitor::{MarketChoice, Session};
use commerce::Market;
use http::{HeaderName, header};
use std::rc::Rc;

/// What is told of the site, whoever asks.
const SITE: [HeaderName; 2] = [header::HOST, HeaderName::from_static("spin-full-url")];

impl Ask {
    /// The same in another market: what a conversation asks once it has turned to another language. It is the same
    /// visitor, within the same deadline; what is learned of them and what they are shown goes with the request's own
    /// answer.
    pub async fn in_market(&self, market: &Market, locale: Rc<Locale>) -> Self {
        let (request, slots) = (self.request.clone(), self.slots.clone());
        let turned = self.turned(request, market, locale, self.kept.clone(), slots).await;
        Self { known: self.known.clone(), facts: self.facts.clone(), ..turned }
    }

    /// For somebody for whom another asks, such as a platform's servers for its users: `session` is what the head keeps
    /// of them, and nothing that the request tells of the servers is told of them. It may outlive the request, with
    /// `slots` of its own; then say [`Ask::leave`] at the end.
    pub async fn on_behalf(&self, session: Session, slots: Rc<Slots>) -> Self {
        let mut request = http::Request::new(bytes::Bytes::new());
        (*request.method_mut(), *request.uri_mut()) =
            (self.request.method().clone(), self.request.uri().clone());
        for name in SITE {
            if let Some(value) = self.request.headers().get(&name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        self.turned(request, &self.market, self.locale.clone(), session, slots).await
    }

    async fn turned(
        &self,
        request: http::Request<bytes::Bytes>,
        market: &Market,
        locale: Rc<Locale>,
        session: Session,
        slots: Rc<Slots>,
    ) -> Self {
        let reads = slots.reads().clone();
        let shop = Shop::open(&self.edge, slots.deadline(), market.clone(), reads.clone(), &self.trace).await;
        Self {
            edge: self.edge.clone(),
            request,
            parts: self.parts.clone(),
            query: self.query.clone(),
            markets: self.markets.clone(),
            market: market.clone(),
            market_choice: MarketChoice::Named,
            locale,
            slots,
            shop,
            reads,
            trace: self.trace.clone(),
            now: self.now,
            seal: self.seal.clone(),
            kept: session,
            carrier: self.carrier,
            channel: self.channel,
            known: Rc::default(),
            facts: Rc::default(),
            seen_cart: std::cell::RefCell::default(),
            is_turning: std::cell::Cell::default(),
        }
    }

    /// Keeps what was learned of the visitor, as at the end of every request and of [`Ask::on_behalf`], and tells what they were shown to those who count.
    pub async fn leave(&self) {
        let Some(Some(known)) = self.known.get() else { return };
        let decided = self.facts.borrow().clone();
        if let Some((topic, facts)) = &decided {
            let places = self.reads.varies().places();
            event::tell(&self.edge, self.channel, known, (topic, facts), &places).await;
        }
        known.keep(account::due(self, known)).await;
    }
}
