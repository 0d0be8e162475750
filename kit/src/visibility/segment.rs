//! What is the same for everyone with the same decision.

use super::{Age, Public, Visible};
use crate::reads::Reads;
use jiff::Timestamp;
use std::fmt;
use std::rc::Rc;

/// What was decided for a visitor: which audience, offer, arm. Two visitors with the same decision see the same;
/// it holds nothing that tells who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decision(pub u64);

/// A value that everyone with the same decision sees.
pub struct Segment<T> {
    value: Public<T>,
    decision: Decision,
    reads: Rc<Reads>,
}

impl<T> Segment<T> {
    pub(super) fn of(value: Public<T>, decision: Decision, reads: &Rc<Reads>) -> Self {
        Self { value, decision, reads: reads.clone() }
    }

    /// Reads the value: from here on the answer is for this decision only.
    pub fn open(&self) -> &T {
        self.reads.segment(self.decision);
        &self.value
    }

    /// Another value made of this one by a function that captures nothing.
    pub fn map<U>(&self, change: fn(&T) -> U) -> Segment<U> {
        Segment { value: self.value.map(change), decision: self.decision, reads: self.reads.clone() }
    }
}

impl<T> Visible for Segment<T> {
    fn age(&self) -> Age {
        self.value.age()
    }

    fn born(&self) -> Option<Timestamp> {
        self.value.born()
    }

    fn note(&self, reads: &Reads) {
        self.value.note(reads);
    }
}

impl<T: fmt::Debug> fmt::Debug for Segment<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment").field("decision", &self.decision).finish_non_exhaustive()
    }
}
