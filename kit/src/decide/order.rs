//! Ordering: what was used is not given again, and what was bought not recommended.

use crate::ask::Ask;
use crate::failure::Failure;
use crate::rulebook;
use crate::slots::Slot;
use crate::visitor::{Change, Session};
use commerce::{CartId, Checkout, Placement};

impl Ask {
    /// Places the order of the visitor's cart, or hands over to the backend's own checkout; with the session to keep,
    /// if it changes.
    ///
    /// # Errors
    /// Whatever went wrong; `UpstreamLate` at the deadline.
    pub async fn check_out(
        &self,
        slot: Slot,
        cart: &CartId,
        placement: &Placement,
    ) -> Result<(Checkout, Option<Session>), Failure> {
        let checkout = self.slots.required(slot, self.shop.check_out(cart, placement)).await?.into_open();
        let Checkout::Placed { order } = &checkout else { return Ok((checkout, None)) };
        let used = [self.kept.applied.as_deref(), self.kept.taken.as_deref()];
        if let Some(known) = self.known().await {
            let book = rulebook::current(&self.edge).await;
            let offers = book.iter().flat_map(|book| &book.rules.offers);
            let is_used = |offer: &&personalise::rules::Offer| {
                offer.code.is_some() && used.contains(&offer.code.as_deref())
            };
            known.learn(Change::Ordered {
                offers: offers.filter(is_used).map(|offer| offer.name.to_string()).collect(),
                products: order.lines.iter().map(|line| line.product.clone()).collect(),
            });
            known.keep_now().await;
        }
        let session = Session { order: Some(order.id.clone()), ..self.session().clone().without_cart() };
        Ok((checkout, Some(session)))
    }
}
