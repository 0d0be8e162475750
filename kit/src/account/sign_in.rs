//! Signing in.

use super::customer::{CUSTOMER, acquaintance};
use crate::ask::Ask;
use crate::failure::{Failure, Trouble};
use crate::slots::Slot;
use crate::visibility::Private;
use crate::visitor::{Change, Pass, Session, VisitorId};
use commerce::{CartId, Credentials, Customer, SignedIn};

const SIGN_IN: Slot = Slot::new("sign-in");
/// The cart that signing in gave, to see which offers are due in it.
const CART: Slot = Slot::new("cart").share(40);

impl Ask {
    /// Signs a visitor in with the shop, gives it their cart, and gives the session to keep from now on. What the shop
    /// tells of them is learned, where they agreed to be known, and the offers that are then due go into their cart.
    /// Their number changes, so that a session from before knows nothing of who they are now.
    ///
    /// # Errors
    /// `Refused(BadCredentials)` when either is wrong; `UpstreamBusy` when the shop asks to wait; `UpstreamFailed` when
    /// its token is too long for a session; whatever else went wrong. Nothing has changed then.
    pub async fn sign_in(&self, credentials: &Credentials) -> Result<Session, Failure> {
        self.reads.private();
        let asked = self.shop.sign_in(credentials, self.kept.cart.as_ref());
        let SignedIn { token, cart } = self.slots.required(SIGN_IN, asked).await?.into_open();
        check_room(&Session {
            customer: Some(Pass::new(token.clone(), "", 0)),
            cart: cart.clone(),
            ..self.kept.clone()
        })?;
        let found = self.slots.optional(CUSTOMER, self.shop.customer(&token)).await?;
        let customer = found.map(Private::into_open);
        let name = customer.as_ref().map_or("", |customer| customer.name.as_str());
        let pass = Pass::new(token, name, self.now.as_second());
        let cart = cart.or_else(|| self.kept.cart.clone());
        let former = self.kept.clone();
        let former = if cart == former.cart { former } else { former.without_cart() };
        self.is_turning.set(true);
        let visitor = self.as_customer(customer.as_ref()).await;
        let session = Session { cart: cart.clone(), customer: Some(pass), visitor, ..former };
        Ok(match cart {
            Some(cart) => self.with_offers(&cart, session).await,
            None => session,
        })
    }

    /// The number of a visitor who has become a customer, with what the shop tells of them.
    async fn as_customer(&self, customer: Option<&Customer>) -> Option<VisitorId> {
        // Of who is nobody in particular just now, nothing is learned, and nothing that they agreed to is lost.
        let Some(known) = self.known().await else { return self.kept.visitor.clone() };
        // Somebody else may have signed in here before.
        known.learn(Change::SignedOut);
        if let Some(customer) = customer {
            known.learn(Change::Known(acquaintance(customer, self.shop.customers_from())));
        }
        known.renumber().await
    }

    /// The session with the offers in its cart that are due to who has just signed in: what the next page promises is
    /// what the cart charges.
    async fn with_offers(&self, cart: &CartId, session: Session) -> Session {
        if self.known().await.is_none() {
            return session;
        }
        match self.slots.optional(CART, self.shop.cart(cart)).await {
            Ok(Some(cart)) => self.settled(cart.into_open(), session).await.1,
            _ => session,
        }
    }
}

fn check_room(session: &Session) -> Result<(), Failure> {
    let Some(excess) = session.excess() else { return Ok(()) };
    Err(Failure {
        trouble: Trouble::UpstreamFailed,
        detail: format!(
            "the shop's token for a customer is {excess} bytes too long to be kept in a cookie of 4096 bytes: let it \
             give shorter ones, such as opaque ones instead of signed claims"
        ),
    })
}
