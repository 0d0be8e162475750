//! How far an order is on its way.

use commerce::{Order, OrderState};
use kit::Locale;
use serde::Serialize;

/// One station of an order's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Progress {
    text: String,
    done: bool,
    current: bool,
}

/// The stations of an order's way, those behind it marked.
pub(crate) fn progress(locale: &Locale, order: &Order) -> Vec<Progress> {
    use OrderState::{Cancelled, Delivered, Packing, Placed, ReadyForPickup, Shipped};
    let stations: &[OrderState] = match (order.state, &order.pickup) {
        (Cancelled, _) => &[Placed, Cancelled],
        (_, Some(_)) => &[Placed, Packing, ReadyForPickup, Delivered],
        (_, None) => &[Placed, Packing, Shipped, Delivered],
    };
    let here = stations.iter().position(|station| *station == order.state).unwrap_or_default();
    let station = |(at, state): (usize, &OrderState)| Progress {
        text: locale.text(key(*state, order.pickup.is_some())).to_owned(),
        done: at < here,
        current: at == here,
    };
    stations.iter().enumerate().map(station).collect()
}

/// The text of an order's state now.
pub(crate) const fn state(order: &Order) -> &'static str {
    key(order.state, order.pickup.is_some())
}

/// The text of a state; who collects is not delivered to.
const fn key(state: OrderState, pickup: bool) -> &'static str {
    match state {
        OrderState::Placed => "order-placed",
        OrderState::Packing => "order-packing",
        OrderState::ReadyForPickup => "order-ready-for-pickup",
        OrderState::Shipped => "order-shipped",
        OrderState::Delivered if pickup => "order-collected",
        OrderState::Delivered => "order-delivered",
        OrderState::Cancelled => "order-cancelled",
    }
}
