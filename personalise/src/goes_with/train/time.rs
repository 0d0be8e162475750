//! When an order was made.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// Seconds since 1970 below this many digits, milliseconds from there on: until the year 5138.
const DIGITS_OF_MILLISECONDS: usize = 12;
/// Fewer digits are more likely a date without hyphens.
const LEAST_DIGITS: usize = 9;

/// The seconds since 1970 that a text says; none for an empty one.
pub(super) fn time(text: &str) -> Result<Option<i64>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    seconds(text).map(Some).ok_or_else(|| {
        "the time is no date such as 2026-11-21, no moment such as 2026-11-21T09:30:00Z, and no seconds since 1970"
            .to_owned()
    })
}

fn seconds(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = text.parse::<i64>().ok().filter(|_| text.len() >= LEAST_DIGITS)?;
        return Some(if text.len() < DIGITS_OF_MILLISECONDS { number } else { number / 1000 });
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_second());
    }
    let local = text.parse::<DateTime>().ok()?;
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_each_form_that_systems_write() {
        for same in [
            "2026-01-01",
            " 2026-01-01T00:00:00Z ",
            "2026-01-01 01:00:00+01:00",
            "2026-01-01T00:00:00",
            "1767225600",
            "1767225600999",
        ] {
            assert_eq!(time(same), Ok(Some(1_767_225_600)), "{same}");
        }
        assert_eq!(time(" "), Ok(None));
        for none in ["-", "2026", "99999999", "9".repeat(30).as_str(), "2026-13-01", "now", "-1767225600"] {
            assert!(time(none).is_err(), "{none}");
        }
    }
}
