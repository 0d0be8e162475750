//! One component, ready to answer.

use super::body::{Answer, Limited};
use super::guest::Profile;
use super::ticket::{Ticket, Waiting};
use super::worker::{Instances, Passenger};
use http_body_util::BodyExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wasmtime_wasi_http::WasiBody;
use wasmtime_wasi_http::handler::{ExpirationError, InstantiationError, ProxyHandler, TrapOrPanicError};

/// Largest request body, in bytes; that of Akamai Functions.
pub(crate) const MAX_BODY: u64 = 10 << 20;

/// How long a request waits for its turn before it is told to come back.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// Why there is no answer from a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Too many requests at once.
    Busy,
    /// The time limit passed.
    Late,
    /// It trapped, ran out of memory, or gave no answer.
    Broken,
    /// The request's body is larger than [`MAX_BODY`].
    TooLarge,
    /// Components called each other in a circle.
    Loop,
}

pub(crate) struct Served {
    pub(crate) profile: Arc<Profile>,
    handler: ProxyHandler<Instances>,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// Counts itself among those that wait for as long as it lives.
struct InLine<'a>(&'a AtomicUsize);

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Served {
    pub(crate) fn new(instances: Instances) -> Self {
        let profile = Arc::clone(&instances.profile);
        let places = Arc::new(Semaphore::new(profile.limits.max_concurrent));
        Self { profile, handler: ProxyHandler::new(instances), places, waiting: AtomicUsize::new(0) }
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(permit);
        }
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _in_line = InLine(&self.waiting);
        if ahead >= self.profile.limits.max_concurrent {
            return Err(Failure::Busy);
        }
        match tokio::time::timeout(MAX_WAIT, Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Failure::Busy),
        }
    }

    /// Sends a request to an instance of the component and waits for the head of the answer.
    ///
    /// Dropping the future ends the instance that works on it.
    pub(crate) async fn call(
        &self,
        request: http::Request<WasiBody>,
        depth: usize,
    ) -> Result<http::Response<WasiBody>, Failure> {
        let permit = self.place().await?;
        let exceeded = Arc::new(AtomicBool::new(false));
        let request = request
            .map(|inner| Limited { inner, left: MAX_BODY, exceeded: Arc::clone(&exceeded) }.boxed_unsync());
        let ticket = Ticket::new();
        let waiting = Waiting::new(Arc::clone(&ticket));
        let handled = self.handler.handle(Passenger { ticket: Arc::clone(&ticket), depth }, request);
        let outcome = tokio::time::timeout(self.profile.limits.timeout, handled).await;
        if exceeded.load(Ordering::Acquire) {
            return Err(Failure::TooLarge);
        }
        match outcome {
            Ok(Ok(response)) => {
                waiting.answered();
                Ok(response.map(|inner| Answer { inner, ticket, _permit: permit }.boxed_unsync()))
            }
            // On a busy machine the worker may be the first to notice that time is up.
            Ok(Err(error)) if ticket.started.elapsed() < self.profile.limits.timeout => {
                Err(self.failure(&error))
            }
            _ => {
                self.profile.log.line(format!(
                    "[{}] no answer within its time limit of {:?}",
                    self.profile.name, self.profile.limits.timeout
                ));
                Err(Failure::Late)
            }
        }
    }

    fn failure(&self, error: &wasmtime::Error) -> Failure {
        if error.is::<ExpirationError>() {
            return Failure::Late;
        }
        if error.is::<TrapOrPanicError>() {
            // The worker has said why.
            return Failure::Broken;
        }
        if let Some(error) = error.downcast_ref::<InstantiationError<Passenger>>() {
            self.profile
                .log
                .line(format!("[{}] cannot start an instance: {:#}", self.profile.name, error.error));
            let full = error.error.is::<wasmtime::PoolConcurrencyLimitError>();
            return if full { Failure::Busy } else { Failure::Broken };
        }
        self.profile
            .log
            .line(format!("[{}] gave an error instead of an answer: {error:#}", self.profile.name));
        Failure::Broken
    }
}
