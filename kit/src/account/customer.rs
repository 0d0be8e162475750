//! The customer of a session, and what is learned of them.

use crate::ask::Ask;
use crate::decide::{Asking, Known};
use crate::failure::{Failure, Trouble};
use crate::slots::Slot;
use crate::visibility::Private;
use crate::visitor::{Acquaintance, Change, Orders, Pass};
use commerce::{Capability, Customer, ProductCard, Subject};

/// What the shop tells of the customer, where an answer can do without.
pub(super) const CUSTOMER: Slot = Slot::new("customer").share(60);

impl Ask {
    /// The customer who signed in, as their session keeps them. Reading it makes the answer private, unless there is
    /// none.
    pub fn signed_in(&self) -> Option<&Pass> {
        self.reads.session();
        if self.kept.customer.is_some() {
            self.reads.private();
        }
        self.kept.customer.as_ref()
    }

    /// What the shop knows of the customer who signed in; `None` when nobody did, or the sign-in is over: then keep
    /// [`Ask::without_customer`]. It is learned, where they agreed to be known.
    ///
    /// # Errors
    /// Whatever went wrong; `UpstreamLate` at the deadline.
    pub async fn customer(&self, slot: Slot) -> Result<Option<Customer>, Failure> {
        let Some(pass) = self.signed_in() else { return Ok(None) };
        let customer = match self.slots.required(slot, self.shop.customer(pass.token())).await {
            Ok(customer) => customer.into_open(),
            Err(Failure { trouble: Trouble::NotFound(Subject::Customer), .. }) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        if let Some(known) = self.known().await {
            known.learn(Change::Known(acquaintance(&customer, self.shop.customers_from())));
        }
        Ok(Some(customer))
    }
}

/// What is learned of a customer.
pub(super) fn acquaintance(customer: &Customer, source: &'static str) -> Acquaintance {
    let listed = customer.orders.as_deref();
    let latest = listed.and_then(|orders| orders.iter().map(|order| order.placed_at.as_second()).max());
    let count = |orders: &[commerce::Order]| u32::try_from(orders.len()).unwrap_or(u32::MAX);
    // Of a count alone it cannot be told when the latest was.
    let orders = listed.map(|orders| Orders { count: customer.order_count.unwrap_or(count(orders)), latest });
    let slugs = |wishes: &[ProductCard]| wishes.iter().map(|wish| wish.slug.clone()).collect();
    Acquaintance {
        source,
        orders,
        subscriber: customer.subscriber,
        tier: customer.tier().map(str::to_owned),
        wish_list: customer.wish_list.as_deref().map(slugs),
    }
}

/// What the shop says now of the customer who signed in; `None` when nobody did, or it does not say.
pub(crate) async fn asked(ask: &Ask) -> Option<Change> {
    let pass = ask.kept.customer.as_ref().filter(|_| ask.shop.can(Capability::Customer))?;
    let found = ask.slots.optional(CUSTOMER, ask.shop.customer(pass.token())).await.ok()??;
    let customer = Private::into_open(found);
    Some(Change::Known(acquaintance(&customer, ask.shop.customers_from())))
}

/// Asks the shop about the customer after the answer, when that is due: once a day, and after an order.
pub(crate) fn due(ask: &Ask, known: &Known) -> Option<Asking> {
    let pass = ask.kept.customer.clone().filter(|_| !ask.is_turning.get())?;
    let is_due = ask.shop.can(Capability::Customer) && known.profile().is_due(pass.at(), ask.now);
    let (reader, source) = (ask.shop.reader().clone(), ask.shop.customers_from());
    is_due.then(|| -> Asking {
        Box::new(move || {
            Box::pin(async move {
                // A sign-in that is over has nothing new to say.
                let customer = (reader.after)().ok()?.customer(&reader.market, pass.token()).await.ok()?;
                Some(Change::Known(acquaintance(&customer, source)))
            })
        })
    })
}
