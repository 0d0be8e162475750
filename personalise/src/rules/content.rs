//! What a slot shows in the end: what the rules chose, unless an arm of an experiment puts something else there.

use super::{Decision, Rules};

impl Rules {
    /// The id of the content that fills a slot, by the slot's name. `None` for a slot that is not of these rules, or
    /// where nothing is meant for the visitor.
    pub fn content(&self, decision: &Decision, slot: &str) -> Option<&str> {
        let place = self.slots.iter().position(|known| known.name.as_ref() == slot)?;
        self.content_at(decision, u16::try_from(place).ok()?)
    }

    /// The same, by the slot's place.
    pub(super) fn content_at(&self, decision: &Decision, slot: u16) -> Option<&str> {
        let by_arm = self.shown_by_arm(decision, slot).map(|(_, _, content)| content);
        by_arm.or_else(|| {
            let shown = decision.slots.get(usize::from(slot)).copied().flatten()?;
            let variant = self.slots.get(usize::from(slot))?.show.get(usize::from(shown))?;
            Some(variant.content.as_ref())
        })
    }

    /// The experiment and the arm that fill a slot, and with what: the first experiment of the file that does.
    pub(super) fn shown_by_arm(&self, decision: &Decision, slot: u16) -> Option<(&str, &str, &str)> {
        self.experiments.iter().zip(&decision.arms).find_map(|(experiment, arm)| {
            let arm = experiment.arms.get(usize::from((*arm)?))?;
            let content = arm.content.as_deref().filter(|_| experiment.slot == Some(slot))?;
            Some((experiment.name.as_ref(), arm.name.as_ref(), content))
        })
    }
}
