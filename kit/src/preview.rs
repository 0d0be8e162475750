//! Previews: an operator's link that shows the shop as it is now, past every copy. Links that the former key signed are
//! over: see [`crate::proof`].

use crate::edge::Edge;
use crate::fields::Fields;
use crate::keys::Keys;
use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::rc::Rc;
use subtle::ConstantTimeEq;

/// The query field that carries the token.
pub const FIELD: &str = "preview";

/// Whether a request is a preview: it is answered by the backends themselves, and its answer is kept by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preview(pub(crate) bool);

impl Preview {
    /// Reads `?preview=UNTIL.SIGNATURE`. A token that is broken, forged or over counts as none.
    pub(crate) async fn of(edge: &Rc<dyn Edge>, request: &http::Request<Bytes>) -> Self {
        if !request.uri().query().is_some_and(|query| query.contains(FIELD)) {
            return Self(false);
        }
        let keys = Keys::of(&**edge).await;
        let query = Fields::of_query(request);
        let now = edge.now().as_second();
        let is_valid = query.get(FIELD).is_some_and(|token| is_valid(token, keys.present(), now));
        Self(is_valid)
    }
}

/// Whether a token was made with the operator's key and is not over; `now` in seconds since 1970.
fn is_valid(token: &str, key: &str, now: i64) -> bool {
    let Some((until, given)) = token.split_once('.') else { return false };
    let alive = until.parse::<i64>().is_ok_and(|until| until > now);
    alive && !key.is_empty() && bool::from(signature(key, until).as_bytes().ct_eq(given.as_bytes()))
}

/// HMAC-SHA256 over the purpose and the time, in hexadecimal; `headwater preview` makes the same.
fn signature(key: &str, until: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(b"headwater-preview ");
    mac.update(until.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_signed_and_ends() {
        let token = format!("1000.{}", signature("key", "1000"));
        assert!(is_valid(&token, "key", 999));
        assert!(!is_valid(&token, "key", 1000), "over");
        assert!(!is_valid(&token, "other", 999), "another key");
        assert!(!is_valid(&token.replace("1000.", "2000."), "key", 999), "another time");
        for broken in ["", ".", "1000", "1000.", "x.y"] {
            assert!(!is_valid(broken, "key", 0), "{broken}");
        }
        assert!(!is_valid(&format!("9.{}", signature("", "9")), "", 0), "no key, no preview");
    }
}
