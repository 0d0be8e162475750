//! Placed orders. Vendure opens an order to whoever knows its code, for as long as the shop's
//! `orderByCodeAccessStrategy` says (two hours unless it is set).

use super::ask::{Extra, Question};
use super::basket::{BASKET, Basket};
use super::{Answered, Vendure};
use crate::error::{Error, Kind, Subject};
use crate::model::{CartLine, Market, Order, OrderId, OrderState};
use serde::Deserialize;
use serde_json::json;

const OPERATION: &str = "vendure.order";

/// Vendure's states (docs.vendure.io, "Order process"); one of the shop's own is between placed and shipped.
fn state(name: &str) -> OrderState {
    match name {
        "PaymentAuthorized" | "PaymentSettled" | "ArrangingAdditionalPayment" => OrderState::Placed,
        "PartiallyShipped" | "Shipped" | "PartiallyDelivered" => OrderState::Shipped,
        "Delivered" => OrderState::Delivered,
        "Cancelled" => OrderState::Cancelled,
        _ => OrderState::Packing,
    }
}

/// A placed order as the model, in the currency that it was placed in. The store to collect from is not
/// told: Vendure knows its shipping method only.
///
/// # Errors
/// `BadAnswer` for one that was never placed.
pub(super) fn order(operation: &'static str, market: &Market, found: &Basket) -> Result<Order, Error> {
    let lines = found.shown_lines(market).into_iter();
    let placed_at =
        found.order_placed_at.ok_or_else(|| Error::bad_answer(operation, "orderPlacedAt is null"))?;
    Ok(Order {
        id: OrderId::new(&found.code),
        number: found.code.clone(),
        state: state(&found.state),
        placed_at,
        lines: lines.map(|line| CartLine { available: None, ..line }).collect(),
        quantity: found.lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add),
        subtotal: found.subtotal(),
        discounts: found.reductions(),
        delivery_price: found.delivery_price(),
        total: found.total(),
        pickup: None,
        expected_at: None,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    order_by_code: Option<Basket>,
}

impl Vendure {
    pub(super) async fn read_order(&self, market: &Market, id: &OrderId) -> Result<Order, Error> {
        let missing =
            || Error::new(Kind::NotFound(Subject::Order), OPERATION, "no such order, or not any more");
        let answer: Result<Answered<Found>, Error> = self
            .send(Question {
                operation: OPERATION,
                market,
                session: None,
                document: &[include_str!("graphql/order.graphql"), BASKET],
                extras: &[Extra::Variant],
                variables: json!({ "code": id }),
            })
            .await;
        match answer {
            Ok(answer) => {
                let found = answer.found.order_by_code.filter(|order| order.order_placed_at.is_some());
                order(OPERATION, market, &found.ok_or_else(missing)?)
            }
            // So that nobody can try codes, Vendure says FORBIDDEN of an order that never was.
            Err(error) if error.detail.starts_with("GraphQL:") && error.kind == Kind::Unauthorized => {
                Err(missing())
            }
            Err(error) => Err(error),
        }
    }
}
