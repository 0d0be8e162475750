//! What the operator says of copies.

use crate::edge::Edge;
use std::rc::Rc;
use std::time::Duration;

/// From the component's variables; a value that cannot be read counts as not given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rules {
    /// `cache`: `off` asks the backends every time.
    pub(crate) is_on: bool,
    /// `cache_fresh_ms`: how long copies are fresh, instead of their own times; at most a day, since purges are
    /// not remembered for much longer.
    pub(crate) fresh: Option<Duration>,
    /// `cache_stale_ms`: until which age a copy is given at once while it is renewed, instead of their own.
    pub(crate) stale: Option<Duration>,
    /// `cache_writes_per_s` over `cache_writers`: this instance's share of key-value's writes.
    pub(crate) writes: f64,
    /// `purge_check_ms`: how often is looked what has been purged; at most a minute.
    pub(crate) purge_check: Duration,
}

impl Rules {
    /// An app on Akamai Functions may write 50 times a second. Each of 20 instances may write once in that time, and
    /// so may one that follows it; ten are left to carts.
    const WRITES_PER_SECOND: f64 = 20.0;
    /// Instances at once, of all heads together.
    const WRITERS: f64 = 20.0;

    const LONGEST: Duration = Duration::from_secs(24 * 3600);
    /// What [`super::purge::Times`] takes.
    const SELDOMEST: Duration = Duration::from_secs(60);

    /// Reads the rules.
    pub(crate) async fn of(edge: &Rc<dyn Edge>) -> Self {
        let instance = edge.instance();
        let text = async |name: &str| instance.variable(&**edge, name).await;
        let number = async |name: &str| text(name).await.and_then(|text| text.trim().parse::<f64>().ok());
        let positive = async |name: &str, otherwise: f64| {
            number(name).await.filter(|value| value.is_finite() && *value > 0.0).unwrap_or(otherwise)
        };
        let milliseconds = async |name: &str| {
            let whole = text(name).await.and_then(|text| text.trim().parse::<u64>().ok());
            whole.map(Duration::from_millis)
        };
        Self {
            is_on: text("cache").await.as_deref() != Some("off"),
            fresh: milliseconds("cache_fresh_ms").await.map(|fresh| fresh.min(Self::LONGEST)),
            stale: milliseconds("cache_stale_ms").await.map(|stale| stale.min(Self::LONGEST)),
            writes: positive("cache_writes_per_s", Self::WRITES_PER_SECOND).await
                / positive("cache_writers", Self::WRITERS).await.max(1.0),
            purge_check: milliseconds("purge_check_ms")
                .await
                .filter(|time| *time <= Self::SELDOMEST)
                .unwrap_or(Duration::from_secs(1)),
        }
    }
}
