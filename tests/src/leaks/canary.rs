//! What a visitor has, and what an answer must not hold.

use crate::answer::Answer;
use crate::shop::{SESSION_KEY, cookie_of};
use kit::seal::Seal;
use regex::Regex;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// How every canary begins; nothing else that a shop or a head says holds it.
pub const BEGIN: &str = "canary";

static CANARY: LazyLock<Regex> = LazyLock::new(|| Regex::new("canary[0-9a-f]*").expect("an expression"));

/// Something sealed: base64 for addresses, at least a nonce, a tag and a few words.
static SEALED: LazyLock<Regex> = LazyLock::new(|| Regex::new("[A-Za-z0-9_-]{60,}").expect("an expression"));

static SEAL: LazyLock<Seal> = LazyLock::new(|| Seal::new(SESSION_KEY));

/// What heads seal for.
const PURPOSES: [&str; 4] = ["session", "handover", "chat-basket", "chat"];

/// A visitor, whose cart, order and account exist in a [`super::MarkedShop`].
#[derive(Debug, Clone)]
pub struct Visitor {
    /// In every text that is theirs: the id of their cart and order, names of lines, what they type.
    pub canary: String,
    /// `name=value`; `None` for a stranger, who keeps nothing for us.
    pub cookie: Option<String>,
}

impl Visitor {
    /// Somebody with a cart and an order, who signed in.
    pub fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let canary = mint(COUNT.fetch_add(1, Ordering::Relaxed));
        let cookie = cookie_of(Some(&canary), Some(&canary), Some(&canary));
        Self { canary, cookie: Some(cookie) }
    }

    /// Somebody without anything; what they type is marked nevertheless.
    pub fn stranger() -> Self {
        Self { cookie: None, ..Self::new() }
    }
}

impl Default for Visitor {
    fn default() -> Self {
        Self::new()
    }
}

/// A canary that no other number gives, and that is no beginning of another.
pub fn mint(number: u64) -> String {
    // An odd factor keeps numbers apart, and makes neighbours look nothing like each other.
    format!("{BEGIN}{:016x}", number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Whether a text is a canary and nothing else.
pub fn is_canary(text: &str) -> bool {
    text.len() == BEGIN.len() + 16
        && CANARY.find(text).is_some_and(|found| found.start() == 0 && found.end() == text.len())
}

/// What is wrong with an answer to `visitor`; `new` are carts that this very request made.
pub fn inspect(answer: &Answer, visitor: &Visitor, new: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut own = false;
    let mut look = |place: &str, text: &str, wrong: &mut Vec<String>| {
        for found in CANARY.find_iter(text) {
            // A text may be cut short: then the rest must be the beginning of a canary of theirs.
            let found = found.as_str();
            let theirs = visitor.canary.starts_with(found) || new.iter().any(|new| new.starts_with(found));
            own |= theirs;
            if !theirs {
                wrong.push(format!("{place} holds {found}, which is somebody else's"));
            }
        }
    };
    look("the body", &answer.body, &mut wrong);
    for (name, value) in &answer.headers {
        look(name, value, &mut wrong);
    }
    for text in answer.headers.values().chain([&answer.body]) {
        for sealed in SEALED.find_iter(text) {
            for plain in PURPOSES.iter().filter_map(|purpose| SEAL.open(purpose, sealed.as_str())) {
                look("something sealed", &String::from_utf8_lossy(&plain), &mut wrong);
            }
        }
    }
    let keep = answer.header("cache-control");
    if own && !keep.contains("no-store") {
        wrong.push(format!("holds what is theirs and may be kept: `{keep}`"));
    }
    let sets = ["set-cookie", "headwater-session"].iter().any(|name| answer.headers.contains_key(*name));
    if sets && (keep.contains("public") || !keep.contains("no-store")) {
        wrong.push(format!("gives a session and may be kept: `{keep}`"));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::handover;

    fn answer(body: &str, keep: &str) -> Answer {
        let mut answer = Answer { body: body.to_owned(), ..Answer::default() };
        answer.push("cache-control", keep);
        answer
    }

    #[test]
    fn a_leak_is_found_wherever_it_hides() {
        let (ada, bob) = (Visitor::new(), Visitor::new());
        let says = |body: &str, keep: &str| inspect(&answer(body, keep), &bob, &[]).len();
        assert_eq!(says("<p>nothing</p>", "public, max-age=60"), 0);
        assert_eq!(says(&format!("<p>{}</p>", bob.canary), "private, no-store"), 0);
        assert_eq!(says(&format!("<p>{}…</p>", &bob.canary[..12]), "private, no-store"), 0);
        assert_eq!(says(&format!("<p>{}</p>", bob.canary), "public, max-age=60"), 1, "theirs, but kept");
        assert_eq!(says(&format!("<p>{}</p>", ada.canary), "private, no-store"), 1);
        assert_eq!(says(&format!("/tv/continue/{}?x", handover(&ada.canary)), "no-store"), 1, "sealed");
        let mut kept = answer("", "public, max-age=60");
        kept.push("set-cookie", "hw_session=x");
        assert_eq!(inspect(&kept, &bob, &[]).len(), 1);
        let mut made = answer("", "private, no-store");
        made.push("Set-Cookie", ada.cookie.as_deref().unwrap_or_default());
        assert_eq!(
            inspect(&made, &bob, &[]).len(),
            4,
            "the cart, the order and the sign-in of somebody else"
        );
        assert_eq!(inspect(&made, &bob, std::slice::from_ref(&ada.canary)).len(), 0, "just made");
    }
}
