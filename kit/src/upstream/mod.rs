//! Calls to backends over the edge's network, within the deadline.

use crate::edge::{Edge, FetchError};
use crate::keep;
use crate::slots::Deadline;
use crate::trace::Trace;
use bytes::Bytes;
use commerce::{Call, Error, Kind, Pending, Upstream};
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

impl EdgeUpstream {
    /// An upstream for one request.
    pub fn new(edge: Rc<dyn Edge>, deadline: Deadline, trace: Rc<Trace>, name: &'static str) -> Self {
        Self { edge, deadline, trace, name }
    }
}

impl Upstream for EdgeUpstream {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move {
            let left = self.deadline.left(&*self.edge);
            let host = call.request.uri().host().unwrap_or_default().to_owned();
            let start = self.edge.elapsed();
            let fetched = self.edge.fetch(call.request, left, ANSWER_CAP).await;
            let took = self.edge.elapsed().saturating_sub(start);
            let outcome =
                || fetched.as_ref().map_or_else(|e| format!("{e:?}"), |a| a.status().as_str().to_owned());
            self.trace.call(call.operation, outcome, took);
            fetched.map_err(|error| match error {
                FetchError::Unreachable(why) => {
                    Error::new(Kind::Unreachable, call.operation, format!("{host}: {why}"))
                }
                FetchError::TimedOut => Error::new(Kind::TimedOut, call.operation, host),
                FetchError::TooLarge => {
                    Error::new(Kind::TooLarge, call.operation, format!("{host}: over {ANSWER_CAP} bytes"))
                }
            })
        })
    }

    fn left(&self) -> Option<Duration> {
        Some(self.deadline.left(&*self.edge))
    }

    fn recall(&self, key: &str) -> Option<String> {
        keep::recall(&format!("{} {key}", self.name), self.edge.now())
    }

    fn keep(&self, key: &str, value: &str, good_for: Duration) {
        keep::keep(format!("{} {key}", self.name), value, good_for, self.edge.now());
    }
}
