//! What the tests share.
//!
//! - [`house`]: the walls, as pure rules over `cargo metadata`.
//! - [`bench`]: the whole application in our host, on a port of its own, with the demo shop.
//! - [`browser`]: headless Chromium and axe-core.
//! - [`golden`]: requests and answers in files, one file a case.
//! - [`schema`]: JSON Schema and OpenAPI validation.
//! - [`shop`]: the demo shop with its API open, on a port of its own.
//! - [`proxy`]: a shop that misbehaves on purpose.
//! - [`matrix`]: which page makes which call, and what becomes of the page when the call fails.

pub mod bench;
pub mod browser;
pub mod golden;
pub mod hostile;
pub mod house;
pub mod matrix;
pub mod proxy;
pub mod schema;
pub mod shop;
