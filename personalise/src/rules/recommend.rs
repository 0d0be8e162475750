//! Recommendations: what to ask for at a place, and how what comes is arranged.

use super::{Decision, Reason, Rules, Schedule, Target, Visit};
use crate::condition::Condition;
use serde::{Deserialize, Serialize};

/// Where products come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Model {
    /// What is bought together, learned from orders.
    GoesWith,
    /// What is shown together in the content's looks.
    Looks,
    /// What the backend calls related.
    Related,
}

/// Products to be shown beside what the visitor looks at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recommend {
    /// Its name, unique among recommendations.
    pub name: Box<str>,
    /// The places that show it, such as `product`; one at least.
    pub at: Vec<Box<str>>,
    /// Whom it is for.
    pub target: Target,
    /// The purpose that the visitor must have consented to.
    pub needs: Option<Box<str>>,
    /// When it runs.
    pub schedule: Option<Schedule>,
    /// Where the products come from.
    pub model: Model,
    /// Where they come from when the model has none.
    pub fallback: Option<Model>,
    /// What comes first, in this order.
    pub pins: Vec<Pin>,
    /// Which products may be shown at all.
    pub filter: Option<Condition>,
    /// The most products that are shown.
    pub limit: u16,
    /// Whether what the visitor bought before may be shown again, as what is used up; else it is left out.
    pub repeat: bool,
}

/// Products that come before what the model says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// For whom and where; always where it is not given.
    pub when: Option<Condition>,
    /// Which products.
    pub what: Pinned,
    /// How many of them at most.
    pub first: u16,
}

/// Which products are pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pinned {
    /// Those of a category, by its slug.
    Category(Box<str>),
    /// One, by its slug.
    Product(Box<str>),
}

impl Rules {
    /// What to recommend at a place, such as `product` or `cart`: the first of the file that is meant for the
    /// visitor; `None` where none is. `decision` is that of the same visit.
    pub fn recommend_at(&self, place: &str, visit: &Visit<'_>, decision: &Decision) -> Option<&Recommend> {
        self.recommends.iter().find(|recommend| {
            recommend.at.iter().any(|at| at.as_ref() == place) && recommend.refuses(visit, decision).is_none()
        })
    }
}

impl Recommend {
    /// Why it is not meant for the visitor; `None` where it is.
    pub(super) fn refuses(&self, visit: &Visit<'_>, decision: &Decision) -> Option<Reason> {
        if self.schedule.as_ref().is_some_and(|schedule| !schedule.runs(visit.now)) {
            return Some(Reason::Schedule);
        }
        if !visit.consents_to(self.needs.as_deref()) {
            return Some(Reason::Consent);
        }
        self.target.refuses(visit, &decision.audiences)
    }
}
