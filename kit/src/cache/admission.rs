//! How often an instance may write to key-value.

use std::cell::Cell;
use std::time::Duration;

/// An instance that has just begun may write this often at once.
const FIRST: f64 = 1.0;

/// A token bucket. An app's writes are limited as a whole (Akamai Functions: 50 a second), but its instances do not
/// know of each other: each takes an even share for as many as the operator says that there are at most
/// (`cache_writers`). When the store refuses all the same, the share is halved, and grows back slowly.
#[derive(Debug)]
pub(crate) struct Admission {
    tokens: Cell<f64>,
    at: Cell<Duration>,
    /// What the store's refusals have left of the rate, from 0.01 to 1.
    share: Cell<f64>,
}

impl Admission {
    pub(crate) fn new(now: Duration) -> Self {
        Self { tokens: Cell::new(FIRST), at: Cell::new(now), share: Cell::new(1.0) }
    }

    /// Whether a write may be made now, at `rate` writes a second. What nobody has asked for twice yet is
    /// written only while there is plenty.
    pub(crate) fn admit(&self, now: Duration, rate: f64, wanted_again: bool) -> bool {
        let passed = now.saturating_sub(self.at.replace(now)).as_secs_f64();
        self.share.set((self.share.get() + passed / 60.0).min(1.0));
        // No more than a second's worth is saved up, so that instances that rest do not burst together.
        let most = rate.max(FIRST);
        let tokens = (self.tokens.get() + passed * rate * self.share.get()).min(most);
        let enough = if wanted_again { tokens >= 1.0 } else { tokens >= 1.0 && tokens >= most / 2.0 };
        self.tokens.set(if enough { tokens - 1.0 } else { tokens });
        enough
    }

    /// The store refused a write.
    pub(crate) fn refused(&self) {
        self.share.set((self.share.get() / 2.0).max(0.01));
        self.tokens.set(0.0);
    }
}
