//! The pseudonymous id of a visitor.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// 128 random bits that stand for a visitor who agreed to be known; base64 for URLs, 22 characters. It is only ever
/// given out sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitorId(String);

impl VisitorId {
    /// A new visitor, from fresh chance.
    pub fn new(chance: [u8; 16]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(chance))
    }

    /// The text by which experiments tell visitors apart.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Who it is, for those who count: the same for the same visitor, and nothing else can be found by it.
    pub(crate) fn pseudonym(&self) -> String {
        self.digest("headwater-event ")
    }

    fn digest(&self, purpose: &str) -> String {
        let digest = Sha256::new().chain_update(purpose).chain_update(&self.0).finalize();
        URL_SAFE_NO_PAD.encode(digest.get(..18).unwrap_or_default())
    }

    /// Where the profile lies in key-value: a digest, so that whoever reads the store cannot take the visitor's place.
    pub(crate) fn key(&self) -> String {
        format!("visitor/{}", self.digest("headwater-visitor "))
    }
}

/// A log must not hold it.
impl std::fmt::Debug for VisitorId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VisitorId(..)")
    }
}
