//! Reasons as sentences for people.

use crate::condition::Truth;
use crate::rules::{Participation, Reason, Rules};

impl Rules {
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

    /// Why the visitor takes part in an experiment, or does not, as a sentence.
    pub fn because_of(&self, participation: Participation) -> String {
        match participation {
            Participation::Assigned => "the hash of the visitor's id decided".to_owned(),
            Participation::Sticky => "the visitor stays in the arm that was seen before".to_owned(),
            Participation::Forced => "the arm was asked for".to_owned(),
            Participation::ForcedForAll => "everyone who takes part gets this arm".to_owned(),
            Participation::NotMeant(reason) => self.because(reason),
            Participation::Requires { experiment } => {
                let other = self.experiments.get(usize::from(experiment));
                let name = other.map_or("", |other| &other.name);
                format!("it builds on {name}, and the visitor is not in the arm that it needs")
            }
            Participation::NoId => "nothing that could be hashed is known of the visitor".to_owned(),
            Participation::OutsideNamespace => "the visitor is outside its share of the namespace".to_owned(),
            Participation::NotCovered => "the visitor is beyond the share that it covers".to_owned(),
            Participation::NotRunning => "it is a draft or was stopped".to_owned(),
            Participation::NoSuchArm => "the arm that was asked for does not exist".to_owned(),
        }
    }
}

pub(super) fn in_words(truth: Truth) -> &'static str {
    match truth {
        Truth::False => "it does not hold",
        Truth::Unknown => "too little is known to say",
        Truth::True => "it holds",
    }
}
