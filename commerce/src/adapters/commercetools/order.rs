//! Orders. <https://docs.commercetools.com/api/projects/orders>

use super::ask::Ask;
use super::basket::{Basket, pieces, subtotal};
use super::cart::{WireCart, expanded};
use super::change::{Around, delivered, invalid};
use super::schema::Schema;
use crate::error::Error;
use crate::model::{Delivery, Market, Order, OrderId, OrderState, Placement, Store};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const READ: &str = "commercetools.order";
pub(super) const PLACE: &str = "commercetools.check_out";

pub(super) fn ask(order: &OrderId) -> Ask {
    expanded(Ask::get(READ, &["orders", order.as_str()]))
}

/// The update that makes a cart ready to be ordered.
///
/// # Errors
/// `Refused(Invalid)` for a placement that commercetools would take and no parcel could follow.
pub(super) fn prepared(
    cart: &WireCart,
    placement: &Placement,
    around: &Around<'_>,
) -> Result<Vec<Value>, Error> {
    let contact = &placement.contact;
    if contact.name.trim().is_empty() {
        return Err(invalid("contact.name"));
    }
    let mail = contact.email.split_once('@');
    if !mail.is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.')) {
        return Err(invalid("contact.email"));
    }
    if let Delivery::Ship { address } = &placement.delivery {
        let address = address.as_ref().ok_or_else(|| invalid("delivery.address"))?;
        let needed = [("street", &address.street), ("city", &address.city), ("postcode", &address.postcode)];
        if let Some((field, _)) = needed.into_iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(invalid(&format!("delivery.address.{field}")));
        }
    }
    let mut actions = vec![json!({ "action": "setCustomerEmail", "email": contact.email })];
    actions.extend(delivered(cart, &placement.delivery, &contact.name, around)?);
    Ok(actions)
}

/// Orders one version of a cart.
pub(super) fn place(cart: &WireCart) -> Ask {
    let reference = json!({ "typeId": "cart", "id": cart.basket.id });
    expanded(Ask::post(PLACE, &["orders"], json!({ "cart": reference, "version": cart.version })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireOrder {
    #[serde(default)]
    order_number: Option<String>,
    created_at: Timestamp,
    #[serde(default)]
    order_state: String,
    #[serde(default)]
    shipment_state: Option<String>,
    #[serde(flatten)]
    pub(super) basket: Basket,
}

impl WireOrder {
    /// The order, in the money in which it was placed. Its id is a random UUID, which nobody guesses; its
    /// number, where the merchant gives any, is the id otherwise.
    ///
    /// # Errors
    /// `BadAnswer` when amounts do not add up in one currency.
    pub(super) fn order(
        &self,
        operation: &'static str,
        market: &Market,
        schema: &Schema,
        store: Option<Store>,
    ) -> Result<Order, Error> {
        let basket = &self.basket;
        let lines = basket.lines(operation, market, schema, |_| None)?;
        Ok(Order {
            id: OrderId::new(basket.id.clone()),
            number: self.order_number.clone().unwrap_or_else(|| basket.id.clone()),
            state: self.state(),
            placed_at: self.created_at,
            quantity: pieces(&lines),
            subtotal: subtotal(operation, basket.currency(), &lines)?,
            lines,
            discounts: basket.discounts(operation, market)?,
            delivery_price: basket.delivery_price(),
            total: basket.total_price.money(),
            pickup: store,
            // Nothing in commercetools tells.
            expected_at: None,
        })
    }

    /// <https://docs.commercetools.com/api/projects/orders#shipmentstate>
    fn state(&self) -> OrderState {
        let pickup = self.basket.pickup().is_some();
        match (self.order_state.as_str(), self.shipment_state.as_deref()) {
            ("Cancelled" | "Canceled", _) => OrderState::Cancelled,
            (_, Some("Delivered")) | ("Complete", _) => OrderState::Delivered,
            (_, Some("Shipped")) => OrderState::Shipped,
            (_, Some("Ready")) if pickup => OrderState::ReadyForPickup,
            (_, Some("Ready" | "Partial")) | ("Confirmed", _) => OrderState::Packing,
            _ => OrderState::Placed,
        }
    }
}
