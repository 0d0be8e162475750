//! Orders and customers as the model.

use super::basket::Basket;
use super::store;
use super::words::or_empty;
use crate::error::{Error, Kind, Refusal};
use crate::model::{Currency, Customer, CustomerId, Market, Order, OrderId, OrderState};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct OneOrder {
    pub(super) order: Basket,
}

#[derive(Deserialize)]
pub(super) struct Orders {
    orders: Vec<Basket>,
    #[serde(default)]
    count: Option<u32>,
}

/// What completing a cart gives: the order, or the cart again and why.
#[derive(Deserialize)]
pub(super) struct Completed {
    #[serde(default)]
    order: Option<Basket>,
    #[serde(default)]
    error: Option<Complaint>,
}

#[derive(Deserialize)]
struct Complaint {
    #[serde(rename = "type", default, deserialize_with = "or_empty")]
    class: String,
}

impl Completed {
    pub(super) fn order(self, market: &Market) -> Result<Order, Error> {
        let operation = "medusa.check_out";
        match (self.order, self.error) {
            (Some(basket), _) => order(operation, basket, market),
            (None, Some(complaint)) if complaint.class.contains("inventory") => Err(Error::new(
                Kind::Refused(Refusal::OutOfStock { available: None }),
                operation,
                complaint.class,
            )),
            (None, complaint) => {
                let class = complaint.map(|complaint| complaint.class).unwrap_or_default();
                Err(Error::bad_answer(operation, format!("the cart did not become an order: {class}")))
            }
        }
    }
}

/// An order, in the currency it was placed in.
pub(super) fn order(operation: &'static str, basket: Basket, market: &Market) -> Result<Order, Error> {
    let wrong = |fault: &str| Error::bad_answer(operation, fault);
    let currency = Currency::new(&basket.currency_code.to_ascii_uppercase())
        .map_err(|_| wrong("currency_code is not of ISO 4217"))?;
    let sums = basket.sums(operation, currency)?;
    let method = basket.shipping_methods.last();
    let pickup = method.and_then(|method| store::store(&method.data, market.language()));
    let collected = method.is_some_and(|method| store::chosen(&method.data).is_some());
    Ok(Order {
        state: state(&basket.status, &basket.fulfillment_status, collected),
        number: basket.display_id.map_or_else(|| basket.id.clone(), |number| number.to_string()),
        id: OrderId::new(basket.id),
        placed_at: basket.created_at.parse().map_err(|_| wrong("created_at is no time"))?,
        lines: sums.lines,
        quantity: sums.quantity,
        subtotal: sums.subtotal,
        discounts: sums.discounts,
        delivery_price: sums.delivery_price,
        total: sums.total,
        pickup,
        expected_at: None,
    })
}

/// Medusa's two states as one; `fulfilled` is packed, which for a pickup is ready.
fn state(status: &str, fulfilment: &str, pickup: bool) -> OrderState {
    match (status, fulfilment) {
        ("canceled", _) | (_, "canceled") => OrderState::Cancelled,
        (_, "delivered") => OrderState::Delivered,
        (_, "shipped" | "partially_shipped" | "partially_delivered") => OrderState::Shipped,
        (_, "fulfilled") if pickup => OrderState::ReadyForPickup,
        (_, "fulfilled" | "partially_fulfilled") => OrderState::Packing,
        _ => OrderState::Placed,
    }
}

#[derive(Deserialize)]
pub(super) struct OneCustomer {
    customer: CustomerRecord,
}

#[derive(Deserialize)]
struct CustomerRecord {
    id: String,
    email: String,
    #[serde(default, deserialize_with = "or_empty")]
    first_name: String,
    #[serde(default, deserialize_with = "or_empty")]
    last_name: String,
    #[serde(default, deserialize_with = "or_empty")]
    groups: Vec<Value>,
}

/// A customer with their orders, where those could be had.
pub(super) fn customer(one: OneCustomer, orders: Option<Orders>, market: &Market) -> Result<Customer, Error> {
    let record = one.customer;
    let order_count = orders.as_ref().and_then(|orders| orders.count);
    let list = |orders: Orders| {
        let all = orders.orders.into_iter().map(|basket| order("medusa.customer", basket, market));
        all.collect::<Result<Vec<_>, _>>()
    };
    let group = |group: &Value| Some(group.get("name")?.as_str()?.to_owned());
    Ok(Customer {
        id: CustomerId::new(record.id),
        name: [record.first_name, record.last_name].join(" ").trim().to_owned(),
        email: record.email,
        groups: record.groups.iter().filter_map(group).collect(),
        subscriber: None,
        order_count,
        orders: orders.map(list).transpose()?,
        wish_list: None,
    })
}
