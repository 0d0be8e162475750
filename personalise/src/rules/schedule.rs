//! When an offer runs.

use super::Zone;
use super::zone::Local;
use crate::attribute::exact;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// From when until when, on which days and at which hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// The first moment; `None` for always.
    #[serde(with = "exact::optional")]
    pub from: Option<Timestamp>,
    /// The first moment after it; `None` for never.
    #[serde(with = "exact::optional")]
    pub until: Option<Timestamp>,
    /// Monday to Sunday; all where every day is meant.
    pub days: [bool; 7],
    /// Minutes of the day: from the first up to and without the second. Past midnight where the second is less; the
    /// day is then the one on which it began.
    pub minutes: Option<(u16, u16)>,
    /// Where days and hours are counted.
    pub zone: Zone,
}

impl Schedule {
    /// Whether it runs at a moment.
    pub fn runs(&self, now: Timestamp) -> bool {
        if self.from.is_some_and(|from| now < from) || self.until.is_some_and(|until| until <= now) {
            return false;
        }
        if self.days == [true; 7] && self.minutes.is_none() {
            return true;
        }
        let Local { weekday: today, minute } = self.zone.local(now);
        let on = |day: usize| self.days.get(day).copied().unwrap_or(false);
        match self.minutes {
            None => on(today),
            Some((start, end)) if start < end => on(today) && (start..end).contains(&minute),
            Some((start, end)) => on(today) && minute >= start || on((today + 6) % 7) && minute < end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Change, Summer};

    fn at(schedule: &Schedule, now: &str) -> bool {
        schedule.runs(now.parse().unwrap())
    }

    #[test]
    fn days_and_hours_are_those_of_its_zone() {
        let sunday = |month, seconds| Change { month, week: 5, weekday: 0, seconds };
        let summer = Summer { offset: 3_600, begins: sunday(3, 3_600), ends: sunday(10, 7_200) };
        let zone = Zone { offset: 0, summer: Some(summer) };
        let days = [false, false, false, false, true, false, false];
        let friday = Schedule { from: None, until: None, days, minutes: Some((17 * 60, 60)), zone };
        let friday: Schedule = serde_json::from_str(&serde_json::to_string(&friday).unwrap()).unwrap();
        assert!(at(&friday, "2026-11-20T17:00:00Z"));
        assert!(!at(&friday, "2026-11-20T16:59:59Z"));
        assert!(at(&friday, "2026-11-21T00:59:00Z"), "Friday's night goes on past midnight");
        assert!(!at(&friday, "2026-11-21T01:00:00Z"));
        assert!(!at(&friday, "2026-11-20T00:30:00Z"), "Thursday's does not");
        assert!(at(&friday, "2026-07-17T16:00:00Z"), "summer time is an hour ahead");
    }

    #[test]
    fn it_runs_from_its_first_moment_and_not_at_its_end() {
        let zone = Zone::default();
        let moment = |text: &str| Some(text.parse().unwrap());
        let (from, until) = (moment("2026-11-27T00:00:00Z"), moment("2026-11-28T00:00:00Z"));
        let schedule = Schedule { from, until, days: [true; 7], minutes: None, zone };
        assert!(!at(&schedule, "2026-11-26T23:59:59Z"));
        assert!(at(&schedule, "2026-11-27T00:00:00Z"));
        assert!(!at(&schedule, "2026-11-28T00:00:00Z"));
    }
}
