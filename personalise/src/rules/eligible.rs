//! Whether an offer may be shown at all, before offers are held against each other.

use super::{Offer, OncePer, Reason, Target};
use crate::attribute::Values;
use crate::condition::{Scene, Truth};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A visitor at a moment: everything that a decision depends on beside the rules.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// What is known of the visitor.
    pub values: &'a Values,
    /// The moment.
    pub now: Timestamp,
    /// The channel that asks, such as `web`.
    pub channel: &'a str,
    /// What just happened, such as `exit_intent`.
    pub event: Option<&'a str>,
    /// The purposes that the visitor consented to.
    pub consents: &'a [&'a str],
    /// What the visitor was shown and used before, on every channel, in any order.
    pub history: &'a [Past<'a>],
    /// The visitor's pseudonymous id, which puts them into arms of experiments; without one they take part in none.
    pub id: Option<&'a str>,
    /// Experiments and the arms that the visitor saw of them before; only sticky experiments look there.
    pub assigned: &'a [(&'a str, &'a str)],
    /// Experiments and the arms that are to be shown whoever comes, such as for a preview. Not from a visitor's hand.
    pub forced: &'a [(&'a str, &'a str)],
}

/// Something that happened with an offer before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past<'a> {
    /// The offer's name.
    pub offer: &'a str,
    /// When. A moment to come counts as well: clocks differ.
    pub at: Timestamp,
    /// What.
    pub kind: PastKind,
    /// Whether it was in the session that goes on.
    pub this_session: bool,
}

/// What happened with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PastKind {
    /// The visitor saw it.
    Shown,
    /// An order was placed with it.
    Used,
}

impl Visit<'_> {
    /// Whether a purpose was consented to; what needs none may always be used.
    pub(super) fn consents_to(&self, needs: Option<&str>) -> bool {
        needs.is_none_or(|purpose| self.consents.contains(&purpose))
    }

    pub(super) fn scene<'s>(&'s self, audiences: &'s [Truth]) -> Scene<'s> {
        Scene { values: self.values, now: self.now, audiences, item: None }
    }
}

impl Target {
    /// Why the visitor is not meant; `None` where they are.
    pub(super) fn refuses(&self, visit: &Visit<'_>, audiences: &[Truth]) -> Option<Reason> {
        if let Some(audience) = self.audience {
            let truth = audiences.get(usize::from(audience)).copied().unwrap_or_default();
            if !truth.holds() {
                return Some(Reason::Audience { audience, truth });
            }
        }
        let truth = self.when.as_ref().map_or(Truth::True, |when| when.evaluate(visit.scene(audiences)));
        (!truth.holds()).then_some(Reason::Condition(truth))
    }
}

impl Offer {
    /// Why it cannot be shown; `None` where it can.
    pub(super) fn refuses(&self, visit: &Visit<'_>, audiences: &[Truth]) -> Option<Reason> {
        if !self.channels.is_empty() && !self.channels.iter().any(|channel| channel.as_ref() == visit.channel)
        {
            return Some(Reason::Channel);
        }
        if self.on.is_some() && self.on.as_deref() != visit.event {
            return Some(Reason::Event);
        }
        if self.schedule.as_ref().is_some_and(|schedule| !schedule.runs(visit.now)) {
            return Some(Reason::Schedule);
        }
        if !visit.consents_to(self.needs.as_deref()) {
            return Some(Reason::Consent);
        }
        self.target.refuses(visit, audiences).or_else(|| self.was_had(visit))
    }

    fn was_had(&self, visit: &Visit<'_>) -> Option<Reason> {
        let mut past = visit.history.iter().filter(|past| past.offer == self.name.as_ref());
        let counts = |past: &Past<'_>| match self.once_per {
            None => false,
            Some(OncePer::Visitor) => past.kind == PastKind::Used,
            Some(OncePer::Session) => past.kind == PastKind::Used && past.this_session,
        };
        if past.clone().any(counts) {
            return Some(Reason::Used);
        }
        let cooldown = SignedDuration::from_secs(self.cooldown?);
        let last = past.by_ref().map(|past| past.at).max()?;
        let until = last.checked_add(cooldown).unwrap_or(Timestamp::MAX);
        (visit.now < until).then_some(Reason::Cooldown { until })
    }
}
