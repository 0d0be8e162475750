//! `coverage` and `namespace`: which share of the visitors an experiment takes.

use super::desk::{Cell, Desk, start};
use crate::experiment::{Namespace, Range};
use toml::de::DeTable;

/// From 0 to 1; 1 where it is not given.
pub(super) fn read_coverage<'t>(table: &DeTable<'t>, desk: &mut Desk<'t>) -> f64 {
    table.get("coverage").and_then(|cell| share(cell, "coverage", desk)).unwrap_or(1.0)
}

/// `namespace = { name = "home", from = 0.0, to = 0.5 }`.
pub(super) fn read_namespace<'t>(table: &DeTable<'t>, desk: &mut Desk<'t>) -> Option<Namespace> {
    const FORM: &str = "namespace = { name = \"home\", from = 0.0, to = 0.5 }";
    let cell = table.get("namespace")?;
    let table = desk.table(cell, "a namespace", &["name", "from", "to"])?;
    let name = table.get("name").and_then(|cell| desk.string(cell, "name"));
    let from = table.get("from").and_then(|cell| share(cell, "from", desk));
    let to = table.get("to").and_then(|cell| share(cell, "to", desk));
    let read = match (name, from, to) {
        (Some(name), Some(start), Some(end)) if !name.is_empty() && start < end => {
            Some(Namespace { key: name.to_owned(), range: Range { start, end } })
        }
        _ => None,
    };
    if read.is_none() {
        desk.error(start(cell), format!("a namespace has a name and a share that grows; write {FORM}"));
    }
    read
}

fn share<'t>(cell: &Cell<'t>, what: &str, desk: &mut Desk<'t>) -> Option<f64> {
    let number = desk.number(cell, what)?;
    let sound = (0.0..=1.0).contains(&number);
    if !sound {
        desk.error(start(cell), format!("{what} must be from 0 to 1, such as 0.5 for half of the visitors"));
    }
    sound.then_some(number)
}
