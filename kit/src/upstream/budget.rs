//! How many retries a backend can bear: a tenth of the calls of the last minute, so that retries never make an
//! outage worse (M. Brooker, "Timeouts, retries, and backoff with jitter", Amazon Builders' Library). Pure;
//! the time is given.

use std::time::Duration;

/// What a call earns and a retry costs, in tenths of a retry.
const EARNS: u32 = 1;
const COSTS: u32 = 10;
/// Who has just begun may retry once; nobody more often than ten times in a row.
const AT_FIRST: u32 = COSTS;
const MOST: u32 = 10 * COSTS;
/// A minute, in steps of which the oldest is forgotten as a whole.
const STEP: Duration = Duration::from_secs(10);
const STEPS: usize = 6;

/// What is left to spend on retries.
#[derive(Debug)]
pub(super) struct Budget {
    at_first: u32,
    /// What was earned in each of the last steps, the latest last.
    earned: [u32; STEPS],
    /// Which step the last one is.
    step: u64,
}

impl Budget {
    /// A new budget.
    pub(super) fn new() -> Self {
        Self { at_first: AT_FIRST, earned: [0; STEPS], step: 0 }
    }

    /// A call was made; a retry is not one.
    pub(super) fn earn(&mut self, now: Duration) {
        self.forget(now);
        if self.left() < MOST
            && let Some(latest) = self.earned.last_mut()
        {
            *latest = latest.saturating_add(EARNS);
        }
    }

    /// Spends one retry; whether there was one.
    pub(super) fn spend(&mut self, now: Duration) -> bool {
        self.forget(now);
        if self.left() < COSTS {
            return false;
        }
        let mut due = COSTS;
        // What is oldest would be forgotten first.
        for kept in self.earned.iter_mut().chain([&mut self.at_first]) {
            let paid = due.min(*kept);
            *kept -= paid;
            due -= paid;
        }
        true
    }

    fn left(&self) -> u32 {
        self.earned.iter().fold(self.at_first, |sum, earned| sum.saturating_add(*earned))
    }

    fn forget(&mut self, now: Duration) {
        let step = now.as_secs() / STEP.as_secs();
        let passed = usize::try_from(step.saturating_sub(self.step)).unwrap_or(STEPS).min(STEPS);
        self.earned.rotate_left(passed % STEPS);
        self.earned.iter_mut().rev().take(passed).for_each(|earned| *earned = 0);
        self.step = self.step.max(step);
    }
}

#[cfg(test)]
mod tests;
