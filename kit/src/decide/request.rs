//! Deciding for a request.

use super::choices::Charged;
use super::{Choices, Facts, Known, Scene, Topic, country};
use crate::ask::Ask;
use crate::rulebook;
use crate::slots::Slot;
use crate::visitor::{Consents, MarketChoice, Profile, Session, Signal};
use commerce::Cart;
use std::rc::Rc;

/// The visitor's cart, where a rule asks for it: a decision waits for it, but not for long.
const CART: Slot = Slot::new("decision").share(30).unshown();

impl Ask {
    /// What the rules choose for a page.
    pub async fn choices(&self, topic: Topic) -> Choices {
        self.choices_on(None, topic).await
    }

    /// What the rules choose for a page when something just happened there, such as `exit_intent`.
    pub async fn choices_on(&self, event: Option<&'static str>, topic: Topic) -> Choices {
        let topic = Rc::new(topic.within(&self.market));
        let known = self.known().await;
        known.iter().for_each(|known| known.visit(&topic));
        if self.market_choice != MarketChoice::Named {
            // What the market is decides, and the address does not say it.
            self.reads.private();
        }
        let book = rulebook::current(&self.edge).await;
        let headers = self.request.headers();
        let country = country::of(&self.edge, headers, Some(&self.reads)).await;
        // What is promised must be what is charged, and a rule may ask what is in the cart.
        let asks_for_cart = book.as_ref().is_some_and(|book| {
            book.rules.reads("cart.") || book.rules.offers.iter().any(|offer| offer.code.is_some())
        });
        let cart = if asks_for_cart { self.cart_at_hand().await } else { None };
        self.reads.header("sec-gpc");
        let scene = Scene {
            now: self.now,
            channel: self.channel,
            event,
            topic: &topic,
            country,
            known: known.as_deref(),
            session: &self.kept,
            signal: Signal::of(headers),
            cart: cart.as_ref(),
        };
        let facts = Rc::new(Facts::of(book.as_ref(), &scene));
        self.facts.replace(Some((topic.clone(), facts.clone())));
        let codes = cart.iter().flat_map(|cart| &cart.codes).map(|applied| applied.code.clone()).collect();
        let charged = Charged { codes, declined: self.kept.declined };
        Choices { facts, topic, known, reads: self.reads.clone(), charged }
    }

    /// The visitor who agreed to be known. What is learned of them is written after the answer.
    pub(crate) async fn known(&self) -> Option<Rc<Known>> {
        if let Some(known) = self.known.get() {
            return known.clone();
        }
        let known = Known::of(&self.edge, &self.kept, self.request.headers(), self.now).await.map(Rc::new);
        self.known.get_or_init(|| known).clone()
    }

    /// What is known of the visitor, if they agreed to that; for them alone.
    pub async fn profile(&self) -> Option<Profile> {
        self.reads.private();
        self.known().await.map(|known| known.profile().clone())
    }

    /// The visitor's cart to decide by; `None` where there is none, or none that comes soon.
    pub async fn cart_at_hand(&self) -> Option<Cart> {
        self.cart_id()?;
        if let Some(seen) = self.seen_cart.borrow().clone() {
            return Some(seen);
        }
        self.slots.optional(CART, self.cart()).await.ok()??.into_open()
    }

    /// Notes what the visitor agrees to, from now on and on every head, and gives the session to keep. Agreeing to
    /// nothing erases what is known of them.
    ///
    /// # Errors
    /// When the store does not answer: then nothing has changed.
    pub async fn agree(&self, consents: Consents) -> Result<Session, crate::Failure> {
        super::consent::agree(self, consents).await
    }
}
