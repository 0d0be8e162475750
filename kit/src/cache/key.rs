//! Where a copy is kept.

use super::question::Question;
use commerce::Market;
use sha2::{Digest, Sha256};
use std::fmt;

/// The form of what is kept: a component of another version neither reads nor overwrites it.
const VERSION: &str = concat!("headwater ", env!("CARGO_PKG_VERSION"), " copy 2");

/// The key of a copy: a digest of everything that decides the answer, so that no text of a visitor, however long
/// or strange, is ever a key itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key([u8; 16]);

impl Key {
    /// The key of an answer: which shop was asked, for which market, and what.
    pub(crate) fn of<Q: Question>(shop: &[u8; 32], market: &Market, question: &Q) -> Self {
        let market = format!("{} {} {}", market.id(), market.locale(), market.currency().code());
        Self::digest(&[
            VERSION.as_bytes(),
            shop,
            market.as_bytes(),
            Q::NAME.as_bytes(),
            format!("{question:?}").as_bytes(),
        ])
    }

    /// The key of parts, none of which can pass for a piece of another.
    pub(crate) fn digest(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut short = [0; 16];
        for (to, from) in short.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        Self(short)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// The key as key-value has it.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("headwater/copy/")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
