//! A look into the key-value store now and then, as an instance takes it.

use crate::edge::{Edge, StoreError};
use futures::future::{Either, select};
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

/// A broken store is told of once in this time.
const TELL: Duration = Duration::from_secs(60);

/// When somebody looked last, and when the operator was told last that it failed; both by [`Edge::elapsed`].
#[derive(Debug, Default)]
pub(crate) struct Glances {
    looked: Option<Duration>,
    told: Option<Duration>,
}

impl Glances {
    /// Of somebody who has not looked yet.
    pub(crate) const fn new() -> Self {
        Self { looked: None, told: None }
    }

    /// Whether the last look was less than `interval` ago.
    pub(crate) fn are_fresh(&self, now: Duration, interval: Duration) -> bool {
        self.looked.is_some_and(|at| now.saturating_sub(at) < interval)
    }

    /// Notes that somebody looks now.
    pub(crate) fn begin(&mut self, now: Duration) {
        self.looked = Some(now);
    }

    /// Tells the operator, unless they were told lately.
    pub(crate) fn tell(&mut self, edge: &dyn Edge, line: &str) {
        let now = edge.elapsed();
        if self.told.is_none_or(|at| now.saturating_sub(at) >= TELL) {
            self.told = Some(now);
            edge.log(line);
        }
    }
}

/// What comes of work with the store, or that there was no answer in time.
///
/// # Errors
/// [`StoreError`] of the work, or when `patience` is over; the work is dropped then.
pub(crate) async fn within<T>(
    edge: &dyn Edge,
    patience: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    match select(pin!(work), edge.sleep(patience)).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(StoreError(format!("no answer within {} ms", patience.as_millis()))),
    }
}
