//! Why bytes are no table.

use super::layout::{MAX_BYTES, VERSION};
use std::fmt;

/// Why bytes are no table that can be read. The fault is of whoever stored them; the cure is to train and publish
/// again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// They do not begin as a table does.
    Mark,
    /// A table of another version of the form.
    Version(u16),
    /// So many bytes, where [`MAX_BYTES`] are taken.
    TooLarge(usize),
    /// Bytes are missing or too many: the table says `told`, and there are `found`.
    Length {
        /// What the table says.
        told: usize,
        /// What there is.
        found: usize,
    },
    /// The checksum is not that of the bytes.
    Checksum,
    /// Its parts do not make up its length: whoever wrote it did not follow the form.
    Form,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mark => f.write_str("this is no table of what goes with what")?,
            Self::Version(other) => {
                write!(f, "the table is of version {other}, where version {VERSION} is read")?;
            }
            Self::TooLarge(bytes) => write!(f, "the table has {bytes} bytes, where {MAX_BYTES} are taken")?,
            Self::Length { told, found } => {
                write!(f, "the table has {found} bytes, and says that it has {told}")?;
            }
            Self::Checksum => f.write_str("the table is damaged: its checksum is wrong")?,
            Self::Form => f.write_str("the table's parts do not fit together")?,
        }
        f.write_str("; make it again with `headwater train`")
    }
}

impl std::error::Error for OpenError {}
