//! Whether a decoded part of the model holds together.

use crate::error::Error;
use crate::model::{
    About, Cart, Category, Checkout, ContentBlock, Currency, Customer, Listing, Market, Money, Order, Price,
    Product, ProductCard, Reviews, SignedIn, Store, StoreStock,
};
use serde::de::DeserializeOwned;

/// Gives a decoded value on, or says what is wrong with it.
///
/// # Errors
/// `BadAnswer` with the fault.
pub(crate) fn checked<T: Checked>(operation: &'static str, market: &Market, value: T) -> Result<T, Error> {
    match value.fault(market.currency()) {
        Some(fault) => Err(Error::bad_answer(operation, fault)),
        None => Ok(value),
    }
}

/// A part of the model that can tell whether it holds together.
pub(crate) trait Checked: DeserializeOwned {
    /// What is wrong with it, in words for the operator.
    fn fault(&self, _currency: Currency) -> Option<String> {
        None
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

impl Checked for About {}
impl Checked for Vec<Category> {}
impl Checked for Vec<Store> {}
impl Checked for Vec<StoreStock> {}
// An order keeps the currency it was placed in.
impl Checked for Order {}
impl Checked for SignedIn {}
impl Checked for Customer {
    fn fault(&self, currency: Currency) -> Option<String> {
        self.wish_list.as_ref().and_then(|wishes| wishes.fault(currency))
    }
}
