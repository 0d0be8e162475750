//! `[[check]]`: the merchandiser's own tests, run when the rules are published.

use super::desk::{Cell, Desk, Entry, cut, entries, start};
use super::expected::Outcome;
use super::offers::{CHANNELS, EVENTS};
use super::targets::PURPOSES;
use crate::attribute::{Raw, Values};
use crate::nearest::hint;
use crate::rules::{Decision, Experiment, Rules, Visit};
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
        let keys = ["name", "given", "expect", "channel", "event", "at", "consents", "visitor_id", "forced"];
        let Some(table) = desk.table(check, "[[check]]", &keys) else { continue };
        let values = given(table, rules, desk);
        let channel = table.get("channel").and_then(|cell| desk.one_of(cell, "channel", &CHANNELS));
        let event = table.get("event").and_then(|cell| desk.one_of(cell, "event", &EVENTS));
        let consents = table.get("consents").map_or(PURPOSES.to_vec(), |cell| {
            let items = desk.list(cell, "consents").unwrap_or_default();
            items.into_iter().filter_map(|item| desk.one_of(item, "a purpose", &PURPOSES)).collect()
        });
        let id = table.get("visitor_id").and_then(|cell| desk.string(cell, "visitor_id"));
        let forced = forced(table, rules, desk);
        let visit = Visit {
            values: &values,
            now: table.get("at").and_then(|cell| moment(cell, desk)).unwrap_or(now),
            channel: channel.unwrap_or("web"),
            event,
            consents: &consents,
            history: &[],
            id,
            assigned: &[],
            forced: &forced,
        };
        rules.decide(&visit, &mut decision);
        match table.get("expect") {
            Some(cell) => Outcome { rules, decision: &decision, visit: &visit }.compare(cell, desk),
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

/// Experiments and the arms that the check asks for.
fn forced<'c, 't>(table: &'c DeTable<'t>, rules: &Rules, desk: &mut Desk<'t>) -> Vec<(&'c str, &'c str)> {
    let table = table.get("forced").and_then(|cell| desk.any_table(cell, "forced"));
    let mut pairs = Vec::new();
    for entry in table.map(entries).unwrap_or_default() {
        let Some(experiment) = experiment_of(&entry, rules, desk) else { continue };
        let arms = experiment.arms.iter().map(|arm| arm.name.as_ref());
        pairs.extend(desk.named(entry.cell, "an arm", arms).map(|arm| (entry.name, arm)));
    }
    pairs
}

/// The experiment that a key of a check names.
pub(super) fn experiment_of<'r, 't>(
    entry: &Entry<'_, 't>,
    rules: &'r Rules,
    desk: &mut Desk<'t>,
) -> Option<&'r Experiment> {
    let found = rules.experiments.iter().find(|experiment| experiment.name.as_ref() == entry.name);
    if found.is_none() {
        let known = rules.experiments.iter().map(|experiment| experiment.name.as_ref());
        desk.unknown(entry, "an experiment", known);
    }
    found
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
