//! Offers in the cart: the code of the one that won is put in, and taken out when it no longer wins.
//!
//! A head shows an offer; the backend charges. So the code goes into the cart in the same request that changed the
//! cart, and the answer has the backend's own sums. A code that the visitor typed is never touched.

use super::Topic;
use crate::ask::Ask;
use crate::visitor::Session;
use commerce::{Cart, CartChange, Kind};

/// The slot whose winner goes into the cart.
pub(super) const SLOT: &str = "offer";

impl Ask {
    /// The cart with the offers that are due in it, and the session to keep.
    pub(crate) async fn settle(&self, cart: Cart, session: Session, change: &CartChange) -> (Cart, Session) {
        let mut session = session;
        match change {
            CartChange::RemoveCode { code }
                if session.applied.as_ref().is_some_and(|applied| applied.eq_ignore_ascii_case(code)) =>
            {
                (session.applied, session.declined) = (None, true);
            }
            CartChange::ApplyCode { .. } => session.applied = None,
            _ => {}
        }
        self.settled(cart, session).await
    }

    /// The cart with the offers that are due in it, as nothing was changed but what is known of the visitor.
    pub(crate) async fn settled(&self, cart: Cart, session: Session) -> (Cart, Session) {
        self.seen_cart.replace(Some(cart.clone()));
        if session.declined && session.applied.is_none() {
            return (cart, session);
        }
        let choices = self.choices(Topic::page("cart")).await;
        let due = choices.won(SLOT).and_then(|offer| offer.code.as_deref().map(str::to_owned));
        let has = |code: &str| cart.codes.iter().any(|applied| applied.code.eq_ignore_ascii_case(code));
        let own = session.applied.clone().filter(|code| has(code));
        match (due, own) {
            (Some(due), Some(own)) if due.eq_ignore_ascii_case(&own) => (cart, session),
            // A code that the visitor typed stays: many backends take only one.
            (Some(_), None) if !cart.codes.is_empty() => (cart, session),
            (Some(due), _) => {
                match self.with_code(&cart, CartChange::ApplyCode { code: due.clone() }).await {
                    Some(cart) => (cart, Session { applied: Some(due), ..session }),
                    None => (cart, session),
                }
            }
            (None, Some(own)) => match self.with_code(&cart, CartChange::RemoveCode { code: own }).await {
                Some(cart) => (cart, Session { applied: None, ..session }),
                None => (cart, session),
            },
            (None, None) => (cart, session),
        }
    }

    async fn with_code(&self, cart: &Cart, change: CartChange) -> Option<Cart> {
        match self.shop.change_cart(&cart.id, &change).await {
            Ok(changed) => Some(changed.into_open()),
            Err(error) => {
                let why = match &error.kind {
                    Kind::Refused(_) => {
                        "the shop refuses it; make the promotion there, or change the rule's code"
                    }
                    _ => "the shop did not answer; it is tried again with the next change",
                };
                self.log(&format!("an offer's code did not get into a cart: {why}: {change:?}"));
                None
            }
        }
    }
}
