//! What was purged and when.

use jiff::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

/// The longest that anything may be kept, stale or not: what was purged longer ago need not be remembered.
pub const LONGEST_LIFE: Duration = Duration::from_secs(25 * 3600);

/// By how much the clocks of machines may differ. Within it after a purge, nothing is kept.
pub const SKEW: Duration = Duration::from_secs(2);

/// Times further in the future than this are a broken clock's: they are taken for this.
const FUTURE: Duration = Duration::from_secs(60);

/// Tags that are remembered one by one: 28 KB. Beyond it the oldest are forgotten, and the floor rises.
pub(super) const MOST: usize = 2000;

/// What was purged and when, in milliseconds of the Unix epoch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// Whatever was born at or before it is purged; 0 when nothing is.
    pub(super) floor: u64,
    /// The latest purge of each tag, by [`commerce::Tag::digest`].
    pub(super) purged: BTreeMap<u64, u64>,
}

impl Log {
    /// A log by which everything born until now is purged: that of a store which cannot be read.
    pub fn all_until(now: Timestamp) -> Self {
        Self { floor: milliseconds(now), purged: BTreeMap::new() }
    }

    /// Whether something may still be used: it is about none of what was purged when it was born or later, by
    /// clocks that differ by at most [`SKEW`]. `born` is when the backend was asked, not when it had answered:
    /// a purge may have come in between. A purge of the whole shop needs no tag: it raises the floor.
    pub fn spares(&self, born: Timestamp, tags: &[u64]) -> bool {
        let born = milliseconds(born).saturating_sub(millis(SKEW));
        let is_purged = |tag: &u64| self.purged.get(tag).is_some_and(|at| *at >= born);
        self.floor < born && !tags.iter().any(is_purged)
    }

    /// Notes that a tag was purged.
    pub(super) fn add(&mut self, tag: u64, at: u64) {
        let known = self.purged.entry(tag).or_default();
        *known = at.max(*known);
    }

    /// Whether the log knows that a tag was purged at that time or later.
    pub(super) fn knows(&self, tag: u64, at: u64) -> bool {
        self.floor >= at || self.purged.get(&tag).is_some_and(|known| *known >= at)
    }

    /// Raises the floor.
    pub(super) fn raise(&mut self, floor: u64) {
        self.floor = self.floor.max(floor);
    }

    /// Takes over what another log knows.
    pub(super) fn merge(&mut self, other: &Self) {
        self.raise(other.floor);
        other.purged.iter().for_each(|(tag, at)| self.add(*tag, *at));
    }

    /// Forgets what nobody can need: purges below the floor or older than [`LONGEST_LIFE`], and those of a clock
    /// that is years ahead, by which a tag could not be kept for years. Of more than [`MOST`] tags the oldest go, and the floor rises to the latest of those.
    pub(super) fn forget(&mut self, now: Timestamp) {
        let now = milliseconds(now);
        let (past, future) = (now.saturating_sub(millis(LONGEST_LIFE)), now.saturating_add(millis(FUTURE)));
        self.floor = self.floor.min(future);
        let floor = self.floor;
        self.purged.values_mut().for_each(|at| *at = future.min(*at));
        self.purged.retain(|_, at| *at > floor && *at > past);
        if self.purged.len() > MOST {
            let mut times: Vec<u64> = self.purged.values().copied().collect();
            times.sort_unstable_by(|one, other| other.cmp(one));
            let floor = times.get(MOST).copied().unwrap_or_default();
            self.raise(floor);
            self.purged.retain(|_, at| *at > floor);
        }
    }
}

/// Milliseconds of the Unix epoch; a time before it is its beginning.
pub(super) fn milliseconds(time: Timestamp) -> u64 {
    u64::try_from(time.as_millisecond()).unwrap_or_default()
}

/// A duration in whole milliseconds.
pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_795_262_400, 0);

    fn seconds(after: i64) -> Timestamp {
        NOW + jiff::SignedDuration::from_secs(after)
    }

    fn log(purged: &[(u64, i64)]) -> Log {
        let mut log = Log::default();
        purged.iter().for_each(|(tag, after)| log.add(*tag, milliseconds(seconds(*after))));
        log
    }

    #[test]
    fn what_was_born_before_the_purge_or_shortly_after_it_is_not_used() {
        let log = log(&[(1, 0), (1, -50), (2, -100)]);
        for (born, tags, spared) in [
            (-10, &[1][..], false),
            (0, &[1], false),
            (2, &[1], false),
            (3, &[1], true),
            (-10, &[2], true),
            (-10, &[2, 1], false),
            (-10, &[3], true),
            (-10, &[], true),
        ] {
            assert_eq!(log.spares(seconds(born), tags), spared, "{tags:?} born at {born}");
        }
        let log = Log::all_until(NOW);
        assert!(!log.spares(seconds(2), &[]) && log.spares(seconds(3), &[]));
        assert!(Log::default().spares(seconds(-1000), &[1]));
    }

    #[test]
    fn the_oldest_of_too_many_tags_are_purged_with_all_of_their_time() {
        let most = i64::try_from(MOST).unwrap();
        let mut log = log(&(0..most + 10).map(|n| (n.unsigned_abs(), n)).collect::<Vec<_>>());
        let before = log.clone();
        log.forget(seconds(most));
        assert_eq!(log.purged.len(), MOST);
        assert_eq!(log.floor, milliseconds(seconds(9)));
        for tag in 0..most.unsigned_abs() + 10 {
            for born in [-1, 5, 11, 12, 1000] {
                let spared = log.spares(seconds(born), &[tag]);
                assert!(!spared || before.spares(seconds(born), &[tag]), "{tag} born at {born} came back");
            }
        }
        assert!(log.spares(seconds(12), &[u64::MAX]), "what is younger than the floor stays");
    }

    #[test]
    fn what_nobody_can_have_kept_is_forgotten_without_a_floor() {
        let life = i64::try_from(LONGEST_LIFE.as_secs()).unwrap();
        let mut log = log(&[(1, -life), (2, 1 - life)]);
        log.forget(NOW);
        assert_eq!((log.floor, log.purged.len()), (0, 1));
    }

    #[test]
    fn a_clock_that_is_years_ahead_purges_for_a_minute() {
        let year = 365 * 86_400;
        let mut log = log(&[(1, year)]);
        log.raise(milliseconds(seconds(year)));
        log.forget(NOW);
        assert!(log.spares(seconds(63), &[1]));
    }
}
