//! Every condition of the rules, for those who look at them all.

use super::{Rules, Target};
use crate::condition::Condition;

/// What a rule asks: an audience by its place, or a condition.
#[derive(Clone, Copy)]
pub(super) enum Asked<'r> {
    Audience(u16),
    Condition(&'r Condition),
}

impl Target {
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        let audience = self.audience.map(Asked::Audience);
        audience.into_iter().chain(self.when.as_ref().map(Asked::Condition))
    }
}

impl super::Slot {
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        self.show.iter().flat_map(|variant| variant.target.asked())
    }
}

impl super::Recommend {
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        let pins = self.pins.iter().filter_map(|pin| pin.when.as_ref());
        self.target.asked().chain(pins.chain(&self.filter).map(Asked::Condition))
    }
}

impl Rules {
    /// What every rule asks beside the audiences' own conditions.
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        let offers = self.offers.iter().flat_map(|offer| offer.target.asked());
        let slots = self.slots.iter().flat_map(super::Slot::asked);
        let experiments = self.experiments.iter().flat_map(|experiment| experiment.target.asked());
        let recommends = self.recommends.iter().flat_map(super::Recommend::asked);
        offers.chain(slots).chain(experiments).chain(recommends)
    }
}
