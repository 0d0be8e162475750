//! How quick purging is, as the operator sets it.

use crate::edge::Edge;
use std::time::Duration;

/// Two variables of the component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// `purge_check_ms`: how old an instance's view of the log may be, 0 to 60,000; 1,000 unless set.
    pub check: Duration,
    /// `purge_settle_ms`: how long the store may take to carry a write to all its readers, 0 to 10,000; 50
    /// unless set.
    pub settle: Duration,
}

impl Times {
    /// Reads the variables.
    ///
    /// # Errors
    /// What is wrong with one, and what it must be.
    pub async fn of(edge: &dyn Edge) -> Result<Self, String> {
        let check = milliseconds(edge, "purge_check_ms", 1000, 60_000).await?;
        let settle = milliseconds(edge, "purge_settle_ms", 50, 10_000).await?;
        Ok(Self { check, settle })
    }

    /// After this time, every instance knows of a purge that was confirmed.
    pub fn seen(self) -> Duration {
        self.check + self.settle
    }
}

/// A variable in whole milliseconds; `unset` where it is empty.
///
/// # Errors
/// What it must be.
pub(crate) async fn milliseconds(
    edge: &dyn Edge,
    name: &str,
    unset: u64,
    most: u64,
) -> Result<Duration, String> {
    let text = edge.variable(name).await.unwrap_or_default();
    let number = if text.is_empty() { Some(unset) } else { text.parse().ok() };
    let number = number.filter(|number| *number <= most);
    number.map(Duration::from_millis).ok_or_else(|| format!("{name} must be a whole number from 0 to {most}"))
}
