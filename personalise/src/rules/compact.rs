//! The form in which compiled rules are sent and kept: a mark, then the rules in postcard
//! (<https://postcard.jamesmunns.com/wire-format>).

use super::Rules;
use std::fmt;

/// Says that rules follow, and in which version of their form. A change of any type in [`Rules`] needs another.
const MARK: &[u8; 8] = b"HWrules8";

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
        match postcard::take_from_bytes::<Self>(sent) {
            Ok((rules, [])) if rules.is_ordered() => Ok(rules),
            _ => Err(CompactError::Form),
        }
    }

    /// Whether each order names every place once: a decision does no more work than the rules are.
    fn is_ordered(&self) -> bool {
        is_permutation(&self.order, self.audiences.len())
            && is_permutation(&self.ranking, self.offers.len())
            && is_permutation(&self.experiment_order, self.experiments.len())
    }
}

fn is_permutation(order: &[u16], count: usize) -> bool {
    let mut seen = vec![false; count];
    let mut is_new =
        |place: &u16| seen.get_mut(usize::from(*place)).is_some_and(|seen| !std::mem::replace(seen, true));
    order.len() == count && order.iter().all(&mut is_new)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_that_names_a_place_twice_or_never_is_refused() {
        assert!(is_permutation(&[1, 0, 2], 3) && is_permutation(&[], 0));
        for order in [&[0, 1][..], &[0, 1, 1], &[0, 1, 3], &[0, 1, 2, 0]] {
            assert!(!is_permutation(order, 3), "{order:?}");
        }
        let bytes = Rules { order: vec![0], ..Rules::default() }.to_compact().unwrap();
        assert_eq!(Rules::from_compact(&bytes), Err(CompactError::Form));
    }
}
