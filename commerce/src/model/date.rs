//! Dates and times in JSON, read as RFC 3339 has them (<https://www.rfc-editor.org/rfc/rfc3339>), and as Java and
//! PostgreSQL shorten them: without seconds, and with an offset without minutes or colon.
//!
//! jiff reads far more, such as durations and names of time zones, and its reader brings the words of all its errors,
//! 100 KB, into each head. These functions go in `#[serde(deserialize_with = "…")]`; jiff writes what they read.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use std::fmt;

/// Reads a moment, such as `2026-11-21T12:00:00.5Z` or `2026-11-21T13:00:00+01:00`.
///
/// # Errors
/// For anything else than a text of that form, which the error does not quote.
pub fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    from.deserialize_str(Text { read: read_moment, what: "a date and time of RFC 3339" })
}

/// Reads a moment or `null`; a field without it also needs `#[serde(default)]`.
///
/// # Errors
/// As [`moment`].
pub fn moment_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    struct Moment(Timestamp);
    impl<'de> Deserialize<'de> for Moment {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            moment(from).map(Self)
        }
    }
    Ok(Option::<Moment>::deserialize(from)?.map(|Moment(moment)| moment))
}

/// Reads a day, such as `2026-11-21`.
///
/// # Errors
/// For anything else than a text of that form, which the error does not quote.
pub fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    from.deserialize_str(Text { read: read_day, what: "a date such as 2026-11-21" })
}

/// A text that a function makes something of.
struct Text<T> {
    read: fn(&str) -> Option<T>,
    what: &'static str,
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).ok_or_else(|| E::invalid_value(Unexpected::Other("another text"), &self))
    }
}

fn read_day(text: &str) -> Option<Date> {
    let mut digits = Digits(text.as_bytes());
    let day = digits.day()?;
    digits.0.is_empty().then_some(day)
}

/// The moment that a text of RFC 3339 means.
pub(crate) fn read_moment(text: &str) -> Option<Timestamp> {
    let mut digits = Digits(text.as_bytes());
    let day = digits.day()?;
    digits.mark(b"Tt ")?;
    let time = digits.time()?;
    let offset = digits.offset()?;
    let moment = offset.to_timestamp(DateTime::from_parts(day, time)).ok()?;
    digits.0.is_empty().then_some(moment)
}

/// What is left to read of a date or time.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// A number of so many digits, four at most.
    fn number(&mut self, length: usize) -> Option<i16> {
        let (number, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        number
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    }

    /// A part of a date or time: two digits.
    fn part(&mut self) -> Option<i8> {
        i8::try_from(self.number(2)?).ok()
    }

    /// One of some characters.
    fn mark(&mut self, any: &[u8]) -> Option<u8> {
        let (mark, rest) = self.0.split_first()?;
        any.contains(mark).then(|| {
            self.0 = rest;
            *mark
        })
    }

    fn day(&mut self) -> Option<Date> {
        let year = self.number(4)?;
        self.mark(b"-")?;
        let month = self.part()?;
        self.mark(b"-")?;
        Date::new(year, month, self.part()?).ok()
    }

    /// A leap second, which Unix time does not have, counts as the second before it.
    fn time(&mut self) -> Option<Time> {
        let hour = self.part()?;
        self.mark(b":")?;
        let minute = self.part()?;
        let second = if self.mark(b":").is_some() { self.part()? } else { 0 };
        let nanosecond = if self.mark(b".").is_some() { self.fraction()? } else { 0 };
        Time::new(hour, minute, if second == 60 { 59 } else { second }, nanosecond).ok()
    }

    /// The digits after the point as nanoseconds; what is smaller is dropped.
    fn fraction(&mut self) -> Option<i32> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length).filter(|_| length > 0)?;
        self.0 = rest;
        let padded = digits.iter().chain([b'0'; 8].iter()).take(9);
        Some(padded.fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0')))
    }

    fn offset(&mut self) -> Option<Offset> {
        let sign = match self.mark(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(Offset::UTC),
        };
        let hours = self.part().filter(|hours| *hours < 24)?;
        let has_minutes = self.mark(b":").is_some() || !self.0.is_empty();
        let minutes = if has_minutes { self.part().filter(|minutes| *minutes < 60)? } else { 0 };
        Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_jiff_reads_it() {
        for text in [
            "2026-11-21T12:00:00Z",
            "2026-11-21t12:00:00z",
            "2026-11-21 12:00:00Z",
            "2024-02-29T23:59:60Z",
            "2026-11-21T12:00:00.000+00:00",
            "2026-11-21T12:00:00.123456789-05:30",
            "1969-12-31T23:59:59.5+14:00",
            "0001-01-01T00:00:00Z",
            "9999-12-30T20:01:00-01:59",
            "2026-11-21T12:00Z",
            "2026-11-21 12:00:00.25+01",
            "2026-11-21T12:00:00-0530",
        ] {
            assert_eq!(read_moment(text), text.parse().ok(), "{text}");
            assert!(read_moment(text).is_some(), "{text}");
        }
        assert_eq!(
            read_moment("2026-11-21T12:00:00.1234567899Z"),
            read_moment("2026-11-21T12:00:00.123456789Z")
        );
        assert_eq!(read_day("2024-02-29"), "2024-02-29".parse().ok());
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026-11-21",
            "2026-11-21T12:00:00",
            "2026-11-21T12:00:00Zulu",
            "2026-11-21T24:00:00Z",
            "2026-11-21T12:60:00Z",
            "2026-11-21T12:00:61Z",
            "2026-11-21T12:00:00.Z",
            "2026-02-29T12:00:00Z",
            "2026-13-01T12:00:00Z",
            "2026-11-21T12:00:00+1:00",
            "2026-11-21T12:00:00+01:",
            "2026-11-21T12Z",
            "2026-11-21T12:00:Z",
            "2026-11-21T12:00:00+24:00",
            "2026-11-21T12:00:00+01:60",
            "+026-11-21T12:00:00Z",
            "2026-11-21T12:00:00\u{1d7d8}",
            "9999-12-31T23:59:59-23:59",
        ] {
            assert_eq!(read_moment(text), None, "{text}");
        }
        for text in ["2026-11-31", "2026-11-21T", "26-11-21", "2026-1-1", "2026/11/21"] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[derive(Debug, serde::Deserialize)]
    struct Dated {
        #[serde(deserialize_with = "moment")]
        at: Timestamp,
        #[serde(default, deserialize_with = "moment_or_none")]
        until: Option<Timestamp>,
        #[serde(default, deserialize_with = "moment_or_none")]
        from: Option<Timestamp>,
        #[serde(deserialize_with = "day")]
        on: Date,
    }

    #[test]
    fn a_field_may_be_absent_or_null_and_a_wrong_one_is_not_quoted() {
        let dated: Dated =
            serde_json::from_str(r#"{"at":"1970-01-01T00:00:01\u005a","until":null,"on":"1970-01-01"}"#)
                .unwrap();
        assert_eq!((dated.at.as_second(), dated.until, dated.from), (1, None, None));
        assert_eq!(dated.on.to_string(), "1970-01-01");
        let wrong = serde_json::from_str::<Dated>(r#"{"at":"ada@example.test"}"#).unwrap_err().to_string();
        assert!(wrong.contains("expected a date and time of RFC 3339"), "{wrong}");
        assert!(!wrong.contains("ada"), "{wrong}");
    }
}
