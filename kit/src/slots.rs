//! Slots: what a head asks for, all at once, under one deadline.

use crate::edge::Edge;
use crate::failure::Failure;
use commerce::{Error, Kind};
use futures::future::{Either, select};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

/// When an answer must be ready, measured by [`Edge::elapsed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// When the request came.
    pub start: Duration,
    /// When the last upstream answer must be there; the rest of the budget is for rendering.
    pub gather: Duration,
}

impl Deadline {
    /// A budget from now on; a tenth of it, at least 20 ms, is kept for rendering.
    pub fn new(edge: &dyn Edge, budget: Duration) -> Self {
        let start = edge.elapsed();
        let render = (budget / 10).max(Duration::from_millis(20)).min(budget / 2);
        Self { start, gather: start + budget - render }
    }

    /// What is left to gather.
    pub fn left(&self, edge: &dyn Edge) -> Duration {
        self.gather.saturating_sub(edge.elapsed())
    }
}

/// What came of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Asked and answered.
    Fresh,
    /// Optional and not there: left out.
    Omitted,
    /// The shop has no such thing, today as tomorrow: left out.
    Unsupported,
    /// Required and not there.
    Failed,
    /// Still on its way when a required slot failed.
    Abandoned,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Omitted => "omitted",
            Self::Unsupported => "unsupported",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }
}

/// Keeps the deadline and what came of each slot.
pub struct Slots {
    edge: Rc<dyn Edge>,
    deadline: Deadline,
    /// What the operator's budget is of the head's own, by which its optional parts may take longer or less.
    stretch: f64,
    record: RefCell<Vec<(&'static str, Outcome, Duration)>>,
    /// Why the first slot was left out.
    omitted: RefCell<Option<Error>>,
}

impl Slots {
    /// Slots of one request; `stretch` is what the budget is of the one that the head's times are made for.
    pub fn new(edge: Rc<dyn Edge>, deadline: Deadline, stretch: f64) -> Self {
        Self { edge, deadline, stretch, record: RefCell::default(), omitted: RefCell::default() }
    }

    /// When the answer must be ready.
    pub fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Asks for what the answer cannot do without.
    ///
    /// # Errors
    /// Whatever went wrong; `UpstreamLate` at the deadline.
    pub async fn required<T>(
        &self,
        name: &'static str,
        pending: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Failure> {
        let place = self.begin(name);
        let (result, took) = self.within(self.deadline.left(&*self.edge), pending).await;
        self.end(place, if result.is_ok() { Outcome::Fresh } else { Outcome::Failed }, took);
        Ok(result?)
    }

    /// Asks for what can be left out: a failure, or no answer within `most` (of the head's own
    /// budget), is `None`, said in
    /// `headwater-slots` and logged.
    ///
    /// # Errors
    /// Never; a `Result` so that it joins with required slots in one `try_join!`.
    pub async fn optional<T>(
        &self,
        name: &'static str,
        most: Duration,
        pending: impl Future<Output = Result<T, Error>>,
    ) -> Result<Option<T>, Failure> {
        let place = self.begin(name);
        let most = most.mul_f64(self.stretch).min(self.deadline.left(&*self.edge));
        let (result, took) = self.within(most, pending).await;
        let (outcome, value) = match result {
            Ok(value) => (Outcome::Fresh, Some(value)),
            Err(Error { kind: Kind::Unsupported(_), .. }) => (Outcome::Unsupported, None),
            Err(error) => {
                self.edge.log(&format!("slot {name} omitted after {} ms: {error}", took.as_millis()));
                self.omitted.borrow_mut().get_or_insert(error);
                (Outcome::Omitted, None)
            }
        };
        self.end(place, outcome, took);
        Ok(value)
    }

    /// Slots are told in the order of asking, whichever answers first.
    fn begin(&self, name: &'static str) -> usize {
        let mut record = self.record.borrow_mut();
        record.push((name, Outcome::Abandoned, Duration::ZERO));
        record.len() - 1
    }

    fn end(&self, place: usize, outcome: Outcome, took: Duration) {
        if let Some(entry) = self.record.borrow_mut().get_mut(place) {
            (entry.1, entry.2) = (outcome, took);
        }
    }

    async fn within<T>(
        &self,
        most: Duration,
        pending: impl Future<Output = Result<T, Error>>,
    ) -> (Result<T, Error>, Duration) {
        let start = self.edge.elapsed();
        let result = match select(pin!(pending), self.edge.sleep(most)).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => {
                Err(Error::new(Kind::TimedOut, "", format!("no answer within {} ms", most.as_millis())))
            }
        };
        (result, self.edge.elapsed().saturating_sub(start))
    }

    /// Why nothing at all could be had, when that is so: an answer of omissions only would be a lie.
    pub(crate) fn all_omitted(&self) -> Option<Failure> {
        let record = self.record.borrow();
        let any = record.iter().any(|(_, outcome, _)| *outcome == Outcome::Fresh);
        self.omitted.borrow().clone().filter(|_| !any).map(Failure::from)
    }

    /// Whether a slot was left out.
    pub fn is_partial(&self) -> bool {
        self.record.borrow().iter().any(|(_, outcome, _)| *outcome == Outcome::Omitted)
    }

    /// The value of `headwater-slots`: `product=fresh, reviews=omitted`; empty without slots.
    pub fn summary(&self) -> String {
        let record = self.record.borrow();
        let parts: Vec<String> =
            record.iter().map(|(name, outcome, _)| format!("{name}={}", outcome.as_str())).collect();
        parts.join(", ")
    }

    /// The value of `Server-Timing` (W3C): each slot's time and the whole, in milliseconds.
    pub fn timing(&self) -> String {
        let mut text = String::new();
        for (name, outcome, took) in self.record.borrow().iter() {
            let _ = write!(text, "{name};dur={:.1};desc={}, ", took.as_secs_f64() * 1000.0, outcome.as_str());
        }
        let whole = self.edge.elapsed().saturating_sub(self.deadline.start);
        let _ = write!(text, "total;dur={:.1}", whole.as_secs_f64() * 1000.0);
        text
    }
}
