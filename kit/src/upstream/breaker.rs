//! When to stop asking a backend that fails: a circuit breaker (M. Nygard, "Release It!"). A pure state
//! machine; the time and the chance are given.

use super::outcome::{Outcome, Trouble};
use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

/// The latest outcomes that count, and for how long each does.
const WINDOW: usize = 20;
const RECENT: Duration = Duration::from_secs(10);
/// It opens at so many failures among them, when they are half of all or more.
const FAILURES: usize = 5;
/// How long it stays open at first, and at most.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);
/// A probe that is out for longer than any deadline was lost with its request.
const LOST: Duration = Duration::from_secs(60);

/// Counts what comes of the attempts, and says when none should be made.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    state: State,
    recent: VecDeque<(Duration, bool)>,
    /// How often it opened since it was last closed.
    openings: u32,
    /// How many attempts failed up to the last opening.
    failures: u32,
    last: Option<Trouble>,
    /// Grows with every change of state, so that an attempt that began before counts no more.
    generation: u64,
}

#[derive(Debug, Default, Clone, Copy)]
enum State {
    #[default]
    Closed,
    Open {
        until: Duration,
    },
    /// One attempt at a time, a probe, finds out; since when it is out.
    HalfOpen {
        probe: Option<Duration>,
    },
}

/// That an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Permit {
    generation: u64,
}

/// That none may, and why; the operator's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused {
    /// How long still; zero while a probe is out.
    pub(super) wait: Duration,
    failures: u32,
    /// The latest failure.
    pub(super) last: Option<Trouble>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wait {
            Duration::ZERO => f.write_str("breaker open until a probe is answered")?,
            wait => write!(f, "breaker open for {} ms", wait.as_millis().max(1))?,
        }
        let plural = if self.failures == 1 { "" } else { "s" };
        write!(f, ", after {} failure{plural}", self.failures)?;
        self.last.map_or(Ok(()), |last| write!(f, ", the last: {last}"))
    }
}

/// What an outcome changed, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Opened(Refused),
    Closed,
}

impl Breaker {
    /// Whether an attempt may be made now. Whoever gets a permit gives it back with [`Self::record`].
    ///
    /// # Errors
    /// [`Refused`] while it is open, or a probe is out.
    pub(super) fn admit(&mut self, now: Duration) -> Result<Permit, Refused> {
        match self.state {
            State::Closed => return Ok(Permit { generation: self.generation }),
            State::Open { until } if now < until => return Err(self.refused(until.saturating_sub(now))),
            State::HalfOpen { probe: Some(since) } if now.saturating_sub(since) < LOST => {
                return Err(self.refused(Duration::ZERO));
            }
            State::Open { .. } | State::HalfOpen { .. } => {}
        }
        self.enter(State::HalfOpen { probe: Some(now) });
        Ok(Permit { generation: self.generation })
    }

    /// How long it stays open; zero when it is not.
    pub(super) fn open_for(&self, now: Duration) -> Duration {
        match self.state {
            State::Open { until } => until.saturating_sub(now),
            State::Closed | State::HalfOpen { .. } => Duration::ZERO,
        }
    }

    /// Counts what came of a permitted attempt. `chance`, from 0 to 1, spreads the probes of many instances.
    pub(super) fn record(
        &mut self,
        permit: Permit,
        outcome: Outcome,
        now: Duration,
        chance: f64,
    ) -> Option<Change> {
        if permit.generation != self.generation {
            return None;
        }
        let probing = matches!(self.state, State::HalfOpen { .. });
        match outcome {
            Outcome::Answered if probing => Some(self.close()),
            Outcome::Answered => {
                self.count(now, true);
                None
            }
            Outcome::Unknown => {
                if probing {
                    self.enter(State::HalfOpen { probe: None });
                }
                None
            }
            Outcome::Failed(trouble) => {
                self.count(now, false);
                self.last = Some(trouble);
                let failures = self.recent.iter().filter(|(_, good)| !good).count();
                let many = failures >= FAILURES && failures * 2 >= self.recent.len();
                (probing || many).then(|| self.open_by_itself(now, chance))
            }
            Outcome::Overloaded { status, wait } => {
                self.count(now, false);
                self.last = Some(Trouble::Status(status));
                Some(self.open(now, wait.min(LONGEST)))
            }
        }
    }

    fn count(&mut self, now: Duration, good: bool) {
        self.recent.retain(|(at, _)| now.saturating_sub(*at) < RECENT);
        if self.recent.len() >= WINDOW {
            self.recent.pop_front();
        }
        self.recent.push_back((now, good));
    }

    /// For longer each time, and somewhere in the second half of it.
    fn open_by_itself(&mut self, now: Duration, chance: f64) -> Change {
        let longest = FIRST.saturating_mul(1 << self.openings.min(5)).min(LONGEST);
        self.openings = self.openings.saturating_add(1);
        let half = longest / 2;
        self.open(now, half + half.mul_f64(chance.clamp(0.0, 1.0)))
    }

    fn open(&mut self, now: Duration, time: Duration) -> Change {
        let failed = self.recent.drain(..).filter(|(_, good)| !good).count();
        self.failures = self.failures.saturating_add(u32::try_from(failed).unwrap_or(u32::MAX));
        self.enter(State::Open { until: now.saturating_add(time) });
        Change::Opened(self.refused(time))
    }

    fn close(&mut self) -> Change {
        (self.openings, self.failures, self.last) = (0, 0, None);
        self.recent.clear();
        self.enter(State::Closed);
        Change::Closed
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.generation = self.generation.wrapping_add(1);
    }

    fn refused(&self, wait: Duration) -> Refused {
        Refused { wait, failures: self.failures, last: self.last }
    }
}

#[cfg(test)]
mod tests;
