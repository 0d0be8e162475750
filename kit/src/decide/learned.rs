//! What a profile tells, by the names that rules give to it.

use crate::visitor::Profile;
use jiff::Timestamp;
use personalise::attribute::Value;

/// A day in seconds.
const DAY: i64 = 24 * 60 * 60;

/// Tells each thing that is known; what is not known is not told.
pub(super) fn tell_profile(profile: &Profile, now: Timestamp, mut tell: impl FnMut(&'static str, Value)) {
    let texts = |texts: &[String]| texts.iter().map(|text| Value::Text(text.as_str().into())).collect();
    tell("visitor.visits", Value::Int(i64::from(profile.visits)));
    tell("visitor.orders", Value::Int(i64::from(profile.orders())));
    tell("visitor.viewed_categories", Value::List(texts(&profile.categories)));
    if let Some(wishes) = profile.wish_list() {
        tell("visitor.wish_list", Value::List(texts(wishes)));
    }
    if let Some(ordered) = profile.ordered() {
        let days = now.as_second().saturating_sub(ordered) / DAY;
        tell("visitor.days_since_order", Value::Int(days));
    }
    if let Some(subscriber) = profile.subscriber() {
        tell("visitor.email_subscriber", Value::Bool(subscriber));
    }
    if let Some(tier) = profile.tier() {
        tell("visitor.tier", Value::Text(tier.into()));
    }
}
