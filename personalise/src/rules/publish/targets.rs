//! Whom an offer or a variant is for: `audience`, `when`, `needs`.

use super::desk::{Cell, Desk, cut, start};
use crate::condition::Names;
use crate::nearest::hint;
use crate::rules::Target;
use toml::de::DeTable;

/// The purposes that a visitor may be asked to consent to.
pub const PURPOSES: [&str; 3] = ["personalisation", "analytics", "marketing"];

pub(super) fn read_target<'t>(table: &DeTable<'t>, names: Names<'_>, desk: &mut Desk<'t>) -> Target {
    let audience = table.get("audience").and_then(|cell| audience(cell, names, desk));
    let when = table.get("when").and_then(|cell| desk.condition(cell, names));
    Target { audience, when }
}

fn audience<'t>(cell: &Cell<'t>, names: Names<'_>, desk: &mut Desk<'t>) -> Option<u16> {
    let name = desk.string(cell, "audience")?;
    let place = names.audiences.get(name).copied();
    if place.is_none() {
        let hint = hint(name, names.audiences.keys().map(String::as_str));
        desk.error(start(cell), format!("there is no audience {:?}{hint}", cut(name)));
    }
    place
}
