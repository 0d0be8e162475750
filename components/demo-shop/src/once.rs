//! Writes that are done once, however often they are asked for: by `Idempotency-Key`.
//!
//! What is remembered goes into the same value as the effect, so that neither is there without the other. A
//! refusal had no effect and is not remembered: whoever asks again is told what is true by then.

use crate::token::token;
use crate::wire::No;
use bytes::Bytes;
use http::{HeaderMap, Request};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Letters of a key.
const MOST_KEY: usize = 128;
/// The latest writes of a cart that are known again: more than anybody makes while one is on its way.
const MOST_REMEMBERED: usize = 16;

/// A key and what came with it, both as fingerprints: neither is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Once {
    key: String,
    body: String,
}

impl Once {
    /// The key of a request; `None` for a write without one.
    ///
    /// # Errors
    /// `invalid` for an empty, overlong or unreadable key.
    pub(crate) fn of(request: &Request<Bytes>) -> Result<Option<Self>, No> {
        let Some(key) = key(request.headers())? else { return Ok(None) };
        Ok(Some(Self { key: fingerprint(key.as_bytes()), body: fingerprint(request.body()) }))
    }

    /// Names what the key stands for, as a token.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Whether this is that write again.
    ///
    /// # Errors
    /// [`No::KeyReused`] when the key came with something else.
    pub(crate) fn repeats(&self, done: &Self) -> Result<bool, No> {
        match self.key == done.key {
            true if self.body != done.body => Err(No::KeyReused),
            same => Ok(same),
        }
    }
}

/// The latest writes of one cart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Remembered(Vec<Once>);

impl Remembered {
    /// Whether a write was done before.
    ///
    /// # Errors
    /// [`No::KeyReused`].
    pub(crate) fn knows(&self, once: Option<&Once>) -> Result<bool, No> {
        let Some(once) = once else { return Ok(false) };
        for done in &self.0 {
            if once.repeats(done)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Remembers a write, and forgets the oldest.
    pub(crate) fn add(&mut self, once: Option<Once>) {
        self.0.extend(once);
        let over = self.0.len().saturating_sub(MOST_REMEMBERED);
        self.0.drain(..over);
    }
}

fn key(headers: &HeaderMap) -> Result<Option<&str>, No> {
    let wrong = || No::invalid("Idempotency-Key");
    let mut keys = headers.get_all("idempotency-key").iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let key = key.to_str().map_err(|_| wrong())?;
    match keys.next() {
        None if (1..=MOST_KEY).contains(&key.len()) => Ok(Some(key)),
        _ => Err(wrong()),
    }
}

/// Half of a SHA-256 in letters.
fn fingerprint(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    token(digest.first_chunk().copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(key: &str, body: &'static str) -> Result<Option<Once>, No> {
        Once::of(&Request::post("/").header("idempotency-key", key).body(Bytes::from(body)).unwrap())
    }

    #[test]
    fn a_key_is_one_of_1_to_128_letters() {
        assert!(once("k", "").is_ok() && once(&"k".repeat(128), "").is_ok());
        for key in ["", &"k".repeat(129), "schl\u{fc}ssel"] {
            assert_eq!(once(key, ""), Err(No::invalid("Idempotency-Key")), "{key:?}");
        }
        let two = Request::post("/").header("idempotency-key", "a").header("idempotency-key", "a");
        assert!(Once::of(&two.body(Bytes::new()).unwrap()).is_err());
        assert_eq!(Once::of(&Request::post("/").body(Bytes::new()).unwrap()), Ok(None));
    }

    #[test]
    fn memory_is_bounded_and_holds_no_key() {
        let mut remembered = Remembered::default();
        for at in 0..100 {
            remembered.add(once(&format!("key-{at}"), "{}").unwrap());
        }
        let knows = |key: &str, body| remembered.knows(once(key, body).unwrap().as_ref());
        assert_eq!((knows("key-84", "{}"), knows("key-83", "{}")), (Ok(true), Ok(false)));
        assert_eq!(knows("key-99", "[]"), Err(No::KeyReused));
        assert_eq!(remembered.knows(None), Ok(false));
        let kept = serde_json::to_string(&remembered).unwrap();
        assert!(!kept.contains("key-9") && kept.len() < 1500, "{} bytes", kept.len());
    }
}
