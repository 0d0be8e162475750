//! Orders of the made-up past of `fixtures/catalogue/customers.json`, shown as if they had been kept.

use super::place::order_of;
use super::stored::show;
use crate::cart::{StoredCart, StoredLine};
use crate::catalogue::{Catalogue, Lens, PastOrderRecord};
use commerce::{Delivery, Order};
use jiff::{SignedDuration, Timestamp};

/// An order of the past by its id; `None` for any other.
pub(super) fn find(catalogue: &Catalogue, lens: &Lens<'_>, id: &str, now: Timestamp) -> Option<Order> {
    let mut all = catalogue.customers().iter().flat_map(|customer| &customer.orders);
    all.find(|record| record.id == id).map(|record| order(catalogue, lens, record, now))
}

/// An order of the past, at today's prices in the money of whoever looks.
pub(crate) fn order(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    record: &PastOrderRecord,
    now: Timestamp,
) -> Order {
    let line = |(at, (variant, quantity)): (usize, (&String, &u32))| StoredLine {
        id: (at + 1).to_string(),
        variant: variant.clone(),
        quantity: *quantity,
    };
    let mut cart = StoredCart::empty();
    cart.lines = record.lines.iter().enumerate().map(line).collect();
    cart.delivery = Some(Delivery::Ship { address: None });
    let ago = SignedDuration::from_hours(24 * i64::from(record.days_ago));
    let placed_at = now.saturating_sub(ago).unwrap_or(Timestamp::MIN);
    let stored = order_of(catalogue, placed_at, lens, &record.id, &cart);
    show(catalogue, lens, &record.id, stored, now)
}
