//! Why an offer won or lost.

use crate::condition::Truth;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of an offer. The first that applies, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// This channel does not show it.
    Channel,
    /// It waits for an event that did not happen.
    Event,
    /// It does not run at this moment.
    Schedule,
    /// The visitor did not consent to what it needs.
    Consent,
    /// The visitor is not of its audience, or too little is known to say.
    Audience {
        /// The audience's place.
        audience: u16,
        /// [`Truth::False`] or [`Truth::Unknown`].
        truth: Truth,
    },
    /// Its condition does not hold, or too little is known to say.
    Condition(Truth),
    /// It was used already.
    Used,
    /// It was shown too recently.
    Cooldown {
        /// When it may be shown again.
        until: Timestamp,
    },
    /// Another offer won its slot.
    Outranked {
        /// The other offer's place.
        by: u16,
    },
    /// An offer that won elsewhere excludes it.
    Excluded {
        /// The other offer's place.
        by: u16,
    },
    /// It is shown.
    Won,
}
