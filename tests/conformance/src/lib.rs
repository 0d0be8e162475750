//! The conformance suite of adapters: one script asks a backend through its adapter and the demo shop
//! through the plain form, and compares what both said, ids apart.
//!
//! - [`upstream`]: the network for the backend, and the reference in this process.
//! - [`observe`]: what a script saw, made comparable; [`reads`] and [`journeys`] are the scripts.
//! - [`codes`]: the codes of offers, tried.
//! - [`differences`]: what may differ, each with its reason, in `differences/ADAPTER.toml`.
//! - [`mangle`]: answers that nobody should send, for the fuzzer and a bounded test.
//! - [`beside`]: a backend of parts, as the second one of the demo shop.
//! - [`served`]: the backend as heads see it that ask through the component `backend`.
//! - [`verdict`]: the comparison, and the table that `docs/adapters.md` shows.

pub mod beside;
pub mod codes;
pub mod differences;
pub mod journeys;
pub mod mangle;
pub mod observe;
pub mod reads;
pub mod served;
pub mod upstream;
pub mod verdict;
