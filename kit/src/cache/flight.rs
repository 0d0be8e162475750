//! One question at a time: who asks what is being asked already waits for that answer.

use super::key::Key;
use commerce::{Error, Kind};
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// How a question ended.
#[derive(Debug, Clone)]
pub(crate) enum Landed {
    /// The answer, as whoever asked left it: it may be too large to be kept.
    There(Rc<dyn Any>),
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
        poll_fn(|context| match flight.landed.borrow().clone() {
            Some(landed) => Poll::Ready(landed),
            None => {
                let mut waiting = flight.waiting.borrow_mut();
                if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                    waiting.push(context.waker().clone());
                }
                Poll::Pending
            }
        })
        .await
    }
}

impl Lead<'_> {
    /// Tells the others. An end by the asker's own deadline says nothing to those who have more time.
    pub(crate) fn land(self, end: Result<Rc<dyn Any>, Error>) {
        let landed = match end {
            Ok(answer) => Landed::There(answer),
            Err(error) if error.kind == Kind::TimedOut => Landed::GivenUp,
            Err(error) => Landed::Failed(error),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Wake};

    /// Counts how often it was woken.
    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn key() -> Key {
        Key::digest(&[b"question"])
    }

    /// Follows with two wakers in turn, ends the flight, and gives how often each was woken and what was told.
    fn follow(end: impl FnOnce(Lead<'_>)) -> (usize, usize, Landed) {
        let flights = Flights::default();
        let lead = flights.lead(key()).unwrap();
        assert!(flights.lead(key()).is_none(), "one leads");
        let mut follower = pin!(flights.follow(key()));
        let wokens = [Arc::<Woken>::default(), Arc::default()];
        for woken in wokens.iter().cycle().take(10) {
            let waker = Waker::from(woken.clone());
            assert!(follower.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
        end(lead);
        let counts = wokens.each_ref().map(|woken| woken.0.load(Ordering::Relaxed));
        let Poll::Ready(landed) = follower.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("what has ended is told");
        };
        assert!(flights.lead(key()).is_some(), "the next may lead");
        (counts[0], counts[1], landed)
    }

    #[test]
    fn whoever_waits_is_woken_once_however_it_ends() {
        let failed = || Error::new(Kind::Unreachable, "product", "refused");
        let late = || Error::new(Kind::TimedOut, "product", "");
        assert!(matches!(follow(|lead| lead.land(Ok(Rc::new(7)))), (1, 1, Landed::There(_))));
        assert!(matches!(follow(|lead| drop(lead)), (1, 1, Landed::GivenUp)));
        assert!(matches!(follow(|lead| lead.land(Err(late()))), (1, 1, Landed::GivenUp)));
        let (1, 1, Landed::Failed(error)) = follow(|lead| lead.land(Err(failed()))) else {
            panic!("a failure is told as it is");
        };
        assert_eq!(error, failed());
    }

    #[test]
    fn nobody_waits_for_what_nobody_asks() {
        let flights = Flights::default();
        let mut follower = pin!(flights.follow(key()));
        let polled = follower.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(polled, Poll::Ready(Landed::GivenUp)));
    }
}
