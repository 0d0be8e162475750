//! Larkspur & Finch: the demo shop, and the reference server of the plain form (`commerce/openapi.yaml`).
//!
//! - [`answer`]: one question and its answer.
//! - `catalogue`: what is for sale, embedded from `fixtures/catalogue`; `show` turns it into the model.
//! - `listing` and `search`: lists of products.
//! - `cart`, `order`, `customer` and `stock`: what is kept in key-value.
//! - `once`: writes that are done once, however often they are asked for.
//! - `media`: the pictures.
//!
//! Only `/media/...` is routed in `spin.toml`. Requests for `/v1/...` reach the component by service
//! chaining from inside the app and in no other way, so the interface asks for no credentials.

mod answer;
mod cart;
mod catalogue;
mod customer;
mod listing;
mod market;
mod media;
mod once;
mod order;
mod search;
mod show;
mod stock;
mod token;
mod wire;

use kit::own::Own;

pub use answer::{BODY_LIMIT, answer, too_large};

/// Takes a request from the host.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::spin::respond(match kit::spin::receive(request, BODY_LIMIT).await {
        Ok(request) => answer(&Own::new(&kit::spin::Spin, "demo-shop"), "/media".as_ref(), &request).await,
        Err(kit::spin::TooLarge) => too_large(),
    })
}

#[cfg(test)]
mod world;
