//! A shop whose answers were recorded.

use crate::adapters::vendure::Vendure;
use crate::adapters::{Settings, wire};
use crate::error::{Error, Kind};
use crate::port::Pending;
use crate::upstream::{Call, Upstream};
use bytes::Bytes;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The text of a recorded answer.
pub(super) fn recorded(name: &str) -> String {
    let path = format!("{}/../fixtures/recorded/vendure/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What a replay answers.
pub(super) struct Answer(http::Response<Bytes>);

impl Answer {
    pub(super) fn status(status: u16, body: impl Into<String>) -> Self {
        Self(http::Response::builder().status(status).body(Bytes::from(body.into())).unwrap())
    }

    pub(super) fn ok(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(super) fn recorded(name: &str) -> Self {
        Self::ok(recorded(name))
    }

    pub(super) fn with(mut self, header: &'static str, value: &'static str) -> Self {
        self.0.headers_mut().append(header, http::HeaderValue::from_static(value));
        self
    }
}

#[derive(Default)]
struct Seen {
    answers: RefCell<VecDeque<Answer>>,
    calls: RefCell<Vec<http::Request<Bytes>>>,
    kept: RefCell<BTreeMap<String, String>>,
}

/// The upstream, and afterwards what it was asked.
#[derive(Clone, Default)]
pub(super) struct Replay(Rc<Seen>);

impl Replay {
    /// A shop that gives these answers in this order.
    pub(super) fn of(answers: impl IntoIterator<Item = Answer>) -> (Box<dyn crate::Port>, Self) {
        let replay = Self::default();
        replay.0.answers.borrow_mut().extend(answers);
        let settings = Settings {
            url: "https://shop.test".into(),
            project: "a-channel".into(),
            ..Settings::named("shop")
        };
        (Box::new(Vendure::new(&settings, Box::new(replay.clone())).unwrap()), replay)
    }

    fn bodies(&self) -> Vec<serde_json::Value> {
        let calls = self.0.calls.borrow();
        calls.iter().map(|call| wire::json::parse("test", call.body()).unwrap()).collect()
    }

    /// The GraphQL documents that were sent.
    pub(super) fn documents(&self) -> Vec<String> {
        self.bodies().iter().map(|body| body["query"].as_str().unwrap().to_owned()).collect()
    }

    /// The name of each document's operation.
    pub(super) fn names(&self) -> Vec<String> {
        let name = |document: &String| {
            let words: Vec<&str> = document.split(|c: char| !c.is_alphanumeric()).collect();
            let at = words.iter().position(|word| matches!(*word, "query" | "mutation")).unwrap();
            words[at + 1].to_owned()
        };
        self.documents().iter().map(name).collect()
    }

    pub(super) fn variables(&self, at: usize) -> serde_json::Value {
        self.bodies()[at]["variables"].clone()
    }

    pub(super) fn call(&self, at: usize) -> http::Request<Bytes> {
        self.0.calls.borrow()[at].clone()
    }
}

impl Upstream for Replay {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        crate::upstream::assert_repeat(&call);
        let operation = call.operation;
        self.0.calls.borrow_mut().push(call.request);
        let answer = self.0.answers.borrow_mut().pop_front().map(|answer| answer.0);
        let none = Error::new(Kind::Internal, operation, "the test has no more answers");
        Box::pin(std::future::ready(answer.ok_or(none)))
    }

    fn recall(&self, key: &str) -> Option<String> {
        self.0.kept.borrow().get(key).cloned()
    }

    fn keep(&self, key: &str, value: &str, _: Duration) {
        self.0.kept.borrow_mut().insert(key.to_owned(), value.to_owned());
    }
}

/// The value of a future that waits for nothing.
pub(super) fn now<T>(mut future: std::pin::Pin<Box<dyn Future<Output = T> + '_>>) -> T {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a replay waits for nothing"),
    }
}
