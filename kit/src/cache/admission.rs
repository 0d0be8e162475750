//! How often an instance may write to key-value.

use std::cell::Cell;
use std::time::Duration;

/// After a refusal, the share is whole again in so many seconds.
const RECOVERY: f64 = 60.0;

/// Spaces an instance's writes. An app's writes are limited as a whole, in every second (Akamai Functions: 50), but
/// its instances do not know of each other: each takes an even share for as many as the operator says that there
/// are at most (`cache_writers`). Nothing is saved up, so that instances that rest do not burst together. When the
/// store refuses all the same, the share is halved, and grows back slowly.
///
/// Instances that follow each other know of each other as little, and each may write once when it begins: what is
/// left between `cache_writes_per_s` and the limit is for that and for carts.
#[derive(Debug)]
pub(crate) struct Admission {
    /// The latest write. Whoever has just begun may write at once: many instances live for one page.
    last: Cell<Option<Duration>>,
    at: Cell<Duration>,
    /// What the store's refusals have left of the rate, from 0.01 to 1.
    share: Cell<f64>,
}

impl Admission {
    pub(crate) fn new(now: Duration) -> Self {
        Self { last: Cell::default(), at: Cell::new(now), share: Cell::new(1.0) }
    }

    /// Whether a write may be made now, at `rate` writes a second, which is more than nothing: in any second at
    /// most so many whole ones. What many ask for meets a free moment soonest.
    pub(crate) fn admit(&self, now: Duration, rate: f64) -> bool {
        let passed = now.saturating_sub(self.at.replace(now)).as_secs_f64();
        self.share.set((self.share.get() + passed / RECOVERY).min(1.0));
        let whole = if rate >= 1.0 { rate.floor() } else { rate };
        let apart = 1.0 / (whole * self.share.get());
        let is_due = self.last.get().is_none_or(|last| now.saturating_sub(last).as_secs_f64() >= apart);
        if is_due {
            self.last.set(Some(now));
        }
        is_due
    }

    /// The store refused a write.
    pub(crate) fn refused(&self, now: Duration) {
        self.share.set((self.share.get() / 2.0).max(0.01));
        self.last.set(Some(now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(10);

    /// When writes are admitted to somebody who asks every ten milliseconds.
    fn admitted(rate: f64, seconds: u32) -> Vec<Duration> {
        let admission = Admission::new(Duration::ZERO);
        let moments = (0..seconds * 100).map(|step| STEP * step);
        moments.filter(|now| admission.admit(*now, rate)).collect()
    }

    #[test]
    fn no_second_has_more_writes_than_the_rate() {
        for (rate, most, in_a_minute) in
            [(2.0, 2, 120), (2.9, 2, 120), (40.0, 40, 2000), (0.5, 1, 30), (1.0, 1, 60)]
        {
            let writes = admitted(rate, 60);
            for begin in &writes {
                let second = *begin..*begin + Duration::from_secs(1);
                let count = writes.iter().filter(|at| second.contains(at)).count();
                assert!(count <= most, "{count} at {rate} a second from {begin:?}");
            }
            assert_eq!(writes.len(), in_a_minute, "at {rate} a second");
        }
    }

    #[test]
    fn rest_saves_nothing_up() {
        let admission = Admission::new(Duration::ZERO);
        let hour = Duration::from_secs(3600);
        assert!(admission.admit(hour, 2.0), "the first at once");
        assert!(!admission.admit(hour + STEP * 49, 2.0));
        assert!(admission.admit(hour + STEP * 50, 2.0));
    }

    #[test]
    fn refusals_slow_it_down_for_a_minute() {
        let admission = Admission::new(Duration::ZERO);
        (0..20).for_each(|_| admission.refused(Duration::ZERO));
        let writes: Vec<u32> =
            (0..120).filter(|second| admission.admit(Duration::from_secs(u64::from(*second)), 1.0)).collect();
        let (early, late) = (writes.iter().filter(|at| **at < 30).count(), writes.len());
        assert!(early < 15, "{writes:?}");
        assert!(writes.ends_with(&[117, 118, 119]) && late > 80, "{writes:?}");
    }

    #[test]
    fn strange_rates_harm_nothing() {
        for rate in [f64::MIN_POSITIVE, 1e-300, 1e300, f64::MAX] {
            let admission = Admission::new(Duration::MAX);
            for now in [Duration::ZERO, Duration::MAX, Duration::from_secs(1)] {
                admission.admit(now, rate);
                admission.refused(now);
            }
        }
    }
}
