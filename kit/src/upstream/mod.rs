//! Calls to backends over the edge's network, within the deadline.
//!
//! A call goes through its breaker (`breaker`), is attempted (`attempt`), and judged by what came of it
//! (`outcome`); it is made again (`retry`) when that can help, the call may be repeated, and the backend's
//! `budget` of retries allows it. `circuit` holds what an instance remembers of its backends.

mod attempt;
mod breaker;
mod budget;
mod circuit;
mod outcome;
mod retry;
#[cfg(test)]
mod tests;

#[cfg(any(test, feature = "rehearsal"))]
pub(crate) use circuit::forget;

use crate::edge::{Edge, FetchError};
use crate::keep;
use crate::slots::Deadline;
use crate::trace::Trace;
use attempt::{Attempt, chance};
use bytes::Bytes;
use circuit::Circuit;
use commerce::{Call, Error, Kind, Limit, Pending, Upstream};
use http::Response;
use outcome::{Outcome, Trouble};
use std::rc::Rc;
use std::time::Duration;

/// The largest answer that is read from a backend: 4 MiB, ten times a full listing.
const ANSWER_CAP: usize = 4 << 20;

/// Carries calls over the edge's network, within the deadline.
#[derive(Clone)]
pub struct EdgeUpstream {
    edge: Rc<dyn Edge>,
    deadline: Deadline,
    trace: Rc<Trace>,
    /// Which backend, so that two of them do not share what they keep.
    name: &'static str,
}

/// What an attempt gave.
struct Answered {
    fetched: Result<Response<Bytes>, FetchError>,
    outcome: Outcome,
}

impl EdgeUpstream {
    /// An upstream for one request.
    pub fn new(edge: Rc<dyn Edge>, deadline: Deadline, trace: Rc<Trace>, name: &'static str) -> Self {
        Self { edge, deadline, trace, name }
    }

    async fn carry(&self, call: Call) -> Result<Response<Bytes>, Error> {
        let circuit = Circuit::of(self.name, &call);
        let mut answered = self.attempt(&circuit, &call, 1).await?;
        circuit.earn(self.edge.elapsed());
        for attempt in 1.. {
            if answered.outcome == Outcome::Answered {
                break;
            }
            let (left, chance) = (self.deadline.left(&*self.edge), chance(&*self.edge));
            let wait = retry::wait(call.repeat, attempt, answered.outcome, left, chance);
            let Some(wait) = wait.filter(|wait| circuit.spend(self.edge.elapsed(), *wait)) else { break };
            self.edge.sleep(wait).await;
            // Meanwhile the breaker may have opened, or another's probe be out: then the first word stands.
            let Ok(again) = self.attempt(&circuit, &call, attempt + 1).await else { break };
            answered = again;
        }
        answered.fetched.map_err(|error| failed(&call, error))
    }

    /// One attempt, unless the breaker or the clock is against it.
    async fn attempt(&self, circuit: &Circuit, call: &Call, number: u32) -> Result<Answered, Error> {
        let left = self.deadline.left(&*self.edge);
        if left.is_zero() {
            return Err(failed(call, FetchError::TimedOut));
        }
        let permit = circuit.admit(self.edge.elapsed()).map_err(|refused| {
            self.trace.call(call.operation, || format!("not asked: {refused}"), Duration::ZERO);
            let error = failed(call, FetchError::Unreachable(refused.to_string()));
            // A visitor is told the same whether the backend is asked in vain or not asked for that reason.
            let kind = match refused.last {
                Some(Trouble::TimedOut) => Kind::TimedOut,
                Some(Trouble::Status(429 | 503)) => Kind::Overloaded { retry_after: Some(refused.wait) },
                _ => error.kind,
            };
            Error { kind, ..error }
        })?;
        let attempt = Attempt::begin(&*self.edge, circuit, permit);
        let mut request = call.request.clone();
        self.trace.mark(request.headers_mut(), || self.edge.random());
        let fetched = self.edge.fetch(request, left, ANSWER_CAP).await;
        let outcome = Outcome::of(&fetched, left, self.edge.now());
        let outcome = if call.limit == Limit::One { outcome.of_one() } else { outcome };
        let took = attempt.end(outcome);
        self.trace.call(call.operation, || said(&fetched, number), took);
        Ok(Answered { fetched, outcome })
    }
}

/// For the trace: `200`, or `attempt 2: 200`.
fn said(fetched: &Result<Response<Bytes>, FetchError>, number: u32) -> String {
    let said = fetched.as_ref().map_or_else(|e| format!("{e:?}"), |a| a.status().as_str().to_owned());
    if number == 1 { said } else { format!("attempt {number}: {said}") }
}

fn failed(call: &Call, error: FetchError) -> Error {
    let host = call.request.uri().host().unwrap_or_default();
    let (kind, detail) = match error {
        FetchError::Unreachable(why) => (Kind::Unreachable, format!("{host}: {why}")),
        FetchError::TimedOut => (Kind::TimedOut, host.to_owned()),
        FetchError::TooLarge => (Kind::TooLarge, format!("{host}: over {ANSWER_CAP} bytes")),
    };
    Error::new(kind, call.operation, detail)
}

impl Upstream for EdgeUpstream {
    fn send(&self, call: Call) -> Pending<'_, Response<Bytes>> {
        Box::pin(self.carry(call))
    }

    fn left(&self) -> Option<Duration> {
        Some(self.deadline.left(&*self.edge))
    }

    fn recall(&self, key: &str) -> Option<String> {
        keep::recall(&format!("{} {key}", self.name), self.edge.elapsed())
    }

    fn keep(&self, key: &str, value: &str, good_for: Duration) {
        keep::keep(format!("{} {key}", self.name), value, good_for, self.edge.elapsed());
    }

    fn note(&self, operation: &'static str, what: &str) {
        self.edge.log(&format!("{} {operation}: {}", self.name, what.escape_debug()));
    }

    fn fresh_key(&self) -> Option<String> {
        Some(self.edge.random().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
