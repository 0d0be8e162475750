//! The catalogue as one market sees it now: its language, its currency, and what is left.

use super::record::{Prices, Text, VariantRecord};
use crate::market::{Language, Market, Tender};
use crate::stock::Sold;
use commerce::{Money, Price, Stock};

/// Turns records into words, prices and stock.
pub(crate) struct Lens<'a> {
    pub(crate) market: Market,
    pub(crate) sold: &'a Sold,
}

impl Lens<'_> {
    pub(crate) fn language(&self) -> Language {
        self.market.language
    }

    pub(crate) fn text(&self, text: &Text) -> String {
        self.language().of(text).to_owned()
    }

    pub(crate) fn amount(&self, prices: &Prices) -> i64 {
        match self.market.tender {
            Tender::Gbp => prices.gbp,
            Tender::Eur => prices.eur,
            Tender::Jpy => prices.jpy,
        }
    }

    pub(crate) fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.market.currency())
    }

    pub(crate) fn price(&self, variant: &VariantRecord) -> Price {
        Price {
            current: self.money(self.amount(&variant.price)),
            was: variant.was.as_ref().map(|was| self.money(self.amount(was))),
        }
    }

    pub(crate) fn stock(&self, variant: &VariantRecord) -> Stock {
        Stock::of(self.sold.left(variant))
    }
}
