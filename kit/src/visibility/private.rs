//! What is one visitor's own.

use super::{Age, Visible};
use crate::reads::Reads;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use std::fmt;
use std::rc::Rc;

/// A visitor's own value. There is no way to the value but [`Private::open`] and printing it in a template, and
/// both make the answer that is being made private.
pub struct Private<T> {
    value: T,
    /// `None` for what every visitor without a session has, which tells of nobody.
    reads: Option<Rc<Reads>>,
}

impl<T> Private<T> {
    /// A visitor's own value in the answer that keeps `reads`.
    pub fn of(value: T, reads: &Rc<Reads>) -> Self {
        Self { value, reads: Some(reads.clone()) }
    }

    /// What every visitor without a session has; whoever says so has noted that there is no session.
    pub(crate) fn of_nobody(value: T) -> Self {
        Self { value, reads: None }
    }

    /// Reads the value: from here on the answer is private.
    pub fn open(&self) -> &T {
        self.note_private();
        &self.value
    }

    /// Takes the value: from here on the answer is private.
    pub fn into_open(self) -> T {
        self.note_private();
        self.value
    }

    /// Another private value made of this one; nothing is read by anyone yet. A plain function (`fn`, or a
    /// closure that captures nothing), which cannot carry the value out.
    pub fn map<U>(self, change: fn(T) -> U) -> Private<U> {
        Private { value: change(self.value), reads: self.reads }
    }

    fn note_private(&self) {
        if let Some(reads) = &self.reads {
            reads.private();
        }
    }
}

impl<T> Visible for Private<T> {
    fn age(&self) -> Age {
        Age::Fresh
    }

    fn born(&self) -> Option<Timestamp> {
        None
    }

    fn note(&self, _: &Reads) {}
}

/// A template that is given a private value makes its answer private.
impl<T: Serialize> Serialize for Private<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.open().serialize(serializer)
    }
}

/// A debug print withholds it.
impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(..)")
    }
}
