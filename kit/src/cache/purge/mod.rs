//! Purging by tag: one key of the key-value store holds the log of recent purges, and every cache asks it before
//! it uses what it kept.
//!
//! - [`Log`]: what was purged and when; says whether something kept may still be used.
//! - [`purge`]: writes to the log without losing what others write at the same time.
//! - [`Purges`]: an instance's view of the log, read at most once an interval.
//! - [`Times`]: how quick all that is, as the operator sets it.
//!
//! A purge is seen by every instance within that interval and the time that the store takes to carry a write
//! to all its readers. On Headwater's own host the latter is nothing.

mod layout;
mod log;
mod look;
mod times;
mod write;

pub use log::{LONGEST_LIFE, Log, SKEW};
pub use look::Purges;
pub use times::Times;
pub(crate) use times::milliseconds;
pub use write::{PATIENCE, purge};

/// The key of the log in the store `default`.
pub const KEY: &str = "headwater/purged";

#[cfg(test)]
mod stage;
#[cfg(test)]
mod tests;
