//! `[[check]]`: the merchandiser's own tests, run when the rules are published.

use super::desk::{Cell, Desk, cut, entries, start};
use super::offers::{CHANNELS, EVENTS};
use super::targets::PURPOSES;
use crate::attribute::{Raw, Value, Values};
use crate::condition::Truth;
use crate::nearest::hint;
use crate::rules::{Decision, Rules, Visit};
use jiff::Timestamp;
use toml::de::{DeTable, DeValue};

/// Runs every check; what does not come out as expected is an error. Returns how many ran.
pub(super) fn run_checks<'t>(cell: &Cell<'t>, rules: &Rules, now: Timestamp, desk: &mut Desk<'t>) -> usize {
    let checks = desk.list(cell, "check").unwrap_or_default();
    let mut decision = Decision::default();
    let mut ran = 0;
    for check in checks {
        if desk.is_full() {
            break;
        }
        let keys = ["name", "given", "expect", "channel", "event", "at", "consents"];
        let Some(table) = desk.table(check, "[[check]]", &keys) else { continue };
        let values = given(table, rules, desk);
        let channel = table.get("channel").and_then(|cell| desk.one_of(cell, "channel", &CHANNELS));
        let event = table.get("event").and_then(|cell| desk.one_of(cell, "event", &EVENTS));
        let consents = table.get("consents").map_or(PURPOSES.to_vec(), |cell| {
            let items = desk.list(cell, "consents").unwrap_or_default();
            items.into_iter().filter_map(|item| desk.one_of(item, "a purpose", &PURPOSES)).collect()
        });
        let visit = Visit {
            values: &values,
            now: table.get("at").and_then(|cell| moment(cell, desk)).unwrap_or(now),
            channel: channel.unwrap_or("web"),
            event,
            consents: &consents,
            history: &[],
        };
        rules.decide(&visit, &mut decision);
        match table.get("expect") {
            Some(cell) => Outcome { rules, decision: &decision, values: &values }.compare(cell, desk),
            None => {
                desk.error(start(check), "a check needs `expect`, such as expect = { offer = \"welcome\" }")
            }
        }
        ran += 1;
    }
    ran
}

fn given<'t>(table: &DeTable<'t>, rules: &Rules, desk: &mut Desk<'t>) -> Values {
    let mut values = Values::new(&rules.schema);
    let table = table.get("given").and_then(|cell| desk.any_table(cell, "given"));
    for entry in table.map(entries).unwrap_or_default() {
        if rules.schema.find(entry.name).is_none() {
            let hint = hint(entry.name, rules.schema.iter().map(|(name, _)| name));
            desk.error(entry.at, format!("`{}` is not declared under [attributes]{hint}", cut(entry.name)));
        } else if let Err(error) = values.read(&rules.schema, entry.name, &raw(entry.cell.get_ref())) {
            desk.error(start(entry.cell), error.to_string());
        }
    }
    values
}

/// What is no value of an attribute comes to a list in a list, which no type takes.
fn raw(value: &DeValue<'_>) -> Raw {
    match value {
        DeValue::Boolean(bool) => Raw::Bool(*bool),
        DeValue::String(text) => Raw::Text(text.clone().into_owned()),
        DeValue::Datetime(datetime) => Raw::Text(datetime.to_string()),
        DeValue::Float(number) => Raw::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Integer(int) => {
            let read = i64::from_str_radix(int.as_str(), int.radix());
            read.map_or(Raw::Number(f64::INFINITY), Raw::Int)
        }
        DeValue::Array(items) => Raw::List(items.iter().map(|item| raw(item.get_ref())).collect()),
        DeValue::Table(_) => Raw::List(vec![Raw::List(Vec::new())]),
    }
}

fn moment<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Option<Timestamp> {
    let read = match cell.get_ref() {
        DeValue::Datetime(datetime) => datetime.to_string().parse().ok(),
        _ => None,
    };
    if read.is_none() {
        desk.error(start(cell), "`at` must be an exact time, such as 2026-11-27T09:00:00Z");
    }
    read
}

struct Outcome<'a> {
    rules: &'a Rules,
    decision: &'a Decision,
    values: &'a Values,
}

impl Outcome<'_> {
    fn compare<'t>(&self, cell: &Cell<'t>, desk: &mut Desk<'t>) {
        let keys = ["offer", "free_shipping", "audiences", "slot"];
        let Some(table) = desk.table(cell, "expect", &keys) else { return };
        for entry in entries(table) {
            match entry.name {
                "offer" => self.offer(entry.cell, desk),
                "free_shipping" => self.free_shipping(entry.cell, desk),
                "audiences" => self.audiences(entry.cell, desk),
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
        let total = match self.rules.schema.find("cart.total").and_then(|(id, _)| self.values.get(id)) {
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
            let Some(place) = self.rules.slots.iter().position(|slot| slot.name.as_ref() == entry.name)
            else {
                let hint = hint(entry.name, self.rules.slots.iter().map(|slot| slot.name.as_ref()));
                desk.error(entry.at, format!("there is no slot {:?}{hint}", cut(entry.name)));
                continue;
            };
            let Some(expected) = desk.string(entry.cell, "the content of a slot") else { continue };
            let shown = self.decision.slots.get(place).copied().flatten();
            let variant = shown.and_then(|at| self.rules.slots.get(place)?.show.get(usize::from(at)));
            let got = variant.map_or("nothing", |variant| variant.content.as_ref());
            if got != expected {
                desk.error(
                    start(entry.cell),
                    format!("{:?} was expected, and {got:?} is shown", cut(expected)),
                );
            }
        }
    }
}
