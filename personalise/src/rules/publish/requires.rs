//! `requires`: arms of other experiments that an experiment builds on.

use super::cycles::ordered;
use super::desk::{Desk, Entry, start};
use crate::rules::{Experiment, Requirement};

/// Reads what each experiment requires. Returns every experiment's place once, behind those that it requires.
pub(super) fn read_requirements<'t>(
    found: &[Entry<'_, 't>],
    experiments: &mut [Experiment],
    desk: &mut Desk<'t>,
) -> Vec<u16> {
    let mut references = vec![Vec::new(); experiments.len()];
    let mut required = vec![Vec::new(); experiments.len()];
    for ((entry, asked), met) in found.iter().zip(&mut references).zip(&mut required) {
        let cell = entry.cell.get_ref().as_table().and_then(|table| table.get("requires"));
        let items = cell.and_then(|cell| desk.list(cell, "requires")).unwrap_or_default();
        for item in items {
            let Some(table) = desk.table(item, "a requirement", &["experiment", "arm"]) else { continue };
            let (Some(experiment), Some(arm)) = (table.get("experiment"), table.get("arm")) else {
                desk.error(
                    start(item),
                    "a requirement is written { experiment = \"hero_copy\", arm = \"short\" }",
                );
                continue;
            };
            let known = experiments.iter().map(|experiment| experiment.name.as_ref());
            let Some(name) = desk.named(experiment, "an experiment", known) else { continue };
            let Some((place, other)) =
                (0_u16..).zip(experiments.iter()).find(|(_, other)| other.name.as_ref() == name)
            else {
                continue;
            };
            asked.push((place, start(item)));
            let known = other.arms.iter().map(|arm| arm.name.as_ref());
            let arm = desk.named(arm, "an arm", known).and_then(|name| other.arm(name));
            met.extend(arm.map(|arm| Requirement { experiment: place, arm }));
        }
    }
    for (experiment, met) in experiments.iter_mut().zip(required) {
        experiment.requires = met;
    }
    let names: Vec<&str> = experiments.iter().map(|experiment| experiment.name.as_ref()).collect();
    ordered("experiments", &names, &references, desk)
}
