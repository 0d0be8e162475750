//! An experiment of the rule file: who takes part, and what each arm shows.

use super::{Schedule, Target};
use crate::experiment;
use serde::{Deserialize, Serialize};

/// The word of the rule file for the visitor's pseudonymous id, which is hashed where no other attribute is named.
pub const VISITOR: &str = "visitor";

/// A running, drafted or stopped experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// Its name, unique among experiments.
    pub name: Box<str>,
    /// Who may take part.
    pub target: Target,
    /// The purpose that the visitor must have consented to.
    pub needs: Option<Box<str>>,
    /// When it runs.
    pub schedule: Option<Schedule>,
    /// The place of the slot that arms fill.
    pub slot: Option<u16>,
    /// The arms, the control first.
    pub arms: Vec<Arm>,
    /// Arms of other experiments in all of which the visitor must be.
    pub requires: Vec<Requirement>,
    /// How the visitors are split. Its arms have no keys: they are told by their place.
    pub split: experiment::Experiment,
}

/// One of the ways that are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// Its name, unique in its experiment.
    pub name: Box<str>,
    /// The id of the content that it puts into the slot; `None` leaves the slot as the rules have it.
    pub content: Option<Box<str>>,
}

/// An arm that the visitor must be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// The other experiment's place.
    pub experiment: u16,
    /// The arm's place in it.
    pub arm: u16,
}

impl Experiment {
    /// The place of an arm by its name.
    pub fn arm(&self, name: &str) -> Option<u16> {
        let place = self.arms.iter().position(|arm| arm.name.as_ref() == name)?;
        u16::try_from(place).ok()
    }
}
