//! Why a decision came out as it did, in words and down to the sub-expression.

use super::{Decision, Reason, Rules, Target, Visit};
use crate::condition::{Condition, Step, Truth};
use serde::Serialize;

/// Every audience, offer and slot with its why or why not, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The audiences.
    pub audiences: Vec<Explained>,
    /// The offers.
    pub offers: Vec<Explained>,
    /// The slots; each variant, also those after the one that is shown, is one of its `parts`.
    pub slots: Vec<Explained>,
}

/// One rule, what became of it and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The rule's name; of a variant, its content.
    pub name: String,
    /// Whether it holds, won or is shown.
    pub holds: bool,
    /// Why, in a sentence for people.
    pub why: String,
    /// What its condition came to, part by part; empty where it has none.
    pub steps: Vec<Step>,
    /// The variants of a slot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explained>,
}

impl Rules {
    /// Explains a decision that [`Rules::decide`] made for the same visit.
    pub fn explain(&self, visit: &Visit<'_>, decision: &Decision) -> Explanation {
        let trace = |condition: &Condition| condition.trace(visit.scene(&decision.audiences));
        let audience = |(audience, truth): (&super::Audience, &Truth)| Explained {
            name: audience.name.to_string(),
            holds: truth.holds(),
            why: match visit.consents_to(audience.needs.as_deref()) {
                true => in_words(*truth).to_owned(),
                false => "the visitor did not consent to what it needs".to_owned(),
            },
            steps: trace(&audience.when),
            parts: Vec::new(),
        };
        let steps = |target: &Target| target.when.as_ref().map(trace).unwrap_or_default();
        let offer = |(offer, reason): (&super::Offer, &Reason)| Explained {
            name: offer.name.to_string(),
            holds: *reason == Reason::Won,
            why: self.because(*reason),
            steps: steps(&offer.target),
            parts: Vec::new(),
        };
        let slot = |(slot, shown): (&super::Slot, &Option<u16>)| {
            let variant = |(place, variant): (u16, &super::Variant)| {
                let refusal = variant.target.refuses(visit, &decision.audiences);
                let holds = *shown == Some(place);
                let why = match refusal {
                    Some(reason) => self.because(reason),
                    None if holds => "it is the first that is meant for the visitor".to_owned(),
                    None => "one before it is meant for the visitor, too".to_owned(),
                };
                let (name, steps) = (variant.content.to_string(), steps(&variant.target));
                Explained { name, holds, why, steps, parts: Vec::new() }
            };
            let parts: Vec<_> = (0_u16..).zip(&slot.show).map(variant).collect();
            let why = match parts.iter().find(|part| part.holds) {
                Some(part) => format!("it shows {}", part.name),
                None => "nothing is meant for the visitor".to_owned(),
            };
            Explained { name: slot.name.to_string(), holds: shown.is_some(), why, steps: Vec::new(), parts }
        };
        Explanation {
            audiences: self.audiences.iter().zip(&decision.audiences).map(audience).collect(),
            offers: self.offers.iter().zip(&decision.offers).map(offer).collect(),
            slots: self.slots.iter().zip(&decision.slots).map(slot).collect(),
        }
    }

    /// A reason as a sentence, with the names of what it tells of.
    pub fn because(&self, reason: Reason) -> String {
        let offer = |place: u16| self.offers.get(usize::from(place)).map_or("", |offer| &offer.name);
        match reason {
            Reason::Channel => "this channel does not show it".to_owned(),
            Reason::Event => "what it waits for did not happen".to_owned(),
            Reason::Schedule => "it does not run at this moment".to_owned(),
            Reason::Consent => "the visitor did not consent to what it needs".to_owned(),
            Reason::Audience { audience, truth } => {
                let name = self.audiences.get(usize::from(audience)).map_or("", |audience| &audience.name);
                format!("its audience {name}: {}", in_words(truth))
            }
            Reason::Condition(truth) => format!("its condition: {}", in_words(truth)),
            Reason::Used => "the visitor used it already".to_owned(),
            Reason::Cooldown { until } => format!("it was shown too recently; again from {until}"),
            Reason::Outranked { by } => format!("{} won its slot", offer(by)),
            Reason::Excluded { by } => format!("{} won, and the two exclude each other", offer(by)),
            Reason::Won => "it won its slot".to_owned(),
        }
    }
}

fn in_words(truth: Truth) -> &'static str {
    match truth {
        Truth::False => "it does not hold",
        Truth::Unknown => "too little is known to say",
        Truth::True => "it holds",
    }
}
