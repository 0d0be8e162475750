//! Where a shared value came from.

use commerce::Tag;
use jiff::Timestamp;
use std::rc::Rc;
use std::time::Duration;

/// How a value was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// The backend's own answer, or a copy that is still good.
    Fresh,
    /// A copy that is past its time, since the backend was slow or down or is being asked again.
    Stale,
    /// The head's own stand-in.
    Default,
}

/// Where a shared value came from, how long it is good for, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// When the backend was asked: a purge at or after this moment makes it unusable.
    pub born: Timestamp,
    /// For how long from now it is good; zero once stale.
    pub fresh_for: Duration,
    /// How it was come by.
    pub age: Age,
    /// What it is about, for purging.
    pub tags: Rc<[Tag]>,
}
