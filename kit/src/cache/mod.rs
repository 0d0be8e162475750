//! Copies of the shop's public answers: in an instance's memory and, for all instances and heads, in key-value.
//!
//! Key-value has neither ages nor tags, so a copy lies in an envelope ([`envelope`]) that says when it was born;
//! [`lives`] says what it is worth at an age, and [`purge`] what has been called back since. A copy that is
//! stale is given at once, and the backend is asked again after the answer; a copy past that stands in when the
//! backend fails. Of the same question only one is on its way in an instance ([`flight`]), and writes are admitted
//! ([`admission`]) so that an app's limit holds. [`answers`] keeps whole answers that are public, in memory.
//!
//! Only answers to a [`question::Question`] get here, none of which names a visitor.

mod admission;
pub(crate) mod answers;
mod asking;
pub(crate) mod begun;
mod envelope;
pub(crate) mod flight;
pub(crate) mod key;
pub(crate) mod lives;
mod memory;
pub mod purge;
pub(crate) mod question;
pub(crate) mod reader;
pub(crate) mod rules;
mod store;

pub use purge::LONGEST_LIFE;

#[cfg(any(test, feature = "rehearsal"))]
use crate::visibility::Public;
use admission::Admission;
use flight::Flights;
use memory::Memory;
use std::cell::Cell;
use std::time::Duration;

/// What an instance remembers of the shop, for every visitor.
pub(crate) struct Cache {
    memory: Memory,
    flights: Flights,
    admission: Admission,
    /// For what is learned of visitors, so that copies do not take its turn.
    learning: Admission,
    pub(crate) purges: purge::Purges,
    pub(crate) answers: answers::Answers,
    /// Until when key-value is left alone, after it failed.
    store_rests_until: Cell<Duration>,
    /// Copies in key-value that were none of ours, or could not be read.
    foreign: Cell<u64>,
}

impl Cache {
    pub(crate) fn new(now: Duration) -> Self {
        Self {
            memory: Memory::default(),
            flights: Flights::default(),
            admission: Admission::new(now),
            learning: Admission::new(now),
            purges: purge::Purges::new(),
            answers: answers::Answers::default(),
            store_rests_until: Cell::default(),
            foreign: Cell::default(),
        }
    }

    /// Whether what was learned of a visitor may be written to key-value now, at the rate that copies have.
    pub(crate) fn may_learn(&self, now: Duration, rate: f64) -> bool {
        self.learning.admit(now, rate)
    }

    /// Keeps a value in memory as a copy of the shop's answers is kept.
    #[cfg(any(test, feature = "rehearsal"))]
    pub(crate) fn keep<T: 'static>(&self, name: &str, value: &Public<T>) {
        let copy = memory::Copy {
            said: envelope::Said::This(memory::AnyPublic::of(value.clone())),
            born: jiff::Timestamp::UNIX_EPOCH,
            at: jiff::SignedDuration::ZERO,
            tags: [].into(),
            digests: [].into(),
            size: 0,
            is_stored: false,
        };
        self.memory.put(key::Key::digest(&[name.as_bytes()]), &copy);
    }
}
