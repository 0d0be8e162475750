//! The markets of the shop, and which one a visitor is in.

use commerce::Market;
use http::{HeaderMap, header};

/// The markets that the shop sells in, the default one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markets(Vec<Market>);

impl Markets {
    /// What the demo shop sells in, when the operator says nothing.
    pub const DEFAULT: &'static str = "en-GB/GBP de-DE/EUR ar-GB/GBP";

    /// Reads markets separated by spaces or commas, the default one first.
    ///
    /// # Errors
    /// The reason, when one cannot be read or there is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words = text.split([' ', ',']).filter(|word| !word.is_empty());
        let markets = words.map(Market::parse).collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
        if markets.is_empty() {
            Err("markets is empty; write for example en-GB/GBP".to_owned())
        } else {
            Ok(Self(markets))
        }
    }

    /// A market by its name in addresses, such as `en-gb`.
    pub fn find(&self, id: &str) -> Option<&Market> {
        self.0.iter().find(|market| market.id() == id)
    }

    /// All of them, the default one first.
    pub fn iter(&self) -> impl Iterator<Item = &Market> {
        self.0.iter()
    }

    /// The market for a visitor who named none: by `Accept-Language` (RFC 9110, section 12.5.4), the
    /// whole locale before the language alone, else the default one.
    pub fn negotiate(&self, headers: &HeaderMap) -> Option<&Market> {
        let header =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // Nobody means more than a few languages; a longer header is not worth reading.
        let wanted: Vec<String> =
            accept_language::parse(header.get(..200).unwrap_or(header)).into_iter().take(10).collect();
        let by = |matches: &dyn Fn(&Market, &str) -> bool| {
            wanted.iter().find_map(|tag| self.0.iter().find(|market| matches(market, tag)))
        };
        by(&|market, tag| market.locale().eq_ignore_ascii_case(tag))
            .or_else(|| {
                by(&|market, tag| {
                    tag.split('-').next().is_some_and(|l| l.eq_ignore_ascii_case(market.language()))
                })
            })
            .or_else(|| self.0.first())
    }
}

/// How the market was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarketChoice {
    /// The address names it.
    Named,
    /// `Accept-Language` decided.
    Negotiated,
    /// The address names one that does not exist; the default one stands in.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_without_a_market_gets_that_of_the_language() {
        let markets = Markets::parse(Markets::DEFAULT).unwrap();
        for (header, id) in [
            ("de", "de-de"),
            ("de-AT,en;q=0.5", "de-de"),
            ("fr, ar;q=0.9, en;q=0.8", "ar-gb"),
            ("fr", "en-gb"),
            ("", "en-gb"),
            (";;;q=x,\u{e9}", "en-gb"),
        ] {
            assert_eq!(markets.negotiate(&accepting(header)).unwrap().id(), id, "{header}");
        }
        assert!(Markets::parse(" ").is_err());
        assert!(Markets::parse("en-GB/GBP xx").unwrap_err().contains("xx"));
    }

    fn accepting(languages: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, languages.parse().unwrap())])
    }
}
