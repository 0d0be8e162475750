//! Which content a visitor sees: pure decisions. No I/O, and the time is an input.
//!
//! - [`attribute`]: what may be known, by its type. [`condition`]: what is asked of it.
//! - [`experiment`]: which variation of an experiment a visitor sees, by GrowthBook's rules.
//! - [`goes_with`]: what is bought with a product, learned from orders and read in place.
//! - [`placements`]: what stands where in the pages of a site that exists already.
//! - [`rules`]: the merchandiser's file: audiences, offers, slots, and the decision.
//! - [`slot`]: picks the content block that fills a slot now.

pub mod attribute;
pub mod condition;
pub mod experiment;
pub mod goes_with;
#[cfg(feature = "publish")]
mod nearest;
pub mod placements;
pub mod rules;
mod slot;

pub use slot::{Moment, choose, eligible};
