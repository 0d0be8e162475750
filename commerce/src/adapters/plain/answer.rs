//! Answers of the plain form as the model; pure.

use super::problem;
use crate::error::{Error, Subject};
use crate::model::{
    Cart, Category, Checkout, ContentBlock, Currency, Listing, Market, Money, Order, Price, Product,
    ProductCard, Reviews, Store, StoreStock,
};
use bytes::Bytes;
use serde::de::DeserializeOwned;

/// A part of the model that can tell whether it holds together.
pub(super) trait Checked: DeserializeOwned {
    /// What is wrong with it, in words for the operator.
    fn fault(&self, _currency: Currency) -> Option<String> {
        None
    }
}

/// Reads an answer: a 2xx as the model, anything else as its error.
pub(super) fn decode<T: Checked>(
    operation: &'static str,
    market: &Market,
    response: &http::Response<Bytes>,
    missing: Option<Subject>,
) -> Result<T, Error> {
    let (status, body) = (response.status(), response.body());
    if !status.is_success() {
        return Err(problem::error(operation, status, response.headers(), body, missing));
    }
    let value: T = serde_json::from_slice(body).map_err(|e| {
        let start: String = String::from_utf8_lossy(body).chars().take(80).collect();
        Error::bad_answer(operation, format!("{e}; the answer starts with `{start}`"))
    })?;
    match value.fault(market.currency()) {
        Some(fault) => Err(Error::bad_answer(operation, fault)),
        None => Ok(value),
    }
}

fn wrong_money(money: Money, currency: Currency) -> Option<String> {
    let wrong = money.currency != currency;
    wrong.then(|| format!("an amount in {} where {currency} was asked for", money.currency))
}

fn wrong_price(price: Price, currency: Currency) -> Option<String> {
    if price.current.amount < 0 {
        return Some("a negative price".to_owned());
    }
    wrong_money(price.current, currency).or_else(|| price.was.and_then(|was| wrong_money(was, currency)))
}

impl Checked for Product {
    fn fault(&self, currency: Currency) -> Option<String> {
        self.variants.iter().find_map(|v| wrong_price(v.price, currency))
    }
}

impl Checked for Vec<ProductCard> {
    fn fault(&self, currency: Currency) -> Option<String> {
        self.iter().find_map(|card| wrong_price(card.price, currency))
    }
}

impl Checked for Listing {
    fn fault(&self, currency: Currency) -> Option<String> {
        self.items.fault(currency)
    }
}

impl Checked for Vec<ContentBlock> {
    fn fault(&self, currency: Currency) -> Option<String> {
        self.iter().find_map(|block| block.products.fault(currency))
    }
}

impl Checked for Cart {
    fn fault(&self, currency: Currency) -> Option<String> {
        wrong_money(self.total, currency)
            .or_else(|| wrong_money(self.subtotal, currency))
            .or_else(|| self.lines.iter().find_map(|line| wrong_price(line.price, currency)))
    }
}

impl Checked for Reviews {
    fn fault(&self, _: Currency) -> Option<String> {
        let odd = self.items.iter().find(|review| !(1..=5).contains(&review.rating))?;
        Some(format!("a review with {} stars", odd.rating))
    }
}

impl Checked for Checkout {
    fn fault(&self, _: Currency) -> Option<String> {
        match self {
            // The visitor's browser is sent there, so it must be a page and nothing else.
            Self::Handover { url } if !url.starts_with("https://") => {
                Some("a checkout address that is not https:".to_owned())
            }
            _ => None,
        }
    }
}

impl Checked for Vec<Category> {}
impl Checked for Vec<Store> {}
impl Checked for Vec<StoreStock> {}
// An order keeps the currency it was placed in.
impl Checked for Order {}
