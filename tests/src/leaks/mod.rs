//! What is one visitor's reaches nobody else.
//!
//! Every cart and order of the shop here names its owner in all that can be shown, by a canary: whatever
//! answer holds a canary of somebody else is a leak, whichever way it took.
//!
//! - [`canary`]: what a visitor has, and what an answer must not hold.
//! - [`shop`]: a shop in which everything that is somebody's is marked.
//! - [`asking`]: how an address is asked for on behalf of a visitor.
//! - [`spelling`]: header lines that have fooled caches before.
//! - [`tour`]: two visitors and a stranger over every address of every head.
//! - [`pairs`]: random visitors one after another, on many connections.
//! - [`shared_cache`]: a cache in front, honest or leaky.

pub mod asking;
pub mod canary;
pub mod pairs;
pub mod shared_cache;
pub mod shop;
pub mod spelling;
pub mod tour;

pub use canary::{Visitor, inspect};
pub use shop::MarkedShop;
