//! Why a decision came out as it did, in words and down to the sub-expression.

mod experiments;
mod recommends;
mod words;

use super::{Audience, Decision, Offer, Reason, Rules, Slot, Target, Variant, Visit};
use crate::condition::{Condition, Step, Truth};
use serde::Serialize;
use words::in_words;

/// Every audience, offer, slot, experiment and recommendation with its why or why not, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The audiences.
    pub audiences: Vec<Explained>,
    /// The offers.
    pub offers: Vec<Explained>,
    /// The slots; each variant, also those after the one that is shown, is one of its `parts`.
    pub slots: Vec<Explained>,
    /// The experiments; each arm is one of its `parts`.
    pub experiments: Vec<Explained>,
    /// The recommendations; each pin is one of its `parts`.
    pub recommends: Vec<Explained>,
}

/// One rule, what became of it and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The rule's name; of a variant, its content.
    pub name: String,
    /// Whether it holds, won or is shown; of an experiment, whether the visitor takes part.
    pub holds: bool,
    /// Why, in a sentence for people.
    pub why: String,
    /// What its condition came to, part by part; empty where it has none.
    pub steps: Vec<Step>,
    /// The variants of a slot, the arms of an experiment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explained>,
}

impl Rules {
    /// Explains a decision that [`Rules::decide`] made for the same visit.
    pub fn explain(&self, visit: &Visit<'_>, decision: &Decision) -> Explanation {
        let account = Account { rules: self, visit, decision };
        Explanation {
            audiences: self
                .audiences
                .iter()
                .zip(&decision.audiences)
                .map(|(one, truth)| account.audience(one, *truth))
                .collect(),
            offers: self
                .offers
                .iter()
                .zip(&decision.offers)
                .map(|(one, reason)| account.offer(one, *reason))
                .collect(),
            slots: (0..).zip(&self.slots).map(|(place, one)| account.slot(place, one)).collect(),
            experiments: (0..)
                .zip(&self.experiments)
                .map(|(place, one)| account.experiment(place, one))
                .collect(),
            recommends: self.recommends.iter().map(|one| account.recommend(one)).collect(),
        }
    }
}

/// A decision with what it was made of.
#[derive(Clone, Copy)]
struct Account<'a> {
    rules: &'a Rules,
    visit: &'a Visit<'a>,
    decision: &'a Decision,
}

impl Account<'_> {
    fn trace(&self, condition: &Condition) -> Vec<Step> {
        condition.trace(self.visit.scene(&self.decision.audiences))
    }

    fn steps(&self, target: &Target) -> Vec<Step> {
        target.when.as_ref().map(|when| self.trace(when)).unwrap_or_default()
    }

    fn audience(&self, audience: &Audience, truth: Truth) -> Explained {
        Explained {
            name: audience.name.to_string(),
            holds: truth.holds(),
            why: match self.visit.consents_to(audience.needs.as_deref()) {
                true => in_words(truth).to_owned(),
                false => "the visitor did not consent to what it needs".to_owned(),
            },
            steps: self.trace(&audience.when),
            parts: Vec::new(),
        }
    }

    fn offer(&self, offer: &Offer, reason: Reason) -> Explained {
        Explained {
            name: offer.name.to_string(),
            holds: reason == Reason::Won,
            why: self.rules.because(reason),
            steps: self.steps(&offer.target),
            parts: Vec::new(),
        }
    }

    fn slot(&self, place: u16, slot: &Slot) -> Explained {
        let shown = self.decision.slots.get(usize::from(place)).copied().flatten();
        let variant = |(place, variant): (u16, &Variant)| {
            let holds = shown == Some(place);
            let why = match variant.target.refuses(self.visit, &self.decision.audiences) {
                Some(reason) => self.rules.because(reason),
                None if holds => "it is the first that is meant for the visitor".to_owned(),
                None => "one before it is meant for the visitor, too".to_owned(),
            };
            let (name, steps) = (variant.content.to_string(), self.steps(&variant.target));
            Explained { name, holds, why, steps, parts: Vec::new() }
        };
        let parts: Vec<_> = (0_u16..).zip(&slot.show).map(variant).collect();
        let by_arm = self.rules.shown_by_arm(self.decision, place);
        let why = match (by_arm, parts.iter().find(|part| part.holds)) {
            (Some((experiment, arm, content)), _) => {
                format!("it shows {content}, as the arm {arm} of the experiment {experiment} has it")
            }
            (None, Some(part)) => format!("it shows {}", part.name),
            (None, None) => "nothing is meant for the visitor".to_owned(),
        };
        let holds = by_arm.is_some() || shown.is_some();
        Explained { name: slot.name.to_string(), holds, why, steps: Vec::new(), parts }
    }
}
