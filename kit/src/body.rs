//! A body on its way: what is not there as a whole, but comes in chunks.

use bytes::Bytes;
use futures::{Stream, StreamExt};
use std::fmt;
use std::pin::Pin;

/// Chunks of a body, in their order; after a [`Cut`] comes nothing.
pub type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Cut>>>>;

/// A body that broke off, and why, for the operator. Whoever is being answered must be able to see it: the
/// connection is cut as well, instead of being ended as if all had been said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut(pub String);

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body broke off: {}", self.0)
    }
}

impl std::error::Error for Cut {}

/// The body of an answer.
pub enum Body {
    /// All of it.
    Whole(Bytes),
    /// Chunks, as they come.
    Streamed(Chunks),
}

impl Body {
    /// All of it, however long that takes.
    ///
    /// # Errors
    /// [`Cut`] when it broke off.
    pub async fn whole(self) -> Result<Bytes, Cut> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Streamed(mut chunks) => {
                let mut whole = Vec::new();
                while let Some(chunk) = chunks.next().await {
                    whole.extend_from_slice(&chunk?);
                }
                Ok(Bytes::from(whole))
            }
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(f, "Whole({} bytes)", bytes.len()),
            Self::Streamed(_) => f.write_str("Streamed"),
        }
    }
}
