//! A head in front of a storefront that exists already: its pages pass through, and slots are put into them while
//! they stream. The storefront needs no change.
//!
//! - [`head`]: the head itself: budget, addresses, texts, and how a failure is said.
//! - [`plan`]: what stands where, as the operator published it.
//! - `consent`: what the visitor agrees to.
//! - `pages`: what becomes of the site's answer.
//! - `fill`: what the slots say, one file each.

mod consent;
mod fill;
pub mod head;
mod pages;
pub mod plan;
#[cfg(test)]
mod tests;

#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
#[cfg_attr(not(target_family = "wasm"), expect(dead_code, reason = "the host calls it in the component"))]
async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::serve::<head::Front>(request).await
}
