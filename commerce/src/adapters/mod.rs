//! The adapters, and the registry that names them.

pub mod medusa;
pub mod plain;
mod registry;
// Each adapter takes from it what its backend needs; a build of one alone need not use all.
#[allow(dead_code, reason = "shared pieces; which are used depends on the adapters that are built in")]
mod wire;

pub use registry::{Settings, UnknownAdapter, connect, names};
