//! `expect`: what a check holds against the decision.

use super::checks::experiment_of;
use super::desk::{Cell, Desk, cut, entries, start};
use super::recommends::PLACES;
use crate::attribute::Value;
use crate::condition::Truth;
use crate::nearest::hint;
use crate::rules::{Decision, Rules, Visit};

/// What a check came to.
pub(super) struct Outcome<'a> {
    pub(super) rules: &'a Rules,
    pub(super) decision: &'a Decision,
    pub(super) visit: &'a Visit<'a>,
}

impl Outcome<'_> {
    pub(super) fn compare<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let keys = ["offer", "free_shipping", "audiences", "slot", "arm", "recommend"];
        let Some(table) = desk.table(cell, "expect", &keys) else { return };
        for entry in entries(table) {
            match entry.name {
                "offer" => self.offer(entry.cell, desk),
                "free_shipping" => self.free_shipping(entry.cell, desk),
                "audiences" => self.audiences(entry.cell, desk),
                "arm" => self.arms(entry.cell, desk),
                "recommend" => self.recommends(entry.cell, desk),
                _ => self.slots(entry.cell, desk),
            }
        }
    }

    fn won(&self) -> Vec<&crate::rules::Offer> {
        self.decision
            .winners()
            .iter()
            .filter_map(|place| self.rules.offers.get(usize::from(*place)))
            .collect()
    }

    /// `false` expects none.
    fn offer<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let won: Vec<&str> = self.won().iter().map(|offer| offer.name.as_ref()).collect();
        let got = if won.is_empty() { "no offer won".to_owned() } else { format!("{} won", won.join(", ")) };
        if cell.get_ref().as_bool() == Some(false) {
            if !won.is_empty() {
                desk.error(start(cell), format!("no offer was expected, and {got}"));
            }
            return;
        }
        let Some(name) = desk.string(cell, "offer") else { return };
        let Some(place) = self.rules.offers.iter().position(|offer| offer.name.as_ref() == name) else {
            let hint = hint(name, self.rules.offers.iter().map(|offer| offer.name.as_ref()));
            return desk.error(start(cell), format!("there is no offer {:?}{hint}", cut(name)));
        };
        if !won.contains(&name) {
            let why =
                self.decision.offers.get(place).map(|reason| self.rules.because(*reason)).unwrap_or_default();
            desk.error(start(cell), format!("`{name}` was expected, and {got}; why `{name}` lost: {why}"));
        }
    }

    fn free_shipping<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let total = match self.rules.schema.find("cart.total").and_then(|(id, _)| self.visit.values.get(id)) {
            Some(Value::Money(total)) => Some(*total),
            _ => None,
        };
        let got = self.won().iter().flat_map(|offer| &offer.give).any(|benefit| benefit.ships_free(total));
        match cell.get_ref().as_bool() {
            Some(expected) if expected == got => {}
            Some(expected) => {
                desk.error(start(cell), format!("free_shipping = {expected} was expected, and it is {got}"));
            }
            None => desk.error(start(cell), "free_shipping must be true or false"),
        }
    }

    /// Each that is named must hold; others may.
    fn audiences<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        for item in desk.list(cell, "audiences").unwrap_or_default() {
            let Some(name) = desk.string(item, "an audience") else { continue };
            let place = self.rules.audiences.iter().position(|audience| audience.name.as_ref() == name);
            let truth = place.and_then(|place| self.decision.audiences.get(place));
            match truth {
                Some(Truth::True) => {}
                Some(truth) => {
                    desk.error(start(item), format!("`{name}` was expected to hold, and it is {truth:?}"))
                }
                None => {
                    let hint = hint(name, self.rules.audiences.iter().map(|audience| audience.name.as_ref()));
                    desk.error(start(item), format!("there is no audience {:?}{hint}", cut(name)));
                }
            }
        }
    }

    fn slots<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let table = desk.any_table(cell, "slot");
        for entry in table.map(entries).unwrap_or_default() {
            let mut known = self.rules.slots.iter().map(|slot| slot.name.as_ref());
            if !known.clone().any(|name| name == entry.name) {
                desk.unknown(&entry, "a slot", known.by_ref());
                continue;
            }
            let Some(expected) = desk.string(entry.cell, "the content of a slot") else { continue };
            let got = self.rules.content(self.decision, entry.name).unwrap_or("nothing");
            if got != expected {
                desk.error(
                    start(entry.cell),
                    format!("{:?} was expected, and {got:?} is shown", cut(expected)),
                );
            }
        }
    }

    /// `false` expects that the visitor takes no part.
    fn arms<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let table = desk.any_table(cell, "arm");
        for entry in table.map(entries).unwrap_or_default() {
            let Some(experiment) = experiment_of(&entry, self.rules, desk) else { continue };
            let place = self.rules.experiments.iter().position(|one| one.name == experiment.name);
            let seen = place.and_then(|place| self.decision.arms.get(place).copied().flatten());
            let seen = seen.and_then(|arm| experiment.arms.get(usize::from(arm)));
            let seen = seen.map(|arm| arm.name.as_ref());
            let expected = match entry.cell.get_ref().as_bool() {
                Some(false) => None,
                _ => match desk.named(
                    entry.cell,
                    "an arm",
                    experiment.arms.iter().map(|arm| arm.name.as_ref()),
                ) {
                    Some(name) => Some(name),
                    None => continue,
                },
            };
            if seen != expected {
                let why = place.and_then(|place| self.decision.experiments.get(place));
                let why = why.map(|why| self.rules.because_of(*why)).unwrap_or_default();
                let word = |arm: Option<&str>| arm.map_or("no arm".to_owned(), |arm| format!("`{arm}`"));
                let (expected, seen) = (word(expected), word(seen));
                desk.error(start(entry.cell), format!("{expected} was expected, and it is {seen}: {why}"));
            }
        }
    }

    /// Which recommendation is shown at a place; `false` expects none.
    fn recommends<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let table = desk.any_table(cell, "recommend");
        for entry in table.map(entries).unwrap_or_default() {
            if !PLACES.contains(&entry.name) {
                desk.unknown(&entry, "a place", PLACES.into_iter());
                continue;
            }
            let shown = self.rules.recommend_at(entry.name, self.visit, self.decision);
            let shown = shown.map(|recommend| recommend.name.as_ref());
            let known = self.rules.recommends.iter().map(|recommend| recommend.name.as_ref());
            let expected = match entry.cell.get_ref().as_bool() {
                Some(false) => None,
                _ => match desk.named(entry.cell, "a recommendation", known) {
                    Some(name) => Some(name),
                    None => continue,
                },
            };
            if shown != expected {
                let word = |name: Option<&str>| name.map_or("none".to_owned(), |name| format!("`{name}`"));
                let message = format!("{} was expected, and {} is shown", word(expected), word(shown));
                desk.error(start(entry.cell), message);
            }
        }
    }
}
