//! The TV head: the shop in rows for a remote control, ten feet away.
//!
//! - [`head`]: its addresses, its budget, its way to fail.
//! - [`screen`]: the form of its answers, as `schema/screen.schema.json` has it, and their limits.
//! - [`view`]: the shop turned into screens: home, category, product, search, cart.
//! - [`handover`]: how the phone takes the cart over from the TV.
//! - [`page`]: `/tv/`, a small page that shows the screens in any browser.

pub mod handover;
pub mod head;
pub mod page;
pub mod screen;
pub mod view;

/// Answers a request of the host.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::serve::<head::Tv>(request).await
}
