//! The rules in their compiled form.

use super::reads::Reads;
use super::{Benefit, Experiment, Recommend, Schedule};
use crate::attribute::Schema;
use crate::condition::Condition;
use serde::{Deserialize, Serialize};

/// A checked rule file. Places (`u16`) are those of the file's order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// The declared attributes.
    pub schema: Schema,
    /// The audiences.
    pub audiences: Vec<Audience>,
    /// Every audience's place once, each behind those that it asks for.
    pub order: Vec<u16>,
    /// The offers.
    pub offers: Vec<Offer>,
    /// The offers' places, the one that wins first: by priority, then in the file's order.
    pub ranking: Vec<u16>,
    /// The slots.
    pub slots: Vec<Slot>,
    /// The experiments.
    pub experiments: Vec<Experiment>,
    /// Every experiment's place once, each behind those that it requires.
    pub experiment_order: Vec<u16>,
    /// The recommendations; at each place the first that is meant for the visitor is shown.
    pub recommends: Vec<Recommend>,
    /// Which attributes they read.
    pub(super) reads: Reads,
}

/// A named condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Audience {
    /// Its name, unique among audiences.
    pub name: Box<str>,
    /// Who belongs to it.
    pub when: Condition,
    /// The purpose that the visitor must have consented to; without it nothing is known of who belongs.
    pub needs: Option<Box<str>>,
}

/// Who is meant: those of an audience, those for whom a condition holds, or both; everyone where neither is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The audience's place.
    pub audience: Option<u16>,
    /// The condition.
    pub when: Option<Condition>,
}

/// Something given to those that it is meant for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Its name, unique among offers.
    pub name: Box<str>,
    /// Whom it is for.
    pub target: Target,
    /// What it gives.
    pub give: Vec<Benefit>,
    /// The code or promotion of the backend that charges it so: 1 to 64 visible ASCII characters.
    pub code: Option<Box<str>>,
    /// The highest wins; 0 where none is given.
    pub priority: i32,
    /// It is given once to whom, counted by its use in an order.
    pub once_per: Option<OncePer>,
    /// Whole seconds since it was last shown, during which it is not shown again.
    pub cooldown: Option<i64>,
    /// The channels that show it; every one where none is given.
    pub channels: Vec<Box<str>>,
    /// The purpose that the visitor must have consented to.
    pub needs: Option<Box<str>>,
    /// What must happen for it to be shown, such as `exit_intent`.
    pub on: Option<Box<str>>,
    /// When it runs.
    pub schedule: Option<Schedule>,
    /// Where it is shown; one offer wins for each.
    pub slot: Box<str>,
    /// Places of the offers that cannot be given beside it; mutual.
    pub excludes: Vec<u16>,
}

/// What "once" counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OncePer {
    /// A visitor, for good.
    Visitor,
    /// A session.
    Session,
}

/// A place for content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Its name, unique among slots.
    pub name: Box<str>,
    /// What may fill it; the first that is meant for the visitor does.
    pub show: Vec<Variant>,
}

/// Content for those that it is meant for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Whom it is for.
    pub target: Target,
    /// The id of the content.
    pub content: Box<str>,
}
