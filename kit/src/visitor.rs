//! Who asks: market and session, from headers and tokens. Reading it cannot fail.

use crate::seal::Seal;
use commerce::{CartId, Market, OrderId};
use http::{HeaderMap, HeaderName, header};
use serde::{Deserialize, Serialize};

/// The header by which apps without cookies keep their session; an empty value asks for one.
pub const SESSION_HEADER: HeaderName = HeaderName::from_static("headwater-session");
/// The cookie by which browsers keep their session.
pub const SESSION_COOKIE: &str = "hw_session";

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

/// What a visitor keeps for us between requests, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The visitor's cart.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<CartId>,
    /// The latest order.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
}

/// By which way the session comes and goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// [`SESSION_COOKIE`].
    Cookie,
    /// [`SESSION_HEADER`].
    Header,
}

impl Session {
    /// Reads the session of a request; a missing, broken or foreign one is an empty one.
    pub fn read(headers: &HeaderMap, seal: &Seal) -> (Self, Carrier) {
        if let Some(value) = headers.get(&SESSION_HEADER) {
            return (Self::open(value.to_str().unwrap_or_default(), seal), Carrier::Header);
        }
        let jars = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        // RFC 6265, section 4.2.1: pairs parted by semicolons. What we sealed needs no decoding.
        let mut cookies = jars.flat_map(|jar| jar.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let own = cookies.find(|(name, _)| *name == SESSION_COOKIE);
        (own.map(|(_, value)| Self::open(value, seal)).unwrap_or_default(), Carrier::Cookie)
    }

    /// Opens a sealed session; anything else is an empty one.
    pub fn open(sealed: &str, seal: &Seal) -> Self {
        let plain = seal.open("session", sealed);
        plain.and_then(|plain| serde_json::from_slice(&plain).ok()).unwrap_or_default()
    }

    /// Seals the session for the visitor to keep.
    pub fn close(&self, seal: &Seal, chance: [u8; 16]) -> String {
        seal.close("session", &serde_json::to_vec(self).unwrap_or_default(), chance)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

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
            assert_eq!(markets.negotiate(&headers("accept-language", header)).unwrap().id(), id, "{header}");
        }
        assert!(Markets::parse(" ").is_err());
        assert!(Markets::parse("en-GB/GBP xx").unwrap_err().contains("xx"));
    }

    #[test]
    fn a_session_survives_the_way_out_and_back_but_no_change() {
        let seal = Seal::new("key");
        let session = Session { cart: Some(CartId::new("gid://x?key=1; y")), order: None };
        let sealed = session.close(&seal, [1; 16]);
        let back = Session::read(&headers("cookie", &format!("a=b; hw_session={sealed}")), &seal);
        assert_eq!(back, (session.clone(), Carrier::Cookie));
        assert_eq!(Session::read(&headers("headwater-session", &sealed), &seal), (session, Carrier::Header));
        for broken in ["hw_session=", "hw_session=abc", "hw_session=%00", "nonsense"] {
            assert!(Session::read(&headers("cookie", broken), &seal).0.is_empty(), "{broken}");
        }
    }
}
