//! The operator's proof: what only the holder of the application's `session_key` can say.
//!
//! `Authorization: Bearer` with the hexadecimal SHA-256 of a word and the key. Each address has a word of its own, so
//! that what opens one opens no other. The former key proves nobody: who governs the shop is who knows the present one,
//! and a key that somebody else has come to know is without power as soon as it is changed.

use crate::edge::Edge;
use crate::keys::Keys;
use http::{HeaderMap, header};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Whether a request holds the proof for a word; an empty or missing key is proved by nothing.
pub async fn is_given(edge: &dyn Edge, headers: &HeaderMap, word: &str) -> bool {
    let keys = Keys::read(edge).await;
    let key = keys.present();
    let given =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let digest = Sha256::new().chain_update(word).chain_update(key).finalize();
    let expected: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    !key.is_empty() && given.is_some_and(|given| bool::from(expected.as_bytes().ct_eq(given.as_bytes())))
}
