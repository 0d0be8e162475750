//! The old website of Larkspur & Finch, for Headwater to be put in front of: what was there before.
//!
//! - [`answer`]: one request and its answer, as a small web server of twenty years ago would give it.
//! - `page`: the files of `fixtures/legacy`, with their validators.
//! - `basket`: what a visitor put in, kept in the cookie `visit` alone.
//! - `prices`: the shop's price list, a file of lines.
//!
//! It knows nothing of markets, heads or the plain form: it is an origin like any other, at `/legacy/...` and, from
//! inside the app, at `http://legacy.spin.internal/legacy/...`.

mod answer;
mod basket;
mod page;
mod prices;

pub use answer::{BODY_LIMIT, answer, too_large};

/// Takes a request from the host.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::spin::respond(match kit::spin::receive(request, BODY_LIMIT).await {
        Ok(request) => answer("/legacy".as_ref(), &request),
        Err(kit::spin::TooLarge) => too_large(),
    })
}

#[cfg(test)]
mod site;
