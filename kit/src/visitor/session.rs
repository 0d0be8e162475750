//! What a visitor keeps for us between requests.

use super::{Pass, VisitorId};
use crate::seal::Seal;
use commerce::{CartId, OrderId};
use http::{HeaderMap, HeaderName, header};
use serde::{Deserialize, Serialize};

/// The header by which apps without cookies keep their session; an empty value asks for one.
pub const SESSION_HEADER: HeaderName = HeaderName::from_static("headwater-session");
/// The cookie by which browsers keep their session.
pub const SESSION_COOKIE: &str = "hw_session";

/// What a visitor keeps for us between requests, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The visitor's cart.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<CartId>,
    /// The latest order.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Under which what is known of the visitor is kept; only of one who agreed to that.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub visitor: Option<VisitorId>,
    /// The code of an offer that was put into the cart unasked, so that only such a one is taken out unasked.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<String>,
    /// The code of an offer that the visitor took into this cart.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// Whether the visitor was asked what they agree to, and agreed to nothing.
    #[serde(rename = "n", default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// When it was last sealed, in seconds since 1970; it is sealed anew every day. One that the former key opened counts
    /// as sealed in 1970, so that it is sealed with the present one as soon as can be.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<i64>,
    /// Whether the visitor took the code of an offer out of this cart: it is not put in again.
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    pub declined: bool,
    /// The customer who signed in.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Pass>,
}

/// The most bytes of a session before it is sealed. Browsers take 4,096 bytes of a cookie with its attributes (RFC 6265,
/// section 6.1); the seal adds 28 bytes, and base64 a third. 90 bytes are for the name and the attributes.
const MOST: usize = (4_096 - 90) / 4 * 3 - 28;
/// What a session may still take up after a sign-in: a cart, an order, codes.
const SPARE: usize = 700;

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
        // Beside ours may stand cookies of any bytes.
        let jars =
            headers.get_all(header::COOKIE).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let jars: Vec<_> = jars.collect();
        // RFC 6265, section 4.2.1: pairs parted by semicolons. What we sealed needs no decoding.
        let mut cookies =
            jars.iter().flat_map(|jar| jar.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let own = cookies.find(|(name, _)| *name == SESSION_COOKIE);
        (own.map(|(_, value)| Self::open(value, seal)).unwrap_or_default(), Carrier::Cookie)
    }

    /// Opens a sealed session; anything else is an empty one.
    pub fn open(sealed: &str, seal: &Seal) -> Self {
        Self::try_open(sealed, seal).unwrap_or_default()
    }

    /// Opens a sealed session; `None` for anything else, where it matters that it is none.
    pub fn try_open(sealed: &str, seal: &Seal) -> Option<Self> {
        let opened = seal.opened("session", sealed)?;
        let session: Self = serde_json::from_slice(&opened.plain).ok()?;
        Some(if opened.is_former { Self { issued: Some(0), ..session } } else { session })
    }

    /// Seals the session for the visitor to keep.
    pub fn close(&self, seal: &Seal, chance: [u8; 16]) -> String {
        seal.close("session", &serde_json::to_vec(self).unwrap_or_default(), chance)
    }

    /// The same without its cart, as after an order.
    #[must_use]
    pub fn without_cart(self) -> Self {
        Self { cart: None, applied: None, taken: None, declined: false, ..self }
    }

    /// By how many bytes it is too long to be kept as a cookie with what may yet come into it; `None` when it is not.
    pub(crate) fn excess(&self) -> Option<usize> {
        let bytes = serde_json::to_vec(self).unwrap_or_default().len().saturating_add(SPARE);
        bytes.checked_sub(MOST).filter(|excess| *excess > 0)
    }

    /// Whether it holds what is the visitor's alone; what is decided for them may be the same as for others.
    pub(crate) fn is_apart(&self) -> bool {
        self.cart.is_some() || self.order.is_some() || self.customer.is_some()
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
    fn a_session_survives_the_way_out_and_back_but_no_change() {
        let seal = Seal::new("key");
        let session = Session { cart: Some(CartId::new("gid://x?key=1; y")), ..Session::default() };
        let sealed = session.close(&seal, [1; 16]);
        let back = Session::read(&headers("cookie", &format!("a=b; hw_session={sealed}")), &seal);
        assert_eq!(back, (session.clone(), Carrier::Cookie));
        assert_eq!(Session::read(&headers("headwater-session", &sealed), &seal), (session, Carrier::Header));
        for broken in ["hw_session=", "hw_session=abc", "hw_session=%00", "nonsense"] {
            assert!(Session::read(&headers("cookie", broken), &seal).0.is_empty(), "{broken}");
        }
    }
}
