//! The chat head from outside: requests in, answers out, with a scripted shop and a Slack that listens.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "tests; a failing one shall stop where it fails"
)]

mod beside;
mod browser;
mod golden;
mod own;
mod remembered;
mod shop;
mod slack;
mod stale;
mod world;
