//! The visitor's language: money, numbers, dates and interface texts of one market.

mod format;
mod texts;

use commerce::{Market, Money};
use fluent_bundle::FluentValue;
use format::Formats;
use jiff::{Timestamp, civil, tz::TimeZone};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use texts::Texts;

pub use texts::missing_keys;

/// Formats values and says texts as one market expects. Holds nothing of a visitor.
pub struct Locale {
    market: Market,
    formats: Formats,
    texts: Texts,
}

/// A time zone by its IANA name. A component has no database of time zones but these: all 600 would
/// double its size.
pub fn time_zone(name: &str) -> Option<TimeZone> {
    Some(match name {
        "Europe/London" => jiff::tz::get!("Europe/London"),
        "Europe/Dublin" => jiff::tz::get!("Europe/Dublin"),
        "Europe/Berlin" => jiff::tz::get!("Europe/Berlin"),
        "Europe/Paris" => jiff::tz::get!("Europe/Paris"),
        "Asia/Tokyo" => jiff::tz::get!("Asia/Tokyo"),
        "UTC" => TimeZone::UTC,
        _ => return None,
    })
}

/// A time of the day from `HH:MM`.
pub fn clock(hours_minutes: &str) -> Option<civil::Time> {
    // The library's own parsers of patterns are a hundredth of a component.
    let number = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() == 2 && !text.starts_with('+'));
    let (hours, minutes) = hours_minutes.split_once(':')?;
    civil::Time::new(number(hours)?, number(minutes)?, 0, 0).ok()
}

thread_local! {
    /// Made once an instance: reading the texts and the CLDR data costs more than a page.
    static MADE: RefCell<HashMap<Market, Rc<Locale>>> = RefCell::default();
}

impl Locale {
    /// The locale of a market with a head's texts (language and Fluent source, English first).
    pub fn of(market: &Market, texts: &'static [(&'static str, &'static str)]) -> Rc<Self> {
        let known = MADE.with_borrow(|made| made.get(market).cloned());
        known.unwrap_or_else(|| {
            let locale = Rc::new(Self::new(market, texts));
            MADE.with_borrow_mut(|made| made.insert(market.clone(), locale.clone()));
            locale
        })
    }

    fn new(market: &Market, texts: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            formats: Formats::new(market),
            texts: Texts::new(market.language(), texts),
            market: market.clone(),
        }
    }

    /// The market.
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// BCP 47, for `lang`.
    pub fn tag(&self) -> &str {
        self.market.locale()
    }

    /// `rtl` or `ltr`, for `dir`.
    pub fn direction(&self) -> &'static str {
        match self.market.language() {
            "ar" | "fa" | "he" | "ur" => "rtl",
            _ => "ltr",
        }
    }

    /// An amount with its currency's sign, such as `£1,234.50`.
    pub fn money(&self, money: Money) -> String {
        self.formats.money(money)
    }

    /// A whole number with the language's digits and grouping.
    pub fn number(&self, number: impl Into<i64>) -> String {
        self.formats.decimal(number.into(), 0)
    }

    /// A number of tenths with one decimal, such as `4.3` for 43.
    pub fn tenths(&self, tenths: u8) -> String {
        self.formats.decimal(i64::from(tenths), 1)
    }

    /// Hundredths of a per cent as a number, such as `12.5` for 1,250; without the sign.
    pub fn percent(&self, hundredths: u16) -> String {
        let (shown, places) = match hundredths {
            whole if whole % 100 == 0 => (whole / 100, 0),
            tenth if tenth % 10 == 0 => (tenth / 10, 1),
            other => (other, 2),
        };
        self.formats.decimal(i64::from(shown), places)
    }

    /// A day, such as `14 Sept 2026`.
    pub fn date(&self, date: civil::Date) -> String {
        self.formats.date(date)
    }

    /// A moment in the market's time zone, such as `14 Sept 2026, 17:30`.
    pub fn date_time(&self, at: Timestamp) -> String {
        self.formats.date_time(at.to_zoned(self.time_zone()).datetime())
    }

    /// A moment in the market's time zone: its time alone on the day of `now`, such as `17:30`, and the day as well on
    /// any other, such as `14 Sept 2026, 17:30`.
    pub fn lately(&self, at: Timestamp, now: Timestamp) -> String {
        let [at, now] = [at, now].map(|moment| moment.to_zoned(self.time_zone()).datetime());
        if at.date() == now.date() { self.formats.time(at.time()) } else { self.formats.date_time(at) }
    }

    /// A time of the day, such as `09:30`, from the same in 24 hours; what is no time stays as it is.
    pub fn time(&self, hours_minutes: &str) -> String {
        match clock(hours_minutes) {
            Some(time) => self.formats.time(time),
            None => hours_minutes.to_owned(),
        }
    }

    /// The market's own time zone; UTC for a country that is not known here.
    pub fn time_zone(&self) -> TimeZone {
        let name = match self.market.country() {
            "GB" => "Europe/London",
            "DE" => "Europe/Berlin",
            "JP" => "Asia/Tokyo",
            _ => "UTC",
        };
        time_zone(name).unwrap_or(TimeZone::UTC)
    }

    /// An interface text without variables; a missing one is its key, which a test catches.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.plain().get(key).map_or(key, String::as_str)
    }

    /// All interface texts without variables, for a template.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        self.texts.plain()
    }

    /// An interface text with variables; numbers choose the plural form.
    pub fn say<'a>(&self, key: &str, variables: &[(&'a str, FluentValue<'a>)]) -> String {
        self.texts.say(key, variables)
    }

    /// A text that counts: variables `count` (chooses the plural form) and `number` (printed).
    pub fn count(&self, key: &str, count: u32) -> String {
        self.say(key, &[("count", count.into()), ("number", self.number(count).into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_of_another_day_has_its_day() {
        let locale = Locale::of(&Market::parse("de-DE/EUR").unwrap(), &[("en", ""), ("de", "")]);
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        assert_eq!(locale.lately("2026-11-21T08:40:00Z".parse().unwrap(), now), "09:40");
        assert_eq!(locale.lately("2026-11-20T23:30:00Z".parse().unwrap(), now), "00:30", "the market's day");
        assert_eq!(locale.lately("2026-11-20T08:40:00Z".parse().unwrap(), now), "20.11.2026, 09:40");
    }

    #[test]
    fn a_time_of_the_day_is_four_digits() {
        assert_eq!(clock("09:30"), Some(civil::time(9, 30, 0, 0)));
        assert_eq!(clock("00:00"), Some(civil::time(0, 0, 0, 0)));
        for text in
            ["", ":", "9:30", "09:3", "24:00", "09:60", "-1:00", "+9:00", "09:30:00", "0９:30", "09.30"]
        {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
