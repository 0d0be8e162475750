//! Medusa's amounts: JSON numbers of major units that its engine has reckoned with, such as
//! `3.9499999999999997` or `2e-16`. They are read as the text that they are and never become a float.

use crate::error::Error;
use crate::model::{Currency, Money};
use serde_json::value::RawValue;

/// Which way an exact half of a minor unit goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// To the larger.
    Up,
    /// To the smaller.
    Down,
}

/// Digits beyond the last wanted one that are looked at; the rest of a reckoned number is noise.
const NOISE: usize = 6;

/// An amount in minor units.
///
/// # Errors
/// `BadAnswer` naming the field when it is not a number or does not fit.
pub(super) fn money(
    operation: &'static str,
    field: &str,
    raw: &RawValue,
    currency: Currency,
    half: Half,
) -> Result<Money, Error> {
    let amount = decimal(raw.get(), currency.exponent().into(), half);
    let amount = amount.ok_or_else(|| {
        Error::bad_answer(operation, format!("{field} is not a decimal amount in {currency}"))
    })?;
    Ok(Money::new(amount, currency))
}

/// A JSON number times ten to the `places`, rounded; `None` when it is no number or beyond 64 bits.
pub(super) fn decimal(text: &str, places: usize, half: Half) -> Option<i64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if whole.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // How many digits, counted from the left, make up the number with its noise.
    let kept = i64::try_from(whole.len() + places + NOISE).ok()?.checked_add(exponent.into())?;
    if digits.iter().all(|digit| *digit == b'0') || kept < 0 {
        return Some(0);
    }
    let mut scaled: i128 = 0;
    for at in 0..usize::try_from(kept).ok()? {
        let digit = digits.get(at).map_or(0, |digit| digit - b'0');
        scaled = scaled.checked_mul(10)?.checked_add(digit.into())?;
    }
    let next = usize::try_from(kept).ok().and_then(|at| digits.get(at));
    scaled += i128::from(next.is_some_and(|digit| *digit >= b'5'));
    let noise = 10_i128.pow(NOISE as u32);
    let (minor, rest) = (scaled / noise, scaled % noise);
    let up = rest * 2 > noise || (rest * 2 == noise && half == Half::Up);
    let minor = i64::try_from(minor + i128::from(up)).ok()?;
    Some(if negative { -minor } else { minor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reckoned_numbers_become_minor_units() {
        for (text, up, down) in [
            ("185", 18_500, 18_500),
            ("29.99", 2_999, 2_999),
            ("3.9499999999999997", 395, 395),
            ("2.00004e-16", 0, 0),
            ("26.955", 2_696, 2_695),
            ("26.954999999999998", 2_696, 2_695),
            ("26.9551", 2_696, 2_696),
            ("1.2e3", 120_000, 120_000),
            ("1E+2", 10_000, 10_000),
            ("-0.015", -2, -1),
            ("0", 0, 0),
            ("0.0000000000000000000001", 0, 0),
        ] {
            assert_eq!(decimal(text, 2, Half::Up), Some(up), "{text}");
            assert_eq!(decimal(text, 2, Half::Down), Some(down), "{text}");
        }
        assert_eq!(decimal("700", 0, Half::Up), Some(700));
        assert_eq!(decimal("-0.1233", 6, Half::Up), Some(-123_300));
        let huge = "9".repeat(60);
        for text in ["", "-", "null", "\"1\"", "1,5", "NaN", "1e", "1e99", "1e999999999999", "[1]", &huge] {
            assert_eq!(decimal(text, 2, Half::Up), None, "{text}");
        }
        assert_eq!(decimal("0e999999999", 2, Half::Up), Some(0));
        assert_eq!(decimal("1e-999999999", 2, Half::Up), Some(0));
    }
}
