//! Warnings: what can never be shown.

use super::claims::{Claim, claims, covers, never_holds};
use super::desk::{Desk, Entry};
use crate::condition::Condition;
use crate::rules::{Offer, Rules, Target};
use std::collections::BTreeSet;

/// How many offers, the highest first, are held against those below; bounds the work.
const LOOK_BACK: usize = 64;

/// Conditions that can never hold, and what an earlier one covers. Takes a file without errors.
pub(super) fn warn_of_dead(
    rules: &Rules,
    audiences: &[usize],
    offers: &[Entry<'_, '_>],
    slots: &[Vec<usize>],
    experiments: &[Entry<'_, '_>],
    desk: &mut Desk<'_>,
) {
    for (audience, at) in rules.audiences.iter().zip(audiences) {
        if never_holds(&audience.when) {
            desk.warn(*at, format!("nobody can ever be of the audience `{}`", audience.name));
        }
    }
    let dead = |when: &Option<Condition>| when.as_ref().is_some_and(never_holds);
    for (offer, entry) in rules.offers.iter().zip(offers) {
        if dead(&offer.target.when) {
            desk.warn(entry.at, format!("the condition of the offer `{}` can never hold", offer.name));
        }
    }
    for (experiment, entry) in rules.experiments.iter().zip(experiments) {
        if dead(&experiment.target.when) {
            desk.warn(
                entry.at,
                format!("the condition of the experiment `{}` can never hold", experiment.name),
            );
        }
    }
    warn_of_beaten_offers(rules, offers, desk);
    for (slot, at) in rules.slots.iter().zip(slots) {
        let claimed: Vec<_> = slot.show.iter().map(|variant| Claimed::of(&variant.target, rules)).collect();
        for (place, (variant, at)) in slot.show.iter().zip(at).enumerate() {
            let Some(own) = claimed.get(place) else { continue };
            let earlier = slot.show.iter().zip(&claimed).take(place);
            if dead(&variant.target.when) {
                desk.warn(*at, format!("the condition of `{}` can never hold", variant.content));
            } else if let Some((first, _)) = earlier.clone().find(|(_, first)| first.covers(own)) {
                desk.warn(
                    *at,
                    format!(
                        "`{}` is never shown: whoever would see it sees `{}` before",
                        variant.content, first.content
                    ),
                );
            }
        }
        if slot.show.last().is_some_and(|last| last.target != Target::default()) {
            let last = at.last().copied().unwrap_or(0);
            desk.warn(
                last,
                format!("`{}` is empty for some visitors; end it with one that has no condition", slot.name),
            );
        }
    }
}

fn warn_of_beaten_offers(rules: &Rules, entries: &[Entry<'_, '_>], desk: &mut Desk<'_>) {
    // Only an offer that nothing but its target holds back beats another for good.
    let free = |offer: &&Offer| {
        let unlimited = offer.once_per.is_none() && offer.cooldown.is_none() && offer.schedule.is_none();
        unlimited
            && offer.channels.is_empty()
            && offer.needs.is_none()
            && offer.on.is_none()
            && offer.excludes.is_empty()
    };
    // One that another excludes can lose.
    let excluded: BTreeSet<u16> =
        rules.offers.iter().flat_map(|offer| offer.excludes.iter().copied()).collect();
    let mut before: Vec<(&Offer, Claimed<'_>)> = Vec::new();
    for place in &rules.ranking {
        let (Some(offer), Some(entry)) =
            (rules.offers.get(usize::from(*place)), entries.get(usize::from(*place)))
        else {
            continue;
        };
        let own = Claimed::of(&offer.target, rules);
        let mut same_slot = before.iter().filter(|(first, _)| first.slot == offer.slot);
        if let Some((first, _)) = same_slot.find(|(_, first)| first.covers(&own)) {
            let message = format!("the offer `{}` never wins: `{}` wins before it", offer.name, first.name);
            desk.warn(entry.at, message);
        }
        if free(&offer) && !excluded.contains(place) && before.len() < LOOK_BACK {
            before.push((offer, own));
        }
    }
}

/// What is claimed by a target: surely, and at most.
pub(super) struct Claimed<'r> {
    /// All of it follows when the visitor is meant.
    given: Vec<Claim<'r>>,
    /// The visitor is meant when all of it holds.
    wanted: Vec<Claim<'r>>,
    audience: Option<u16>,
    /// The audience asks for nothing but its condition.
    open: bool,
}

impl<'r> Claimed<'r> {
    pub(super) fn of(target: &'r Target, rules: &'r Rules) -> Self {
        let audience = target.audience.and_then(|place| rules.audiences.get(usize::from(place)));
        let wanted = target.when.as_ref().map(claims).unwrap_or_default();
        let mut given = wanted.clone();
        given.extend(audience.map(|audience| claims(&audience.when)).unwrap_or_default());
        let open = audience.is_none_or(|audience| audience.needs.is_none());
        Self { given, wanted, audience: target.audience, open }
    }

    pub(super) fn covers(&self, later: &Self) -> bool {
        if self.audience.is_none() || self.audience == later.audience {
            return covers(&self.wanted, &later.given);
        }
        self.open && covers(&self.given, &later.given)
    }
}
