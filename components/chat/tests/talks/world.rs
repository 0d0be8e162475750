//! A world in memory: a scripted shop that speaks the plain form, and a Slack that writes down what it gets.

use crate::shop::Shop;
use bytes::Bytes;
use futures::executor::block_on;
use jiff::Timestamp;
use kit::edge::{Edge, FetchError, StoreError, Wait};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// When it is: a Saturday, 10 o'clock in London.
pub const NOW: &str = "2026-11-21T10:00:00Z";
/// The signing secret of the Slack app.
pub const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// How the shop's network is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Network {
    Fine,
    Refused,
    Silent,
    Garbage,
}

pub struct World {
    pub shop: RefCell<Shop>,
    pub network: Cell<Network>,
    pub store: RefCell<HashMap<String, Vec<u8>>>,
    pub store_fails: Cell<bool>,
    /// Whether reading lets others run first.
    pub store_is_slow: Cell<bool>,
    pub variables: RefCell<HashMap<&'static str, String>>,
    pub slack: RefCell<Vec<(String, Option<String>, serde_json::Value)>>,
    pub log: RefCell<Vec<String>>,
    pub asked: RefCell<Vec<String>>,
    /// Seconds since [`NOW`].
    pub passed: Cell<i64>,
    work: RefCell<Vec<Work>>,
    chance: Cell<u8>,
}

thread_local! {
    /// Worlds differ, so that a claim of one test is none of another's.
    static WORLDS: Cell<u8> = const { Cell::new(0) };
}

impl World {
    pub fn new() -> Rc<Self> {
        let variables = HashMap::from([
            ("shop_url", "http://shop.test".to_owned()),
            ("session_key", "key".to_owned()),
            ("slack_signing_secret", SECRET.to_owned()),
            ("slack_bot_token", "xoxb-secret-token".to_owned()),
            ("slack_api", "https://slack.com".to_owned()),
        ]);
        WORLDS.set(WORLDS.get().wrapping_add(1));
        Rc::new(Self {
            shop: RefCell::new(Shop::new()),
            network: Cell::new(Network::Fine),
            store: RefCell::default(),
            store_fails: Cell::new(false),
            store_is_slow: Cell::new(false),
            variables: RefCell::new(variables),
            slack: RefCell::default(),
            log: RefCell::default(),
            asked: RefCell::default(),
            passed: Cell::new(0),
            work: RefCell::default(),
            chance: Cell::new(0),
        })
    }

    /// Answers one request.
    pub fn handle(self: &Rc<Self>, request: http::Request<Bytes>) -> http::Response<Bytes> {
        block_on(kit::handle::<chat::head::Chat>(self.clone(), request))
    }

    /// Does what was left for after the answer; says how much there was.
    pub fn run(&self) -> usize {
        let work: Vec<Work> = self.work.borrow_mut().drain(..).collect();
        let count = work.len();
        work.into_iter().for_each(block_on);
        count
    }

    /// Puts rules in force, written as a merchandiser writes them.
    pub fn rules(self: &Rc<Self>, file: &str) {
        let published = personalise::rules::publish(file, self.now());
        let rules = published.rules.unwrap_or_else(|| panic!("{:?}", published.findings));
        let (shelf, compact) = (kit::rulebook::Shelf::Rules, rules.to_compact().unwrap());
        block_on(kit::rulebook::publish(&**self, shelf, &compact, None)).unwrap();
    }

    pub fn set(&self, name: &'static str, value: &str) {
        self.variables.borrow_mut().insert(name, value.to_owned());
    }

    pub fn logged(&self, words: &str) -> bool {
        self.log.borrow().iter().any(|line| line.contains(words))
    }

    fn answer(&self, request: &http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let address = request.uri().to_string();
        if address.starts_with("http://shop.test/") {
            self.asked.borrow_mut().push(format!("{} {}", request.method(), request.uri().path()));
            return match self.network.get() {
                Network::Refused => Err(FetchError::Unreachable("refused".into())),
                Network::Garbage => Ok(http::Response::new("<html>".into())),
                _ => Ok(self.shop.borrow_mut().answer(request)),
            };
        }
        let token = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(request.headers()["content-length"], request.body().len().to_string(), "not in chunks");
        let body = serde_json::from_slice(request.body()).unwrap();
        self.slack.borrow_mut().push((address, token, body));
        Ok(http::Response::new(r#"{"ok":true}"#.into()))
    }
}

impl Edge for World {
    fn now(&self) -> Timestamp {
        NOW.parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_secs(self.passed.get())
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn random(&self) -> [u8; 16] {
        self.chance.set(self.chance.get().wrapping_add(1));
        let mut bytes = [WORLDS.get(); 16];
        bytes[0] = self.chance.get();
        bytes
    }

    fn sleep(&self, _: Duration) -> Wait<'_, ()> {
        // All else here answers at once, so whoever still waits has waited too long.
        Box::pin(std::future::ready(()))
    }

    fn fetch(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> Wait<'_, Result<http::Response<Bytes>, FetchError>> {
        let is_shop = request.uri().host() == Some("shop.test");
        if is_shop && self.network.get() == Network::Silent {
            return Box::pin(std::future::pending());
        }
        Box::pin(std::future::ready(self.answer(&request)))
    }

    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        let found = match self.store_fails.get() {
            true => Err(StoreError("down".into())),
            false => Ok(self.store.borrow().get(key).cloned()),
        };
        let mut waits = u8::from(self.store_is_slow.get());
        Box::pin(std::future::poll_fn(move |context| match waits {
            0 => std::task::Poll::Ready(found.clone()),
            _ => {
                waits -= 1;
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            }
        }))
    }

    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        if self.store_fails.get() {
            return Box::pin(std::future::ready(Err(StoreError("down".into()))));
        }
        self.store.borrow_mut().insert(key.to_owned(), value.to_vec());
        Box::pin(std::future::ready(Ok(())))
    }

    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>> {
        self.store.borrow_mut().remove(key);
        Box::pin(std::future::ready(Ok(())))
    }

    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        Box::pin(std::future::ready(self.variables.borrow().get(name).cloned()))
    }

    fn spawn(&self, work: Work) {
        self.work.borrow_mut().push(work);
    }

    fn log(&self, line: &str) {
        self.log.borrow_mut().push(line.to_owned());
    }
}
