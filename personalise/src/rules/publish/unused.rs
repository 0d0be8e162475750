//! Warnings: audiences that nothing asks for.

use super::desk::{Cell, Desk};
use crate::condition::Condition;
use crate::rules::{Rules, Target};
use toml::de::DeValue;

/// Warns of audiences that no audience, offer, slot or other part of the file names.
pub(super) fn warn_of_unused(rules: &Rules, at: &[usize], others: &[&Cell<'_>], desk: &mut Desk<'_>) {
    let mut used = vec![false; rules.audiences.len()];
    let mut mark = |place: u16| {
        if let Some(used) = used.get_mut(usize::from(place)) {
            *used = true;
        }
    };
    let asked = |condition: &Condition| condition.audiences().map(|(place, _)| place).collect::<Vec<_>>();
    rules.audiences.iter().flat_map(|audience| asked(&audience.when)).for_each(&mut mark);
    let of_slots = rules.slots.iter().flat_map(|slot| &slot.show).map(|variant| &variant.target);
    let of_experiments = rules.experiments.iter().map(|experiment| &experiment.target);
    let targets = rules.offers.iter().map(|offer| &offer.target).chain(of_slots).chain(of_experiments);
    for Target { audience, when } in targets {
        audience.iter().copied().for_each(&mut mark);
        when.iter().flat_map(asked).for_each(&mut mark);
    }
    let mut words = std::collections::BTreeSet::new();
    others.iter().for_each(|cell| collect(cell.get_ref(), &mut words));
    for ((audience, used), at) in rules.audiences.iter().zip(used).zip(at) {
        if !used && !words.contains(audience.name.as_ref()) {
            desk.warn(*at, format!("nothing uses the audience `{}`", audience.name));
        }
    }
}

/// Every word of every string: what other readers of the file may take for an audience. The parser of TOML bounds
/// the depth.
fn collect<'c>(value: &'c DeValue<'_>, words: &mut std::collections::BTreeSet<&'c str>) {
    match value {
        DeValue::String(text) => words.extend(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')),
        DeValue::Array(items) => items.iter().for_each(|item| collect(item.get_ref(), words)),
        DeValue::Table(table) => table.iter().for_each(|(_, cell)| collect(cell.get_ref(), words)),
        _ => {}
    }
}
