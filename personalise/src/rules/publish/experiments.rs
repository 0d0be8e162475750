//! `[experiment.*]`.

use super::arms::{read_arms, read_shown};
use super::desk::{Desk, Entry, cut, start};
use super::requires::read_requirements;
use super::schedules::read_schedule;
use super::shares::{read_coverage, read_namespace};
use super::targets::{PURPOSES, read_target};
use crate::attribute::{Kind, Type};
use crate::condition::Names;
use crate::experiment::{self, HashVersion, Status, bucket_ranges};
use crate::rules::{Experiment, VISITOR};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use toml::de::DeTable;

/// What experiments are read beside.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    pub(super) names: Names<'a>,
    pub(super) zone: &'a TimeZone,
    /// The slots with their places.
    pub(super) slots: &'a BTreeMap<&'a str, u16>,
}

const KEYS: [&str; 20] = [
    "slot",
    "variants",
    "show",
    "hash",
    "seed",
    "hash_version",
    "coverage",
    "namespace",
    "audience",
    "when",
    "needs",
    "from",
    "until",
    "days",
    "hours",
    "timezone",
    "sticky",
    "requires",
    "force",
    "status",
];

/// The experiments of a file, and each one's place once, behind those that it requires.
pub(super) fn read_experiments<'t>(
    found: &[Entry<'_, 't>],
    beside: Beside<'_>,
    desk: &mut Desk<'t>,
) -> (Vec<Experiment>, Vec<u16>) {
    let mut experiments = Vec::new();
    for entry in found {
        if desk.is_full() {
            break;
        }
        desk.is_name(entry, "an experiment");
        let what = format!("[experiment.{}]", cut(entry.name));
        let table = desk.table(entry.cell, &what, &KEYS);
        experiments.push(match table {
            Some(table) => experiment(entry, table, beside, desk),
            None => blank(entry.name),
        });
    }
    // Every arm is known before one is required, so that the file's order does not matter.
    let order = read_requirements(found, &mut experiments, desk);
    (experiments, order)
}

fn blank(name: &str) -> Experiment {
    let split = experiment::Experiment {
        hash_attribute: VISITOR.to_owned(),
        sticky: false,
        ..experiment::Experiment::new(name, 0)
    };
    Experiment {
        name: name.into(),
        target: Default::default(),
        needs: None,
        schedule: None,
        slot: None,
        arms: Vec::new(),
        requires: Vec::new(),
        split,
    }
}

fn experiment<'t>(
    entry: &Entry<'_, 't>,
    table: &DeTable<'t>,
    beside: Beside<'_>,
    desk: &mut Desk<'t>,
) -> Experiment {
    let (mut arms, weights) = read_arms(entry, table, desk);
    let slot = table.get("slot").and_then(|cell| {
        let name = desk.named(cell, "a slot", beside.slots.keys().copied())?;
        beside.slots.get(name).copied()
    });
    read_shown(entry, table, &mut arms, desk);
    let force = table.get("force").and_then(|cell| {
        let name = desk.named(cell, "an arm", arms.iter().map(|arm| arm.name.as_ref()))?;
        arms.iter().position(|arm| arm.name.as_ref() == name)
    });
    let blank = blank(entry.name);
    let split = experiment::Experiment {
        seed: table.get("seed").and_then(|cell| desk.string(cell, "seed")).map(str::to_owned),
        hash_version: hash_version(table, desk),
        hash_attribute: hash(table, beside.names, desk),
        variations: arms.len(),
        ranges: bucket_ranges(arms.len(), read_coverage(table, desk), Some(&weights)),
        namespace: read_namespace(table, desk),
        status: status(table, desk),
        force: force.and_then(|place| i64::try_from(place).ok()),
        sticky: table.get("sticky").and_then(|cell| desk.bool(cell, "sticky")).unwrap_or(false),
        ..blank.split
    };
    Experiment {
        target: read_target(table, beside.names, desk),
        needs: table.get("needs").and_then(|cell| desk.one_of(cell, "needs", &PURPOSES)).map(Into::into),
        schedule: read_schedule(table, beside.zone, desk),
        slot,
        arms,
        split,
        ..blank
    }
}

fn hash_version<'t>(table: &DeTable<'t>, desk: &mut Desk<'t>) -> Option<HashVersion> {
    let Some(cell) = table.get("hash_version") else { return Some(HashVersion::V2) };
    let number = desk.int(cell, "hash_version")?;
    let version = u64::try_from(number).ok().and_then(HashVersion::from_number);
    if version.is_none() {
        desk.error(start(cell), "hash_version is 2, or 1 for an experiment that began with it");
    }
    version
}

/// `visitor`, or an attribute whose text is hashed: other types have more than one text.
fn hash<'t>(table: &DeTable<'t>, names: Names<'_>, desk: &mut Desk<'t>) -> String {
    let word = table.get("hash").and_then(|cell| {
        let texts = names.schema.iter().filter(|(_, kind)| *kind == Type::One(Kind::Text));
        let known: Vec<&str> = std::iter::once(VISITOR).chain(texts.map(|(name, _)| name)).collect();
        let word = desk.string(cell, "hash")?;
        if !known.contains(&word) {
            let hint = crate::nearest::hint(word, known.iter().copied());
            let message = format!(
                "hash cannot be {:?}{hint}; it is \"visitor\" or an attribute of type string",
                cut(word)
            );
            desk.error(start(cell), message);
        }
        Some(word)
    });
    word.unwrap_or(VISITOR).to_owned()
}

fn status<'t>(table: &DeTable<'t>, desk: &mut Desk<'t>) -> Status {
    let word =
        table.get("status").and_then(|cell| desk.one_of(cell, "status", &["draft", "running", "stopped"]));
    match word {
        Some("draft") => Status::Draft,
        Some("stopped") => Status::Stopped,
        _ => Status::Running,
    }
}
