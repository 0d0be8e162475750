//! Where days and hours are counted: the rule that a time zone follows from now on, in numbers.
//!
//! A head needs no table of zones and no reader of their rules for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400;

/// A time zone's rule, as the footer of a TZif file has it (<https://www.rfc-editor.org/rfc/rfc9636#section-3.3>).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// Seconds that local time is ahead of UTC while no summer time is.
    pub offset: i32,
    /// Its other time of the year.
    pub summer: Option<Summer>,
}

/// The part of the year in which clocks are set otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summer {
    /// Seconds that local time is ahead of UTC in it.
    pub offset: i32,
    /// When it begins, told by the clock before.
    pub begins: Change,
    /// When it ends, told by its own clock.
    pub ends: Change,
}

/// A change of the clocks, each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The month, from 1.
    pub month: u8,
    /// Which of the month's days of the week, from 1; 5 is the last.
    pub week: u8,
    /// The day of the week, 0 for Sunday.
    pub weekday: u8,
    /// Seconds of the day; may lie before or beyond it.
    pub seconds: i32,
}

/// A moment as the clock on the wall tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Local {
    /// The day of the week, 0 for Monday.
    pub(super) weekday: usize,
    /// The minute of the day.
    pub(super) minute: u16,
}

impl Zone {
    /// What the clock on the wall tells.
    pub(super) fn local(self, now: Timestamp) -> Local {
        let seconds = now.as_second() + i64::from(self.offset_at(now));
        let minute = seconds.rem_euclid(DAY) / 60;
        // Day 0, the first of January 1970, was a Thursday.
        let weekday = (seconds.div_euclid(DAY) + 3).rem_euclid(7);
        Local { weekday: usize::try_from(weekday).unwrap_or(0), minute: u16::try_from(minute).unwrap_or(0) }
    }

    /// Seconds that local time is ahead of UTC.
    pub fn offset_at(self, now: Timestamp) -> i32 {
        let Some(summer) = self.summer else { return self.offset };
        let now = now.as_second();
        let year = year_of((now + i64::from(self.offset)).div_euclid(DAY));
        let begins = summer.begins.local_second(year) - i64::from(self.offset);
        let ends = summer.ends.local_second(year) - i64::from(summer.offset);
        let is_summer =
            if begins < ends { (begins..ends).contains(&now) } else { !(ends..begins).contains(&now) };
        if is_summer { summer.offset } else { self.offset }
    }
}

impl Change {
    /// The moment in a year, in seconds of the local clock since the first of January 1970.
    fn local_second(self, year: i64) -> i64 {
        let month = i64::from(self.month.clamp(1, 12));
        let first = day_of(year, month);
        let next = if month == 12 { day_of(year + 1, 1) } else { day_of(year, month + 1) };
        // Day 0 was a Thursday, the fourth from Sunday.
        let skip = (i64::from(self.weekday) - (first + 4)).rem_euclid(7);
        let mut day = first + skip + 7 * (i64::from(self.week.clamp(1, 5)) - 1);
        if day >= next {
            day -= 7;
        }
        day * DAY + i64::from(self.seconds)
    }
}

/// The number of the first day of a month, counted from the first of January 1970.
///
/// Years are counted from March, so that the day that comes and goes is the last of its year: 153 days are the five
/// months from March to July (<https://howardhinnant.github.io/date_algorithms.html#days_from_civil>).
fn day_of(year: i64, month: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let before = (153 * ((month + 9) % 12) + 2) / 5;
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap + before - 719_468
}

/// The year of a day.
fn year_of(day: i64) -> i64 {
    // 146,097 days are 400 years; the guess is at most a year off.
    let guess = 1970 + (day * 400).div_euclid(146_097);
    let late = day < day_of(guess, 1);
    let early = day >= day_of(guess + 1, 1);
    guess + i64::from(early) - i64::from(late)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_years_are_counted_as_the_calendar_does() {
        for year in [-9_998, -401, 0, 1, 1600, 1900, 1969, 1970, 1999, 2000, 2024, 2100, 9_999] {
            for month in 1..=12 {
                let first = date(year, month, 1);
                let day = (first - date(1970, 1, 1)).get_days();
                assert_eq!(day_of(i64::from(year), i64::from(month)), i64::from(day), "{first}");
                assert_eq!(year_of(i64::from(day)), i64::from(year), "{first}");
                assert_eq!(
                    year_of(i64::from(day) - 1),
                    i64::from(first.yesterday().unwrap().year()),
                    "{first}"
                );
            }
        }
    }
}
