//! The conversation in a browser: a page that works without JavaScript, and the JSON that its script uses.
//!
//! The conversation is kept by the browser, sealed; the cart is that of the browser's own session, so what
//! is added here lies in the web head's cart.

mod exchange;
pub mod handover;
pub mod messages;
pub mod page;
mod view;

use kit::Answer;
use kit::answer::Keep;
use std::sync::LazyLock;

const STYLE: &[u8] = include_bytes!("../../assets/chat.css");
const SCRIPT: &[u8] = include_bytes!("../../assets/talk.js");

/// Changes with style and script, so that a browser never joins an old one to a new page.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let digest = crate::once::digest(&[STYLE, SCRIPT].concat());
    digest.chars().take(12).collect()
});

/// The page's style sheet.
pub fn style() -> Answer {
    Answer::asset("text/css; charset=utf-8", STYLE, Keep::Hour)
}

/// The page's script.
pub fn script() -> Answer {
    Answer::asset("text/javascript; charset=utf-8", SCRIPT, Keep::Hour)
}

/// Finch, who answers.
pub fn finch() -> Answer {
    Answer::asset("image/svg+xml", include_bytes!("../../assets/finch.svg"), Keep::Hour)
}
