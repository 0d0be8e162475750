//! Amounts and prices.
//! <https://docs.commercetools.com/api/types#centprecisionmoney>

use crate::model::{Currency, Money, Price};
use serde::Deserialize;

/// An amount. `centAmount` counts the currency's minor unit, also where the amount is of a higher precision,
/// so that `fractionDigits` is not needed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cents {
    cent_amount: i64,
    currency_code: Currency,
}

impl Cents {
    pub(super) fn money(self) -> Money {
        Money::new(self.cent_amount, self.currency_code)
    }
}

/// A price with what a product discount makes of it.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Offered {
    value: Cents,
    #[serde(default)]
    discounted: Option<Discounted>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Discounted {
    value: Cents,
}

impl Offered {
    pub(super) fn price(self) -> Price {
        let full = self.value.money();
        let current = self.discounted.map_or(full, |discounted| discounted.value.money());
        Price { current, was: Some(full).filter(|full| full.amount > current.amount) }
    }
}
