//! Price tags.

use commerce::{Money, Price};
use kit::Locale;
use serde::Serialize;

/// An amount as it is shown. CLDR's Arabic form ends in `UK£`, whose sign a right-to-left line would move before
/// its letters; a left-to-right mark after it holds them together (Unicode Annex 9, rule N1).
pub(crate) fn money(locale: &Locale, amount: Money) -> String {
    let text = locale.money(amount);
    if locale.direction() == "rtl" && text.ends_with('£') { format!("{text}\u{200e}") } else { text }
}

/// A price as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tag {
    now: String,
    reduced: bool,
    was: String,
}

impl Tag {
    /// A price of one thing.
    pub(crate) fn of(locale: &Locale, price: &Price) -> Self {
        let was = price.was.filter(|was| was.amount > price.current.amount);
        Self {
            now: money(locale, price.current),
            reduced: was.is_some(),
            was: was.map(|was| money(locale, was)).unwrap_or_default(),
        }
    }

    /// The lowest of several prices.
    pub(crate) fn from(locale: &Locale, price: &Price) -> Self {
        let tag = Self::of(locale, price);
        Self { now: locale.say("price-from", &[("price", tag.now.as_str().into())]), ..tag }
    }

    /// Whether it was more before.
    pub(crate) fn is_reduced(&self) -> bool {
        self.reduced
    }
}
