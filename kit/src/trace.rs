//! What an answer asked of which backend, for the operator.

use crate::gateway::context::Context;
use http::HeaderMap;
use std::cell::RefCell;
use std::time::Duration;

/// Notes the calls of one request. The visitor never sees them; the log does, when the variable `log_calls`
/// is `true`.
#[derive(Debug, Default)]
pub struct Trace {
    logged: bool,
    context: Context,
    calls: RefCell<Vec<String>>,
}

impl Trace {
    /// A trace that is logged or not.
    pub fn new(logged: bool) -> Self {
        Self { logged, ..Self::default() }
    }

    /// With what the request carries on to the backends.
    #[must_use]
    pub fn carrying(self, context: Context) -> Self {
        Self { context, ..self }
    }

    /// Writes on a call what the request carries; `span` is the call's own id.
    pub(crate) fn mark(&self, headers: &mut HeaderMap, span: impl FnOnce() -> [u8; 16]) {
        self.context.mark(headers, span);
    }

    /// A call such as `plain.product`, whose first word names the adapter that a value came through.
    /// What is not logged is not written down either.
    pub(crate) fn call(&self, operation: &str, outcome: impl FnOnce() -> String, took: Duration) {
        if !self.logged {
            return;
        }
        let outcome = outcome();
        self.calls.borrow_mut().push(format!("{operation} {outcome} {} ms", took.as_millis()));
    }

    /// All calls in one line; `None` without any, which includes calls that are not to be logged.
    pub fn line(&self) -> Option<String> {
        let calls = self.calls.borrow();
        (!calls.is_empty()).then(|| format!("{}{}", calls.join("; "), self.context.said()))
    }
}
