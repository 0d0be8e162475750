//! `[slot.*]`.

use super::desk::{Desk, Entry, cut, start};
use super::targets::read_target;
use crate::condition::Names;
use crate::rules::{Slot, Variant};

/// The most variants that a slot may have.
const MAX_VARIANTS: usize = 64;

/// Reads the slots, each with the places of its variants in the file.
pub(super) fn read_slots<'t>(
    found: &[Entry<'_, 't>],
    names: Names<'_>,
    desk: &mut Desk<'t>,
) -> Vec<(Slot, Vec<usize>)> {
    let mut slots = Vec::new();
    for entry in found {
        if desk.is_full() {
            break;
        }
        desk.is_name(entry, "a slot");
        let what = format!("[slot.{}]", cut(entry.name));
        let Some(table) = desk.table(entry.cell, &what, &["show"]) else { continue };
        let Some(cell) = table.get("show") else {
            desk.error(entry.at, "a slot needs `show`, such as show = [{ content = \"hero-default\" }]");
            continue;
        };
        let items = desk.list(cell, "show").unwrap_or_default();
        if items.is_empty() || items.len() > MAX_VARIANTS {
            desk.error(start(cell), format!("a slot shows from 1 to {MAX_VARIANTS} variants"));
            continue;
        }
        let mut show = Vec::new();
        let mut at = Vec::new();
        for item in items {
            let Some(table) = desk.table(item, "a variant", &["audience", "when", "content"]) else {
                continue;
            };
            let target = read_target(table, names, desk);
            let content = table.get("content").and_then(|cell| desk.string(cell, "content"));
            if content.is_none_or(str::is_empty) {
                desk.error(start(item), "a variant needs `content`, the id of what it shows");
            }
            show.push(Variant { target, content: content.unwrap_or_default().into() });
            at.push(start(item));
        }
        slots.push((Slot { name: entry.name.into(), show }, at));
    }
    slots
}
