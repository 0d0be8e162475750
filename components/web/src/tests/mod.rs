//! The head in a world of memory: canned answers of the plain form by path, and a clock that passes only when
//! everything waits.

mod begun;
mod escape;
mod inputs;
mod journey;
mod keep;
mod shop;
mod slots;
mod snapshot;
mod stale;

use crate::head::Web;
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use jiff::Timestamp;
use kit::edge::{Edge, FetchError, StoreError, Wait};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The world, and the shop in it.
pub(super) struct World {
    /// Stands in every text field of the shop.
    text: String,
    /// Paths with these in them get no answer.
    late: Vec<&'static str>,
    /// Paths with these in them get a 500.
    broken: Vec<&'static str>,
    clock: Cell<Duration>,
    due: RefCell<Vec<Duration>>,
    /// What was asked: method and path.
    pub(super) asked: RefCell<Vec<String>>,
    pub(super) log: RefCell<Vec<String>>,
}

impl World {
    pub(super) fn new() -> Self {
        Self::with_text("Plain")
    }

    pub(super) fn with_text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            late: Vec::new(),
            broken: Vec::new(),
            clock: Cell::default(),
            due: RefCell::default(),
            asked: RefCell::default(),
            log: RefCell::default(),
        }
    }

    pub(super) fn late(mut self, paths: &[&'static str]) -> Self {
        self.late = paths.to_vec();
        self
    }

    pub(super) fn broken(mut self, paths: &[&'static str]) -> Self {
        self.broken = paths.to_vec();
        self
    }

    /// Starts to listen.
    pub(super) fn open(self) -> Visitor {
        Visitor { world: Rc::new(self), cookie: RefCell::default() }
    }
}

/// Somebody with a browser that keeps the session cookie.
pub(super) struct Visitor {
    pub(super) world: Rc<World>,
    cookie: RefCell<Option<String>>,
}

impl Visitor {
    pub(super) fn get(&self, address: &str) -> Page {
        self.send(Request::get(address).body(Bytes::new()).unwrap())
    }

    /// Sends a form from one of our own pages.
    pub(super) fn post(&self, address: &str, form: &str) -> Page {
        let request = Request::post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Bytes::from(form.to_owned())).unwrap())
    }

    pub(super) fn send(&self, mut request: Request<Bytes>) -> Page {
        request.headers_mut().insert("host", "shop.test".parse().unwrap());
        if let Some(cookie) = &*self.cookie.borrow() {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        let response = self.world.wait(kit::handle::<Web>(self.world.clone(), request));
        if let Some(set) = response.headers().get("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            *self.cookie.borrow_mut() = Some(pair.to_owned());
        }
        Page::of(response)
    }
}

/// An answer to look at.
pub(super) struct Page {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Page {
    fn of(response: Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.to_vec()).expect("pages are UTF-8");
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// What came of the slots: a page that was begun before all of them had come tells it at its end.
    pub(super) fn slots(&self) -> &str {
        let header = self.header("headwater-slots");
        let end =
            self.body.rsplit_once("<!-- headwater-slots: ").and_then(|(_, end)| end.strip_suffix(" -->"));
        if header.contains("=late") { end.expect("the end tells of late slots") } else { header }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What stands between two marks, each time.
    pub(super) fn between<'a>(&'a self, from: &'a str, to: &'a str) -> Vec<&'a str> {
        self.body.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
    }
}

impl World {
    /// Waits for something; when all of it waits, time passes to the next alarm.
    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        for _ in 0..1000 {
            if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return done;
            }
            let now = self.clock.get();
            let next = self.due.borrow().iter().copied().filter(|due| *due > now).min();
            self.clock.set(next.expect("somebody waits for what will not come"));
        }
        panic!("still waiting after a thousand alarms");
    }
}

impl Edge for World {
    fn now(&self) -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.clock.get()
    }

    fn random(&self) -> [u8; 16] {
        [7; 16]
    }

    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        let due = self.clock.get() + time;
        self.due.borrow_mut().push(due);
        Box::pin(poll_fn(move |_| if self.clock.get() >= due { Poll::Ready(()) } else { Poll::Pending }))
    }

    fn fetch(
        &self,
        request: Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> Wait<'_, Result<Response<Bytes>, FetchError>> {
        let path = request.uri().path().to_owned();
        self.asked.borrow_mut().push(format!("{} {path}", request.method()));
        let is = |marks: &[&str]| marks.iter().any(|mark| path.contains(mark));
        if is(&self.late) {
            return Box::pin(std::future::pending());
        }
        let query = request.uri().query().unwrap_or_default().to_owned();
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let (status, answer) = match is(&self.broken) {
            true => (500, json!({"oops": true})),
            false => shop::answer(&self.text, request.method().as_str(), &path, &query, &body),
        };
        // Prices are in the money that was asked for.
        let currency = query.split("currency=").nth(1).map_or("GBP", |rest| rest.get(..3).unwrap_or("GBP"));
        let answer = answer.to_string().replace("\"GBP\"", &format!("\"{currency}\""));
        let answer = Response::builder().status(status).body(Bytes::from(answer)).unwrap();
        Box::pin(ready(Ok(answer)))
    }

    fn get<'a>(&'a self, _: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(ready(Ok(None)))
    }

    fn set<'a>(&'a self, _: &'a str, _: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(ready(Ok(())))
    }

    fn delete<'a>(&'a self, _: &'a str) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(ready(Ok(())))
    }

    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        Box::pin(ready(match name {
            "shop_url" => Some("http://backend.test".to_owned()),
            "session_key" => Some("a key for tests".to_owned()),
            _ => None,
        }))
    }

    fn spawn(&self, _: Pin<Box<dyn Future<Output = ()> + 'static>>) {}

    fn log(&self, line: &str) {
        self.log.borrow_mut().push(line.to_owned());
    }
}
