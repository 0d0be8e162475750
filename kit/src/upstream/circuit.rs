//! One kind of question to one backend, and what this instance remembers of it.
//!
//! A breaker belongs to a backend (its name and host) *and* an operation, such as `plain.reviews`. Often an
//! optional part and a required one are asked of one host: when reviews time out, products must still be
//! asked for. A host that is gone altogether costs a few more failures that way, a handful for each operation,
//! which fail fast more often than not. The budget of retries belongs to the backend as a whole, since it is
//! the host that bears the load.

use super::breaker::{Breaker, Change, Permit, Refused};
use super::budget::Budget;
use super::outcome::Outcome;
use commerce::Call;
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

/// More backends than a shop ever has; beyond it, all is forgotten. Operations are names in our code, so
/// there are few.
const MOST: usize = 64;

thread_local! {
    // Shared by all visitors of this instance: names of backends and operations, counts and times, and never
    // anything that was asked or answered.
    static BACKENDS: RefCell<HashMap<String, Backend>> = RefCell::default();
}

struct Backend {
    budget: Budget,
    breakers: HashMap<&'static str, Breaker>,
}

impl Backend {
    fn new() -> Self {
        Self { budget: Budget::new(), breakers: HashMap::new() }
    }
}

/// What a call goes through.
#[derive(Debug, Clone)]
pub(super) struct Circuit {
    backend: String,
    operation: &'static str,
}

impl Circuit {
    /// The circuit of a call to the backend that the settings call `name`.
    pub(super) fn of(name: &str, call: &Call) -> Self {
        let uri = call.request.uri();
        let (host, port) = (uri.host().unwrap_or_default(), uri.port_u16());
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Self { backend: format!("{name} {host}{port}"), operation: call.operation }
    }

    /// For the log: `shop shop.test plain.reviews`.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.backend, self.operation)
    }

    /// Whether an attempt may be made.
    ///
    /// # Errors
    /// [`Refused`] by the breaker.
    pub(super) fn admit(&self, now: Duration) -> Result<Permit, Refused> {
        self.with(|backend| backend.breakers.entry(self.operation).or_default().admit(now))
    }

    /// Counts a call, which earns a part of a retry.
    pub(super) fn earn(&self, now: Duration) {
        self.with(|backend| backend.budget.earn(now));
    }

    /// Takes a retry out of the budget, unless the breaker will be open when it comes to it.
    pub(super) fn spend(&self, now: Duration, wait: Duration) -> bool {
        self.with(|backend| {
            let open = backend.breakers.entry(self.operation).or_default().open_for(now);
            open <= wait && backend.budget.spend(now)
        })
    }

    /// Counts what came of an attempt; what that changed.
    pub(super) fn record(
        &self,
        permit: Permit,
        outcome: Outcome,
        now: Duration,
        chance: f64,
    ) -> Option<Change> {
        self.with(|backend| {
            backend.breakers.entry(self.operation).or_default().record(permit, outcome, now, chance)
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Backend) -> T) -> T {
        BACKENDS.with_borrow_mut(|backends| {
            if let Some(backend) = backends.get_mut(&self.backend) {
                return work(backend);
            }
            if backends.len() >= MOST {
                backends.clear();
            }
            work(backends.entry(self.backend.clone()).or_insert_with(Backend::new))
        })
    }
}

/// Begins anew, as a new instance does.
#[cfg(any(test, feature = "rehearsal"))]
pub(crate) fn forget() {
    BACKENDS.with_borrow_mut(HashMap::clear);
}
