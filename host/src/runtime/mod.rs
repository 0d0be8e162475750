//! Components in wasmtime: compiled, limited, reused, ended.

pub(crate) mod bindings;
mod body;
pub(crate) mod code;
pub(crate) mod engine;
pub(crate) mod guest;
mod output;
mod served;
mod ticket;
pub(crate) mod worker;

pub(crate) use served::{Failure, MAX_BODY, Served};
