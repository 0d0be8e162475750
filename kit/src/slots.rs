//! Slots: what a head asks for, all at once, under one deadline, each with its ladder: fresh, stale, a stand-in,
//! left out.

use crate::asked::{Asked, Awaited};
use crate::edge::Edge;
use crate::failure::Failure;
use crate::reads::Reads;
use crate::visibility::{Age, Visible};
use commerce::{Error, Fault, Kind};
use futures::future::{Either, select};
use jiff::Timestamp;
use std::cell::{Cell, RefCell};
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
        Self::since(edge.elapsed(), budget)
    }

    /// The same from when the request came, by [`Edge::elapsed`].
    pub fn since(start: Duration, budget: Duration) -> Self {
        let render = (budget / 10).max(Duration::from_millis(20)).min(budget / 2);
        Self { start, gather: start + budget - render }
    }

    /// What is left to gather.
    pub fn left(&self, edge: &dyn Edge) -> Duration {
        self.gather.saturating_sub(edge.elapsed())
    }
}

/// A part of an answer: its name, its share of the time, and whether it is to be told how old a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    name: &'static str,
    share: u32,
    dated: bool,
    shown: bool,
}

impl Slot {
    /// A part that may take all the time there is; a copy past its time stands in when it fails.
    pub const fn new(name: &'static str) -> Self {
        Self { name, share: 100, dated: true, shown: true }
    }

    /// With a share of the time for gathering, in per cent.
    #[must_use]
    pub const fn share(self, per_cent: u32) -> Self {
        Self { share: per_cent, ..self }
    }

    /// With neither prices nor stock in it: nobody need be told that it is old.
    #[must_use]
    pub const fn undated(self) -> Self {
        Self { dated: false, ..self }
    }

    /// Not shown, but decided by: an answer without it is still one.
    #[must_use]
    pub(crate) const fn unshown(self) -> Self {
        Self { shown: false, ..self }
    }
}

/// What came of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Asked and answered, or a copy that is still good.
    Fresh,
    /// A copy past its time.
    Stale,
    /// The head's own stand-in.
    Default,
    /// Not there: left out.
    Omitted,
    /// The shop has no such thing, today as tomorrow: left out.
    Unsupported,
    /// Required and not there.
    Failed,
    /// Still on its way when a required slot failed.
    Abandoned,
    /// Still on its way when the answer was begun.
    Late,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::Default => "default",
            Self::Omitted => "omitted",
            Self::Unsupported => "unsupported",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
            Self::Late => "late",
        }
    }

    const fn of(age: Age) -> Self {
        match age {
            Age::Fresh => Self::Fresh,
            Age::Stale => Self::Stale,
            Age::Default => Self::Default,
        }
    }
}

/// Keeps the deadline and what came of each slot.
pub struct Slots {
    edge: Rc<dyn Edge>,
    deadline: Deadline,
    reads: Rc<Reads>,
    record: RefCell<Vec<(&'static str, Outcome, Duration)>>,
    /// Why the first slot was left out.
    omitted: RefCell<Option<Error>>,
    /// Whether the answer is one without any of them.
    stands_alone: Cell<bool>,
    /// When the backend was asked for the oldest copy that stands in.
    stale_since: Cell<Option<Timestamp>>,
}

impl Slots {
    /// Slots of one request.
    pub fn new(edge: Rc<dyn Edge>, deadline: Deadline, reads: Rc<Reads>) -> Self {
        let (record, omitted, stands_alone, stale_since) = Default::default();
        Self { edge, deadline, reads, record, omitted, stands_alone, stale_since }
    }

    /// Where it is noted what the answer read.
    pub(crate) fn reads(&self) -> &Rc<Reads> {
        &self.reads
    }

    /// When the answer must be ready.
    pub fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Asks for what the answer cannot do without.
    ///
    /// # Errors
    /// Whatever went wrong; `UpstreamLate` at the deadline.
    pub async fn required<'a, A: Awaited<'a>>(&self, slot: Slot, asked: A) -> Result<A::Value, Failure> {
        let place = self.begin(slot.name);
        let (result, took) = self.ladder(slot, asked.asked()).await;
        self.end(place, result.as_ref().map_or(Outcome::Failed, |value| Outcome::of(value.age())), took);
        Ok(result?)
    }

    /// Asks for what can be left out: a failure, or no answer in its time, is `None`, said in
    /// `headwater-slots` and logged.
    ///
    /// # Errors
    /// Never; a `Result` so that it joins with required slots in one `try_join!`.
    pub async fn optional<'a, A: Awaited<'a>>(
        &self,
        slot: Slot,
        asked: A,
    ) -> Result<Option<A::Value>, Failure> {
        let place = self.begin(slot.name);
        let (result, took) = self.ladder(slot, asked.asked()).await;
        let (outcome, value) = match result {
            Ok(value) => (Outcome::of(value.age()), Some(value)),
            Err(Error { kind: Kind::Unsupported(_), .. }) => (Outcome::Unsupported, None),
            Err(error) => {
                let took = took.as_millis();
                self.edge.log(&format!("slot {} omitted after {took} ms: {error}", slot.name));
                if slot.shown {
                    self.omitted.borrow_mut().get_or_insert(error);
                }
                (Outcome::Omitted, None)
            }
        };
        self.end(place, outcome, took);
        Ok(value)
    }

    /// Asks for what the head itself has a stand-in for: the type's default.
    ///
    /// # Errors
    /// Never; a `Result` so that it joins with required slots in one `try_join!`.
    pub async fn or_default<'a, A>(&self, slot: Slot, asked: A) -> Result<A::Value, Failure>
    where
        A: Awaited<'a>,
        A::Value: Default,
    {
        let place = self.record.borrow().len();
        if let Some(value) = self.optional(slot, asked).await? {
            return Ok(value);
        }
        let stand_in = A::Value::default();
        // What the shop will not have tomorrow either is no reason to ask again soon.
        if let Some(entry) = self.record.borrow_mut().get_mut(place)
            && entry.1 == Outcome::Omitted
        {
            entry.1 = Outcome::Default;
            stand_in.note(&self.reads);
        }
        Ok(stand_in)
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

    /// Waits for the answer in its time; without one, takes the copy.
    async fn ladder<V: Visible>(&self, slot: Slot, asked: Asked<'_, V>) -> (Result<V, Error>, Duration) {
        let start = self.edge.elapsed();
        let whole = self.deadline.gather.saturating_sub(self.deadline.start);
        let most = (whole * slot.share / 100).min(self.deadline.left(&*self.edge));
        let Asked { pending, copy, late } = asked;
        let mut pending = pin!(pending);
        // Whoever has an old copy at hand waits only half as long for a better one.
        let mut result = self.within(most / 2, pending.as_mut()).await;
        if result.is_none() && copy.borrow().is_none() {
            result = self.within(most - most / 2, pending).await;
        }
        let result = result.unwrap_or_else(|| {
            if let Some(late) = late {
                late();
            }
            Err(Error::new(Kind::TimedOut, "", format!("no answer within {} ms", most.as_millis())))
        });
        let result = result.or_else(|error| {
            // "There is no such product" is an answer; an old copy must not deny it.
            let old = (error.fault() == Fault::Upstream).then(|| copy.borrow_mut().take());
            let old = old.flatten().ok_or(error)?;
            let born = old.born().filter(|_| slot.dated);
            self.stale_since.set(self.stale_since.get().into_iter().chain(born).min());
            Ok(old)
        });
        if let Ok(value) = &result {
            value.note(&self.reads);
        }
        (result, self.edge.elapsed().saturating_sub(start))
    }

    async fn within<F: Future + Unpin>(&self, most: Duration, pending: F) -> Option<F::Output> {
        match select(pending, self.edge.sleep(most)).await {
            Either::Left((result, _)) => Some(result),
            Either::Right(_) => None,
        }
    }

    /// Says that what the answer is for comes from no slot, as with a form: what is asked for beside it stands around it,
    /// and when all of that is left out, the answer is still one. Without this it would be a failure.
    pub fn stand_around(&self) {
        self.stands_alone.set(true);
    }

    /// Why nothing at all could be had, when that is so: an answer of omissions only would be a lie, unless it is for
    /// something else ([`Slots::stand_around`]).
    pub(crate) fn all_omitted(&self) -> Option<Failure> {
        if self.stands_alone.get() {
            return None;
        }
        let record = self.record.borrow();
        let any = record.iter().any(|(_, outcome, _)| matches!(outcome, Outcome::Fresh | Outcome::Stale));
        self.omitted.borrow().clone().filter(|_| !any).map(Failure::from)
    }

    /// Whether a slot was left out, or a stand-in taken.
    pub fn is_partial(&self) -> bool {
        let lacks = |outcome| matches!(outcome, Outcome::Omitted | Outcome::Default);
        self.record.borrow().iter().any(|(_, outcome, _)| lacks(*outcome))
    }

    /// Since when the oldest copy is known that stands in for a backend which is down or late: for a word of
    /// caution in the channel's own form. `None` where a copy is merely being renewed after the answer, and for
    /// what has neither prices nor stock in it ([`Slot::undated`]).
    pub fn stale_since(&self) -> Option<Timestamp> {
        self.stale_since.get()
    }

    /// The answer is begun: what is still on its way comes late.
    pub(crate) fn begun(&self) {
        for entry in self.record.borrow_mut().iter_mut().filter(|entry| entry.1 == Outcome::Abandoned) {
            entry.1 = Outcome::Late;
        }
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
