//! `from`, `until`, `days`, `hours` and `timezone`.

use super::desk::{Cell, Desk, cut, start};
use super::zones::{lasting, read_zone};
use crate::rules::Schedule;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use toml::de::{DeTable, DeValue};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The schedule of an offer; `None` where it always runs.
pub(super) fn read_schedule<'t>(
    table: &DeTable<'t>,
    zone: &TimeZone,
    desk: &mut Desk<'t>,
) -> Option<Schedule> {
    let own = table.get("timezone").and_then(|cell| read_zone(cell, desk));
    let zone = own.as_ref().unwrap_or(zone);
    let from = table.get("from").and_then(|cell| moment(cell, zone, desk));
    let until = table.get("until").and_then(|cell| moment(cell, zone, desk));
    if let (Some(from), Some(until), Some(cell)) = (from, until, table.get("until"))
        && until <= from
    {
        desk.error(start(cell), "`until` must be later than `from`");
    }
    let days = table.get("days").map_or([true; 7], |cell| days(cell, desk));
    let minutes = table.get("hours").and_then(|cell| hours(cell, desk));
    let always = from.is_none() && until.is_none() && days == [true; 7] && minutes.is_none();
    (!always).then(|| Schedule { from, until, days, minutes, zone: lasting(zone) })
}

/// A date, a local time or an exact time. A local time that the clocks leave out or repeat is the earlier one's.
fn moment<'t>(cell: &Cell<'t>, zone: &TimeZone, desk: &mut Desk<'t>) -> Option<Timestamp> {
    let written = match cell.get_ref() {
        DeValue::Datetime(datetime) => datetime.to_string(),
        DeValue::String(text) => cut(text),
        _ => String::new(),
    };
    let local = |text: &str| zone.to_ambiguous_timestamp(text.parse::<DateTime>().ok()?).compatible().ok();
    let read = written.parse::<Timestamp>().ok().or_else(|| local(&written));
    if read.is_none() {
        desk.error(
            start(cell),
            "this is no time; write 2026-11-27, 2026-11-27T09:00:00 or 2026-11-27T09:00:00Z",
        );
    }
    read
}

fn days<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> [bool; 7] {
    let mut on = [false; 7];
    let items = desk.list(cell, "days").unwrap_or_default();
    if items.is_empty() {
        desk.error(start(cell), "no day is named; leave `days` out for every day");
    }
    for item in items {
        let Some(word) = desk.one_of(item, "a day", &DAYS) else { continue };
        for (day, name) in on.iter_mut().zip(DAYS) {
            *day |= name == word;
        }
    }
    on
}

fn hours<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Option<(u16, u16)> {
    let text = desk.string(cell, "hours")?;
    let read = text.split_once('-').and_then(|(first, last)| Some((minute(first)?, minute(last)?)));
    let read = read.filter(|(first, last)| first != last && *first < 24 * 60);
    if read.is_none() {
        desk.error(start(cell), format!("{:?} are no hours; write \"17:00-21:30\"", cut(text)));
    }
    read
}

/// `24:00` is the end of the day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= 24 * 60).then_some(all)
}
