//! The chat head: one conversation with the shop, spoken in a browser and in Slack.
//!
//! - [`talk`]: the conversation itself, which knows no channel: a text or a pressed button in, a reply out.
//! - [`browser`]: the page `/chat/` and its JSON, `POST /chat/messages`.
//! - [`slack`]: Slack's events, commands and buttons, and replies as Block Kit.
//! - [`once`]: one effect for one message, however often it arrives.
//! - [`head`]: its addresses, and which of the above answers.

pub mod browser;
pub mod head;
pub mod once;
pub mod slack;
pub mod talk;

/// The component's entry.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    kit::serve::<head::Chat>(request).await
}
