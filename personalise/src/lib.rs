//! Which content a visitor sees: pure decisions. No I/O, and the time is an input.
//!
//! - [`slot`]: picks the content block that fills a slot now.

mod slot;

pub use slot::{Moment, choose, eligible};
