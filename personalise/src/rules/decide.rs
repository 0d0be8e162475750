//! The decision: which audiences, offers, content and arms, and why.

use super::{Participation, Reason, Rules, Visit};
use crate::condition::Truth;
use serde::{Deserialize, Serialize};

/// What was decided. Kept and given again to [`Rules::decide`] it allocates nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Each audience, by its place.
    pub audiences: Vec<Truth>,
    /// What became of each offer, by its place.
    pub offers: Vec<Reason>,
    /// The variant that fills each slot, by the places of both; `None` where none is meant for the visitor.
    pub slots: Vec<Option<u16>>,
    /// The arm of each experiment that the visitor sees, by the places of both; `None` for who takes no part. An arm
    /// may put other content into a slot: [`Rules::content`] says what is shown.
    pub arms: Vec<Option<u16>>,
    /// Why the visitor takes part in each experiment, or does not, by its place.
    pub experiments: Vec<Participation>,
    winners: Vec<u16>,
}

impl Decision {
    /// The places of the offers that won, the highest priority first: at most one for each slot.
    pub fn winners(&self) -> &[u16] {
        &self.winners
    }
}

impl Rules {
    /// Decides for a visit. The same rules and visit come to the same decision, wherever and whenever it is made.
    pub fn decide(&self, visit: &Visit<'_>, decision: &mut Decision) {
        self.decide_audiences(visit, &mut decision.audiences);
        self.decide_offers(visit, decision);
        decision.slots.clear();
        for slot in &self.slots {
            let audiences = &decision.audiences;
            let shown =
                slot.show.iter().position(|variant| variant.target.refuses(visit, audiences).is_none());
            decision.slots.push(shown.and_then(|place| u16::try_from(place).ok()));
        }
        self.decide_experiments(visit, decision);
    }

    fn decide_audiences(&self, visit: &Visit<'_>, truths: &mut Vec<Truth>) {
        truths.clear();
        truths.resize(self.audiences.len(), Truth::Unknown);
        for place in &self.order {
            let Some(audience) = self.audiences.get(usize::from(*place)) else { continue };
            if !visit.consents_to(audience.needs.as_deref()) {
                continue;
            }
            let truth = audience.when.evaluate(visit.scene(truths));
            if let Some(known) = truths.get_mut(usize::from(*place)) {
                *known = truth;
            }
        }
    }

    fn decide_offers(&self, visit: &Visit<'_>, decision: &mut Decision) {
        decision.winners.clear();
        decision.offers.clear();
        decision.offers.resize(self.offers.len(), Reason::Won);
        for place in &self.ranking {
            let Some(offer) = self.offers.get(usize::from(*place)) else { continue };
            let reason = offer.refuses(visit, &decision.audiences).unwrap_or_else(|| {
                let mut winners = decision.winners.iter().copied();
                winners.find_map(|by| self.beats(by, *place)).unwrap_or(Reason::Won)
            });
            if reason == Reason::Won {
                decision.winners.push(*place);
            }
            if let Some(kept) = decision.offers.get_mut(usize::from(*place)) {
                *kept = reason;
            }
        }
    }

    fn beats(&self, by: u16, place: u16) -> Option<Reason> {
        let (winner, offer) = (self.offers.get(usize::from(by))?, self.offers.get(usize::from(place))?);
        if winner.slot == offer.slot {
            Some(Reason::Outranked { by })
        } else if winner.excludes.contains(&place) || offer.excludes.contains(&by) {
            Some(Reason::Excluded { by })
        } else {
            None
        }
    }
}
