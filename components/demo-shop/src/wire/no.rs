//! Every way in which the shop says no, and its answer of RFC 9457.

use commerce::Refusal;
use commerce::adapters::plain::{Problem, Unrouted};
use kit::edge::StoreError;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum No {
    /// The shop's own refusals.
    Refused(Refusal),
    /// There is no such thing.
    NotFound,
    /// The path has other methods.
    Method(&'static str),
    /// A body that is not JSON.
    MediaType,
    /// A body over [`crate::BODY_LIMIT`].
    TooLarge,
    /// An `Idempotency-Key` that came with something else before.
    KeyReused,
    /// The key-value store failed; its words are for the log.
    Store(String),
    /// What is kept cannot be read or written; the words are for the log.
    Broken(String),
}

impl No {
    /// A value that the shop does not take.
    pub(crate) fn invalid(field: impl Into<String>) -> Self {
        Self::Refused(Refusal::Invalid { field: field.into() })
    }

    /// What the operator should read, when it is no fault of the asker.
    pub(crate) fn log(&self) -> Option<&str> {
        match self {
            Self::Store(words) | Self::Broken(words) => Some(words),
            _ => None,
        }
    }

    /// The body of the answer.
    pub(crate) fn problem(&self) -> Problem {
        let problem = Problem::new;
        match self {
            Self::Refused(refusal) => Problem::of(refusal),
            Self::NotFound => problem("not_found", 404, "There is no such thing."),
            Self::Method(_) => {
                problem("method_not_allowed", 405, "The Allow header says what this path takes.")
            }
            Self::MediaType => problem("unsupported_media_type", 415, "Send application/json."),
            Self::TooLarge => problem("too_large", 413, "A body has at most 64 KiB."),
            Self::KeyReused => problem("key_reused", 422, "The Idempotency-Key is that of another write."),
            Self::Store(_) => problem("unavailable", 503, "The shop cannot reach what it keeps; try again."),
            Self::Broken(_) => problem("broken", 500, "The shop cannot read what it keeps."),
        }
    }
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Unrouted> for No {
    fn from(unrouted: Unrouted) -> Self {
        match unrouted {
            Unrouted::Path => Self::NotFound,
            Unrouted::Method(allowed) => Self::Method(allowed),
        }
    }
}

impl From<StoreError> for No {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}
