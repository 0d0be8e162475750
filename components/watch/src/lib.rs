//! The watch head: one glance at a time, for a wrist that is up for two seconds.
//!
//! - [`head`]: its addresses, its budget, its way to fail.
//! - [`glance`]: the form of its answers, as `schema/glance.schema.json` has it, and their limit.
//! - [`view`]: the shop turned into glances: offer, cart, order, pickup.
//! - [`page`]: `/watch/`, a page that shows the glances on a drawn watch.

pub mod glance;
pub mod head;
pub mod page;
pub mod view;

/// Answers a request of the host.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::serve::<head::Watch>(request).await
}
