//! A project that gives recorded answers.

use crate::adapters::commercetools::Commercetools;
use crate::adapters::registry::Settings;
use crate::error::Error;
use crate::model::Market;
use crate::port::Pending;
use crate::upstream::{Call, Upstream};
use bytes::Bytes;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

/// What was asked, and what is answered.
#[derive(Clone, Default)]
pub(super) struct Project(Rc<Inner>);

#[derive(Default)]
struct Inner {
    /// `METHOD path` → answers in their order, the last again and again.
    answers: RefCell<BTreeMap<String, VecDeque<(u16, Bytes)>>>,
    calls: RefCell<Vec<http::Request<Bytes>>>,
    kept: RefCell<BTreeMap<String, String>>,
}

/// A recorded answer.
pub(super) fn recorded(name: &str) -> String {
    let path = format!("{}/../fixtures/recorded/commercetools/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The same as JSON, to be changed.
pub(super) fn changed(name: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::from_str(&recorded(name)).unwrap();
    change(&mut value);
    value.to_string()
}

/// The recorded stock with so many pieces left.
pub(super) fn left(pieces: u32) -> String {
    changed("inventory", |page| page["results"][0]["availableQuantity"] = pieces.into())
}

impl Project {
    /// A project that issues tokens and knows its product types.
    pub(super) fn new() -> Self {
        Self::default()
            .with("POST /oauth/token", 200, recorded("token"))
            .with("GET /shop/product-types", 200, recorded("product-types"))
            .with("GET /shop/custom-objects/swatches", 200, recorded("swatches"))
            .with("GET /shop/categories", 200, recorded("categories"))
            .with("GET /shop/product-projections", 200, recorded("product"))
            .with("POST /shop/products/search", 200, recorded("search"))
            .with("GET /shop/inventory", 200, left(7))
            .with("GET /shop/channels", 200, recorded("channels"))
            .with("GET /shop/reviews", 200, recorded("reviews"))
            .with("GET /shop/shipping-methods", 200, recorded("shipping-methods"))
    }

    /// Answers a question from now on; a second answer comes after the first.
    pub(super) fn with(self, question: &str, status: u16, body: impl Into<Bytes>) -> Self {
        let mut answers = self.0.answers.borrow_mut();
        answers.entry(question.to_owned()).or_default().push_back((status, body.into()));
        drop(answers);
        self
    }

    /// Answers a question otherwise than before.
    pub(super) fn instead(self, question: &str, status: u16, body: impl Into<Bytes>) -> Self {
        self.0.answers.borrow_mut().remove(question);
        self.with(question, status, body)
    }

    pub(super) fn port(&self) -> Commercetools {
        let settings = Settings {
            url: "https://api.test".into(),
            auth_url: "https://auth.test".into(),
            project: "shop".into(),
            client_id: "id".into(),
            client_secret: "secret".into(),
            ..Settings::named("shop")
        };
        Commercetools::new(&settings, Box::new(self.clone())).unwrap()
    }

    /// How often a question was asked.
    pub(super) fn count(&self, question: &str) -> usize {
        self.0.calls.borrow().iter().filter(|request| name(request) == question).count()
    }

    /// The last body that was sent with a question.
    pub(super) fn sent(&self, question: &str) -> Value {
        let calls = self.0.calls.borrow();
        let last = calls.iter().rev().find(|request| name(request) == question);
        serde_json::from_slice(last.unwrap_or_else(|| panic!("{question} was not asked")).body()).unwrap()
    }

    /// The last address of a question, decoded pairs of its query.
    pub(super) fn query(&self, question: &str) -> BTreeMap<String, String> {
        let calls = self.0.calls.borrow();
        let last = calls.iter().rev().find(|request| name(request) == question);
        let uri = last.unwrap_or_else(|| panic!("{question} was not asked")).uri();
        url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    /// Every path that was asked.
    pub(super) fn paths(&self) -> Vec<String> {
        self.0.calls.borrow().iter().map(name).collect()
    }
}

fn name(request: &http::Request<Bytes>) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

impl Upstream for Project {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        crate::upstream::assert_repeat(&call);
        let question = name(&call.request);
        self.0.calls.borrow_mut().push(call.request);
        let mut answers = self.0.answers.borrow_mut();
        let waiting = answers.get_mut(&question).unwrap_or_else(|| panic!("no answer to {question}"));
        let (status, body) =
            if waiting.len() > 1 { waiting.pop_front() } else { waiting.front().cloned() }.unwrap();
        let mut response = http::Response::builder().status(status);
        if status == 429 {
            response = response.header("retry-after", "7");
        }
        let response = response.body(body).unwrap();
        Box::pin(std::future::ready(Ok::<_, Error>(response)))
    }

    fn recall(&self, key: &str) -> Option<String> {
        self.0.kept.borrow().get(key).cloned()
    }

    fn keep(&self, key: &str, value: &str, good_for: Duration) {
        assert!(!good_for.is_zero());
        self.0.kept.borrow_mut().insert(key.to_owned(), value.to_owned());
    }
}

pub(super) fn market() -> Market {
    Market::parse("en-GB/GBP").unwrap()
}

pub(super) fn run<T>(future: impl Future<Output = T>) -> T {
    futures::executor::block_on(future)
}
