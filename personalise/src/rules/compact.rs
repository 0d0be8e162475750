//! The form in which compiled rules are sent and kept: a mark, then the rules in postcard
//! (<https://postcard.jamesmunns.com/wire-format>).

use super::Rules;
use std::fmt;

/// Says that rules follow, and in which version of their form. A change of any type in [`Rules`] needs another.
const MARK: &[u8; 8] = b"HWrules3";

/// The most bytes that compiled rules may have: what a value in a key-value store of an edge network may have.
pub const MAX_COMPACT: usize = 1 << 20;

/// Why bytes are no compiled rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompactError {
    /// Not of the form that this version reads; publish the rules again.
    Form,
    /// So many bytes, where [`MAX_COMPACT`] are taken.
    TooLarge(usize),
}

impl Rules {
    /// The rules to be sent.
    ///
    /// # Errors
    /// [`CompactError::TooLarge`].
    pub fn to_compact(&self) -> Result<Vec<u8>, CompactError> {
        let bytes = postcard::to_extend(self, MARK.to_vec()).map_err(|_| CompactError::Form)?;
        if bytes.len() > MAX_COMPACT { Err(CompactError::TooLarge(bytes.len())) } else { Ok(bytes) }
    }

    /// Reads rules that were sent.
    ///
    /// # Errors
    /// [`CompactError`].
    pub fn from_compact(bytes: &[u8]) -> Result<Self, CompactError> {
        if bytes.len() > MAX_COMPACT {
            return Err(CompactError::TooLarge(bytes.len()));
        }
        let sent = bytes.strip_prefix(MARK).ok_or(CompactError::Form)?;
        match postcard::take_from_bytes(sent) {
            Ok((rules, [])) => Ok(rules),
            _ => Err(CompactError::Form),
        }
    }
}

impl fmt::Display for CompactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("these are no compiled rules of this version; publish them again"),
            Self::TooLarge(bytes) => {
                write!(
                    f,
                    "the compiled rules have {bytes} bytes, where {MAX_COMPACT} are taken; use fewer rules"
                )
            }
        }
    }
}

impl std::error::Error for CompactError {}
