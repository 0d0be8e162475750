//! What a head reads of a decision.

use super::facts::CONSENT;
use super::settle::SLOT;
use super::{Facts, Known, Topic};
use crate::reads::Reads;
use crate::visitor::Change;
use commerce::ContentBlock;
use personalise::Moment;
use personalise::rules::{Benefit, Offer};
use std::rc::Rc;

/// What was decided for a page. Reading a place of it makes the answer one for those who are shown the same there.
pub struct Choices {
    pub(super) facts: Rc<Facts>,
    pub(super) topic: Rc<Topic>,
    pub(super) known: Option<Rc<Known>>,
    pub(super) reads: Rc<Reads>,
    pub(super) charged: Charged,
}

/// What is charged in the visitor's cart: an offer beside it would promise what nobody gives.
#[derive(Debug, Default)]
pub(super) struct Charged {
    /// The codes in the cart.
    pub(super) codes: Vec<String>,
    /// Whether the visitor took the offer out of this cart.
    pub(super) declined: bool,
}

impl Charged {
    /// Whether the cart charges a code, or will once it holds something.
    fn allows(&self, code: &str) -> bool {
        let is_in = |known: &String| known.eq_ignore_ascii_case(code);
        if self.codes.is_empty() { !self.declined } else { self.codes.iter().any(is_in) }
    }
}

/// An offer for the visitor. Its backend charges what it gives once its code is in the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    /// Its name in the rules.
    pub name: &'a str,
    /// What it gives.
    pub give: &'a [Benefit],
    /// The backend's code for it.
    pub code: Option<&'a str>,
}

impl Choices {
    /// The content that rules choose for a slot, by its id; `None` where they choose nothing.
    pub fn content(&self, slot: &'static str) -> Option<&str> {
        self.note(slot);
        let ruled = self.facts.ruled()?;
        ruled.book.rules.content(&ruled.decision, slot)
    }

    /// The block that fills a slot: the rules' choice, where it is there and due; else as the schedule has it.
    pub fn block<'b>(
        &self,
        blocks: &'b [ContentBlock],
        slot: &'static str,
        moment: &'b Moment,
    ) -> Option<&'b ContentBlock> {
        let chosen = self.content(slot);
        let named = |block: &&ContentBlock| chosen == Some(block.id.as_str());
        personalise::eligible(blocks, slot, moment)
            .find(named)
            .or_else(|| personalise::choose(blocks, slot, moment))
    }

    /// The offer that won a slot. Whoever asks shows it: it counts as shown. Where the visitor's cart has other codes,
    /// or they took this one out, there is no offer: it would not be charged.
    pub fn offer(&self, slot: &'static str) -> Option<Given<'_>> {
        self.note(slot);
        let offer = self.won(slot)?;
        if slot == SLOT && offer.code.as_deref().is_some_and(|code| !self.charged.allows(code)) {
            return None;
        }
        // Where nothing asks when it was shown, nothing is written of it. Where something does, the answer is for one
        // visitor, so that no showing is missed.
        if let Some(known) = self.known.as_ref().filter(|_| offer.cooldown.is_some()) {
            self.reads.private();
            known.learn(Change::Shown(offer.name.to_string()));
        }
        Some(Given { name: &offer.name, give: &offer.give, code: offer.code.as_deref() })
    }

    /// The offer that won a slot, whatever is in the cart; nobody is shown it.
    pub(super) fn won(&self, slot: &str) -> Option<&Offer> {
        let ruled = self.facts.ruled()?;
        ruled.book.rules.offers.get(usize::from(ruled.winner(slot)?))
    }

    /// Whether the visitor is to be asked what they agree to.
    pub fn asks_for_consent(&self) -> bool {
        self.note(CONSENT);
        self.facts.asks
    }

    pub(super) fn note(&self, place: &'static str) {
        self.reads.decided(place, &self.topic, self.facts.is_own);
    }
}
