//! How quick a change of the rules is, as the operator sets it.

use crate::cache::purge::milliseconds;
use crate::edge::Edge;
use std::rc::Rc;
use std::time::Duration;

/// The most that `rules_check_ms` may be, and what it is unless set.
const MOST: u64 = 60_000;
const UNSET: u64 = 1_000;

/// Two variables of the component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// `rules_check_ms`: how old an instance's view of the rules may be, 0 to 60,000; 1,000 unless set.
    pub check: Duration,
    /// `purge_settle_ms`: how long the store may take to carry a write to all its readers, 0 to 10,000; 50 unless set.
    pub settle: Duration,
}

impl Times {
    /// Reads the variables.
    ///
    /// # Errors
    /// What is wrong with one, and what it must be.
    pub async fn of(edge: &dyn Edge) -> Result<Self, String> {
        let check = milliseconds(edge, "rules_check_ms", UNSET, MOST).await?;
        let settle = milliseconds(edge, "purge_settle_ms", 50, 10_000).await?;
        Ok(Self { check, settle })
    }

    /// After this time, every page goes by rules that were put in force before.
    pub fn seen(self) -> Duration {
        self.check + self.settle
    }

    /// `check` for a page, which no wrong setting keeps from its rules; asked at most every ten seconds.
    pub(super) async fn check_of(edge: &Rc<dyn Edge>) -> Duration {
        let text = edge.instance().variable(&**edge, "rules_check_ms").await;
        let number = text.and_then(|text| text.trim().parse().ok()).filter(|number| *number <= MOST);
        Duration::from_millis(number.unwrap_or(UNSET))
    }
}
