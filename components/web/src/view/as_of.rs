//! That something is of an earlier time.

use jiff::Timestamp;
use kit::Locale;
use serde::Serialize;

/// A sentence with a time in it, which has an element of its own, wherever the language puts it.
#[derive(Serialize)]
pub(crate) struct AsOf {
    before: String,
    at: String,
    time: String,
    after: String,
}

impl AsOf {
    /// The sentence `key` about a moment; none without one.
    pub(crate) fn maybe(locale: &Locale, key: &str, at: Option<Timestamp>, now: Timestamp) -> Vec<Self> {
        let sentence = locale.say(key, &[("time", "\u{1f}".into())]);
        let (before, after) = sentence.split_once('\u{1f}').unwrap_or((&sentence, ""));
        let say = |at: Timestamp| Self {
            before: before.to_owned(),
            at: Timestamp::from_second(at.as_second()).unwrap_or(at).to_string(),
            time: locale.lately(at, now),
            after: after.to_owned(),
        };
        at.map(say).into_iter().collect()
    }
}
