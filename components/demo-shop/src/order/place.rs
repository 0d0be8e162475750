//! Checkout: a cart becomes an order, once.
//!
//! Writes go in an order that loses nothing: the order, who placed it, that this cart was placed, the stock,
//! and last the cart. Whoever asks again with the same `Idempotency-Key` after any of them gets the same
//! order. Nobody else changes or places the cart meanwhile.

use super::check::checked;
use super::stored::{SCHEMA, StoredOrder, key, read, show};
use crate::cart::{self, StoredCart};
use crate::catalogue::{Catalogue, Lens};
use crate::customer;
use crate::once::Once;
use crate::stock::Sold;
use crate::token::token;
use crate::wire::No;
use commerce::{Checkout, Delivery, Placement, Refusal};
use jiff::Timestamp;
use kit::Edge;
use serde::{Deserialize, Serialize};

/// What is kept under `placed:{cart}`.
#[derive(Serialize, Deserialize)]
struct Placed {
    /// The key that came with it.
    once: Option<Once>,
    order: String,
}

/// Places the order.
///
/// # Errors
/// The refusals of the plain form; [`No::NotFound`] for a cart that is gone.
pub(crate) async fn check_out(
    catalogue: &Catalogue,
    edge: &dyn Edge,
    lens: &Lens<'_>,
    id: &str,
    once: Option<Once>,
    placement: Placement,
) -> Result<Checkout, No> {
    if !cart::is_cart_id(id) {
        return Err(No::NotFound);
    }
    let placed_key = format!("placed:{id}");
    if let Some(bytes) = edge.get(&placed_key).await? {
        let placed: Placed = serde_json::from_slice(&bytes).map_err(|e| No::Broken(e.to_string()))?;
        let repeats = once.as_ref().zip(placed.once.as_ref()).map(|(once, done)| once.repeats(done));
        if !repeats.transpose()?.unwrap_or(false) {
            return Err(No::NotFound);
        }
        return Ok(Checkout::Placed { order: read(catalogue, edge, lens, &placed.order).await? });
    }

    let mut cart = cart::existing(catalogue, cart::load(edge, id).await?);
    if cart.lines.is_empty() {
        return Err(Refusal::EmptyCart.into());
    }
    checked(catalogue, &placement)?;
    let sold = Sold::counted(edge, cart.lines.iter().map(|line| line.variant.as_str())).await?;
    for line in &cart.lines {
        cart::check(catalogue, &sold, &line.variant, line.quantity)?;
    }
    cart.delivery = Some(placement.delivery.clone());

    let order = token(edge.random());
    let stored = order_of(catalogue, edge.now(), lens, id, &cart);
    edge.set(&key(&order), &bytes(&stored)?).await?;
    // Where the confirmation goes and the parcel; never answered, never logged.
    edge.set(&format!("contact:{order}"), &bytes(&placement)?).await?;
    customer::ordered(catalogue, edge, &placement.contact.email, &order).await?;
    let placed = Placed { once, order: order.clone() };
    edge.set(&placed_key, &bytes(&placed)?).await?;
    let pieces: Vec<(&str, u32)> =
        cart.lines.iter().map(|line| (line.variant.as_str(), line.quantity)).collect();
    Sold::sell(edge, &pieces).await?;
    cart::forget(edge, id).await?;
    Ok(Checkout::Placed { order: show(catalogue, lens, &order, stored, edge.now()) })
}

pub(super) fn order_of(
    catalogue: &Catalogue,
    placed_at: Timestamp,
    lens: &Lens<'_>,
    id: &str,
    cart: &StoredCart,
) -> StoredOrder {
    let shown = cart::show(catalogue, lens, id, cart);
    let sum = cart::sum(catalogue, lens, cart);
    let pickup = match &cart.delivery {
        Some(Delivery::Pickup { store }) => Some(store.as_str().to_owned()),
        _ => None,
    };
    StoredOrder {
        schema: SCHEMA,
        placed_at,
        // What is left of it says nothing about what was bought.
        lines: shown.lines.into_iter().map(|line| commerce::CartLine { available: None, ..line }).collect(),
        subtotal: shown.subtotal,
        code: cart.code.clone(),
        off: lens.money(sum.off),
        delivery_price: shown.delivery_price,
        total: shown.total,
        pickup,
    }
}

fn bytes(value: &impl Serialize) -> Result<Vec<u8>, No> {
    serde_json::to_vec(value).map_err(|e| No::Broken(e.to_string()))
}
