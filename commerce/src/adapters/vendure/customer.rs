//! Customers. Who signs in gets a new session; it opens both the customer and their cart. The Shop API does
//! not tell a customer's groups, nor whether the shop may write to them.

use super::ask::{Extra, Question};
use super::basket::{BASKET, Basket};
use super::order::order;
use super::refusal::Refused;
use super::{Answered, Vendure, ask};
use crate::error::{Error, Kind, Subject};
use crate::model::{CartId, Credentials, Customer, CustomerId, CustomerToken, Market, SignedIn};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Login {
    login: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    active_customer: Option<Someone>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Someone {
    id: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    email_address: String,
    orders: Orders,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Orders {
    items: Vec<Basket>,
    #[serde(default)]
    total_items: Option<u32>,
}

impl Vendure {
    /// Signs in within the cart's session, so that Vendure merges its order with the customer's.
    pub(super) async fn log_in(
        &self,
        market: &Market,
        credentials: &Credentials,
        cart: Option<&CartId>,
    ) -> Result<SignedIn, Error> {
        let operation = "vendure.sign_in";
        let question = Question {
            operation,
            market,
            session: cart.and_then(ask::session),
            document: &[include_str!("graphql/sign_in.graphql")],
            extras: &[],
            variables: json!({ "email": credentials.email, "password": credentials.password }),
        };
        let response = self.upstream.send(self.ask.call(&question, false)?.for_one()).await?;
        let answer: Answered<Login> = Answered::of(operation, &response, ask::complaint(&response))?;
        if let Ok(refused) = serde_json::from_value::<Refused>(answer.found.login) {
            return Err(refused.error(operation));
        }
        let none = "no vendure-auth-token header: let the shop's tokenMethod include `bearer`";
        let token = answer.session.ok_or_else(|| Error::bad_answer(operation, none))?;
        Ok(SignedIn { cart: Some(CartId::new(&token)), token: CustomerToken::new(token) })
    }

    pub(super) async fn read_customer(
        &self,
        market: &Market,
        token: &CustomerToken,
    ) -> Result<Customer, Error> {
        let operation = "vendure.customer";
        let missing = || Error::new(Kind::NotFound(Subject::Customer), operation, "the session is over");
        let cart = CartId::new(token.as_str());
        let answer: Answered<Found> = self
            .send(Question {
                operation,
                market,
                session: Some(ask::session(&cart).ok_or_else(missing)?),
                document: &[include_str!("graphql/customer.graphql"), BASKET],
                extras: &[Extra::Variant],
                variables: (),
            })
            .await?;
        let someone = answer.found.active_customer.ok_or_else(missing)?;
        let name = format!("{} {}", someone.first_name, someone.last_name);
        let orders = someone.orders.items.iter();
        Ok(Customer {
            id: CustomerId::new(someone.id),
            name: name.trim().to_owned(),
            email: someone.email_address,
            groups: Vec::new(),
            subscriber: None,
            order_count: someone.orders.total_items,
            orders: Some(orders.filter_map(|found| order(operation, market, found).ok()).collect()),
            wish_list: None,
        })
    }
}
