//! What can be published, each kind under keys of its own.

use super::Digest;
use super::write::Refused;
use personalise::placements::Placements;
use personalise::rules::{CompactError, Rules};

/// A kind of what an operator publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// The merchandiser's rules: [`Rules`].
    Rules,
    /// What stands where in the pages of a site that exists already: [`Placements`].
    Placements,
}

impl Shelf {
    /// The key of its pointer in the store `default`; to people, the word for what lies there.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Placements => "placements",
        }
    }

    /// Where the bytes of a version are.
    pub(super) fn content_key(self, digest: Digest) -> String {
        format!("{}/{digest}", self.key())
    }

    /// Where a table of what goes with what is.
    pub(super) fn table_key(self, table: Digest) -> String {
        format!("{}/goes-with/{table}", self.key())
    }

    /// That bytes are of this kind, in the form that this version of Headwater reads.
    pub(super) fn check(self, compact: &[u8]) -> Result<(), Refused> {
        let refused = |error: CompactError| match error {
            CompactError::Form => Refused::Form(error.to_string()),
            CompactError::TooLarge(_) => Refused::TooLarge(error.to_string()),
        };
        match self {
            Self::Rules => Rules::from_compact(compact).map(drop).map_err(refused),
            Self::Placements => {
                Placements::from_compact(compact).map(drop).map_err(|error| match error.is_too_large() {
                    true => Refused::TooLarge(error.to_string()),
                    false => Refused::Form(error.to_string()),
                })
            }
        }
    }
}

/// What is published, as an instance uses it.
pub trait Content: Sized + 'static {
    /// Of which kind it is.
    const SHELF: Shelf;

    /// Reads bytes as they were published; they may be those of another version of Headwater.
    ///
    /// # Errors
    /// Why they cannot be used, and the cure.
    fn read(bytes: &[u8]) -> Result<Self, String>;
}

impl Content for Rules {
    const SHELF: Shelf = Shelf::Rules;

    fn read(bytes: &[u8]) -> Result<Self, String> {
        Self::from_compact(bytes).map_err(|error| error.to_string())
    }
}
