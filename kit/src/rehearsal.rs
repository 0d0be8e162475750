//! A world for tests: time that passes only when everybody waits, a scripted network, key-value in memory.

use crate::body::{Chunks, Cut};
use crate::edge::{Edge, FetchError, Instance, StoreError, Wait};
use crate::visibility::Public;
use bytes::Bytes;
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

type Work = Pin<Box<dyn Future<Output = ()> + 'static>>;

/// What the network does with a request whose path begins with a text.
#[derive(Debug, Clone)]
pub struct Script {
    /// How long until the answer.
    pub after: Duration,
    /// The answer, or how the call fails.
    pub answer: Result<(u16, String), FetchError>,
}

/// How a body comes.
#[derive(Debug, Clone, Copy)]
pub struct Drip {
    /// Bytes at a time.
    pub chunk: usize,
    /// The time before each.
    pub pause: Duration,
    /// After how many bytes it breaks off.
    pub cut_after: Option<usize>,
}

/// The world of one test.
#[derive(Default)]
pub struct World {
    clock: Rc<Cell<Duration>>,
    sleepers: Rc<RefCell<Vec<Duration>>>,
    chance: Cell<u8>,
    scripts: RefCell<Vec<(String, Script)>>,
    /// What comes before the scripts, each for one request.
    first: RefCell<Vec<(String, Script)>>,
    /// Headers of answers, by the beginning of the path.
    headers: RefCell<Vec<(String, http::HeaderName, http::HeaderValue)>>,
    /// How bodies come, by the beginning of the path.
    drips: RefCell<Vec<(String, Drip)>>,
    /// Requests that were sent, oldest first.
    pub sent: RefCell<Vec<http::Request<Bytes>>>,
    /// How far the wall clock is off; [`Edge::elapsed`] knows nothing of it.
    pub wall_is_off: Cell<SignedDuration>,
    /// The key-value store.
    pub store: Rc<RefCell<BTreeMap<String, Vec<u8>>>>,
    /// When somebody wrote to it or tried, by [`Edge::elapsed`], and which key.
    pub store_writes: Rc<RefCell<Vec<(Duration, String)>>>,
    /// Whether every write to it fails.
    pub store_is_full: Cell<bool>,
    /// Whether every call of the key-value store fails.
    pub store_fails: Cell<bool>,
    /// How long every call of the key-value store takes.
    pub store_takes: Cell<Duration>,
    /// How often a key was read.
    pub store_reads: Cell<usize>,
    /// The component's variables.
    pub variables: RefCell<HashMap<String, String>>,
    /// Lines for the operator.
    pub lines: RefCell<Vec<String>>,
    work: RefCell<Vec<Work>>,
    instance: OnceCell<Rc<Instance>>,
}

impl World {
    /// A world at 2026-11-21T12:00:00Z with a shop at `http://shop.test`, whose paths are all refused, and without
    /// copies, so that every question is asked. Each is a new instance, which remembers nothing of another.
    pub fn new() -> Rc<Self> {
        crate::upstream::forget();
        let world = Self::default();
        world.variables.borrow_mut().insert("shop_url".into(), "http://shop.test".into());
        world.variables.borrow_mut().insert("cache".into(), "off".into());
        world.variables.borrow_mut().insert("session_key".into(), "key of the test".into());
        Rc::new(world)
    }

    /// Another instance beside this one, which remembers nothing of it: it shares the clock and the key-value store,
    /// and begins with the same variables and scripts.
    pub fn beside(&self) -> Rc<Self> {
        Rc::new(Self {
            clock: self.clock.clone(),
            sleepers: self.sleepers.clone(),
            scripts: self.scripts.clone(),
            headers: self.headers.clone(),
            variables: self.variables.clone(),
            store: self.store.clone(),
            store_writes: self.store_writes.clone(),
            ..Self::default()
        })
    }

    /// Answers requests whose path begins with `path`; the longest such text wins.
    pub fn answer(&self, path: &str, status: u16, body: impl Into<String>) {
        self.script(path, Script { after: Duration::ZERO, answer: Ok((status, body.into())) });
    }

    /// Scripts requests whose path begins with `path`; the longest such text wins, then the latest.
    pub fn script(&self, path: &str, script: Script) {
        self.scripts.borrow_mut().push((path.to_owned(), script));
    }

    /// Lets time pass.
    pub fn wait(&self, time: Duration) {
        self.clock.set(self.clock.get() + time);
    }

    /// As [`Self::script`], for one request only; several are for one each, in their order.
    pub fn once(&self, path: &str, script: Script) {
        self.first.borrow_mut().push((path.to_owned(), script));
    }

    /// Gives a header to every answer to a path that begins with `path`.
    pub fn header(&self, path: &str, name: &'static str, value: &'static str) {
        let name = http::HeaderName::from_static(name);
        self.headers.borrow_mut().push((path.to_owned(), name, http::HeaderValue::from_static(value)));
    }

    /// Lets bodies of answers to paths that begin with `path` come in chunks.
    pub fn drip(&self, path: &str, drip: Drip) {
        self.drips.borrow_mut().push((path.to_owned(), drip));
    }

    /// Keeps a value where copies of the shop's answers are kept: what the compiler refuses here, it refuses there.
    pub fn keep<T: 'static>(&self, name: &str, value: &Public<T>) {
        self.instance().cache.keep(name, value);
    }

    fn scripted(&self, path: &str) -> Option<Script> {
        let mut first = self.first.borrow_mut();
        if let Some(at) = first.iter().position(|(begin, _)| path.starts_with(begin)) {
            return Some(first.remove(at).1);
        }
        let scripts = self.scripts.borrow();
        let found =
            scripts.iter().filter(|(begin, _)| path.starts_with(begin)).max_by_key(|(begin, _)| begin.len());
        found.map(|(_, script)| script.clone())
    }

    /// Runs to the end; whenever everybody waits, the clock jumps to the next alarm. Spawned work is run
    /// to its end as well.
    ///
    /// # Panics
    /// When everybody waits and no alarm is set: the test would hang.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let result = self.drive(pin!(future));
        loop {
            let next = self.work.borrow_mut().pop();
            match next {
                Some(mut work) => self.drive(work.as_mut()),
                None => return result,
            }
        }
    }

    async fn store_step(&self) -> Result<(), StoreError> {
        self.sleep(self.store_takes.get()).await;
        if self.store_fails.get() { Err(StoreError("out of order".to_owned())) } else { Ok(()) }
    }

    fn drive<T>(&self, mut future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> T {
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
                return result;
            }
            let now = self.clock.get();
            let next = self.sleepers.borrow().iter().copied().filter(|at| *at > now).min();
            #[expect(clippy::expect_used, reason = "a test that would hang is better off failing")]
            self.clock.set(next.expect("somebody sleeps, else nothing can ever happen"));
            let now = self.clock.get();
            self.sleepers.borrow_mut().retain(|at| *at > now);
        }
    }
}

impl Edge for World {
    fn now(&self) -> Timestamp {
        let noon = Timestamp::constant(1_795_262_400, 0);
        let passed = SignedDuration::try_from(self.clock.get()).unwrap_or_default();
        noon.saturating_add(passed.saturating_add(self.wall_is_off.get())).unwrap_or(noon)
    }

    fn elapsed(&self) -> Duration {
        self.clock.get()
    }

    fn random(&self) -> [u8; 16] {
        self.chance.set(self.chance.get().wrapping_add(1));
        [self.chance.get(); 16]
    }

    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        let at = self.clock.get() + time;
        Box::pin(std::future::poll_fn(move |_| {
            if self.clock.get() >= at {
                return Poll::Ready(());
            }
            self.sleepers.borrow_mut().push(at);
            Poll::Pending
        }))
    }

    fn fetch(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        cap: usize,
    ) -> Wait<'_, Result<http::Response<Bytes>, FetchError>> {
        let path = request.uri().path().to_owned();
        self.sent.borrow_mut().push(request);
        let script = self.scripted(&path);
        Box::pin(async move {
            let Some(script) = script else { return Err(FetchError::Unreachable("refused".into())) };
            self.sleep(script.after.min(timeout)).await;
            if script.after > timeout {
                return Err(FetchError::TimedOut);
            }
            let (status, body) = script.answer?;
            if body.len() > cap {
                return Err(FetchError::TooLarge);
            }
            let mut response = http::Response::new(Bytes::from(body));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
            for (begin, name, value) in self.headers.borrow().iter() {
                if path.starts_with(begin) {
                    // A type is one: the latest.
                    match *name == http::header::CONTENT_TYPE {
                        true => response.headers_mut().insert(name, value.clone()).is_some(),
                        false => response.headers_mut().append(name, value.clone()),
                    };
                }
            }
            Ok(response)
        })
    }

    fn open(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Wait<'_, Result<http::Response<Chunks>, FetchError>> {
        let path = request.uri().path().to_owned();
        let drip =
            self.drips.borrow().iter().find(|(begin, _)| path.starts_with(begin)).map(|(_, drip)| *drip);
        let (clock, sleepers) = (self.clock.clone(), self.sleepers.clone());
        let fetched = self.fetch(request, timeout, usize::MAX);
        Box::pin(async move {
            let whole = Drip { chunk: usize::MAX, pause: Duration::ZERO, cut_after: None };
            let drip = drip.unwrap_or(whole);
            let (parts, body) = fetched.await?.into_parts();
            let mut chunks: Vec<Result<Bytes, Cut>> = Vec::new();
            let shown = body.slice(..drip.cut_after.unwrap_or(usize::MAX).min(body.len()));
            chunks.extend(shown.chunks(drip.chunk).map(|chunk| Ok(Bytes::copy_from_slice(chunk))));
            chunks.extend(drip.cut_after.map(|_| Err(Cut("as the script says".to_owned()))));
            let chunks = futures::stream::iter(chunks).then(move |chunk| {
                let (clock, sleepers) = (clock.clone(), sleepers.clone());
                let at = clock.get() + drip.pause;
                std::future::poll_fn(move |_| {
                    if clock.get() < at {
                        sleepers.borrow_mut().push(at);
                        return Poll::Pending;
                    }
                    Poll::Ready(chunk.clone())
                })
            });
            Ok(http::Response::from_parts(parts, Box::pin(chunks) as Chunks))
        })
    }

    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move {
            self.store_reads.set(self.store_reads.get() + 1);
            self.store_step().await?;
            Ok(self.store.borrow().get(key).cloned())
        })
    }

    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.store_writes.borrow_mut().push((self.elapsed(), key.to_owned()));
            self.store_step().await?;
            if self.store_is_full.get() {
                return Err(StoreError("full".to_owned()));
            }
            self.store.borrow_mut().insert(key.to_owned(), value.to_vec());
            Ok(())
        })
    }

    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.store_step().await?;
            self.store.borrow_mut().remove(key);
            Ok(())
        })
    }

    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        Box::pin(async move { self.variables.borrow().get(name).cloned() })
    }

    fn spawn(&self, work: Work) {
        self.work.borrow_mut().push(work);
    }

    fn log(&self, line: &str) {
        self.lines.borrow_mut().push(line.to_owned());
    }

    fn instance(&self) -> Rc<Instance> {
        self.instance.get_or_init(|| Rc::new(Instance::new(self.elapsed()))).clone()
    }
}
