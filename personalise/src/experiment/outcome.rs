//! What came of running an experiment, and why.

use std::borrow::Cow;

use super::definition::{Experiment, Status};
use super::sticky::Assignments;

/// What came of running an experiment for a visitor.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<'a> {
    /// The variation to show: 0, the baseline, for who takes no part.
    pub variation: usize,
    /// Whether the visitor takes part.
    pub in_experiment: bool,
    /// Whether the variation came of the hash (or of an earlier one): only then it counts in the analysis.
    pub hash_used: bool,
    /// Why.
    pub reason: Reason,
    /// The visitor's bucket, when it counts.
    pub bucket: Option<f64>,
    /// Whether an earlier assignment decided.
    pub sticky_used: bool,
    /// The attribute that the id is of.
    pub hash_attribute: &'a str,
    /// The id; none for a visitor without one.
    pub hash_value: Option<Cow<'a, str>>,
}

impl Outcome<'_> {
    /// Whether the visitor is counted here and goes on to the next rule.
    pub fn passes_through(&self, experiment: &Experiment) -> bool {
        experiment.arms.get(self.variation).is_some_and(|arm| arm.passthrough)
    }

    /// Keeps the variation for the next visit where it came of the hash; true when `assignments` changed and are to
    /// be stored.
    pub fn remember(&self, experiment: &Experiment, assignments: &mut Assignments) -> bool {
        let Some(value) = self.hash_value.as_deref() else { return false };
        self.hash_used
            && experiment.sticky
            && assignments.remember(
                self.hash_attribute,
                value,
                &experiment.key,
                experiment.bucket_version,
                &experiment.arm_key(self.variation),
            )
    }
}

/// Why a visitor takes part in an experiment, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// In: by the hash.
    Assigned,
    /// In: by an earlier assignment.
    Sticky,
    /// In: the page's address asks for the variation.
    ForcedByUrl,
    /// In: the variation was set for this visitor.
    ForcedForVisitor,
    /// In: the experiment gives everyone one variation.
    ForcedByExperiment,
    /// Out: the variation that was forced does not exist.
    NoSuchVariation,
    /// Out: fewer than two variations.
    TooFewVariations,
    /// Out: experiments are off.
    Disabled,
    /// Out: a draft, or stopped.
    NotRunning(Status),
    /// Out: neither the hash attribute nor its fallback has a value.
    NoId,
    /// Out: a filter.
    Filtered,
    /// Out: outside its share of the namespace.
    OutsideNamespace,
    /// Out: its condition is false.
    Condition,
    /// Out: a feature that it needs has another value, or needs itself.
    Prerequisite,
    /// Out: targeted in a way that cannot be decided here, such as by URL pattern.
    Unsupported,
    /// Out: an unknown hash version.
    UnknownHash,
    /// Out: took part in a version that must not count any more.
    StickyBlocked,
    /// Out: the bucket belongs to no variation.
    NotCovered,
    /// Out: only forced variations are shown.
    QaMode,
}
