//! `variants` and `show`: the arms of an experiment.

use super::desk::{Desk, Entry, entries, start};
use crate::rules::Arm;
use toml::de::DeTable;

/// The most arms that an experiment may have.
const MAX_ARMS: usize = 32;

/// The arms in the file's order, and the share of the visitors that each gets; the shares add up to 1.
pub(super) fn read_arms<'t>(
    experiment: &Entry<'_, 't>,
    table: &DeTable<'t>,
    desk: &mut Desk<'t>,
) -> (Vec<Arm>, Vec<f64>) {
    const FORM: &str = "variants = { control = 50, short = 50 }";
    let Some(cell) = table.get("variants") else {
        desk.error(
            experiment.at,
            format!("an experiment needs `variants` with their weights, such as {FORM}"),
        );
        return (Vec::new(), Vec::new());
    };
    let Some(variants) = desk.any_table(cell, "variants") else { return (Vec::new(), Vec::new()) };
    let mut arms = Vec::new();
    let mut weights = Vec::new();
    for entry in entries(variants) {
        desk.is_name(&entry, "an arm");
        let weight = desk.number(entry.cell, "the weight of an arm").unwrap_or(1.0);
        if weight < 0.0 {
            desk.error(start(entry.cell), "an arm cannot weigh less than nothing; 0 gives it to nobody");
        }
        arms.push(Arm { name: entry.name.into(), content: None });
        weights.push(weight.max(0.0));
    }
    if !(2..=MAX_ARMS).contains(&arms.len()) {
        desk.error(start(cell), format!("an experiment compares from 2 to {MAX_ARMS} arms, such as {FORM}"));
    }
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 || !sum.is_finite() {
        desk.error(
            start(cell),
            format!("the weights add up to {sum}, so nobody is in any arm; write {FORM}"),
        );
    }
    weights.iter_mut().for_each(|weight| *weight /= sum);
    (arms, weights)
}

/// Which content each arm puts into the experiment's slot.
pub(super) fn read_shown<'t>(
    experiment: &Entry<'_, 't>,
    table: &DeTable<'t>,
    arms: &mut [Arm],
    desk: &mut Desk<'t>,
) {
    let Some(cell) = table.get("show") else { return };
    if !table.contains_key("slot") {
        desk.error(experiment.at, "`show` needs `slot`, the slot whose content it changes");
    }
    let shown = desk.any_table(cell, "show").map(entries).unwrap_or_default();
    for entry in shown {
        let content = desk.string(entry.cell, "the content that an arm shows");
        if content == Some("") {
            desk.error(
                start(entry.cell),
                "no content has an empty id; leave the arm out to keep the slot as it is",
            );
        }
        match arms.iter_mut().find(|arm| arm.name.as_ref() == entry.name) {
            Some(arm) => arm.content = content.map(Into::into),
            None => desk.unknown(&entry, "an arm", arms.iter().map(|arm| arm.name.as_ref())),
        }
    }
}
