//! Everything that a decision depends on.

use super::{Known, Topic};
use crate::rulebook::Rulebook;
use crate::visitor::{Consents, Profile, Session, Signal};
use commerce::Cart;
use jiff::Timestamp;
use personalise::attribute::{Value, Values};
use personalise::rules::{Decision, Past, PastKind, Visit};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::rc::Rc;

/// A day in seconds.
const DAY: i64 = 24 * 60 * 60;

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
    pub(crate) book: Option<Rc<Rulebook>>,
    pub(crate) decision: Decision,
    /// Whether it is a certain visitor's, and not anybody's who asks in the same way.
    pub(crate) is_own: bool,
    /// Whether the visitor is to be asked what they agree to.
    pub(crate) asks: bool,
}

/// The place where a visitor is asked what they agree to.
pub(super) const CONSENT: &str = "consent";

impl Facts {
    /// Decides.
    pub(crate) fn of(book: Option<&Rc<Rulebook>>, scene: &Scene<'_>) -> Self {
        let asks =
            scene.signal == Signal::Silent && scene.session.visitor.is_none() && !scene.session.refused;
        let is_own = scene.known.is_some()
            || !scene.session.is_empty()
            || matches!(scene.signal, Signal::Granted(_) | Signal::Unreadable);
        let decision = book.map(|book| Self::decide(book, scene)).unwrap_or_default();
        Self { book: book.cloned(), decision, is_own, asks }
    }

    fn decide(book: &Rulebook, scene: &Scene<'_>) -> Decision {
        let mut decision = Decision::default();
        let profile = scene.known.map(Known::profile);
        let values = values(book, scene, profile.as_deref());
        let history = profile.as_deref().map(past).unwrap_or_default();
        let visit = Visit {
            values: &values,
            now: scene.now,
            channel: scene.channel,
            event: scene.event,
            consents: &scene.known.map_or(Consents::NONE, |known| known.consents).names(),
            history: &history,
            id: scene.known.map(Known::id),
            assigned: &[],
            forced: &[],
        };
        book.rules.decide(&visit, &mut decision);
        decision
    }

    /// The same for all who are shown the same in these places, by these rules.
    pub(crate) fn key(&self, places: impl Iterator<Item = &'static str>) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.book.as_ref().map(|book| book.digest).hash(&mut hasher);
        for place in places {
            place.hash(&mut hasher);
            (place == CONSENT && self.asks).hash(&mut hasher);
            self.slot(place).hash(&mut hasher);
            self.winner(place).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The content of a slot.
    pub(crate) fn slot(&self, name: &str) -> Option<&str> {
        self.book.as_ref()?.rules.content(&self.decision, name)
    }

    /// The place of the offer that won a slot.
    pub(crate) fn winner(&self, slot: &str) -> Option<u16> {
        let offers = &self.book.as_ref()?.rules.offers;
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
        let texts = |texts: &[String]| texts.iter().map(|text| Value::Text(text.as_str().into())).collect();
        tell("visitor.visits", Value::Int(i64::from(profile.visits)));
        tell("visitor.orders", Value::Int(i64::from(profile.orders)));
        tell("visitor.viewed_categories", Value::List(texts(&profile.categories)));
        if let Some(ordered) = profile.ordered {
            let days = scene.now.as_second().saturating_sub(ordered) / DAY;
            tell("visitor.days_since_order", Value::Int(days));
        }
        if let Some(subscriber) = profile.subscriber {
            tell("visitor.email_subscriber", Value::Bool(subscriber));
        }
        if let Some(tier) = &profile.tier {
            tell("visitor.tier", Value::Text(tier.as_str().into()));
        }
    }
    values
}

fn past(profile: &Profile) -> Vec<Past<'_>> {
    let marks = profile.history.iter();
    marks
        .map(|mark| Past {
            offer: &mark.offer,
            at: Timestamp::from_second(mark.at).unwrap_or(Timestamp::MIN),
            kind: if mark.used { PastKind::Used } else { PastKind::Shown },
            this_session: mark.visit == profile.visits,
        })
        .collect()
}
