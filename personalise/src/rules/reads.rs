//! Which attributes decide, so that a head fetches only what a decision can depend on.

use super::Rules;
use serde::{Deserialize, Serialize};

/// Groups beyond this share the last bit.
const GROUPS: usize = 64;

/// Which attributes the rules read, through audiences and whatever else a rule depends on. Reckoned at publish.
///
/// A group is the first word of an attribute's name, `cart` of `cart.total`; a set of groups has a bit for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reads {
    /// The places of the attributes that any rule reads, in the schema's order.
    pub(super) attributes: Vec<u16>,
    /// The groups, in the order of their names.
    pub(super) groups: Vec<Box<str>>,
    /// The groups of each offer, with those of every offer that it can lose to.
    pub(super) offers: Vec<u64>,
    /// The groups of each slot, with those of the experiments that fill it.
    pub(super) slots: Vec<u64>,
    /// The groups of each experiment, with those of what it requires.
    pub(super) experiments: Vec<u64>,
    /// The groups of each recommendation.
    pub(super) recommends: Vec<u64>,
}

impl Reads {
    /// The bit of a group by its place.
    pub(super) fn bit(place: usize) -> u64 {
        1 << place.min(GROUPS - 1)
    }
}

impl Rules {
    /// Whether any rule reads an attribute whose name begins so, such as `cart.` or `visitor.orders`: where none
    /// does, nothing need be known of it. The visitor's id, history and consents are no attributes.
    pub fn reads(&self, prefix: &str) -> bool {
        let names =
            self.reads.attributes.iter().map(|place| self.schema.name(crate::attribute::AttributeId(*place)));
        names.filter(|name| !name.is_empty()).any(|name| name.starts_with(prefix))
    }

    /// Whether what is shown in these places depends on an attribute of a group, such as `cart` (or `cart.`). A place
    /// is the name of a slot, of an offer's slot, of an experiment or of a recommendation, or where recommendations
    /// are shown, such as `product`.
    ///
    /// May say yes where the answer is no; never the other way round.
    pub fn reads_at(&self, places: &[&str], group: &str) -> bool {
        let group = group.split('.').next().unwrap_or_default();
        let Some(place) = self.reads.groups.iter().position(|known| known.as_ref() == group) else {
            return false;
        };
        let of = |masks: &[u64], place: usize| masks.get(place).copied().unwrap_or(u64::MAX);
        let named = |name: &str| places.contains(&name);
        let slots = self.slots.iter().enumerate().filter(|(_, slot)| named(&slot.name));
        let offers = self.offers.iter().enumerate().filter(|(_, offer)| named(&offer.slot));
        let experiments = self.experiments.iter().enumerate().filter(|(_, one)| named(&one.name));
        let recommends = self.recommends.iter().enumerate();
        let recommends = recommends.filter(|(_, one)| named(&one.name) || one.at.iter().any(|at| named(at)));
        let all = (slots.map(|(at, _)| of(&self.reads.slots, at)))
            .chain(offers.map(|(at, _)| of(&self.reads.offers, at)))
            .chain(experiments.map(|(at, _)| of(&self.reads.experiments, at)))
            .chain(recommends.map(|(at, _)| of(&self.reads.recommends, at)));
        all.fold(0, |all, mask| all | mask) & Reads::bit(place) != 0
    }
}
