//! How instances are made, reused and ended: this host's part of wasmtime's `ProxyHandler`.

use super::guest::{Guest, Profile};
use super::ticket::Ticket;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::Sleep;
use wasmtime::component::GuestTaskId;
use wasmtime::{Engine, Store, StoreContextMut};
use wasmtime_wasi_http::WasiHttpView;
use wasmtime_wasi_http::handler::{
    HandlerState, Instance, ProxyPre, ShouldAccept, WorkerExpiration, WorkerState, WorkerStatus,
};

/// Requests that one instance serves, one after the other, before it is replaced; Spin's number.
const REQUESTS_PER_INSTANCE: usize = 128;

/// What wasmtime calls a worker that was dropped, be it by a panic or because the runtime has shut down.
const DROPPED: &str = "worker panicked";

/// How long an instance with nothing to do is kept.
const IDLE: Duration = Duration::from_secs(5);

/// Added to the time limit here, so that the waiting side, which knows best what to say, is first.
const GRACE: Duration = Duration::from_millis(50);

/// What travels with a request to its instance.
pub(crate) struct Passenger {
    pub(crate) ticket: Arc<Ticket>,
    /// How many components of this application called each other to get here.
    pub(crate) depth: usize,
}

/// Makes instances of one component.
#[derive(Clone)]
pub(crate) struct Instances {
    pub(crate) engine: Engine,
    pub(crate) pre: Arc<ProxyPre<Guest>>,
    pub(crate) profile: Arc<Profile>,
}

/// The request that an instance works on, shared by the two traits below.
type Current = Arc<Mutex<Option<Arc<Ticket>>>>;

fn current(current: &Current) -> Option<Arc<Ticket>> {
    current.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

pub(crate) struct Worker {
    profile: Arc<Profile>,
    current: Current,
}

pub(crate) struct Expiration {
    limit: Duration,
    current: Current,
    sleep: Pin<Box<Sleep>>,
}

impl HandlerState for Instances {
    type StoreData = Guest;
    type WorkerExpiration = Expiration;
    type WorkerState = Worker;

    async fn instantiate(&self) -> wasmtime::Result<Instance<Guest, Expiration, Worker>> {
        let mut store = Guest::store(&self.engine, &self.profile)?;
        let limit = self.profile.limits.timeout;
        let proxy = tokio::time::timeout(limit, self.pre.instantiate_async(&mut store))
            .await
            .map_err(|_| wasmtime::format_err!("the component took longer than {limit:?} to start"))??;
        let current = Current::default();
        Ok(Instance {
            store,
            proxy,
            view: WasiHttpView::http,
            expiration: Expiration {
                limit,
                current: Arc::clone(&current),
                sleep: Box::pin(tokio::time::sleep(limit)),
            },
            state: Worker { profile: Arc::clone(&self.profile), current },
        })
    }
}

impl WorkerState for Worker {
    type StoreData = Guest;
    type RequestData = Passenger;

    /// One at a time: measured as fast as sixteen, and a trap harms nobody else. A request counts until the last
    /// byte of its answer, which wasmtime's own count does not.
    fn should_accept_request(&self, concurrent: usize, total: usize) -> ShouldAccept {
        let most = if self.profile.limits.fresh { 1 } else { REQUESTS_PER_INSTANCE };
        if total >= most {
            ShouldAccept::Never
        } else if concurrent > 0 || current(&self.current).is_some_and(|ticket| !ticket.is_finished()) {
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        mut store: StoreContextMut<'_, Guest>,
        passenger: Passenger,
        _task: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + 'static + Send + Sync>> {
        store.data_mut().begin(passenger.depth);
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(passenger.ticket);
        // Time is kept by `Expiration`: this future is not polled while a guest computes.
        Box::pin(std::future::pending())
    }

    fn drop(&self, store: Store<Guest>, result: wasmtime::Result<()>) {
        let ticket = current(&self.current);
        let unfinished = ticket.as_ref().filter(|ticket| !ticket.is_finished());
        if let Err(error) = result {
            // Before the store goes, and with it the answer's stream: its reader must learn that this was no end.
            if let Some(ticket) = unfinished {
                ticket.fail();
            }
            if unfinished.is_some_and(|ticket| ticket.is_cancelled()) {
                self.profile.log.line(format!("[{}] ended: nobody waits for it any more", self.profile.name));
            } else if std::thread::panicking() || unfinished.is_some() || error.to_string() != DROPPED {
                let text = format!("{error:?}");
                for line in text.lines().filter(|line| !line.trim().is_empty()).take(16) {
                    self.profile.log.line(format!("[{}] ended: {}", self.profile.name, line.trim_end()));
                }
            }
        }
        drop(store);
    }
}

impl WorkerExpiration for Expiration {
    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        status: WorkerStatus,
        start: Instant,
    ) -> Poll<()> {
        let ticket = current(&self.current);
        if let Some(ticket) = &ticket {
            ticket.wake_worker(cx.waker());
            if ticket.is_cancelled() && !ticket.is_finished() {
                return Poll::Ready(());
            }
        }
        let open = ticket.filter(|ticket| !ticket.is_finished());
        let deadline = match (open, status) {
            (Some(ticket), _) => ticket.started + self.limit + GRACE,
            (None, WorkerStatus::Idle) => start + IDLE,
            // Work that goes on behind the answer has the time of a request.
            (None, WorkerStatus::Requests | WorkerStatus::PostReturn) => start + self.limit + GRACE,
        };
        if self.sleep.deadline() != deadline.into() {
            self.sleep.as_mut().reset(deadline.into());
        }
        self.sleep.as_mut().poll(cx)
    }
}
