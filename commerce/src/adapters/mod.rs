//! The adapters, and the registry that names them.

pub mod plain;
mod registry;

pub use registry::{Settings, UnknownAdapter, connect, names};
