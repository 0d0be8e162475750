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
mod problems;
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
pub use problems::Problems;
pub use trial::Trial;
