//! What a shop is, what can be asked of it, and the adapters that ask.
//!
//! - [`model`]: products, listings, carts, orders, money, markets: one vocabulary for every backend.
//! - [`port`]: the one trait through which a head asks; every question has its capability.
//! - [`adapters`]: translate the port to one vendor's API each, and their registry.
//! - [`error`]: whose fault it is, what the visitor may read, what the operator needs.
//! - [`upstream`]: the single seam to the network; heads give the real one, tests a replay.
//!
//! This crate is pure: it performs no I/O, knows no WASM host and spawns nothing.

pub mod adapters;
pub mod error;
pub mod model;
pub mod port;
pub mod upstream;

pub use error::{Error, Fault, Kind, Refusal, Subject};
pub use model::*;
pub use port::{Capability, Pending, Port};
pub use upstream::{Call, Limit, Repeat, Upstream};
