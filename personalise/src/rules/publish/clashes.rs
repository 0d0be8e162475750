//! Warnings: experiments that get in each other's way, and those that change nothing.

use super::desk::{Desk, Entry};
use crate::rules::{Experiment, Target};

/// How many experiments are held against those before them; bounds the work.
const LOOK_BACK: usize = 256;

pub(super) fn warn_of_clashes(experiments: &[Experiment], found: &[Entry<'_, '_>], desk: &mut Desk<'_>) {
    for (place, (experiment, entry)) in experiments.iter().zip(found).enumerate() {
        let name = &experiment.name;
        if experiment.slot.is_some() && !shows(experiment) {
            desk.warn(
                entry.at,
                format!("no arm of `{name}` puts anything into its slot; name it: show = {{ short = \"hero-short\" }}"),
            );
        }
        for earlier in experiments.iter().take(place).rev().take(LOOK_BACK) {
            let other = &earlier.name;
            match share(experiment, earlier) {
                Share::Overlapping => desk.warn(
                    entry.at,
                    format!("`{name}` and `{other}` take the same visitors of their namespace; let one begin where the other ends"),
                ),
                Share::Unknown if compete(experiment, earlier) => desk.warn(
                    entry.at,
                    format!("`{name}` and `{other}` fill the same slot, and `{other}` wins for whom both take; keep them apart by a namespace"),
                ),
                Share::Unknown | Share::Apart => {}
            }
        }
    }
}

enum Share {
    Apart,
    Overlapping,
    Unknown,
}

fn share(one: &Experiment, other: &Experiment) -> Share {
    match (&one.split.namespace, &other.split.namespace) {
        (Some(a), Some(b)) if a.key == b.key => {
            let apart = a.range.end <= b.range.start || b.range.end <= a.range.start;
            if apart { Share::Apart } else { Share::Overlapping }
        }
        _ => Share::Unknown,
    }
}

/// Whether both change one slot, for visitors whom nothing tells apart.
fn compete(one: &Experiment, other: &Experiment) -> bool {
    let everyone = Target::default();
    let alike = one.target == other.target || one.target == everyone || other.target == everyone;
    one.slot.is_some() && one.slot == other.slot && shows(one) && shows(other) && alike
}

fn shows(experiment: &Experiment) -> bool {
    experiment.arms.iter().any(|arm| arm.content.is_some())
}
