//! Why a visitor takes part in an experiment, or does not.

use super::Reason;
use crate::experiment;
use serde::{Deserialize, Serialize};

/// What became of an experiment for a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Participation {
    /// In: by the hash of the visitor's id.
    Assigned,
    /// In: in the arm that the visitor saw before.
    Sticky,
    /// In: the arm was asked for, such as for a preview.
    Forced,
    /// In: everyone who takes part gets this arm.
    ForcedForAll,
    /// Out: not at this moment, not without consent, or not for this visitor.
    NotMeant(Reason),
    /// Out: in another arm of an experiment that this one builds on, or not in it.
    Requires {
        /// The other experiment's place.
        experiment: u16,
    },
    /// Out: nothing to hash is known of the visitor.
    NoId,
    /// Out: outside the experiment's share of its namespace.
    OutsideNamespace,
    /// Out: beyond the share of visitors that the experiment covers.
    NotCovered,
    /// Out: a draft, or stopped.
    NotRunning,
    /// Out: the arm that was asked for does not exist.
    NoSuchArm,
}

impl Participation {
    /// Whether the visitor counts in the analysis: only whom chance has put into an arm.
    pub fn counts(self) -> bool {
        matches!(self, Self::Assigned | Self::Sticky)
    }
}

impl From<experiment::Reason> for Participation {
    fn from(reason: experiment::Reason) -> Self {
        use experiment::Reason;
        match reason {
            Reason::Assigned => Self::Assigned,
            Reason::Sticky => Self::Sticky,
            Reason::ForcedForVisitor | Reason::ForcedByUrl => Self::Forced,
            Reason::ForcedByExperiment => Self::ForcedForAll,
            Reason::NoId => Self::NoId,
            Reason::OutsideNamespace | Reason::Filtered => Self::OutsideNamespace,
            Reason::NotCovered => Self::NotCovered,
            Reason::NoSuchVariation => Self::NoSuchArm,
            // The rest is of GrowthBook's definitions, or of rules that were damaged.
            _ => Self::NotRunning,
        }
    }
}
