//! A world for tests: memory for key-value, a clock that is set by hand, chance that counts.

use bytes::Bytes;
use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use kit::Edge;
use kit::edge::{FetchError, StoreError, Wait};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, ready};
use std::path::Path;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The world, and all that the shop may remember.
pub(crate) struct World {
    pub(crate) kept: RefCell<BTreeMap<String, Vec<u8>>>,
    now: Cell<Timestamp>,
    chance: Cell<u128>,
    /// Whether key-value is down.
    pub(crate) down: Cell<bool>,
    pub(crate) log: RefCell<Vec<String>>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            kept: RefCell::default(),
            now: Cell::new(Timestamp::from_second(1_800_000_000).unwrap()),
            chance: Cell::new(u128::MAX / 3),
            down: Cell::new(false),
            log: RefCell::default(),
        }
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.now.set(self.now.get().checked_add(SignedDuration::from_secs(seconds)).unwrap());
    }

    /// Asks the shop anything.
    pub(crate) fn send(&self, request: Request<Bytes>) -> Response<Bytes> {
        let media = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/media"));
        wait(crate::answer(self, media, &request))
    }

    /// Reads as an English visitor who pays in pounds.
    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        self.get_in(path, "en-GB", "GBP")
    }

    pub(crate) fn get_in(&self, path: &str, locale: &str, currency: &str) -> (u16, Value) {
        let uri = uri(path, locale, currency);
        told(&self.send(Request::get(uri).body(Bytes::new()).unwrap()))
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.post_with(path, body, None)
    }

    pub(crate) fn post_with(&self, path: &str, body: &Value, key: Option<&str>) -> (u16, Value) {
        let mut request = Request::post(uri(path, "en-GB", "GBP")).header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        told(&self.send(request.body(Bytes::from(body.to_string())).unwrap()))
    }
}

fn uri(path: &str, locale: &str, currency: &str) -> String {
    let and = if path.contains('?') { '&' } else { '?' };
    format!("{path}{and}locale={locale}&currency={currency}")
}

pub(crate) fn told(response: &Response<Bytes>) -> (u16, Value) {
    (response.status().as_u16(), serde_json::from_slice(response.body()).unwrap_or(Value::Null))
}

/// Nothing in this world is ever late.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("the shop waits for something that will not come"),
    }
}

impl Edge for World {
    fn now(&self) -> Timestamp {
        self.now.get()
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn random(&self) -> [u8; 16] {
        self.chance
            .set(self.chance.get().wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645).wrapping_add(1));
        self.chance.get().to_be_bytes()
    }

    fn sleep(&self, _: Duration) -> Wait<'_, ()> {
        Box::pin(ready(()))
    }

    fn fetch(
        &self,
        _: Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> Wait<'_, Result<Response<Bytes>, FetchError>> {
        Box::pin(ready(Err(FetchError::Unreachable("the shop calls nobody".into()))))
    }

    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        let kept = self.kept.borrow().get(key).cloned();
        Box::pin(ready(self.up().map(|()| kept)))
    }

    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        let up = self.up();
        if up.is_ok() {
            self.kept.borrow_mut().insert(key.to_owned(), value.to_vec());
        }
        Box::pin(ready(up))
    }

    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>> {
        let up = self.up();
        if up.is_ok() {
            self.kept.borrow_mut().remove(key);
        }
        Box::pin(ready(up))
    }

    fn variable<'a>(&'a self, _: &'a str) -> Wait<'a, Option<String>> {
        Box::pin(ready(None))
    }

    fn spawn(&self, _: Pin<Box<dyn Future<Output = ()> + 'static>>) {}

    fn log(&self, line: &str) {
        self.log.borrow_mut().push(line.to_owned());
    }
}

impl World {
    fn up(&self) -> Result<(), StoreError> {
        match self.down.get() {
            true => Err(StoreError("secret-host:6379 refused".into())),
            false => Ok(()),
        }
    }
}
