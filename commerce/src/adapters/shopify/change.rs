//! Changes of carts: what is checked before, what is written, what is put back.
//!
//! Shopify cuts a quantity to what is left and keeps a code that does nothing, each with a warning. The port
//! promises that a refused change leaves the cart as it was, so the cart is read first: what cannot be is
//! refused without a write, and what Shopify did otherwise after all is put back. No write is repeated: the Storefront API documents no key for carts
//! (<https://shopify.dev/docs/api/usage/idempotent-requests>).

use super::Shopify;
use super::ask::is_gid;
use super::cart::{Limits, Parts};
use super::documents as ask;
use super::refusal::{UserError, Warning, invalid, refused};
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{CartChange, CartId, Market};
use serde::Deserialize;
use serde_json::{Value, json};

const CHANGE: &str = "shopify.change_cart";

/// The answer of `cart.graphql` and `cart_and_variant.graphql`.
#[derive(Deserialize)]
pub(super) struct Read {
    pub(super) cart: Option<Parts>,
    variant: Option<Value>,
}

/// What every cart mutation answers.
#[derive(Deserialize)]
pub(super) struct Written {
    done: Payload,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    cart: Option<Parts>,
    user_errors: Vec<UserError>,
    #[serde(default)]
    warnings: Vec<Warning>,
}

impl Written {
    /// The cart and what Shopify warns of, or why it refused the write; `most` pieces are there of what it is about.
    pub(super) fn parts(
        self,
        operation: &'static str,
        most: Option<u32>,
    ) -> Result<(Parts, Vec<Warning>), Error> {
        if let Some(error) = self.done.user_errors.first() {
            return Err(error.error(operation, most));
        }
        let cart = self.done.cart.ok_or_else(|| Error::bad_answer(operation, "data.done.cart is null"))?;
        Ok((cart, self.done.warnings))
    }
}

impl Shopify {
    /// A cart as it is.
    pub(super) async fn read(
        &self,
        operation: &'static str,
        market: &Market,
        cart: &CartId,
    ) -> Result<Parts, Error> {
        let gone = || Error::new(Kind::NotFound(Subject::Cart), operation, "no such cart");
        if !is_gid("Cart", cart.as_str()) {
            return Err(gone());
        }
        let read: Read = self.ask(operation, market, ask::CART, json!({ "cart": cart })).await?;
        read.cart.ok_or_else(gone)
    }

    /// One mutation; its warnings are the caller's to judge.
    pub(super) async fn write(
        &self,
        operation: &'static str,
        market: &Market,
        document: &str,
        variables: Value,
        most: Option<u32>,
    ) -> Result<(Parts, Vec<Warning>), Error> {
        let written: Written = self.ask(operation, market, document, variables).await?;
        written.parts(operation, most)
    }

    /// Does a change.
    pub(super) async fn change(
        &self,
        market: &Market,
        cart: &CartId,
        change: &CartChange,
    ) -> Result<Parts, Error> {
        if !is_gid("Cart", cart.as_str()) {
            return Err(Error::new(Kind::NotFound(Subject::Cart), CHANGE, "no such cart"));
        }
        match change {
            CartChange::Add { quantity: 0, .. } => Err(invalid(CHANGE, "quantity")),
            CartChange::Add { variant, quantity } => {
                self.add(market, cart, variant.as_str(), *quantity).await
            }
            CartChange::Set { line, quantity: 0 } | CartChange::Remove { line } => {
                if !is_gid("CartLine", line.as_str()) {
                    return Err(refused(CHANGE, Refusal::UnknownLine));
                }
                let variables = json!({ "cart": cart, "lines": [line] });
                Ok(self.write(CHANGE, market, ask::LINES_REMOVE, variables, None).await?.0)
            }
            CartChange::Set { line, quantity } => self.set(market, cart, line.as_str(), *quantity).await,
            CartChange::ApplyCode { code } => self.apply(market, cart, code.trim()).await,
            CartChange::RemoveCode { code } => {
                let before = self.read(CHANGE, market, cart).await?;
                let is_it = |own: &str| own.eq_ignore_ascii_case(code.trim());
                if !before.discount_codes.iter().any(|own| is_it(&own.code)) {
                    return Err(refused(CHANGE, Refusal::BadCode { exists: None }));
                }
                let others =
                    before.discount_codes.iter().map(|own| own.code.as_str()).filter(|own| !is_it(own));
                Ok(self.set_codes(market, cart, &others.collect::<Vec<_>>()).await?.0)
            }
            CartChange::ChooseDelivery { delivery } => {
                self.deliver(CHANGE, market, cart, delivery, None).await
            }
        }
    }

    async fn add(&self, market: &Market, cart: &CartId, variant: &str, more: u32) -> Result<Parts, Error> {
        if !is_gid("ProductVariant", variant) {
            return Err(refused(CHANGE, Refusal::UnknownVariant));
        }
        let variables = json!({ "cart": cart, "variant": variant });
        let read: Read = self.ask(CHANGE, market, ask::CART_AND_VARIANT, variables).await?;
        let before =
            read.cart.ok_or_else(|| Error::new(Kind::NotFound(Subject::Cart), CHANGE, "no such cart"))?;
        let limits: Option<Limits> = read.variant.and_then(|node| serde_json::from_value(node).ok());
        let limits = limits.ok_or_else(|| refused(CHANGE, Refusal::UnknownVariant))?;
        check(&limits, pieces(&before, variant).saturating_add(more))?;
        let variables = json!({ "cart": cart, "lines": [{ "merchandiseId": variant, "quantity": more }] });
        let written = self.write(CHANGE, market, ask::LINES_ADD, variables, limits.most()).await?;
        self.keep_or_put_back(market, &before, variant, written).await
    }

    async fn set(&self, market: &Market, cart: &CartId, line: &str, quantity: u32) -> Result<Parts, Error> {
        let before = self.read(CHANGE, market, cart).await?;
        let found = before.lines.nodes.iter().find(|own| own.id == line);
        let limits = &found.ok_or_else(|| refused(CHANGE, Refusal::UnknownLine))?.merchandise.limits;
        check(limits, quantity)?;
        let variables = json!({ "cart": cart, "lines": [{ "id": line, "quantity": quantity }] });
        let written = self.write(CHANGE, market, ask::LINES_UPDATE, variables, limits.most()).await?;
        self.keep_or_put_back(market, &before, &limits.id, written).await
    }

    /// After a warning of stock, sets every line that stayed to what it was (0 removes it), and refuses.
    async fn keep_or_put_back(
        &self,
        market: &Market,
        before: &Parts,
        variant: &str,
        (after, warnings): (Parts, Vec<Warning>),
    ) -> Result<Parts, Error> {
        if !warnings.iter().any(Warning::is_of_stock) {
            return Ok(after);
        }
        let was =
            |id: &str| before.lines.nodes.iter().find(|line| line.id == id).map_or(0, |line| line.quantity);
        let changed = after.lines.nodes.iter().filter(|line| was(&line.id) != line.quantity);
        let lines: Vec<Value> =
            changed.map(|line| json!({ "id": line.id, "quantity": was(&line.id) })).collect();
        if !lines.is_empty() {
            let variables = json!({ "cart": before.id, "lines": lines });
            self.write(CHANGE, market, ask::LINES_UPDATE, variables, None).await?;
        }
        Err(refused(CHANGE, Refusal::OutOfStock { available: Some(pieces(&after, variant)) }))
    }

    /// A code takes the place of the one before.
    async fn apply(&self, market: &Market, cart: &CartId, code: &str) -> Result<Parts, Error> {
        if code.is_empty() {
            return Err(refused(CHANGE, Refusal::BadCode { exists: None }));
        }
        let before = self.read(CHANGE, market, cart).await?;
        let (after, warnings) = self.set_codes(market, cart, &[code]).await?;
        let Some(no) = warnings.iter().find_map(Warning::of_bad_code) else { return Ok(after) };
        let codes: Vec<&str> = before.discount_codes.iter().map(|own| own.code.as_str()).collect();
        self.set_codes(market, cart, &codes).await?;
        Err(refused(CHANGE, no))
    }

    async fn set_codes(
        &self,
        market: &Market,
        cart: &CartId,
        codes: &[&str],
    ) -> Result<(Parts, Vec<Warning>), Error> {
        self.write(CHANGE, market, ask::CODES_UPDATE, json!({ "cart": cart, "codes": codes }), None).await
    }
}

/// How many pieces of a variant are in a cart.
fn pieces(cart: &Parts, variant: &str) -> u32 {
    let lines = cart.lines.nodes.iter().filter(|line| line.merchandise.limits.id == variant);
    lines.fold(0, |sum, line| sum.saturating_add(line.quantity))
}

/// Who wants too many hears the smaller of stock and limit.
fn check(limits: &Limits, quantity: u32) -> Result<(), Error> {
    let (left, most) = (limits.left().unwrap_or(u32::MAX), limits.most().unwrap_or(u32::MAX));
    if quantity <= left.min(most) {
        Ok(())
    } else if left < most {
        Err(refused(CHANGE, Refusal::OutOfStock { available: Some(left) }))
    } else {
        Err(refused(CHANGE, Refusal::QuantityLimit { most }))
    }
}
