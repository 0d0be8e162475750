//! The web head: HTML pages that are complete without JavaScript.
//!
//! - [`head`]: the head itself: budget, addresses, texts, and how a failure is said.
//! - `routes`: which address is which page.
//! - `pages`: one file a page: what it asks of the shop, and what it does when the shop says no.
//! - `view`: the model as finished strings, booleans and lists, which templates only print.
//! - `structured`: JSON-LD for search engines.
//! - `links`: the addresses of our own pages.

mod assets;
pub mod head;
mod links;
mod pages;
mod routes;
mod structured;
#[cfg(test)]
mod tests;
mod view;

#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
#[cfg_attr(not(target_family = "wasm"), expect(dead_code, reason = "the host calls it in the component"))]
async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::serve::<head::Web>(request).await
}
