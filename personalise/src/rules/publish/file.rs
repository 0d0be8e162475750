//! A whole rule file.

use super::audiences::{read_attributes, read_audiences};
use super::checks::run_checks;
use super::clashes::warn_of_clashes;
use super::codes::{Code, codes_of};
use super::dead::warn_of_dead;
use super::desk::{Desk, Entry, entries};
use super::experiments::{Beside, read_experiments};
use super::finding::Finding;
use super::offers::{ranked, read_offers, warn_of_uncharged};
use super::passed_over::warn_of_passed_over;
use super::reads::reads_of;
use super::recommends::read_recommends;
use super::slots::read_slots;
use super::unused::warn_of_unused;
use super::zones::read_zone;
use crate::condition::Names;
use crate::rules::Rules;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toml::de::DeTable;

/// The most bytes that a rule file may have.
pub const MAX_FILE: usize = 8 * 1_024 * 1_024;
/// The most audiences that a file may have; as many of every other rule.
pub const MAX_RULES: usize = 20_000;

const KEYS: [&str; 9] =
    ["attributes", "audience", "offer", "slot", "experiment", "recommend", "check", "timezone", "goes_with"];

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The rules; `None` where there are errors.
    pub rules: Option<Rules>,
    /// Errors and warnings in the order of the file.
    pub findings: Vec<Finding>,
    /// How many `[[check]]` cases ran. None run while there are errors.
    pub checks: usize,
    /// Where the table of what goes with what lies, from the file's own folder; `None` where none is named.
    pub goes_with: Option<String>,
    /// The codes of offers; none where there are errors.
    pub codes: Vec<Code>,
}

/// Reads, checks and compiles a rule file, and runs its checks. `now` is the moment of checks that name none.
pub fn publish(text: &str, now: Timestamp) -> Published {
    let mut desk = Desk::new(text);
    if text.len() > MAX_FILE {
        desk.error(0, format!("the file has {} bytes; it may have {MAX_FILE}", text.len()));
        return Published {
            rules: None,
            findings: desk.findings(),
            checks: 0,
            goes_with: None,
            codes: Vec::new(),
        };
    }
    let (document, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        desk.error(fault.span().map_or(0, |span| span.start), fault.message());
    }
    let (rules, checks) =
        if faults.is_empty() { read(document.get_ref(), now, &mut desk) } else { (None, 0) };
    let table = document.get_ref().get("goes_with").and_then(|cell| desk.string(cell, "goes_with"));
    let codes = rules.as_ref().map(|rules| codes_of(rules, document.get_ref(), text)).unwrap_or_default();
    let goes_with = table.map(str::to_owned);
    Published { rules, findings: desk.findings(), checks, goes_with, codes }
}

fn read<'t>(file: &DeTable<'t>, now: Timestamp, desk: &mut Desk<'t>) -> (Option<Rules>, usize) {
    for entry in entries(file) {
        if !KEYS.contains(&entry.name) {
            let hint = crate::nearest::hint(entry.name, KEYS);
            desk.error(entry.at, format!("a rule file has no `{}`{hint}", super::desk::cut(entry.name)));
        }
    }
    let zone = file.get("timezone").and_then(|cell| read_zone(cell, desk)).unwrap_or(TimeZone::UTC);
    let schema = read_attributes(file.get("attributes"), desk);
    let found = tables(file, "audience", desk);
    let read = read_audiences(&found, &schema, desk);
    let names = Names { schema: &schema, audiences: &read.places, items: false };
    let found_offers = tables(file, "offer", desk);
    let offers = read_offers(&found_offers, names, &zone, desk);
    let found_slots = tables(file, "slot", desk);
    let (slots, variants): (Vec<_>, Vec<_>) = read_slots(&found_slots, names, desk).into_iter().unzip();
    let found_experiments = tables(file, "experiment", desk);
    let slot_places = found_slots.iter().map(|entry| entry.name).zip(0_u16..).collect();
    let beside = Beside { names, zone: &zone, slots: &slot_places };
    let (experiments, experiment_order) = read_experiments(&found_experiments, beside, desk);
    let found_recommends = tables(file, "recommend", desk);
    let recommends = read_recommends(&found_recommends, names, &zone, desk);
    if desk.has_errors() {
        return (None, 0);
    }
    warn_of_uncharged(&offers, &found_offers, desk);
    let ranking = ranked(&offers);
    let mut rules = Rules {
        audiences: read.audiences,
        order: read.order,
        offers,
        ranking,
        slots,
        experiments,
        experiment_order,
        recommends,
        schema,
        ..Rules::default()
    };
    rules.reads = reads_of(&rules);
    warn_of_dead(&rules, &read.at, &found_offers, &variants, &found_experiments, desk);
    warn_of_clashes(&rules.experiments, &found_experiments, desk);
    warn_of_passed_over(&rules, &found_recommends, desk);
    warn_of_unused(&rules, &read.at, desk);
    let checks = file.get("check").map_or(0, |cell| run_checks(cell, &rules, now, desk));
    if desk.has_errors() { (None, checks) } else { (Some(rules), checks) }
}

/// The tables `[key.*]`.
fn tables<'c, 't>(file: &'c DeTable<'t>, key: &str, desk: &mut Desk<'t>) -> Vec<Entry<'c, 't>> {
    let table = file.get(key).and_then(|cell| desk.any_table(cell, key));
    let mut found = table.map(entries).unwrap_or_default();
    if let Some(first) = found.get(MAX_RULES) {
        desk.error(first.at, format!("more than {MAX_RULES} of `{key}`"));
        found.truncate(MAX_RULES);
    }
    found
}
