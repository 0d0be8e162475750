//! What an offer gives.

use commerce::Money;
use serde::{Deserialize, Serialize};

/// One thing that an offer gives. The backend charges it; a head only says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Benefit {
    /// Off the price, in hundredths of a per cent: 1,000 is 10 %. From 1 to 10,000.
    PercentOff(u16),
    /// Off the cart's total; above zero.
    AmountOff(Money),
    /// No charge for delivery, from this total on.
    FreeShippingFrom(Money),
    /// No charge for delivery.
    FreeShipping,
}

impl Benefit {
    /// Whether a cart of this total, where it is known, is delivered free by this.
    pub fn ships_free(self, total: Option<Money>) -> bool {
        match (self, total) {
            (Self::FreeShipping, _) => true,
            (Self::FreeShippingFrom(least), Some(total)) => {
                total.currency == least.currency && total.amount >= least.amount
            }
            _ => false,
        }
    }
}
