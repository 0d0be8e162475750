//! Sums, products and the like. What has no answer (a division by zero, an overflow, two currencies) is unknown.

use super::node::Arithmetic;
use super::seen::Seen;
#[cfg(feature = "publish")]
use crate::attribute::Kind;
use commerce::Money;
use jiff::SignedDuration;

impl Arithmetic {
    /// The kind of the result; `None` where the two do not go together.
    #[cfg(feature = "publish")]
    pub(crate) fn kind(self, left: Kind, right: Kind) -> Option<Kind> {
        use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
        Some(match (self, left, right) {
            (_, Kind::Int, Kind::Int) => Kind::Int,
            (Add | Subtract | Multiply | Divide, a, b) if a.is_numeric() && b.is_numeric() => Kind::Number,
            (Add | Subtract, Kind::Money, Kind::Money) => Kind::Money,
            (Multiply | Divide, Kind::Money, by) if by.is_numeric() => Kind::Money,
            (Multiply, by, Kind::Money) if by.is_numeric() => Kind::Money,
            (Add | Subtract, Kind::Duration, Kind::Duration) => Kind::Duration,
            (Multiply | Divide, Kind::Duration, Kind::Int) => Kind::Duration,
            (Subtract, Kind::Time, Kind::Time) => Kind::Duration,
            (Add | Subtract, Kind::Time, Kind::Duration) => Kind::Time,
            (Remainder | Add | Subtract | Multiply | Divide, _, _) => return None,
        })
    }

    pub(crate) fn apply<'a>(self, left: Seen<'a>, right: Seen<'a>) -> Seen<'a> {
        self.known(left, right).unwrap_or(Seen::Unknown)
    }

    fn known<'a>(self, left: Seen<'a>, right: Seen<'a>) -> Option<Seen<'a>> {
        use Arithmetic::{Add, Divide, Multiply, Subtract};
        Some(match (self, left, right) {
            (_, Seen::Int(a), Seen::Int(b)) => Seen::Int(self.ints(a, b)?),
            (_, Seen::Duration(a), Seen::Duration(b) | Seen::Int(b)) => Seen::Duration(self.ints(a, b)?),
            (Add | Subtract, Seen::Money(a), Seen::Money(b)) if a.currency == b.currency => {
                Seen::Money(Money::new(self.ints(a.amount, b.amount)?, a.currency))
            }
            (Multiply | Divide, Seen::Money(a), Seen::Int(b)) => {
                Seen::Money(Money::new(scaled(self, a.amount, b)?, a.currency))
            }
            (Multiply, Seen::Int(a), Seen::Money(b)) => {
                Seen::Money(Money::new(scaled(self, b.amount, a)?, b.currency))
            }
            (Multiply | Divide, Seen::Money(a), Seen::Number(b)) => {
                Seen::Money(Money::new(nearest(self.numbers(float(a.amount), b)?)?, a.currency))
            }
            (Multiply, Seen::Number(a), Seen::Money(b)) => {
                Seen::Money(Money::new(nearest(self.numbers(a, float(b.amount))?)?, b.currency))
            }
            (Subtract, Seen::Time(a), Seen::Time(b)) => Seen::Duration(a.duration_since(b).as_secs()),
            (Add, Seen::Time(a), Seen::Duration(b)) => {
                Seen::Time(a.checked_add(SignedDuration::from_secs(b)).ok()?)
            }
            (Subtract, Seen::Time(a), Seen::Duration(b)) => {
                Seen::Time(a.checked_sub(SignedDuration::from_secs(b)).ok()?)
            }
            (_, a, b) => Seen::Number(self.numbers(number(a)?, number(b)?)?),
        })
    }

    fn ints(self, a: i64, b: i64) -> Option<i64> {
        match self {
            Self::Add => a.checked_add(b),
            Self::Subtract => a.checked_sub(b),
            Self::Multiply => a.checked_mul(b),
            Self::Divide => a.checked_div(b),
            Self::Remainder => a.checked_rem(b),
        }
    }

    fn numbers(self, a: f64, b: f64) -> Option<f64> {
        let result = match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Remainder => return None,
        };
        result.is_finite().then_some(result)
    }
}

/// The opposite of a number or a length of time.
pub(crate) fn negated(seen: Seen<'_>) -> Seen<'_> {
    match seen {
        Seen::Int(int) => int.checked_neg().map_or(Seen::Unknown, Seen::Int),
        Seen::Number(number) => Seen::Number(-number),
        Seen::Duration(seconds) => seconds.checked_neg().map_or(Seen::Unknown, Seen::Duration),
        Seen::Money(money) => {
            let amount = money.amount.checked_neg();
            amount.map_or(Seen::Unknown, |amount| Seen::Money(Money::new(amount, money.currency)))
        }
        _ => Seen::Unknown,
    }
}

/// A quotient of money goes to the nearest minor unit, half away from zero, as its product with a fraction does.
fn scaled(by: Arithmetic, amount: i64, factor: i64) -> Option<i64> {
    if by == Arithmetic::Multiply {
        return amount.checked_mul(factor);
    }
    let (amount, factor) = (i128::from(amount), i128::from(factor));
    let half = factor.abs() / 2 * if amount < 0 { -1 } else { 1 };
    i64::try_from((amount + half).checked_div(factor)?).ok()
}

#[expect(clippy::cast_precision_loss, reason = "amounts beyond 2^53 minor units go to the nearest double")]
fn float(amount: i64) -> f64 {
    amount as f64
}

#[expect(clippy::cast_possible_truncation, reason = "the range is looked at first")]
fn nearest(number: f64) -> Option<i64> {
    (number.abs() < 9.2e18).then(|| number.round() as i64)
}

fn number(seen: Seen<'_>) -> Option<f64> {
    match seen {
        Seen::Int(int) => Some(float(int)),
        Seen::Number(number) => Some(number),
        _ => None,
    }
}
