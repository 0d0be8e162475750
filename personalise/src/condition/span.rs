//! Where an expression stands in its source.

use serde::{Deserialize, Serialize};

/// Bytes of a source, from `start` up to and without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// What stands there; empty where the span is not of this source.
    pub fn of(self, source: &str) -> &str {
        let (Ok(start), Ok(end)) = (usize::try_from(self.start), usize::try_from(self.end)) else {
            return "";
        };
        source.get(start..end).unwrap_or_default()
    }

    /// From the start of this one to the end of another.
    #[cfg(feature = "publish")]
    pub(crate) fn to(self, last: Self) -> Self {
        Self { start: self.start, end: last.end }
    }
}
