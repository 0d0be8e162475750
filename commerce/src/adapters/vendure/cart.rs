//! Vendure's active order as the cart. The session's bearer token is the cart's id.

use super::ask::{Extra, Question, session};
use super::basket::{BASKET, Basket, NO};
use super::refusal::Outcome;
use super::{Answered, Vendure};
use crate::adapters::wire::checked::checked;
use crate::error::{Error, Kind, Subject};
use crate::model::{Cart, CartId, Market, Money};
use serde::{Deserialize, Serialize};
use serde_json::json;

fn empty(market: &Market, id: &CartId) -> Cart {
    let nothing = Money::zero(market.currency());
    Cart {
        id: id.clone(),
        version: None,
        lines: Vec::new(),
        quantity: 0,
        subtotal: nothing,
        discounts: Vec::new(),
        codes: Vec::new(),
        delivery: None,
        delivery_price: None,
        total: nothing,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Active {
    active_order: Option<Basket>,
}

#[derive(Deserialize)]
struct Done {
    done: Outcome,
}

impl Vendure {
    /// Sends a mutation whose field `done` gives the order.
    pub(super) async fn write(
        &self,
        operation: &'static str,
        market: &Market,
        session: &str,
        document: &str,
        variables: impl Serialize,
    ) -> Result<Outcome, Error> {
        // The fragment of refusals may stand only where it is used.
        let fragments = if document.contains("...No") { NO } else { "" };
        let answer: Answered<Done> = self
            .send(Question {
                operation,
                market,
                session: Some(session),
                document: &[document, BASKET, fragments],
                extras: &[Extra::Variant],
                variables,
            })
            .await?;
        Ok(answer.found.done)
    }

    /// The order of a session, in the market's currency; `None` before anything was added.
    ///
    /// # Errors
    /// `NotFound` for a session that is over: Vendure began another one in its place.
    pub(super) async fn active(
        &self,
        operation: &'static str,
        market: &Market,
        session: &str,
    ) -> Result<Option<Basket>, Error> {
        let answer: Answered<Active> = self
            .send(Question {
                operation,
                market,
                session: Some(session),
                document: &[include_str!("graphql/active.graphql"), BASKET],
                extras: &[Extra::Variant],
                variables: (),
            })
            .await?;
        if answer.session.is_some() {
            return Err(Error::new(Kind::NotFound(Subject::Cart), operation, "the session is over"));
        }
        match answer.found.active_order {
            // An order keeps the currency that it began in; a cart follows its visitor.
            Some(basket) if basket.currency_code != market.currency() => {
                let document = include_str!("graphql/currency.graphql");
                let variables = json!({ "currency": market.currency() });
                let outcome = self.write(operation, market, session, document, variables).await?;
                outcome.done(operation).map(Some)
            }
            found => Ok(found),
        }
    }

    pub(super) async fn read_cart(&self, market: &Market, cart: &CartId) -> Result<Cart, Error> {
        let operation = "vendure.cart";
        let session = opened(operation, cart)?;
        let found = self.active(operation, market, session).await?;
        show(operation, market, cart, found.as_ref())
    }

    /// A session is all that an empty cart is.
    pub(super) async fn begin_cart(&self, market: &Market) -> Result<Cart, Error> {
        let operation = "vendure.create_cart";
        let answer: Answered<Active> = self
            .send(Question {
                operation,
                market,
                session: None,
                document: &[include_str!("graphql/active.graphql"), BASKET],
                extras: &[Extra::Variant],
                variables: (),
            })
            .await?;
        let none = "no vendure-auth-token header: let the shop's tokenMethod include `bearer`";
        let token = answer.session.ok_or_else(|| Error::bad_answer(operation, none))?;
        Ok(empty(market, &CartId::new(token)))
    }
}

/// The token of a cart.
///
/// # Errors
/// `NotFound` for an id that never was one.
pub(super) fn opened<'a>(operation: &'static str, cart: &'a CartId) -> Result<&'a str, Error> {
    session(cart).ok_or_else(|| Error::new(Kind::NotFound(Subject::Cart), operation, "not a session token"))
}

/// The cart as the model.
///
/// # Errors
/// `BadAnswer` for another currency.
pub(super) fn show(
    operation: &'static str,
    market: &Market,
    id: &CartId,
    basket: Option<&Basket>,
) -> Result<Cart, Error> {
    checked(operation, market, basket.map_or_else(|| empty(market, id), |basket| basket.shown(market, id)))
}
