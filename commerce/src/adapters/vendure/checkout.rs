//! Checkout: who, where to, how, and then the first way of paying that needs nothing from the visitor.
//!
//! A shop whose payment needs more (a card, a wallet) answers `Unsupported`, and the cart is open again.

use super::ask::{Extra, Question};
use super::basket::{BASKET, Basket, NO};
use super::cart::opened;
use super::change::method;
use super::order::order;
use super::refusal::Outcome;
use super::{Answered, Vendure, placement};
use crate::error::{Error, Kind, Refusal};
use crate::model::{Address, CartId, Checkout, Contact, Delivery, Market, Placement};
use crate::port::Capability;
use serde::Deserialize;
use serde_json::{Value, json};

const OPERATION: &str = "vendure.check_out";

/// What can be chosen for the active order, and whether its visitor is signed in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ways {
    pub(super) eligible_shipping_methods: Vec<ShippingMethod>,
    eligible_payment_methods: Vec<PaymentMethod>,
    active_customer: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct ShippingMethod {
    pub(super) id: String,
    pub(super) code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentMethod {
    code: String,
    is_eligible: bool,
}

#[derive(Deserialize)]
struct Delivered {
    contact: Option<Outcome>,
    address: Option<Outcome>,
    done: Outcome,
}

#[derive(Deserialize)]
struct Paid {
    ready: Outcome,
    done: Outcome,
}

fn contact_input(contact: Option<&Contact>) -> Value {
    let name = contact.map(|contact| contact.name.trim()).unwrap_or_default();
    // Vendure wants two names; whoever has one has no last name.
    let (first, last) = name.rsplit_once(' ').unwrap_or((name, ""));
    let email = contact.map(|contact| contact.email.as_str()).unwrap_or_default();
    json!({ "firstName": first, "lastName": last, "emailAddress": email })
}

fn address_input(address: Option<&Address>, contact: Option<&Contact>) -> Value {
    let Some(address) = address else {
        // Not sent on, but the document names its type.
        return json!({ "streetLine1": "", "countryCode": "" });
    };
    let own = Some(address.name.as_str()).filter(|name| !name.is_empty());
    json!({
        "fullName": own.or(contact.map(|contact| contact.name.as_str())),
        "streetLine1": address.street,
        "city": address.city,
        "postalCode": address.postcode,
        "countryCode": address.country,
    })
}

impl Vendure {
    pub(super) async fn ways(
        &self,
        operation: &'static str,
        market: &Market,
        session: &str,
    ) -> Result<Ways, Error> {
        let answer = self
            .send(Question {
                operation,
                market,
                session: Some(session),
                document: &[include_str!("graphql/ways.graphql")],
                extras: &[],
                variables: (),
            })
            .await?;
        Ok(answer.found)
    }

    /// Sets the way of delivery, and the contact of who is not signed in.
    pub(super) async fn deliver(
        &self,
        operation: &'static str,
        market: &Market,
        session: &str,
        ways: &Ways,
        delivery: &Delivery,
        contact: Option<&Contact>,
    ) -> Result<Basket, Error> {
        let address = match delivery {
            Delivery::Ship { address } => address.as_ref(),
            Delivery::Pickup { .. } => None,
        };
        let answer: Answered<Delivered> = self
            .send(Question {
                operation,
                market,
                session: Some(session),
                document: &[include_str!("graphql/deliver.graphql"), BASKET, NO],
                extras: &[Extra::Variant],
                variables: json!({
                    "guest": contact.is_some() && ways.active_customer.is_none(),
                    "contact": contact_input(contact),
                    "ship": address.is_some(),
                    "address": address_input(address, contact),
                    "method": [method(operation, ways, delivery)?],
                }),
            })
            .await?;
        let Delivered { contact, address, done } = answer.found;
        for outcome in [contact, address].into_iter().flatten() {
            outcome.done(operation)?;
        }
        done.done(operation)
    }

    pub(super) async fn place(
        &self,
        market: &Market,
        cart: &CartId,
        placement: &Placement,
    ) -> Result<Checkout, Error> {
        let session = opened(OPERATION, cart)?;
        let (active, ways) =
            futures::join!(self.active(OPERATION, market, session), self.ways(OPERATION, market, session));
        if active?.is_none_or(|basket| basket.lines.is_empty()) {
            return Err(Error::new(Kind::Refused(Refusal::EmptyCart), OPERATION, "there is no active order"));
        }
        let ways = ways?;
        placement::checked_contact(OPERATION, &placement.contact)?;
        match &placement.delivery {
            Delivery::Ship { address: Some(address) } => placement::checked_address(OPERATION, address)?,
            Delivery::Ship { address: None } => {
                let field = "delivery.address".to_owned();
                return Err(Error::new(Kind::Refused(Refusal::Invalid { field }), OPERATION, "no address"));
            }
            Delivery::Pickup { .. } => {}
        }
        let payment = ways.eligible_payment_methods.iter().find(|method| method.is_eligible);
        let payment = payment.ok_or_else(|| Error::unsupported(Capability::Checkout))?;
        let contact = Some(&placement.contact);
        self.deliver(OPERATION, market, session, &ways, &placement.delivery, contact).await?;
        let paid = self.pay(market, session, &payment.code).await?;
        Ok(Checkout::Placed { order: order(OPERATION, market, &paid)? })
    }

    async fn pay(&self, market: &Market, session: &str, method: &str) -> Result<Basket, Error> {
        let answer: Answered<Paid> = self
            .send(Question {
                operation: OPERATION,
                market,
                session: Some(session),
                document: &[include_str!("graphql/pay.graphql"), BASKET, NO],
                extras: &[Extra::Variant],
                variables: json!({ "method": method }),
            })
            .await?;
        let Paid { ready, done } = answer.found;
        ready.done(OPERATION)?;
        let paid = done.done(OPERATION).and_then(|basket| match basket.order_placed_at {
            Some(_) => Ok(basket),
            None => Err(Error::unsupported(Capability::Checkout)),
        });
        if paid.is_err() {
            let reopen = include_str!("graphql/reopen.graphql");
            self.write(OPERATION, market, session, reopen, ()).await?;
        }
        paid
    }
}
