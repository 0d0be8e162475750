//! Whether a cart charges what an offer promises; as far as it tells. Pure.

use commerce::{Currency, Money};
use personalise::rules::Benefit;

/// What a cart charged.
pub(super) struct Charge {
    /// For the goods before the code, in minor units.
    pub(super) before: i64,
    /// For the goods with it.
    pub(super) after: i64,
    /// The lines' sum, by which delivery becomes free.
    pub(super) subtotal: Money,
    /// Whether something else took off before the code: then it cannot be told what the code takes off.
    pub(super) is_reduced: bool,
    /// For delivery with it, where the shop told.
    pub(super) shipping: Option<Money>,
    /// How many pieces: each may be rounded by itself.
    pub(super) pieces: u32,
}

/// The total from which an offer promises more than a reduction, in the market's currency.
pub(super) fn threshold(give: &[Benefit], currency: Currency) -> Option<Money> {
    let least = |benefit: &Benefit| match benefit {
        Benefit::FreeShippingFrom(least) if least.currency == currency => Some(*least),
        _ => None,
    };
    give.iter().filter_map(least).max_by_key(|least| least.amount)
}

/// What is charged otherwise than promised, for people; `None` where nothing is.
pub(super) fn differs(give: &[Benefit], charge: &Charge) -> Option<String> {
    let currency = charge.subtotal.currency;
    let mut said = Vec::new();
    if let Some(promised) = promised_off(give, charge.before, currency).filter(|_| !charge.is_reduced) {
        let off = charge.before.saturating_sub(charge.after);
        if off.abs_diff(promised) > u64::from(charge.pieces.max(1)) {
            let money = |amount| Money::new(amount, currency);
            said.push(format!(
                "it takes {} off {}, and the offer promises {}",
                money(off),
                money(charge.before),
                money(promised)
            ));
        }
    }
    let is_free = give.iter().any(|benefit| benefit.ships_free(Some(charge.subtotal)));
    if let Some(price) = charge.shipping.filter(|price| is_free && price.amount > 0) {
        said.push(format!(
            "delivery costs {} on a cart of {}, and the offer promises none",
            price, charge.subtotal
        ));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// What is to come off, in minor units; `None` where it is promised in other money.
fn promised_off(give: &[Benefit], before: i64, currency: Currency) -> Option<i64> {
    let mut off = 0_i64;
    for benefit in give {
        off = off.saturating_add(match benefit {
            Benefit::PercentOff(hundredths) => {
                let exact = i128::from(before) * i128::from(*hundredths);
                i64::try_from((exact + 5_000) / 10_000).ok()?
            }
            Benefit::AmountOff(money) if money.currency == currency => money.amount,
            Benefit::AmountOff(_) => return None,
            Benefit::FreeShippingFrom(_) | Benefit::FreeShipping => 0,
        });
    }
    Some(off.min(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GBP: Currency = Currency::GBP;

    fn charge(after: i64, shipping: Option<i64>) -> Charge {
        Charge {
            before: 3_198,
            after,
            subtotal: Money::new(3_198, GBP),
            is_reduced: false,
            shipping: shipping.map(|amount| Money::new(amount, GBP)),
            pieces: 2,
        }
    }

    #[test]
    fn what_is_charged_is_held_against_what_is_promised_to_the_rounding() {
        let give = [Benefit::PercentOff(1_000), Benefit::FreeShippingFrom(Money::new(3_000, GBP))];
        for (after, shipping) in [(2_878, Some(0)), (2_878, None), (2_876, Some(0)), (2_880, None)] {
            assert_eq!(differs(&give, &charge(after, shipping)), None, "{after} {shipping:?}");
        }
        let told = differs(&give, &charge(3_038, Some(395))).unwrap();
        assert!(
            told.starts_with("it takes GBP 1.60 off GBP 31.98, and the offer promises GBP 3.20"),
            "{told}"
        );
        assert!(
            told.ends_with("delivery costs GBP 3.95 on a cart of GBP 31.98, and the offer promises none")
        );
        let less = [Benefit::FreeShippingFrom(Money::new(3_199, GBP))];
        assert_eq!(differs(&less, &charge(3_198, Some(395))), None, "a penny less ships at the usual price");
        assert!(differs(&less, &charge(2_878, None)).is_some(), "more comes off than was promised");
    }

    #[test]
    fn what_cannot_be_told_is_no_difference() {
        let euros = [Benefit::AmountOff(Money::new(500, Currency::EUR))];
        assert_eq!(differs(&euros, &charge(3_198, None)), None);
        let reduced = Charge { is_reduced: true, ..charge(3_198, None) };
        assert_eq!(differs(&[Benefit::PercentOff(1_000)], &reduced), None);
        assert_eq!(threshold(&[Benefit::FreeShippingFrom(Money::new(3_500, Currency::EUR))], GBP), None);
    }
}
