//! HTTP in and out: what a request asks, and how the shop says yes and no.

mod no;
mod query;
mod reply;

pub(crate) use no::No;
pub(crate) use query::Query;
pub(crate) use reply::{Keep, json, problem};
