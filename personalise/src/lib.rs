//! Which content a visitor sees: pure decisions. No I/O, and the time is an input.
//!
//! - [`experiment`]: which variation of an experiment a visitor sees, by GrowthBook's rules.
//! - [`slot`]: picks the content block that fills a slot now.

pub mod experiment;
mod slot;

pub use slot::{Moment, choose, eligible};
