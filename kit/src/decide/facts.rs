//! Everything that a decision depends on, and the decision.

use super::learned::tell_profile;
use super::{Known, Topic};
use crate::rulebook::Rulebook;
use crate::visitor::{Bought, Consents, Mark, Profile, Session, Signal};
use commerce::Cart;
use jiff::Timestamp;
use personalise::attribute::{Value, Values};
use personalise::rules::{Decision, Past, PastKind, Visit};
use std::rc::Rc;

/// The place where a visitor is asked what they agree to.
pub(super) const CONSENT: &str = "consent";

/// Who asks for what, and when.
#[derive(Clone)]
pub(crate) struct Scene<'a> {
    pub(crate) now: Timestamp,
    pub(crate) channel: &'static str,
    pub(crate) event: Option<&'static str>,
    pub(crate) topic: &'a Topic,
    /// As a network in front tells it: an ISO 3166-1 code of two letters.
    pub(crate) country: Option<String>,
    /// The visitor, where they agreed to be known.
    pub(crate) known: Option<&'a Known>,
    pub(crate) session: &'a Session,
    pub(crate) signal: Signal,
    pub(crate) cart: Option<&'a Cart>,
}

/// What a decision was made of, and the decision.
pub(crate) struct Facts {
    /// The rules and what they made of it; `None` where there are none.
    ruled: Option<Ruled>,
    /// Whether it is a certain visitor's, and not anybody's who asks in the same way.
    pub(crate) is_own: bool,
    /// Whether the visitor is to be asked what they agree to.
    pub(crate) asks: bool,
}

/// What rules made of a visit.
pub(crate) struct Ruled {
    pub(crate) book: Rc<Rulebook>,
    pub(crate) decision: Decision,
    values: Values,
    history: Vec<Mark>,
    pub(super) bought: Bought,
    visits: u32,
    now: Timestamp,
    channel: &'static str,
    event: Option<&'static str>,
    consents: Vec<&'static str>,
    id: Option<String>,
}

impl Facts {
    /// Decides.
    pub(crate) fn of(book: Option<&Rc<Rulebook>>, scene: &Scene<'_>) -> Self {
        // Where no rule asks who the visitor is, nobody need be asked.
        let asks = book
            .is_some_and(|book| book.rules.reads("visitor.") || !book.rules.experiments.is_empty())
            && scene.signal == Signal::Silent
            && scene.session.visitor.is_none()
            && !scene.session.refused;
        let is_own = scene.known.is_some()
            || !scene.session.is_empty()
            || matches!(scene.signal, Signal::Granted(_) | Signal::Unreadable);
        Self { ruled: book.map(|book| Ruled::of(book.clone(), scene)), is_own, asks }
    }

    /// What the rules made of it.
    pub(crate) fn ruled(&self) -> Option<&Ruled> {
        self.ruled.as_ref()
    }

    /// Whether what is recommended in any of these places leaves out what this visitor bought: what would be shown to
    /// others says nothing of what they are shown.
    pub(crate) fn leaves_out(&self, places: &[&'static str]) -> bool {
        let Some(ruled) = self.ruled.as_ref().filter(|ruled| !ruled.bought.is_empty()) else { return false };
        ruled.visit(|visit| {
            let at = |place: &&str| ruled.book.rules.recommend_at(place, visit, &ruled.decision);
            places.iter().filter_map(at).any(|recommend| !recommend.repeat)
        })
    }

    /// The same for all who are shown the same in these places, by the same rules.
    pub(crate) fn key(&self, places: &[&'static str]) -> u64 {
        let asks = u64::from(self.asks && places.contains(&CONSENT));
        let Some(ruled) = &self.ruled else { return asks };
        let Ruled { book, decision, .. } = ruled;
        let rules = u64::from_le_bytes(book.digest) ^ book.goes_with_digest.map_or(0, u64::from_be_bytes);
        let beside = ruled.visit(|visit| book.rules.recommended_key(places, visit, decision));
        // Turned, so that the same in both does not cancel out. The last bit is for the question alone, so that it never
        // gets lost in the rest.
        (decision.key(&book.rules, places) ^ beside.rotate_left(17) ^ rules) << 1 | asks
    }
}

impl Ruled {
    fn of(book: Rc<Rulebook>, scene: &Scene<'_>) -> Self {
        let profile = scene.known.map(Known::profile);
        let mut ruled = Self {
            values: values(&book, scene, profile.as_deref()),
            history: profile.as_deref().map(|profile| profile.history.clone()).unwrap_or_default(),
            bought: profile.as_deref().map(|profile| profile.bought.clone()).unwrap_or_default(),
            visits: profile.as_deref().map_or(0, |profile| profile.visits),
            now: scene.now,
            channel: scene.channel,
            event: scene.event,
            consents: scene.known.map_or(Consents::NONE, |known| known.consents).names(),
            id: scene.known.map(Known::id),
            decision: Decision::default(),
            book,
        };
        let mut decision = Decision::default();
        ruled.visit(|visit| ruled.book.rules.decide(visit, &mut decision));
        ruled.decision = decision;
        ruled
    }

    /// Looks at the rules with the eyes of this visit.
    pub(crate) fn visit<T>(&self, look: impl FnOnce(&Visit<'_>) -> T) -> T {
        let history: Vec<Past<'_>> = self
            .history
            .iter()
            .map(|mark| Past {
                offer: &mark.offer,
                at: Timestamp::from_second(mark.at).unwrap_or(Timestamp::MIN),
                kind: if mark.used { PastKind::Used } else { PastKind::Shown },
                this_session: mark.visit == self.visits,
            })
            .collect();
        look(&Visit {
            values: &self.values,
            now: self.now,
            channel: self.channel,
            event: self.event,
            consents: &self.consents,
            history: &history,
            id: self.id.as_deref(),
            assigned: &[],
            forced: &[],
        })
    }

    /// The place of the offer that won a slot.
    pub(crate) fn winner(&self, slot: &str) -> Option<u16> {
        let offers = &self.book.rules.offers;
        let of_slot =
            |place: &&u16| offers.get(usize::from(**place)).is_some_and(|offer| offer.slot.as_ref() == slot);
        self.decision.winners().iter().find(of_slot).copied()
    }
}

fn values(book: &Rulebook, scene: &Scene<'_>, profile: Option<&Profile>) -> Values {
    let schema = &book.rules.schema;
    let mut values = Values::new(schema);
    scene.topic.tell(schema, &mut values);
    // What the rules do not declare, or declare as something else, stays unknown.
    let mut tell = |name: &str, value: Value| {
        let _ = values.set(schema, name, Some(value));
    };
    tell("channel", Value::Text(scene.channel.into()));
    if let Some(country) = &scene.country {
        tell("geo.country", Value::Text(country.as_str().into()));
    }
    if let Some(cart) = scene.cart {
        tell("cart.total", Value::Money(cart.subtotal));
        tell("cart.items", Value::Int(i64::from(cart.quantity)));
    }
    if let Some(profile) = profile {
        tell_profile(profile, scene.now, tell);
    }
    values
}
