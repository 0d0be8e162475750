//! Reads GrowthBook's own JSON, so that existing definitions work here.
//!
//! - [`Condition`]: who is meant, in a form like MongoDB's queries.
//! - [`Features`]: feature flags with their rules; [`Evaluator`] gives the value of one for a [`Context`].
//! - [`Trial`]: an experiment with the value of each variation.
//!
//! Reading never fails: whatever is malformed targets nobody, and is named in the list of problems that the reader
//! fills, for whoever publishes the definitions. Values are compared as the reference SDK compares them
//! (`packages/sdk-js` in <https://github.com/growthbook/growthbook>): scalars are coerced as JavaScript coerces them
//! and a missing attribute is null; but a list or map is never coerced to a scalar.

mod bandit;
mod condition;
mod context;
mod evaluate;
mod features;
mod matches;
mod members;
mod read;
mod rule;
mod trial;
mod value;
mod version;

pub use bandit::Leaf;
pub use condition::Condition;
pub use context::{Context, Exposure};
pub use evaluate::{Answer, Evaluator, Run, Source};
pub use features::Features;
pub use members::Groups;
pub use trial::Trial;

/// What is wrong with a definition, each with its place; at most [`Problems::MOST`] are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    place: String,
    found: Vec<String>,
}

impl Problems {
    /// Definitions with more problems than this are no more readable for listing all.
    pub const MOST: usize = 100;

    /// The problems, in the order of the definition.
    pub fn list(&self) -> &[String] {
        &self.found
    }

    /// What is found from here on is at `place`.
    fn enter(&mut self, place: String) {
        self.place = place;
    }

    fn add(&mut self, problem: impl FnOnce() -> String) {
        if self.found.len() < Self::MOST {
            let separator = if self.place.is_empty() { "" } else { ": " };
            self.found.push(format!("{}{separator}{}", self.place, problem()));
        }
    }
}
