//! A market: country, currency and locale; part of every question and every cache key.

use super::money::{Currency, MoneyError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the shop sells, in which language, for which money.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Market {
    /// BCP 47 language and region, such as `en-GB`.
    locale: String,
    /// ISO 4217.
    currency: Currency,
}

impl Market {
    /// Reads `locale/currency`, such as `de-DE/EUR`.
    ///
    /// # Errors
    /// [`MarketError`] when the locale is not `ll-CC` or the currency not ISO 4217.
    pub fn parse(text: &str) -> Result<Self, MarketError> {
        let wrong = || MarketError(text.to_owned());
        let (locale, currency) = text.split_once('/').ok_or_else(wrong)?;
        let currency = Currency::new(currency).map_err(|_: MoneyError| wrong())?;
        match locale.as_bytes() {
            [b'a'..=b'z', b'a'..=b'z', b'-', b'A'..=b'Z', b'A'..=b'Z'] => {
                Ok(Self { locale: locale.to_owned(), currency })
            }
            _ => Err(wrong()),
        }
    }

    /// The market's name in addresses: the locale in lower case, such as `en-gb`.
    pub fn id(&self) -> String {
        self.locale.to_ascii_lowercase()
    }

    /// BCP 47 language and region, such as `en-GB`.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// ISO 639 language, such as `en`.
    pub fn language(&self) -> &str {
        self.locale.split('-').next().unwrap_or_default()
    }

    /// ISO 3166 country, such as `GB`.
    pub fn country(&self) -> &str {
        self.locale.split('-').nth(1).unwrap_or_default()
    }

    /// What prices are in.
    pub fn currency(&self) -> Currency {
        self.currency
    }
}

/// A market that cannot be read; holds the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketError(String);

impl fmt::Display for MarketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a market: write locale/currency, such as de-DE/EUR", self.0.escape_debug())
    }
}

impl std::error::Error for MarketError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_is_locale_and_currency() {
        let market = Market::parse("ar-GB/GBP").unwrap();
        assert_eq!((market.id().as_str(), market.language(), market.country()), ("ar-gb", "ar", "GB"));
        for text in ["", "en", "en-GB", "en-gb/GBP", "en-GB/gbp", "en-GB/GBP/x", "../x/GBP"] {
            assert!(Market::parse(text).is_err(), "{text}");
        }
    }
}
