//! What a part of a condition comes to: borrowed, so that deciding allocates nothing.

use super::Truth;
use crate::attribute::Value;
use commerce::Money;
use jiff::Timestamp;
use std::cmp::Ordering;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Seen<'a> {
    Unknown,
    Bool(bool),
    Int(i64),
    Number(f64),
    Text(&'a str),
    Money(Money),
    Time(Timestamp),
    Duration(i64),
    List(&'a [Value]),
}

impl<'a> From<&'a Value> for Seen<'a> {
    #[inline]
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Bool(bool) => Self::Bool(*bool),
            Value::Int(int) => Self::Int(*int),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(text),
            Value::Money(money) => Self::Money(*money),
            Value::Time(time) => Self::Time(*time),
            Value::Duration(seconds) => Self::Duration(*seconds),
            Value::List(items) => Self::List(items),
        }
    }
}

impl From<Truth> for Seen<'_> {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::False => Self::Bool(false),
            Truth::Unknown => Self::Unknown,
            Truth::True => Self::Bool(true),
        }
    }
}

impl Seen<'_> {
    pub(crate) fn truth(self) -> Truth {
        match self {
            Self::Bool(bool) => bool.into(),
            _ => Truth::Unknown,
        }
    }

    /// `None` where either is unknown or they cannot be compared, such as two currencies.
    pub(crate) fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(&b)),
            (Self::Int(a), Self::Int(b)) | (Self::Duration(a), Self::Duration(b)) => Some(a.cmp(&b)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(&b),
            (Self::Int(a), Self::Number(b)) => int_to_number(a, b),
            (Self::Number(a), Self::Int(b)) => int_to_number(b, a).map(Ordering::reverse),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(&b)),
            (Self::Money(a), Self::Money(b)) if a.currency == b.currency => Some(a.amount.cmp(&b.amount)),
            _ => None,
        }
    }
}

#[cfg(feature = "publish")]
impl Value {
    /// As conditions compare them.
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        Seen::from(self).order(Seen::from(other))
    }
}

/// By their exact values: a double next to 2^63 is not the int next to it.
#[expect(clippy::cast_possible_truncation, reason = "the range was looked at before")]
fn int_to_number(int: i64, number: f64) -> Option<Ordering> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if number.is_nan() {
        None
    } else if number >= BEYOND {
        Some(Ordering::Less)
    } else if number < -BEYOND {
        Some(Ordering::Greater)
    } else {
        let whole = int.cmp(&(number.trunc() as i64));
        Some(whole.then(0.0.partial_cmp(&number.fract())?))
    }
}

impl fmt::Display for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown"),
            Self::Bool(bool) => bool.fmt(f),
            Self::Int(int) => int.fmt(f),
            Self::Number(number) => write!(f, "{number:?}"),
            Self::Text(text) => write!(f, "{:?}", text.chars().take(100).collect::<String>()),
            Self::Money(money) => money.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Duration(seconds) => write!(f, "{seconds} s"),
            Self::List(items) => {
                f.write_str("[")?;
                for (place, item) in items.iter().take(10).enumerate() {
                    write!(f, "{}{}", if place > 0 { ", " } else { "" }, Seen::from(item))?;
                }
                f.write_str(if items.len() > 10 { ", …]" } else { "]" })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use commerce::Currency;

    #[test]
    fn ints_and_numbers_are_compared_exactly() {
        let order = |int, number| Seen::Int(int).order(Seen::Number(number));
        assert_eq!(order(3, 3.0), Some(Ordering::Equal));
        assert_eq!(order(3, 3.5), Some(Ordering::Less));
        assert_eq!(order(-3, -3.5), Some(Ordering::Greater));
        assert_eq!(order(i64::MAX, 9_223_372_036_854_775_807.0), Some(Ordering::Less));
        assert_eq!(order(i64::MIN, -9_223_372_036_854_775_808.0), Some(Ordering::Equal));
        assert_eq!(order(i64::MIN, -1e300), Some(Ordering::Greater));
        assert_eq!(order(9_007_199_254_740_993, 9_007_199_254_740_992.0), Some(Ordering::Greater));
        assert_eq!(order(0, f64::NAN), None);
    }

    #[test]
    fn money_is_shown_with_its_decimals() {
        let shown = |amount, code| Seen::Money(Money::new(amount, Currency::new(code).unwrap())).to_string();
        assert_eq!(shown(3, "GBP"), "GBP 0.03");
        assert_eq!(shown(-12_345, "GBP"), "GBP -123.45");
        assert_eq!(shown(500, "JPY"), "JPY 500");
        assert_eq!(shown(i64::MIN, "KWD"), "KWD -9223372036854775.808");
    }
}
