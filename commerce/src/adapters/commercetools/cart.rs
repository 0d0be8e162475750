//! Carts. <https://docs.commercetools.com/api/projects/carts>

use super::ask::{Ask, MOST};
use super::basket::{Basket, EXPANDED, pieces, subtotal};
use super::schema::{Page, Schema};
use crate::adapters::wire::checked::checked;
use crate::error::{Error, Kind, Subject};
use crate::model::{AppliedCode, Cart, CartId, Market};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const READ: &str = "commercetools.cart";
pub(super) const CREATE: &str = "commercetools.create_cart";
pub(super) const CHANGE: &str = "commercetools.change_cart";

/// Adds what has to come along.
pub(super) fn expanded(ask: Ask) -> Ask {
    EXPANDED.into_iter().fold(ask, |ask, path| ask.with("expand", path))
}

pub(super) fn ask(cart: &CartId) -> Ask {
    expanded(Ask::get(READ, &["carts", cart.as_str()]))
}

/// A cart whose order is refused when stock runs out meanwhile.
pub(super) fn ask_new(market: &Market) -> Ask {
    let draft = json!({
        "currency": market.currency().code(),
        "country": market.country(),
        "locale": market.language(),
        "inventoryMode": "ReserveOnOrder",
    });
    expanded(Ask::post(CREATE, &["carts"], draft))
}

/// An update of one version of a cart.
pub(super) fn update(operation: &'static str, cart: &WireCart, actions: &[Value]) -> Ask {
    let body = json!({ "version": cart.version, "actions": actions });
    expanded(Ask::post(operation, &["carts", &cart.basket.id], body))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireCart {
    pub(super) version: u64,
    cart_state: String,
    #[serde(default)]
    pub(super) discount_codes: Vec<CodeInfo>,
    #[serde(flatten)]
    pub(super) basket: Basket,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeInfo {
    pub(super) discount_code: CodeReference,
    state: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct CodeReference {
    pub(super) id: String,
    #[serde(default)]
    obj: Option<Code>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

impl CodeInfo {
    /// As the merchant spells it; nothing without the expansion.
    pub(super) fn code(&self) -> &str {
        self.discount_code.obj.as_ref().map(|code| code.code.as_str()).unwrap_or_default()
    }
}

impl WireCart {
    /// The cart, unless it was ordered, or is in money that this market has not: commercetools cannot change
    /// a cart's currency, so a visitor who changes it begins anew.
    ///
    /// # Errors
    /// `NotFound`.
    pub(super) fn open(self, operation: &'static str, market: &Market) -> Result<Self, Error> {
        let gone = |why: &str| Err(Error::new(Kind::NotFound(Subject::Cart), operation, why));
        if matches!(self.cart_state.as_str(), "Ordered" | "Merged") {
            return gone("cartState says that it is no longer a cart");
        }
        if self.basket.currency() != market.currency() {
            return gone("totalPrice is in another currency than the market");
        }
        Ok(self)
    }

    /// All SKUs, to ask for their stock.
    pub(super) fn skus(&self) -> Vec<String> {
        self.basket.line_items.iter().map(|line| line.variant.sku.clone()).collect()
    }

    pub(super) fn cart(
        &self,
        operation: &'static str,
        market: &Market,
        schema: &Schema,
        shelf: &Shelf,
    ) -> Result<Cart, Error> {
        let basket = &self.basket;
        let lines = basket.lines(operation, market, schema, |sku| shelf.most(sku))?;
        let code = |info: &CodeInfo| AppliedCode {
            code: info.code().to_owned(),
            active: info.state == "MatchesCart",
        };
        let cart = Cart {
            id: CartId::new(basket.id.clone()),
            version: Some(self.version),
            quantity: pieces(&lines),
            subtotal: subtotal(operation, basket.currency(), &lines)?,
            lines,
            discounts: basket.discounts(operation, market)?,
            codes: self.discount_codes.iter().map(code).collect(),
            delivery: basket.delivery(),
            delivery_price: basket.delivery_price(),
            total: basket.total_price.money(),
        };
        checked(operation, market, cart)
    }
}

/// What is there of a cart's variants. <https://docs.commercetools.com/api/projects/inventory>
#[derive(Debug, Default)]
pub(super) struct Shelf(BTreeMap<String, Kept>);

/// An entry without a channel: what is sent.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    available_quantity: i64,
    #[serde(default)]
    max_cart_quantity: Option<u32>,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    sku: String,
    #[serde(flatten)]
    kept: Kept,
}

impl Shelf {
    /// Asks for the stock of some SKUs; `None` when there are none.
    pub(super) fn ask(skus: &[String]) -> Option<Ask> {
        if skus.is_empty() {
            return None;
        }
        let names: Vec<String> = (0..skus.len()).map(|at| format!("sku{at}")).collect();
        let any: Vec<String> = names.iter().map(|name| format!("sku=:{name}")).collect();
        let predicate = format!("supplyChannel is not defined and ({})", any.join(" or "));
        let variables: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(skus.iter().map(String::as_str)).collect();
        let ask = Ask::get("commercetools.stock", &["inventory"]).filtered(predicate, &variables);
        Some(ask.with("limit", MOST))
    }

    pub(super) fn of(entries: Page<Entry>) -> Self {
        Self(entries.results.into_iter().map(|entry| (entry.sku, entry.kept)).collect())
    }

    /// What is left; `None` where no stock is kept.
    pub(super) fn left(&self, sku: &str) -> Option<u32> {
        let kept = self.0.get(sku)?;
        Some(u32::try_from(kept.available_quantity.max(0)).unwrap_or(u32::MAX))
    }

    /// The most pieces that one cart takes, where the merchant bounds that.
    pub(super) fn limit(&self, sku: &str) -> Option<u32> {
        self.0.get(sku)?.max_cart_quantity
    }

    /// The most pieces that can be had: the smaller of both.
    fn most(&self, sku: &str) -> Option<u32> {
        let (left, limit) = (self.left(sku), self.limit(sku));
        left.into_iter().chain(limit).min()
    }
}
