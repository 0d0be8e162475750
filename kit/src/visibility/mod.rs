//! Who may see a value, as a type, from the backend's answer to ours.
//!
//! - [`Public`]: the same for everyone in a market. It reads like the value itself.
//! - [`Segment`]: the same for everyone with the same [`Decision`].
//! - [`Private`]: this visitor's own. Opening it, or printing it, makes the answer private.
//!
//! Only the kit makes a [`Public`], out of a question of the shop that names no visitor; from there it can be
//! changed only by functions that capture nothing, so that nothing private gets in. The cache takes [`Public`]
//! and nothing else, copies of the shop's answers and whole answers alike: a private value can be neither cached
//! nor answered as public, because that does not compile (`kit/tests/visibility/`).

mod private;
mod public;
mod segment;
mod source;

pub use private::Private;
pub use public::Public;
pub use segment::{Decision, Segment};
pub use source::{Age, Source};

use crate::reads::Reads;
use jiff::Timestamp;

/// What a slot can hold: a value that knows who may see it.
pub trait Visible {
    /// How old it is, for `headwater-slots`.
    fn age(&self) -> Age;
    /// When the backend was asked for it; `None` for what no backend's copy is.
    fn born(&self) -> Option<Timestamp>;
    /// Notes that an answer was given the value.
    fn note(&self, reads: &Reads);
}

/// Several together are as old as the oldest.
impl<V: Visible> Visible for Vec<V> {
    fn age(&self) -> Age {
        self.iter().map(Visible::age).max().unwrap_or(Age::Fresh)
    }

    fn born(&self) -> Option<Timestamp> {
        self.iter().filter_map(Visible::born).min()
    }

    fn note(&self, reads: &Reads) {
        self.iter().for_each(|value| value.note(reads));
    }
}

/// What may not be there: nothing is as good as the rest.
impl<V: Visible> Visible for Option<V> {
    fn age(&self) -> Age {
        self.as_ref().map_or(Age::Fresh, Visible::age)
    }

    fn born(&self) -> Option<Timestamp> {
        self.as_ref().and_then(Visible::born)
    }

    fn note(&self, reads: &Reads) {
        self.iter().for_each(|value| value.note(reads));
    }
}
