//! What the two ends of a request know of each other: the connection that waits and the instance that works.

use futures::task::AtomicWaker;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;
use std::time::Instant;

/// One request in one instance.
#[derive(Debug)]
pub(crate) struct Ticket {
    pub(crate) started: Instant,
    cancelled: AtomicBool,
    finished: AtomicBool,
    failed: AtomicBool,
    worker: AtomicWaker,
}

impl Ticket {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            started: Instant::now(),
            cancelled: AtomicBool::new(false),
            finished: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            worker: AtomicWaker::new(),
        })
    }

    /// Nobody waits for the answer any more: the instance is to be ended, whatever it does.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
        self.worker.wake();
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }

    /// The answer is out, to its last byte: the instance is free for the next request.
    pub(crate) fn finish(&self) {
        self.finished.store(true, Ordering::Release);
        self.worker.wake();
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    /// The instance was ended before its answer was out.
    pub(crate) fn fail(&self) {
        self.failed.store(true, Ordering::Release);
    }

    pub(crate) fn is_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    /// Names the task to wake when one of the above happens.
    pub(crate) fn wake_worker(&self, waker: &Waker) {
        self.worker.register(waker);
    }
}

/// Held by whoever waits for the head of the answer; dropped early, it cancels the request.
pub(crate) struct Waiting(Option<Arc<Ticket>>);

impl Waiting {
    pub(crate) fn new(ticket: Arc<Ticket>) -> Self {
        Self(Some(ticket))
    }

    /// The head of the answer has come.
    pub(crate) fn answered(mut self) {
        self.0 = None;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(ticket) = &self.0 {
            ticket.cancel();
        }
    }
}
