//! A copy in key-value: the answer in MessagePack, in an envelope that says whose and how old it is, since
//! key-value knows no age.
//!
//! `HWc2`, the key (16 bytes), when it was born (milliseconds of the Unix epoch, `i64`, little-endian), one byte for
//! what follows, that, and a check of all of it (8 bytes). The check tells what was damaged by accident; whoever can
//! write to the store can forge it.

use super::key::Key;
use commerce::Subject;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Serialize};

/// The largest copy that is kept: half of what Akamai Functions' key-value takes (1 MB).
pub(crate) const LARGEST: usize = 512 << 10;

const MAGIC: &[u8; 4] = b"HWc2";
/// Nothing that we keep is nested deeper; the decoder is recursive, and an instance's stack is small.
const DEEPEST: usize = 64;
const FOUND: u8 = 0;
const MISSING: u8 = 1;

/// What a shop says to a public question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said<T> {
    /// The answer.
    This(T),
    /// There is no such thing.
    Nothing(Subject),
}

impl<T> Said<T> {
    /// The same of a borrowed answer.
    pub(super) fn by_ref(&self) -> Said<&T> {
        match self {
            Self::This(value) => Said::This(value),
            Self::Nothing(subject) => Said::Nothing(*subject),
        }
    }
}

/// Why bytes under one of our keys are not a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// Not ours, of another version, or damaged.
    Form,
    /// The copy of another key.
    Key,
    /// Born in the future: somebody's clock jumped.
    Clock,
    /// The answer in it cannot be read.
    Answer,
}

/// Writes a copy; `None` when it is too large to be kept.
pub(crate) fn seal<T: Serialize>(key: &Key, born: Timestamp, said: &Said<&T>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(1024);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(key.bytes());
    bytes.extend_from_slice(&born.as_millisecond().to_le_bytes());
    match said {
        Said::This(value) => {
            bytes.push(FOUND);
            let mut writer = rmp_serde::Serializer::new(&mut bytes).with_struct_map().with_human_readable();
            value.serialize(&mut writer).ok()?;
        }
        Said::Nothing(subject) => bytes.extend_from_slice(&[MISSING, *subject as u8]),
    }
    bytes.extend_from_slice(&check(&bytes));
    (bytes.len() <= LARGEST).then_some(bytes)
}

/// Reads a copy.
///
/// # Errors
/// Why it is none; it is then as good as absent.
pub(crate) fn open<T: DeserializeOwned>(
    bytes: &[u8],
    key: &Key,
    now: Timestamp,
) -> Result<(Timestamp, Said<T>), Foreign> {
    if bytes.len() > LARGEST {
        return Err(Foreign::Form);
    }
    let (bytes, given) = bytes.split_last_chunk::<8>().ok_or(Foreign::Form)?;
    let rest = bytes.strip_prefix(MAGIC).filter(|_| check(bytes) == *given).ok_or(Foreign::Form)?;
    let (named, rest) = rest.split_at_checked(16).ok_or(Foreign::Form)?;
    if named != key.bytes() {
        return Err(Foreign::Key);
    }
    let (born, rest) = rest.split_first_chunk::<8>().ok_or(Foreign::Form)?;
    let born = Timestamp::from_millisecond(i64::from_le_bytes(*born)).map_err(|_| Foreign::Clock)?;
    // Two machines' clocks may differ a little.
    if born.as_millisecond() > now.as_millisecond().saturating_add(2_000) {
        return Err(Foreign::Clock);
    }
    let said = match rest.split_first() {
        Some((&FOUND, value)) => Said::This(decode(value).ok_or(Foreign::Answer)?),
        Some((&MISSING, [subject])) => {
            let known = Subject::ALL.into_iter().find(|known| *known as u8 == *subject);
            Said::Nothing(known.ok_or(Foreign::Answer)?)
        }
        _ => return Err(Foreign::Form),
    };
    Ok((born, said))
}

/// Reads an answer, which must be all of the bytes. It goes by way of JSON, for whose reader every answer has its
/// code anyhow: a second one for each would make a head half a megabyte larger, and a copy is read once an instance.
fn decode<T: DeserializeOwned>(mut bytes: &[u8]) -> Option<T> {
    let mut reader = rmp_serde::Deserializer::new(&mut bytes);
    reader.set_max_depth(DEEPEST);
    let value = serde_json::Value::deserialize(&mut reader).ok()?;
    let text = if bytes.is_empty() { serde_json::to_vec(&value).ok()? } else { return None };
    serde_json::from_slice(&text).ok()
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo): each step can be undone, so that no single byte can change unseen.
fn check(bytes: &[u8]) -> [u8; 8] {
    let sum = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    sum.to_le_bytes()
}

#[cfg(test)]
mod tests;
