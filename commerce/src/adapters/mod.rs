//! The adapters, and the registry that names them.

#[cfg(feature = "batch")]
pub mod batch;
#[cfg(feature = "commercetools")]
pub mod commercetools;
mod compose;
#[cfg(feature = "medusa")]
pub mod medusa;
mod news;
pub mod plain;
mod registry;
#[cfg(feature = "shopify")]
pub mod shopify;
#[cfg(feature = "strapi")]
pub mod strapi;
#[cfg(feature = "vendure")]
pub mod vendure;
// Each adapter takes from it what its backend needs; a build of one alone need not use all.
#[allow(dead_code, reason = "shared pieces; which are used depends on the adapters that are built in")]
mod wire;

pub use compose::{Composed, Part};
pub use news::{MOST_TAGS, NewsRefused, news};
pub use registry::{Backend, Settings, UnknownAdapter, connect, names, open};
