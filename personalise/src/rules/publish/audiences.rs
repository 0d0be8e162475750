//! `[attributes]` and `[audience.*]`.

use super::cycles::ordered;
use super::desk::{Cell, Desk, Entry, cut, entries, start};
use super::targets::PURPOSES;
use crate::attribute::{Kind, MAX_ATTRIBUTES, Schema, Type};
use crate::condition::{Condition, Names};
use crate::nearest::hint;
use crate::rules::Audience;
use std::collections::BTreeMap;
use toml::de::DeTable;

/// Reads the declarations; one that is wrong is left out.
pub(super) fn read_attributes<'t>(cell: Option<&Cell<'t>>, desk: &mut Desk<'t>) -> Schema {
    let mut declared: Vec<(String, Type)> = Vec::new();
    let table = cell.and_then(|cell| desk.any_table(cell, "[attributes]"));
    for entry in table.map(entries).unwrap_or_default() {
        if let Some(table) = entry.cell.get_ref().as_table() {
            let first = entries(table).first().map_or(String::new(), |inner| inner.name.to_owned());
            let name = format!("{}.{}", cut(entry.name), cut(&first));
            desk.error(entry.at, format!("put the name of an attribute in quotes: \"{name}\" = \"…\""));
            continue;
        }
        let Some(word) = desk.string(entry.cell, "the type of an attribute") else { continue };
        let Some(kind) = Type::named(word) else {
            let names = Kind::NAMES.map(|(name, _)| name);
            let hint = hint(word, names);
            let all = names.join(", ");
            let message =
                format!("there is no type {:?}{hint}; it is one of {all} or list<…> of one", cut(word));
            desk.error(start(entry.cell), message);
            continue;
        };
        // Each alone first, so that every bad name is told.
        match Schema::new([(entry.name.to_owned(), kind)]) {
            Ok(_) if declared.len() >= MAX_ATTRIBUTES => {
                desk.error(entry.at, format!("more than {MAX_ATTRIBUTES} attributes are declared"));
                break;
            }
            Ok(_) => declared.push((entry.name.to_owned(), kind)),
            Err(error) => desk.error(entry.at, error.to_string()),
        }
    }
    Schema::new(declared).unwrap_or_default()
}

/// The audiences of a file: those that were sound, and where each stands.
pub(super) struct Read {
    pub(super) audiences: Vec<Audience>,
    pub(super) order: Vec<u16>,
    pub(super) places: BTreeMap<String, u16>,
    /// Where each begins in the file.
    pub(super) at: Vec<usize>,
}

/// Reads the audiences. All names are known before a condition is read, so that the file's order does not matter.
pub(super) fn read_audiences<'t>(found: &[Entry<'_, 't>], schema: &Schema, desk: &mut Desk<'t>) -> Read {
    let names = found.iter().map(|entry| entry.name.to_owned());
    let places: BTreeMap<String, u16> = names.zip(0_u16..).collect();
    let mut read = Read { audiences: Vec::new(), order: Vec::new(), at: Vec::new(), places };
    let mut references = Vec::new();
    for entry in found {
        if desk.is_full() {
            break;
        }
        desk.is_name(entry, "an audience");
        let what = format!("[audience.{}]", cut(entry.name));
        let Some(table) = desk.table(entry.cell, &what, &["when", "needs"]) else { continue };
        let needs = table.get("needs").and_then(|cell| desk.one_of(cell, "needs", &PURPOSES)).map(Into::into);
        let names = Names { schema, audiences: &read.places, items: false };
        let Some(when) = condition(table, entry.at, names, desk) else { continue };
        references.push(when.1);
        read.at.push(entry.at);
        read.audiences.push(Audience { name: entry.name.into(), when: when.0, needs });
    }
    // Places are only those of the file while every audience was sound.
    if read.audiences.len() == found.len() {
        let names: Vec<&str> = read.audiences.iter().map(|audience| audience.name.as_ref()).collect();
        read.order = ordered("audiences", &names, &references, desk);
    }
    read
}

/// The condition, and where it asks for which audience.
fn condition<'t>(
    table: &DeTable<'t>,
    at: usize,
    names: Names<'_>,
    desk: &mut Desk<'t>,
) -> Option<(Condition, Vec<(u16, usize)>)> {
    let Some(cell) = table.get("when") else {
        desk.error(at, "an audience needs `when`, the condition that its visitors meet");
        return None;
    };
    let when = desk.condition(cell, names)?;
    let place = |span: crate::condition::Span| usize::try_from(span.start).unwrap_or(0);
    let asked = when.audiences().map(|(to, span)| (to, desk.inside(cell, when.source(), place(span))));
    let asked = asked.collect();
    Some((when, asked))
}
