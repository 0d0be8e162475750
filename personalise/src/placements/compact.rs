//! The form in which placements are sent and kept: a mark, then the placements in postcard.

use super::Placements;
use std::fmt;

/// Says that placements follow, and in which version of their form. A change of any type in [`Placements`] needs another.
const MARK: &[u8; 8] = b"HWplace1";

/// The most bytes that compiled placements may have: what a value in a key-value store of an edge network may have.
pub const MAX_COMPACT: usize = 1 << 20;

/// Why bytes are no compiled placements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPlacements {
    /// Not of the form that this version reads; publish them again.
    Form,
    /// So many bytes, where [`MAX_COMPACT`] are taken.
    TooLarge(usize),
}

impl NotPlacements {
    /// Whether they are too many.
    #[must_use]
    pub fn is_too_large(self) -> bool {
        matches!(self, Self::TooLarge(_))
    }
}

impl Placements {
    /// The placements to be sent.
    ///
    /// # Errors
    /// [`NotPlacements::TooLarge`].
    pub fn to_compact(&self) -> Result<Vec<u8>, NotPlacements> {
        let bytes = postcard::to_extend(self, MARK.to_vec()).map_err(|_| NotPlacements::Form)?;
        if bytes.len() > MAX_COMPACT { Err(NotPlacements::TooLarge(bytes.len())) } else { Ok(bytes) }
    }

    /// Reads placements that were sent.
    ///
    /// # Errors
    /// [`NotPlacements`].
    pub fn from_compact(bytes: &[u8]) -> Result<Self, NotPlacements> {
        if bytes.len() > MAX_COMPACT {
            return Err(NotPlacements::TooLarge(bytes.len()));
        }
        let sent = bytes.strip_prefix(MARK).ok_or(NotPlacements::Form)?;
        match postcard::take_from_bytes(sent) {
            Ok((placements, [])) => Ok(placements),
            _ => Err(NotPlacements::Form),
        }
    }
}

impl fmt::Display for NotPlacements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("these are no compiled placements of this version; publish them again"),
            Self::TooLarge(bytes) => write!(
                f,
                "the compiled placements have {bytes} bytes, where {MAX_COMPACT} are taken; use fewer or less HTML"
            ),
        }
    }
}

impl std::error::Error for NotPlacements {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placements::{Pattern, Place, Put, Show};

    #[test]
    fn placements_are_read_as_they_were_sent_and_nothing_else_is_one() {
        let place = Place {
            name: "price".into(),
            pages: vec![Pattern::parse("/p/{product}").unwrap()],
            selector: ".price".into(),
            put: Put::Inside,
            every: false,
            show: Show::Banner("home_hero".into()),
            html: None,
        };
        let placements =
            Placements { market: Some("en-gb".into()), places: vec![place], ..Placements::default() };
        let bytes = placements.to_compact().unwrap();
        assert_eq!(Placements::from_compact(&bytes), Ok(placements));
        for cut in 0..bytes.len() {
            assert_eq!(Placements::from_compact(&bytes[..cut]), Err(NotPlacements::Form), "{cut}");
        }
        assert_eq!(Placements::from_compact(&[&bytes[..], &[0]].concat()), Err(NotPlacements::Form));
        assert!(Placements::from_compact(&[0; MAX_COMPACT + 1]).is_err_and(NotPlacements::is_too_large));
        let large = Placements { market: Some("x".repeat(MAX_COMPACT).into()), ..Placements::default() };
        assert!(large.to_compact().is_err_and(NotPlacements::is_too_large));
    }
}
