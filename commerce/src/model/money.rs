//! Money: integer minor units and their ISO 4217 currency, never a float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency code: three ASCII capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Pound sterling.
    pub const GBP: Self = Self(*b"GBP");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// Yen, which has no decimals.
    pub const JPY: Self = Self(*b"JPY");

    /// Reads a code such as `GBP`.
    ///
    /// # Errors
    /// [`MoneyError::Currency`] unless it is three ASCII capitals.
    pub fn new(code: &str) -> Result<Self, MoneyError> {
        match code.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z', c @ b'A'..=b'Z'] => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::Currency),
        }
    }

    /// The code, such as `GBP`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals the minor unit has: 2 for GBP, 0 for JPY, 3 for KWD (ISO 4217, list one).
    pub fn exponent(self) -> u8 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
            | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::new(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount in minor units (pence, cents, yen) of one currency; may be negative for a reduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub amount: i64,
    /// ISO 4217.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { amount: 0, currency }
    }

    /// Reads a decimal of major units as some backends send it (`"12.5"`, `"1200"`), without a float.
    ///
    /// # Errors
    /// [`MoneyError::Decimal`] when it is no decimal or is finer than the currency's minor unit;
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = usize::from(currency.exponent());
        let kept = fraction.trim_end_matches('0');
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) || kept.len() > places {
            return Err(MoneyError::Decimal);
        }
        let minor = format!("{whole}{kept:0<places$}");
        let amount: i64 = minor.parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self { amount: if negative { -amount } else { amount }, currency })
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] for two currencies, [`MoneyError::Overflow`] beyond 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed);
        }
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, currency: self.currency })
    }

    /// The amount, `count` times.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond 64 bits.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        let amount = self.amount.checked_mul(i64::from(count)).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, currency: self.currency })
    }
}

/// What a thing costs now, tax included, and what it cost before a reduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// What is charged.
    pub current: Money,
    /// The former price, only when it was higher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Money>,
}

/// Why an amount is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Not three ASCII capitals.
    Currency,
    /// Not a decimal number of this currency.
    Decimal,
    /// Two currencies in one sum.
    Mixed,
    /// Beyond 64 bits.
    Overflow,
}

/// As rules and messages for operators write it: `GBP 12.50`. For visitors, a head formats it for the market.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = usize::from(self.currency.exponent());
        let digits = format!("{:0>1$}", self.amount.unsigned_abs(), places + 1);
        let (whole, minor) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
        let sign = if self.amount < 0 { "-" } else { "" };
        let point = if places > 0 { "." } else { "" };
        write!(f, "{} {sign}{whole}{point}{minor}", self.currency.code())
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Currency => "a currency is three capitals of ISO 4217, such as GBP",
            Self::Decimal => "not a decimal amount of this currency",
            Self::Mixed => "amounts of two currencies cannot be added",
            Self::Overflow => "the amount does not fit in 64 bits",
        })
    }
}

impl std::error::Error for MoneyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_minor_units_without_a_float() {
        let kwd = Currency::new("KWD").unwrap();
        for (text, currency, amount) in [
            ("12.5", Currency::GBP, 1250),
            ("29.99", Currency::GBP, 2999),
            ("-0.01", Currency::EUR, -1),
            ("1200", Currency::JPY, 1200),
            ("1200.00", Currency::JPY, 1200),
            ("1.234", kwd, 1234),
            ("0.1", Currency::EUR, 10),
        ] {
            assert_eq!(Money::from_decimal(text, currency), Ok(Money::new(amount, currency)), "{text}");
        }
        for text in ["", ".", ".5", "1,5", "1.005", "1e3", "--1", "NaN", "1.2.3", " 1"] {
            assert_eq!(Money::from_decimal(text, Currency::GBP), Err(MoneyError::Decimal), "{text}");
        }
        assert_eq!(Money::from_decimal("99999999999999999999", Currency::GBP), Err(MoneyError::Overflow));
    }

    #[test]
    fn sums_refuse_two_currencies_and_overflow() {
        let pound = Money::new(1, Currency::GBP);
        assert_eq!(pound.plus(Money::new(1, Currency::EUR)), Err(MoneyError::Mixed));
        assert_eq!(pound.plus(Money::new(i64::MAX, Currency::GBP)), Err(MoneyError::Overflow));
        assert_eq!(Money::new(i64::MAX, Currency::GBP).times(2), Err(MoneyError::Overflow));
    }

    #[test]
    fn a_currency_is_three_capitals() {
        for code in ["gbp", "GB", "GBPP", "GB1", ""] {
            assert_eq!(Currency::new(code), Err(MoneyError::Currency), "{code}");
        }
        assert!(serde_json::from_str::<Money>(r#"{"amount":1,"currency":"pounds"}"#).is_err());
        assert!(serde_json::from_str::<Money>(r#"{"amount":1.5,"currency":"GBP"}"#).is_err());
    }
}
