//! Whether a failed attempt is made again, and when; pure.

use super::outcome::{Outcome, Trouble};
use commerce::Repeat;
use std::time::Duration;

/// How long to wait before the first retry, at most; twice that before the second, and so on.
const FIRST: Duration = Duration::from_millis(20);
/// A wait takes no more than this part of what is left.
const SHARE: u32 = 4;
/// Who has less time than this left after the wait would only add to the load.
const WORTH: Duration = Duration::from_millis(50);

/// How often a call is sent again, at most.
const fn most(repeat: Repeat) -> u32 {
    match repeat {
        Repeat::Safe => 2,
        Repeat::Keyed => 1,
        Repeat::Never => 0,
    }
}

/// How long to wait before the next attempt; `None` when there should be none. `attempt` is the one that
/// failed, counted from 1; `chance`, from 0 to 1, is the jitter ("full jitter", M. Brooker, "Exponential
/// Backoff And Jitter", AWS Architecture Blog).
pub(super) fn wait(
    repeat: Repeat,
    attempt: u32,
    outcome: Outcome,
    left: Duration,
    chance: f64,
) -> Option<Duration> {
    if attempt > most(repeat) {
        return None;
    }
    let longest = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(left / SHARE);
    let jitter = longest.mul_f64(chance.clamp(0.0, 1.0));
    let wait = match outcome {
        Outcome::Failed(Trouble::Unreachable | Trouble::Status(429 | 502 | 503 | 504)) => jitter,
        Outcome::Overloaded { wait, .. } => wait.saturating_add(jitter),
        // Another status than these says that asking again gives the same; and a time-out used the time up.
        Outcome::Failed(_) | Outcome::Answered | Outcome::Unknown => return None,
    };
    (wait.saturating_add(WORTH) <= left).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNREACHABLE: Outcome = Outcome::Failed(Trouble::Unreachable);
    const LONG: Duration = Duration::from_secs(1);

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn reads_are_repeated_twice_keyed_writes_once_and_others_never() {
        let attempts =
            |repeat| (1..9).take_while(|n| wait(repeat, *n, UNREACHABLE, LONG, 0.5).is_some()).count();
        assert_eq!([Repeat::Safe, Repeat::Keyed, Repeat::Never].map(attempts), [2, 1, 0]);
    }

    #[test]
    fn only_what_may_pass_is_asked_again() {
        let again = |outcome| wait(Repeat::Safe, 1, outcome, LONG, 0.5).is_some();
        let status = |status| again(Outcome::Failed(Trouble::Status(status)));
        assert!(again(UNREACHABLE) && [429, 502, 503, 504].into_iter().all(status));
        assert!(![500, 501, 505, 599].into_iter().any(status));
        assert!(!again(Outcome::Answered) && !again(Outcome::Unknown));
        assert!(!again(Outcome::Failed(Trouble::TimedOut)));
    }

    #[test]
    fn waits_grow_are_spread_and_stay_within_what_is_left() {
        let after = |attempt, left, chance| wait(Repeat::Safe, attempt, UNREACHABLE, left, chance);
        assert_eq!((after(1, LONG, 0.0), after(1, LONG, 1.0)), (Some(ms(0)), Some(ms(20))));
        assert_eq!(after(2, LONG, 1.0), Some(ms(40)));
        assert_eq!(after(2, ms(100), 1.0), Some(ms(25)), "a quarter of what is left");
        assert_eq!(after(1, ms(49), 0.0), None, "not worth it");
        assert_eq!(after(1, ms(50), 0.0), Some(ms(0)));
    }

    #[test]
    fn who_asks_for_time_gets_it_or_is_left_alone() {
        let overloaded = |wait| Outcome::Overloaded { status: 429, wait };
        let after = |asked, left| wait(Repeat::Keyed, 1, overloaded(asked), left, 0.5);
        assert_eq!(after(ms(500), LONG), Some(ms(510)));
        assert_eq!(after(LONG, LONG), None, "given up at once");
        assert_eq!(after(Duration::MAX, LONG), None);
    }
}
