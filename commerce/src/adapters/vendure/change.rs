//! Changes of a cart. Each reads the cart first: an unknown token must not begin a new cart, and what
//! Vendure changes although it refuses has to be put back.

use super::Vendure;
use super::basket::{Basket, Line, PICKUP};
use super::cart::{opened, show};
use super::checkout::Ways;
use super::placement;
use super::refusal::Outcome;
use crate::error::{Error, Kind, Refusal};
use crate::model::{Cart, CartChange, CartId, Delivery, Market};
use serde_json::json;

const OPERATION: &str = "vendure.change_cart";
const ADD: &str = include_str!("graphql/add.graphql");
const ADJUST: &str = include_str!("graphql/adjust.graphql");
const REMOVE: &str = include_str!("graphql/remove.graphql");
const REOPEN: &str = include_str!("graphql/reopen.graphql");

fn refused(refusal: Refusal) -> Error {
    Error::new(Kind::Refused(refusal), OPERATION, "")
}

fn line<'a>(before: Option<&'a Basket>, id: &str) -> Result<&'a Line, Error> {
    let mut lines = before.into_iter().flat_map(|basket| &basket.lines);
    lines.find(|line| line.id == id).ok_or_else(|| refused(Refusal::UnknownLine))
}

/// GraphQL's integers have 32 bits; so many are refused anyhow.
fn pieces(quantity: u32) -> i32 {
    i32::try_from(quantity).unwrap_or(i32::MAX)
}

impl Vendure {
    pub(super) async fn change(
        &self,
        market: &Market,
        cart: &CartId,
        change: &CartChange,
    ) -> Result<Cart, Error> {
        let session = opened(OPERATION, cart)?;
        let mut before = self.active(OPERATION, market, session).await?;
        if before.as_ref().is_some_and(|basket| basket.state == "ArrangingPayment") {
            // A checkout that was cut off left it closed.
            before = Some(self.write(OPERATION, market, session, REOPEN, ()).await?.done(OPERATION)?);
        }
        let before = before.as_ref();
        let write = |document, variables| self.write(OPERATION, market, session, document, variables);
        let after = match change {
            CartChange::Add { quantity: 0, .. } => {
                return Err(refused(Refusal::Invalid { field: "quantity".to_owned() }));
            }
            CartChange::Add { variant, quantity } => {
                let there = before.into_iter().flat_map(|b| &b.lines).find(|l| l.is_of(variant.as_str()));
                let variables = json!({ "variant": variant, "quantity": pieces(*quantity) });
                let outcome = write(ADD, variables).await?;
                self.kept(market, session, outcome, there, variant.as_str()).await?
            }
            CartChange::Set { line: id, quantity: 0 } | CartChange::Remove { line: id } => {
                let line = line(before, id.as_str())?;
                write(REMOVE, json!({ "line": line.id })).await?.done(OPERATION)?
            }
            CartChange::Set { line: id, quantity } => {
                let line = line(before, id.as_str())?;
                if line.available() == Some(0) {
                    // Vendure would take the line away.
                    return Err(refused(Refusal::OutOfStock { available: Some(0) }));
                }
                let variables = json!({ "line": line.id, "quantity": pieces(*quantity) });
                match write(ADJUST, variables).await? {
                    Outcome::Refused(no) if no.quantity_available.is_some() => {
                        write(ADJUST, json!({ "line": line.id, "quantity": line.quantity })).await?;
                        return Err(no.error(OPERATION));
                    }
                    outcome => limited(outcome, Some(line))?,
                }
            }
            CartChange::ApplyCode { code } => {
                let variables = json!({ "code": code.trim() });
                write(include_str!("graphql/apply_code.graphql"), variables).await?.done(OPERATION)?
            }
            CartChange::RemoveCode { code } => {
                let code = before.and_then(|basket| basket.has_code(code));
                let code = code.ok_or_else(|| refused(Refusal::BadCode { exists: None }))?;
                write(include_str!("graphql/remove_code.graphql"), json!({ "code": code }))
                    .await?
                    .done(OPERATION)?
            }
            CartChange::ChooseDelivery { delivery } => {
                if before.is_none_or(|basket| basket.lines.is_empty()) {
                    // Vendure knows no delivery without goods.
                    return Err(refused(Refusal::EmptyCart));
                }
                if let Delivery::Ship { address: Some(address) } = delivery {
                    placement::checked_address(OPERATION, address)?;
                }
                let ways = self.ways(OPERATION, market, session).await?;
                self.deliver(OPERATION, market, session, &ways, delivery, None).await?
            }
        };
        show(OPERATION, market, cart, Some(&after))
    }

    /// `INSUFFICIENT_STOCK_ERROR` has added what is there all the same: takes it out again.
    async fn kept(
        &self,
        market: &Market,
        session: &str,
        outcome: Outcome,
        there: Option<&Line>,
        variant: &str,
    ) -> Result<Basket, Error> {
        let no = match outcome {
            Outcome::Refused(no) if no.quantity_available.is_some() => no,
            outcome => return limited(outcome, there),
        };
        let added = no.quantity_available.unwrap_or_default();
        let had = there.map_or(0, |line| line.quantity);
        if added > 0 {
            let now = self.active(OPERATION, market, session).await?;
            let line = now.iter().flat_map(|basket| &basket.lines).find(|line| line.is_of(variant));
            if let Some(line) = line {
                let (document, variables) = match had {
                    0 => (REMOVE, json!({ "line": line.id })),
                    had => (ADJUST, json!({ "line": line.id, "quantity": had })),
                };
                self.write(OPERATION, market, session, document, variables).await?;
            }
        }
        Err(refused(Refusal::OutOfStock { available: Some(had.saturating_add(added)) }))
    }
}

/// Who wants more than a line takes hears the smaller of limit and stock, when the stock is known.
fn limited(outcome: Outcome, there: Option<&Line>) -> Result<Basket, Error> {
    let stock = there.and_then(Line::available);
    outcome.done(OPERATION).map_err(|error| match error.kind {
        Kind::Refused(Refusal::QuantityLimit { most }) if stock.is_some_and(|stock| stock < most) => {
            refused(Refusal::OutOfStock { available: stock })
        }
        _ => error,
    })
}

/// The shipping method that a choice means: a store's own, or the first that goes to the door.
pub(super) fn method<'a>(
    operation: &'static str,
    ways: &'a Ways,
    delivery: &Delivery,
) -> Result<&'a str, Error> {
    let mut methods = ways.eligible_shipping_methods.iter();
    let (field, found) = match delivery {
        Delivery::Pickup { store } => {
            let is = |code: &str| code.strip_prefix(PICKUP) == Some(store.as_str());
            ("delivery.store", methods.find(|method| is(&method.code)))
        }
        Delivery::Ship { .. } => ("delivery", methods.find(|method| !method.code.starts_with(PICKUP))),
    };
    let invalid = || Kind::Refused(Refusal::Invalid { field: field.to_owned() });
    found
        .map(|method| method.id.as_str())
        .ok_or_else(|| Error::new(invalid(), operation, "no eligible shipping method for that"))
}
