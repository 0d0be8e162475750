//! A store that several writers use at once, for tests: either each step waits for its turn, so that every
//! interleaving can be played, or each takes a time by chance and readers lag behind.

use crate::edge::{Edge, FetchError, StoreError, Wait};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How long a step takes.
pub(super) enum Pace {
    /// Until it is given its turn.
    Turns,
    /// A time by chance, mostly a few milliseconds and now and then seconds; readers see what was written at
    /// most `lag` ago or not.
    Chance {
        /// Of the generator.
        seed: Cell<u64>,
        /// How far readers are behind at most.
        lag: Duration,
    },
}

/// What the writers share.
pub(super) struct Stage {
    pub(super) pace: Pace,
    clock: Cell<Duration>,
    /// What was written and when, oldest first.
    written: RefCell<Vec<(Duration, Vec<u8>)>>,
    waiting: RefCell<Vec<usize>>,
    turn: Cell<Option<usize>>,
    alarms: RefCell<Vec<Duration>>,
}

impl Stage {
    pub(super) fn new(pace: Pace) -> Rc<Self> {
        Rc::new(Self {
            pace,
            clock: Cell::default(),
            written: RefCell::default(),
            waiting: RefCell::default(),
            turn: Cell::default(),
            alarms: RefCell::default(),
        })
    }

    /// What the store holds when all is said.
    pub(super) fn holds(&self) -> Option<Vec<u8>> {
        self.written.borrow().last().map(|(_, bytes)| bytes.clone())
    }

    /// Runs all writers to their end. At each fork, where several could go on, `choose` is told how many ways
    /// there are and takes one.
    pub(super) fn play<T>(
        &self,
        writers: &mut [Pin<Box<dyn Future<Output = T> + '_>>],
        mut choose: impl FnMut(usize) -> usize,
    ) -> Vec<T> {
        let mut results: Vec<Option<T>> = writers.iter().map(|_| None).collect();
        let mut context = Context::from_waker(Waker::noop());
        loop {
            self.waiting.borrow_mut().clear();
            self.alarms.borrow_mut().clear();
            for (writer, result) in writers.iter_mut().zip(&mut results) {
                if result.is_none()
                    && let Poll::Ready(value) = writer.as_mut().poll(&mut context)
                {
                    *result = Some(value);
                }
            }
            // Who has had the turn may have gone on to the next step, and the others know nothing of it yet.
            if self.turn.take().is_some() {
                continue;
            }
            let waiting = self.waiting.borrow().clone();
            let alarm = self.alarms.borrow().iter().min().copied();
            let ways = waiting.len() + usize::from(alarm.is_some());
            if ways == 0 {
                return results.into_iter().flatten().collect();
            }
            match waiting.get(if ways == 1 { 0 } else { choose(ways) }) {
                Some(writer) => self.turn.set(Some(*writer)),
                None => self.clock.set(alarm.unwrap_or_default()),
            }
        }
    }

    /// The next number by chance, below `most` (a linear congruential generator, Knuth's MMIX).
    fn chance(&self, most: u64) -> u64 {
        let Pace::Chance { seed, .. } = &self.pace else { return 0 };
        seed.set(seed.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        (seed.get() >> 33) % most
    }
}

/// One writer's world.
pub(super) struct Writer {
    pub(super) stage: Rc<Stage>,
    pub(super) number: usize,
}

impl Writer {
    /// A part of a step.
    async fn step(&self) {
        let stage = &self.stage;
        if matches!(stage.pace, Pace::Chance { .. }) {
            let most = if stage.chance(10) == 0 { 900 } else { 20 };
            self.sleep(Duration::from_millis(stage.chance(most))).await;
            return;
        }
        let mut asked = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut asked, true) && stage.turn.get() == Some(self.number) {
                return Poll::Ready(());
            }
            stage.waiting.borrow_mut().push(self.number);
            Poll::Pending
        })
        .await;
    }

    /// What a reader sees: the latest, or what was the latest a while ago.
    fn seen(&self) -> Option<Vec<u8>> {
        let lag = match &self.stage.pace {
            Pace::Turns => Duration::ZERO,
            Pace::Chance { lag, .. } => {
                Duration::from_millis(self.stage.chance(u64::try_from(lag.as_millis()).unwrap() + 1))
            }
        };
        let written = self.stage.written.borrow();
        let now = self.stage.clock.get();
        written.iter().rev().find(|(at, _)| *at + lag <= now).map(|(_, bytes)| bytes.clone())
    }
}

impl Edge for Writer {
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.stage.clock.get()).unwrap();
        Timestamp::constant(1_795_262_400, 0) + passed
    }

    fn elapsed(&self) -> Duration {
        self.stage.clock.get()
    }

    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        let at = self.stage.clock.get() + time;
        Box::pin(std::future::poll_fn(move |_| {
            if self.stage.clock.get() >= at {
                return Poll::Ready(());
            }
            self.stage.alarms.borrow_mut().push(at);
            Poll::Pending
        }))
    }

    fn get<'a>(&'a self, _: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async {
            self.step().await;
            let seen = self.seen();
            // The answer takes its time, too; between turns, that of the next step is as good.
            if matches!(self.stage.pace, Pace::Chance { .. }) {
                self.step().await;
            }
            Ok(seen)
        })
    }

    fn set<'a>(&'a self, _: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(async {
            self.step().await;
            self.stage.written.borrow_mut().push((self.stage.clock.get(), value.to_vec()));
            if matches!(self.stage.pace, Pace::Chance { .. }) {
                self.step().await;
            }
            Ok(())
        })
    }

    fn delete<'a>(&'a self, _: &'a str) -> Wait<'a, Result<(), StoreError>> {
        unreachable!("nobody deletes the log")
    }

    fn fetch(
        &self,
        _: http::Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> Wait<'_, Result<http::Response<Bytes>, FetchError>> {
        unreachable!("no network here")
    }

    fn variable<'a>(&'a self, _: &'a str) -> Wait<'a, Option<String>> {
        unreachable!("no variables here")
    }

    fn random(&self) -> [u8; 16] {
        unreachable!("no chance here")
    }

    fn spawn(&self, _: Pin<Box<dyn Future<Output = ()> + 'static>>) {
        unreachable!("all work is done at once")
    }

    fn log(&self, _: &str) {}
}
