//! Which attributes each rule reads, reckoned once.

use crate::attribute::AttributeId;
use crate::condition::Condition;
use crate::rules::conditions::Asked;
use crate::rules::reads::Reads;
use crate::rules::{Rules, VISITOR};
use std::collections::{BTreeMap, BTreeSet};

/// Looks at every condition of rules that are whole but for this.
pub(in crate::rules) fn reads_of(rules: &Rules) -> Reads {
    let mut reckoning = Reckoning::of(rules);
    for place in &rules.order {
        let audience = rules.audiences.get(usize::from(*place));
        let mask = audience.map_or(0, |audience| reckoning.condition(&audience.when));
        if let Some(kept) = reckoning.audiences.get_mut(usize::from(*place)) {
            *kept = mask;
        }
    }
    let offers: Vec<u64> = rules.offers.iter().map(|offer| reckoning.all(offer.target.asked())).collect();
    let slots: Vec<u64> = rules.slots.iter().map(|slot| reckoning.all(slot.asked())).collect();
    let recommends = rules.recommends.iter().map(|one| reckoning.all(one.asked())).collect();
    let experiments = reckoning.experiments();
    let mut reads =
        Reads { offers: together(rules, &offers), slots, experiments, recommends, ..Reads::default() };
    for (experiment, mask) in rules.experiments.iter().zip(&reads.experiments) {
        let slot = experiment.slot.and_then(|slot| reads.slots.get_mut(usize::from(slot)));
        slot.into_iter().for_each(|slot| *slot |= mask);
    }
    reads.attributes = reckoning.attributes.iter().map(|id| id.0).collect();
    reads.groups = reckoning.groups.iter().map(|group| (*group).into()).collect();
    reads
}

struct Reckoning<'r> {
    rules: &'r Rules,
    groups: Vec<&'r str>,
    attributes: BTreeSet<AttributeId>,
    /// The groups of each audience, with those of the audiences that it asks for.
    audiences: Vec<u64>,
}

impl<'r> Reckoning<'r> {
    fn of(rules: &'r Rules) -> Self {
        let groups: BTreeSet<&str> = rules.schema.iter().map(|(name, _)| group(name)).collect();
        let audiences = vec![0; rules.audiences.len()];
        Self { rules, groups: groups.into_iter().collect(), attributes: BTreeSet::new(), audiences }
    }

    fn attribute(&mut self, id: AttributeId) -> u64 {
        self.attributes.insert(id);
        let place = self.groups.binary_search(&group(self.rules.schema.name(id)));
        place.map_or(u64::MAX, Reads::bit)
    }

    fn condition(&mut self, condition: &Condition) -> u64 {
        let audiences = condition.audiences().map(|(place, _)| self.audience(place));
        let known = audiences.fold(0, |all, mask| all | mask);
        condition.attributes().fold(known, |all, id| all | self.attribute(id))
    }

    fn audience(&self, place: u16) -> u64 {
        self.audiences.get(usize::from(place)).copied().unwrap_or(u64::MAX)
    }

    fn all<'a>(&mut self, asked: impl Iterator<Item = Asked<'a>>) -> u64 {
        let mut one = |asked| match asked {
            Asked::Audience(place) => self.audience(place),
            Asked::Condition(condition) => self.condition(condition),
        };
        asked.fold(0, |all, asked| all | one(asked))
    }

    fn experiments(&mut self) -> Vec<u64> {
        let mut masks = vec![0; self.rules.experiments.len()];
        for place in &self.rules.experiment_order {
            let Some(experiment) = self.rules.experiments.get(usize::from(*place)) else { continue };
            let mut mask = self.all(experiment.target.asked());
            if experiment.split.hash_attribute != VISITOR
                && let Some((id, _)) = self.rules.schema.find(&experiment.split.hash_attribute)
            {
                mask |= self.attribute(id);
            }
            let required =
                experiment.requires.iter().filter_map(|one| masks.get(usize::from(one.experiment)));
            let mask = required.fold(mask, |all, mask| all | mask);
            masks.get_mut(usize::from(*place)).into_iter().for_each(|kept| *kept = mask);
        }
        masks
    }
}

/// The first word of an attribute's name.
fn group(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

/// Offers of one slot decide of each other, and so do slots whose offers exclude each other.
fn together(rules: &Rules, offers: &[u64]) -> Vec<u64> {
    let mut slots: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_offer = Vec::with_capacity(rules.offers.len());
    for offer in &rules.offers {
        let next = slots.len();
        of_offer.push(*slots.entry(&offer.slot).or_insert(next));
    }
    let mut sets = Sets((0..slots.len()).collect());
    for (offer, slot) in rules.offers.iter().zip(&of_offer) {
        for other in offer.excludes.iter().filter_map(|other| of_offer.get(usize::from(*other))) {
            sets.join(*slot, *other);
        }
    }
    let mut masks = vec![0; slots.len()];
    for (mask, slot) in offers.iter().zip(&of_offer) {
        masks.get_mut(sets.root(*slot)).into_iter().for_each(|all| *all |= mask);
    }
    of_offer.into_iter().map(|slot| masks.get(sets.root(slot)).copied().unwrap_or(u64::MAX)).collect()
}

/// Sets that are joined, each told by one of its members.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut member: usize) -> usize {
        while let Some(above) = self.0.get(member).copied().filter(|above| *above != member) {
            // Every look shortens the way for the next.
            let further = self.0.get(above).copied().unwrap_or(above);
            self.0.get_mut(member).into_iter().for_each(|kept| *kept = further);
            member = further;
        }
        member
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0.get_mut(one).into_iter().for_each(|kept| *kept = other);
    }
}
