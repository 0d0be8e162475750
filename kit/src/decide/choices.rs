//! What a head reads of a decision.

use super::facts::CONSENT;
use super::{Facts, Known, Topic};
use crate::reads::Reads;
use crate::visitor::Change;
use commerce::ContentBlock;
use personalise::Moment;
use personalise::rules::Benefit;
use std::rc::Rc;

/// What was decided for a page. Reading a place of it makes the answer one for those who are shown the same there.
pub struct Choices {
    pub(super) facts: Rc<Facts>,
    pub(super) topic: Rc<Topic>,
    pub(super) known: Option<Rc<Known>>,
    pub(super) reads: Rc<Reads>,
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

    /// The offer that won a slot. Whoever asks shows it: it counts as shown.
    pub fn offer(&self, slot: &'static str) -> Option<Given<'_>> {
        self.note(slot);
        let ruled = self.facts.ruled()?;
        let offer = ruled.book.rules.offers.get(usize::from(ruled.winner(slot)?))?;
        // Where nothing asks when it was shown, nothing is written of it. Where something does, the answer is for one
        // visitor, so that no showing is missed.
        if let Some(known) = self.known.as_ref().filter(|_| offer.cooldown.is_some()) {
            self.reads.private();
            known.learn(Change::Shown(offer.name.to_string()));
        }
        Some(Given { name: &offer.name, give: &offer.give, code: offer.code.as_deref() })
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
