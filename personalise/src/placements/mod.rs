//! What stands where in the pages of a site that exists already: an operator's file, as heads are sent it.
//!
//! `publish` (feature `publish`) reads and checks `rewrite.toml`; [`Placements`] is what a head loads. Which CSS and
//! which HTML can be used is known by who carries it out: `Syntax` asks there.

mod compact;
mod model;
mod pattern;
#[cfg(feature = "publish")]
mod publish;

pub use compact::{MAX_COMPACT, NotPlacements};
pub use model::{From, Links, Place, Placements, Put, Show};
pub use pattern::Pattern;
#[cfg(feature = "publish")]
pub use publish::{Fault, MAX_FILE, MAX_PLACES, Published, Syntax, publish, sample};
