//! Amounts, prices and stock of Vendure as the model.

use super::found::VariantFields;
use crate::model::{Currency, Money, Price, Stock, StockLevel};

/// An amount of Vendure: hundredths of the major unit in *every* currency, so of the yen too
/// (github.com/vendure-ecommerce/vendure/issues/1630). Half a minor unit goes up.
pub(super) fn money(hundredths: i64, currency: Currency) -> Money {
    let scaled = i128::from(hundredths) * 10_i128.pow(u32::from(currency.exponent()));
    let rounded = (scaled + if scaled < 0 { -50 } else { 50 }) / 100;
    Money::new(i64::try_from(rounded).unwrap_or(i64::MAX), currency)
}

/// What a variant costs, and what it cost before, when that was more.
pub(super) fn price(current: Money, fields: &[VariantFields]) -> Price {
    let was = fields.iter().flat_map(|fields| &fields.list_prices);
    let was = was.filter(|was| was.currency_code == current.currency);
    let was = was.map(|was| money(was.amount, was.currency_code)).find(|was| was.amount > current.amount);
    Price { current, was }
}

/// Stock in Vendure is what the shop's `StockDisplayStrategy` says: a number, or one of three words.
pub(super) fn stock(level: &str) -> Stock {
    match level {
        "OUT_OF_STOCK" => Stock::word(StockLevel::OutOfStock),
        "LOW_STOCK" => Stock::word(StockLevel::LowStock),
        number => match number.parse() {
            Ok(quantity) => Stock::of(quantity),
            // `IN_STOCK`, or a word of the shop's own; Vendure itself refuses what is not there.
            Err(_) => Stock::word(StockLevel::InStock),
        },
    }
}
