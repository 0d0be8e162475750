//! What a cart comes to, in minor units and whole numbers only.

use super::promotion::{promotion, shipping};
use super::stored::StoredCart;
use crate::catalogue::{Catalogue, Lens};
use commerce::Delivery;

/// The amounts of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) subtotal: i64,
    /// What the code takes off.
    pub(crate) off: i64,
    /// `None` until the delivery is chosen.
    pub(crate) delivery: Option<i64>,
    pub(crate) total: i64,
}

/// Adds a cart up in the lens's currency. Before reductions, the subtotal decides on free delivery, so that
/// a code never makes an order dearer.
pub(crate) fn sum(catalogue: &Catalogue, lens: &Lens<'_>, cart: &StoredCart) -> Sum {
    let lines = cart.lines.iter().filter_map(|line| {
        let (_, variant) = catalogue.variant(&line.variant)?;
        Some(lens.amount(&variant.price).saturating_mul(i64::from(line.quantity)))
    });
    let subtotal = lines.fold(0_i64, i64::saturating_add);
    let promotion = cart.code.as_deref().and_then(promotion);
    let off = promotion.map_or(0, |promotion| promotion.off(subtotal));
    let delivery = cart.delivery.as_ref().map(|delivery| match delivery {
        Delivery::Ship { .. } if subtotal > 0 => shipping(lens.market.tender, subtotal, promotion),
        Delivery::Ship { .. } | Delivery::Pickup { .. } => 0,
    });
    Sum { subtotal, off, delivery, total: (subtotal - off).saturating_add(delivery.unwrap_or_default()) }
}
