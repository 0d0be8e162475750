//! What the tests share.
//!
//! - [`house`]: the walls, as pure rules over `cargo metadata`.
//! - [`bench`]: the whole application in our host, on a port of its own, with the demo shop.
//! - [`answer`]: an answer of a head, whole; [`raw`] asks as no client would that means well.
//! - [`routes`]: the addresses of every head.
//! - [`browser`]: headless Chromium and axe-core.
//! - [`golden`]: requests and answers in files, one file a case.
//! - [`schema`]: JSON Schema and OpenAPI validation.
//! - [`shop`]: the demo shop with its API open, on a port of its own.
//! - [`proxy`]: a shop that misbehaves on purpose.
//! - [`matrix`]: which page makes which call, and what becomes of the page when the call fails.
//! - [`leaks`]: what is one visitor's reaches nobody else.

pub mod answer;
pub mod bench;
pub mod browser;
pub mod golden;
pub mod hostile;
pub mod house;
pub mod leaks;
pub mod matrix;
pub mod origin;
pub mod proxy;
pub mod raw;
pub mod routes;
pub mod schema;
pub mod shop;
