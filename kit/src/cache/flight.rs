//! One question at a time: who asks what is being asked already waits for that answer.

use super::key::Key;
use commerce::{Error, Kind};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// How a question ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Landed {
    /// The answer is in memory.
    There,
    /// It failed, as it would for anyone.
    Failed(Error),
    /// Whoever asked gave up: ask yourself.
    GivenUp,
}

#[derive(Default)]
struct Flight {
    landed: RefCell<Option<Landed>>,
    waiting: RefCell<Vec<Waker>>,
}

/// The questions of an instance that are on their way. They name no visitor, so that everyone may wait for them.
#[derive(Default)]
pub(crate) struct Flights {
    aloft: RefCell<HashMap<Key, Rc<Flight>>>,
    /// How often somebody waited instead of asking.
    pub(crate) shared: Cell<u64>,
}

/// The one who asks. Dropped without [`Lead::land`], it has given up.
pub(crate) struct Lead<'a> {
    flights: &'a Flights,
    key: Key,
    flight: Rc<Flight>,
}

impl Flights {
    /// Leads the question, unless somebody does already.
    pub(crate) fn lead(&self, key: Key) -> Option<Lead<'_>> {
        let mut aloft = self.aloft.borrow_mut();
        if aloft.contains_key(&key) {
            return None;
        }
        let flight = Rc::<Flight>::default();
        aloft.insert(key, flight.clone());
        Some(Lead { flights: self, key, flight })
    }

    /// Waits until the question that somebody leads has ended.
    pub(crate) async fn follow(&self, key: Key) -> Landed {
        let Some(flight) = self.aloft.borrow().get(&key).cloned() else { return Landed::GivenUp };
        self.shared.set(self.shared.get() + 1);
        poll_fn(|context| match flight.landed.borrow().clone() {
            Some(landed) => Poll::Ready(landed),
            None => {
                flight.waiting.borrow_mut().push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

impl Lead<'_> {
    /// Tells the others. An end by the asker's own deadline says nothing to those who have more time.
    pub(crate) fn land(self, error: Option<Error>) {
        let landed = match error {
            None => Landed::There,
            Some(error) if error.kind == Kind::TimedOut => Landed::GivenUp,
            Some(error) => Landed::Failed(error),
        };
        *self.flight.landed.borrow_mut() = Some(landed);
    }
}

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        self.flights.aloft.borrow_mut().remove(&self.key);
        self.flight.landed.borrow_mut().get_or_insert(Landed::GivenUp);
        for waker in self.flight.waiting.borrow_mut().drain(..) {
            waker.wake();
        }
    }
}
