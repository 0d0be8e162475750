//! What the visitor is given, and what they are asked, on every page.

use super::Chrome;
use crate::links::Links;
use kit::Ask;
use kit::decide::Choices;
use serde::Serialize;

/// The slot of the rules whose winner stands on every page.
const SLOT: &str = "offer";

/// An offer in a line.
#[derive(Serialize)]
pub(crate) struct Ribbon {
    text: String,
    /// What the basket lacks until its delivery is free.
    lacks: Vec<String>,
}

impl Ribbon {
    /// The offer that won, unless nothing of it is meant for this market.
    pub(crate) fn of(ask: &Ask, chrome: &Chrome, choices: &Choices) -> Option<Self> {
        let offer = choices.offer(SLOT)?;
        let lacks =
            chrome.cart.as_ref().filter(|cart| cart.quantity > 0).and_then(|cart| offer.lacks(cart.subtotal));
        let lacks =
            lacks.map(|lacks| ask.locale.say("offer-lacks", &[("amount", ask.locale.money(lacks).into())]));
        Some(Self { text: offer.phrase(&ask.locale)?, lacks: lacks.into_iter().collect() })
    }
}

/// The question what the visitor agrees to.
#[derive(Serialize)]
pub(crate) struct Asking {
    action: String,
    /// The page to come back to.
    back: String,
}

impl Asking {
    /// The question, for a visitor who was not asked yet.
    pub(crate) fn of(ask: &Ask, choices: &Choices) -> Option<Self> {
        let links = Links::of(ask);
        choices.asks_for_consent().then(|| Self { action: links.page("consent"), back: ask.address() })
    }
}
