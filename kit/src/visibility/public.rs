//! What is the same for everyone in a market.

use super::segment::{Decision, Segment};
use super::{Age, Source, Visible};
use crate::reads::Reads;
use commerce::Tagged;
use jiff::Timestamp;
use std::ops::Deref;
use std::rc::Rc;
use std::time::Duration;

/// A value that is the same for everyone in a market; it reads like the value itself.
#[derive(Debug)]
pub struct Public<T> {
    value: Rc<T>,
    /// `None` for what came from nobody: a head's own stand-in.
    source: Option<Rc<Source>>,
}

impl<T> Public<T> {
    /// The answer to a question that names no visitor. Only the kit can say so, and only of what a shop tells
    /// everyone: carts, orders and customers have no tags.
    pub(crate) fn of(value: Rc<T>, source: Source) -> Self
    where
        T: Tagged,
    {
        Self { value, source: Some(Rc::new(source)) }
    }

    /// A whole answer, of which [`Reads::publish`] knows that it read nothing of a visitor.
    pub(crate) fn answered(value: T, source: Source) -> Self {
        Self { value: Rc::new(value), source: Some(Rc::new(source)) }
    }

    /// Where it came from, how long it is good for, and what it is about; `None` for a stand-in.
    pub(crate) fn source(&self) -> Option<&Source> {
        self.source.as_deref()
    }

    /// The same, so old by now, and born then as the wall clock goes now.
    pub(crate) fn aged(&self, age: Age, fresh_for: Duration, born: Timestamp) -> Self {
        let source =
            self.source.as_deref().map(|source| Rc::new(Source { born, age, fresh_for, ..source.clone() }));
        Self { value: self.value.clone(), source }
    }

    /// Another value made of this one. A plain function (`fn`, or a closure that captures nothing): what is
    /// not in the value cannot get into the result.
    pub fn map<U>(&self, change: fn(&T) -> U) -> Public<U> {
        Public { value: Rc::new(change(&self.value)), source: self.source.clone() }
    }

    /// The value as one of those that a decision gives: no longer for everyone.
    pub fn for_segment(self, decision: Decision, reads: &Rc<Reads>) -> Segment<T> {
        Segment::of(self, decision, reads)
    }
}

/// A head's own stand-in: nothing of any visitor.
impl<T: Default> Default for Public<T> {
    fn default() -> Self {
        Self { value: Rc::default(), source: None }
    }
}

impl<T> Clone for Public<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), source: self.source.clone() }
    }
}

impl<T> Deref for Public<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Visible for Public<T> {
    fn age(&self) -> Age {
        self.source.as_ref().map_or(Age::Default, |source| source.age)
    }

    fn born(&self) -> Option<Timestamp> {
        self.source.as_ref().map(|source| source.born)
    }

    fn note(&self, reads: &Reads) {
        match &self.source {
            Some(source) => reads.public(source),
            None => reads.stand_in(),
        }
    }
}
