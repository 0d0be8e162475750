//! Experiments: the same visitor falls into the same bucket on every head, by GrowthBook's rules, so that a team's
//! definitions and its analysis keep working.
//!
//! - [`Experiment`]: who may take part, and how the traffic is split; [`Experiment::run`] gives an [`Outcome`].
//! - [`Visit`]: the visitor's ids, forced variations and overrides; [`Assignments`]: what a visitor saw before.
//! - [`bucket`], [`bucket_ranges`], [`choose_variation`]: the arithmetic underneath.
//! - [`growthbook`]: reads GrowthBook's own JSON of conditions, features and experiments.
//!
//! The rules are those of <https://docs.growthbook.io/lib/build-your-own>, spec version 5.

mod bucket;
mod definition;
mod forced;
pub mod growthbook;
mod outcome;
mod range;
mod run;
mod sticky;

pub use bucket::{HashVersion, bucket};
pub use definition::{Arm, Experiment, Filter, Ids, Namespace, Status, Visit};
pub use forced::query_string_override;
pub use outcome::{Outcome, Reason};
pub use range::{Range, bucket_ranges, choose_variation, equal_weights};
pub(crate) use run::{Earlier, Known};
pub use sticky::{Assignments, Record};
