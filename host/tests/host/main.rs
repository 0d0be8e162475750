//! The host against real guests: `tests/guests`, built for WASM by the first test that needs it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    unreachable_pub,
    reason = "a test may fail loudly, and its helpers stand outside `#[test]` functions"
)]

mod check;
mod command;
mod evil;
mod manifest;
mod outbound;
mod preview;
mod protocol;
mod purge;
mod record;
mod serving;
mod state;
mod support;
