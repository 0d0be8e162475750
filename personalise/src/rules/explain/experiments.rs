//! Why a visitor sees an arm of an experiment, or none.

use super::{Account, Explained};
use crate::rules::{Arm, Experiment, Participation};

impl Account<'_> {
    pub(super) fn experiment(&self, place: u16, experiment: &Experiment) -> Explained {
        let at = usize::from(place);
        let seen = self.decision.arms.get(at).copied().flatten();
        let why = self.decision.experiments.get(at).copied().unwrap_or(Participation::NotRunning);
        let arm = |(place, arm): (u16, &Arm)| {
            let holds = seen == Some(place);
            let shown = arm.content.as_deref().map_or_else(
                || "it leaves everything as the rules have it".to_owned(),
                |content| format!("it shows {content}"),
            );
            let share = experiment.split.ranges.get(usize::from(place));
            let why = match share {
                Some(share) => {
                    format!("{shown}; the hashes from {} up to {} are its", share.start, share.end)
                }
                None => shown,
            };
            Explained { name: arm.name.to_string(), holds, why, steps: Vec::new(), parts: Vec::new() }
        };
        Explained {
            name: experiment.name.to_string(),
            holds: seen.is_some(),
            why: self.rules.because_of(why),
            steps: self.steps(&experiment.target),
            parts: (0..).zip(&experiment.arms).map(arm).collect(),
        }
    }
}
