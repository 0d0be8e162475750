//! How long copies live.

use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// The ages at which a copy changes its worth, each counted from when the backend was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lives {
    /// Until here it is as good as the backend's own answer.
    pub(crate) fresh: Duration,
    /// Until here it is given at once, and the backend is asked again after the answer.
    pub(crate) stale: Duration,
    /// Until here it stands in when the backend fails.
    pub(crate) error: Duration,
}

impl Lives {
    /// What changes by the hour: categories, reviews, stores.
    pub(crate) const SLOW: Self =
        Self { fresh: MINUTE.saturating_mul(5), stale: HOUR, error: HOUR.saturating_mul(24) };
    /// Products, lists, content: prices are in them.
    pub(crate) const GOODS: Self =
        Self { fresh: MINUTE, stale: MINUTE.saturating_mul(10), error: HOUR.saturating_mul(24) };
    /// Stock: wrong after minutes.
    pub(crate) const STOCK: Self =
        Self { fresh: SECOND.saturating_mul(10), stale: MINUTE, error: MINUTE.saturating_mul(10) };
    /// "There is no such thing": asked again soon, and never an excuse.
    pub(crate) const MISSING: Self = Self {
        fresh: SECOND.saturating_mul(10),
        stale: SECOND.saturating_mul(10),
        error: SECOND.saturating_mul(10),
    };

    /// As an operator wants it; a later age is never before an earlier one.
    pub(crate) fn with(self, fresh: Option<Duration>, stale: Option<Duration>) -> Self {
        let fresh = fresh.unwrap_or(self.fresh);
        let stale = stale.unwrap_or(self.stale).max(fresh);
        Self { fresh, stale, error: self.error.max(stale) }
    }

    /// What a copy of an age is worth.
    pub(crate) fn worth(&self, age: Duration) -> Worth {
        match age {
            age if age < self.fresh => Worth::Fresh(self.fresh.saturating_sub(age)),
            age if age < self.stale => Worth::Stale,
            age if age < self.error => Worth::StandIn,
            _ => Worth::Nothing,
        }
    }
}

/// What a copy is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    /// As good as new, for so long.
    Fresh(Duration),
    /// Good enough while a new one is fetched.
    Stale,
    /// Better than a failure.
    StandIn,
    /// Not to be used.
    Nothing,
}
