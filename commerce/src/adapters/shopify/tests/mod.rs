//! The adapter against recorded answers (`tests/backends/shopify/record.mjs` writes them) and against bad ones.

mod carts;
mod reads;
mod schema;
mod wrong;

use super::Shopify;
use crate::adapters::Settings;
use crate::error::{Error, Kind};
use crate::model::Market;
use crate::port::Pending;
use crate::upstream::{Call, Upstream};
use bytes::Bytes;
use http::Response;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What was asked: the document's own name, its variables, and the name of the token's header.
#[derive(Debug, Clone)]
struct Asked {
    document: String,
    variables: Value,
    header: &'static str,
}

/// The document that it answers, its status and its body.
type Said = (&'static str, u16, String);

/// A shop that answers in turn what it was told to.
#[derive(Clone, Default)]
struct Replay {
    answers: Rc<RefCell<VecDeque<Said>>>,
    asked: Rc<RefCell<Vec<Asked>>>,
}

impl Replay {
    /// Answers the document `name` with a record.
    fn then(self, document: &'static str, record: &str) -> Self {
        let path = format!("{}/../fixtures/recorded/shopify/{record}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        self.says(document, 200, text)
    }

    /// Answers the document `name` with anything.
    fn says(self, document: &'static str, status: u16, body: impl Into<String>) -> Self {
        self.answers.borrow_mut().push_back((document, status, body.into()));
        self
    }

    fn shop(&self) -> Shopify {
        self.shop_with("shpat_secret")
    }

    fn shop_with(&self, token: &str) -> Shopify {
        let settings =
            Settings { url: "https://shop.test/".into(), token: token.into(), ..Settings::named("shop") };
        Shopify::new(&settings, Box::new(self.clone())).unwrap()
    }

    /// The documents that were asked, in their order.
    fn documents(&self) -> Vec<String> {
        self.asked.borrow().iter().map(|asked| asked.document.clone()).collect()
    }

    fn variables(&self, at: usize) -> Value {
        self.asked.borrow()[at].variables.clone()
    }
}

impl Upstream for Replay {
    fn send(&self, call: Call) -> Pending<'_, Response<Bytes>> {
        assert_eq!(call.request.uri(), "https://shop.test/api/2026-04/graphql.json");
        crate::upstream::assert_repeat(&call);
        let body: Value = serde_json::from_slice(call.request.body()).unwrap();
        let query = body["query"].as_str().unwrap();
        let name = query.split(' ').nth(1).unwrap().split(['(', '{']).next().unwrap().trim().to_owned();
        let headers = call.request.headers();
        let header = ["shopify-storefront-private-token", "x-shopify-storefront-access-token"]
            .into_iter()
            .find(|header| headers.contains_key(*header))
            .unwrap();
        let variables = body["variables"].clone();
        self.asked.borrow_mut().push(Asked { document: name.clone(), variables, header });
        let mut answers = self.answers.borrow_mut();
        let at = answers.iter().position(|(document, ..)| *document == name);
        let (_, status, body) =
            answers.remove(at.unwrap_or_else(|| panic!("nobody expects {name}"))).unwrap();
        let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// Nothing here is ever late.
fn wait<T>(work: Pending<'_, T>) -> Result<T, Error> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("the adapter waits for something that will not come"),
    }
}

fn kind<T: std::fmt::Debug>(work: Pending<'_, T>) -> Kind {
    wait(work).unwrap_err().kind
}

fn market(text: &str) -> Market {
    Market::parse(text).unwrap()
}
