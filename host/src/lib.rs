//! Serves a Spin application (`spin.toml`, manifest version 2) on wasmtime.
//!
//! It knows `.wasm` files and manifests, never a particular head. What it honours of the manifest:
//! `[application]`, `[variables]` (`default`, `required`, `secret`), `[[trigger.http]]` (`route` with `...`, `:name`
//! and `{ private = true }`; `component`; `static_response`) and `[component.NAME]` (`source` as a path, `files`,
//! `allowed_outbound_hosts`, `key_value_stores` with `default` and `cache`, `variables`, `environment`, `build`).
//! Any other key is an error that names it; `tool` tables are their owners' affair.
//!
//! `[component.NAME.tool.headwater]` holds this host's own settings: `instance = "reuse" | "fresh"`, `memory_mib`
//! (128), `timeout_ms` (30000), `max_concurrent` (128) and `allow_private_hosts` (false).
//!
//! A host *name* in `allowed_outbound_hosts` may lead only to public addresses, unless the component sets
//! `allow_private_hosts`; an entry that is itself an IP address or `localhost` means what it says. Names of the
//! application's own components (`http://NAME.spin.internal`) never leave the process.

mod answers;
mod application;
mod backends;
pub mod build;
pub mod check;
pub mod cli;
mod files;
mod keyvalue;
mod load;
mod log;
pub mod manifest;
mod moment;
mod operator;
mod outbound;
pub mod preview;
pub mod purge;
pub mod record;
mod routes;
pub mod rules;
mod runtime;
mod serve;
mod signals;
pub mod train;
mod variables;

pub use log::Log;
pub use serve::{Options, Running, serve};
