//! The operator's desk, so that heads need not carry it: `/_headwater/…`.
//!
//! | request | |
//! |---|---|
//! | `GET /_headwater/rules` | what is in force and what was before |
//! | `POST /_headwater/rules` | puts rules in force, given in their compact form; `?goes_with=HEX` with a table that was kept |
//! | `POST /_headwater/rules/rollback` | goes back to what was before |
//! | `GET`, `POST /_headwater/placements`, `POST …/rollback` | the same of what stands where in an existing site |
//! | `PUT /_headwater/goes-with` | gives the rules a table of what goes with what; `?live=false` only keeps it |
//! | `GET`, `POST /_headwater/explain` | what a visitor would see and why, by the rules in force or by a draft |
//! | `POST /_headwater/codes` | whether the shop knows the codes of offers, and charges what they promise |
//!
//! Each wants the operator's proof: `Authorization: Bearer` with the hexadecimal SHA-256 of `headwater-desk` and the
//! `session_key`. To anybody else there is no such address. `headwater publish` and `headwater explain` ask here.

mod answer;
mod codes;
mod explain;
mod goes_with;
mod query;
mod rules;

pub use answer::answer;

/// Takes a request from the host.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    answer::serve(std::rc::Rc::new(kit::spin::Spin), request).await
}
