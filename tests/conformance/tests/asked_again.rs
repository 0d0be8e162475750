//! A write that is asked for again with its key is done once: one after the other, both at once, and with the
//! first answer lost.

use bytes::Bytes;
use commerce::adapters::{Settings, connect};
use commerce::{Call, Market, Pending, Port, Upstream};
use conformance::journeys;
use conformance::observe::Notes;
use conformance::upstream::{Forgetful, Reference};
use futures::FutureExt as _;
use jiff::Timestamp;
use kit::edge::{Edge, FetchError, StoreError, Wait};
use kit::rehearsal::World;
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// Takes the keys away on their way, as a shop would that does not look at them.
struct Keyless(Reference);

impl Upstream for Keyless {
    fn send(&self, mut call: Call) -> Pending<'_, http::Response<Bytes>> {
        call.request.headers_mut().remove("idempotency-key");
        self.0.send(call)
    }

    fn fresh_key(&self) -> Option<String> {
        self.0.fresh_key()
    }
}

/// What visitors see on their journeys.
fn seen(upstream: Box<dyn Upstream>) -> Vec<(String, Value)> {
    let settings = Settings { url: "http://shop.test".into(), ..Settings::named("shop") };
    let port: Box<dyn Port> = connect("plain", &settings, upstream).unwrap();
    let market = Market::parse("en-GB/GBP").unwrap();
    let mut notes = Notes::default();
    journeys::go(&mut notes, &*port, &market).now_or_never().expect("the reference answers at once");
    notes.0.into_iter().map(|seen| (seen.name, seen.value)).collect()
}

#[test]
fn a_lost_answer_changes_nothing_that_a_visitor_sees() {
    let expected = seen(Box::new(Reference::new()));
    assert!(expected.len() > 20, "{} observations", expected.len());
    assert_eq!(seen(Box::new(Forgetful(Reference::new()))), expected);
}

#[test]
fn a_shop_that_does_not_look_at_keys_is_found_out() {
    let expected = seen(Box::new(Reference::new()));
    let blind = seen(Box::new(Forgetful(Keyless(Reference::new()))));
    let differ: Vec<&str> =
        expected.iter().zip(&blind).filter(|(one, other)| one != other).map(|(one, _)| &*one.0).collect();
    for name in ["cart.add", "cart.remove", "checkout.order"] {
        assert!(differ.contains(&name), "{name} is not among {differ:?}");
    }
}

fn post(path: &str, key: &str, body: &Value) -> http::Request<Bytes> {
    http::Request::post(format!("http://shop{path}?locale=en-GB&currency=GBP"))
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

/// A world whose key-value store takes its time, so that what is done at once gets in each other's way.
struct Slow(Rc<World>);

const STORE: Duration = Duration::from_millis(3);

impl Edge for Slow {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    fn random(&self) -> [u8; 16] {
        self.0.random()
    }
    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        self.0.sleep(time)
    }
    fn fetch(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        cap: usize,
    ) -> Wait<'_, Result<http::Response<Bytes>, FetchError>> {
        self.0.fetch(request, timeout, cap)
    }
    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move {
            self.0.sleep(STORE).await;
            self.0.get(key).await
        })
    }
    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.0.sleep(STORE).await;
            self.0.set(key, value).await
        })
    }
    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>> {
        self.0.delete(key)
    }
    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        self.0.variable(name)
    }
    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + 'static>>) {
        self.0.spawn(work);
    }
    fn log(&self, line: &str) {
        self.0.log(line);
    }
}

/// Sends requests at once; all waiting takes simulated time only.
fn at_once<const N: usize>(world: &Rc<World>, requests: [http::Request<Bytes>; N]) -> Vec<(u16, Value)> {
    let slow = Slow(world.clone());
    let answers = requests.iter().map(|request| demo_shop::answer(&slow, "media".as_ref(), request));
    let answers = world.run(futures::future::join_all(answers));
    answers
        .iter()
        .map(|answer| (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap()))
        .collect()
}

#[test]
fn two_at_once_with_one_key_have_one_effect() {
    let world = World::new();
    let begun = at_once(&world, ["a", "a", "b"].map(|key| post("/v1/carts", key, &json!({}))));
    assert!(begun.iter().all(|(status, _)| *status == 201), "{begun:?}");
    assert_eq!(begun[0].1["id"], begun[1].1["id"]);
    assert_ne!(begun[0].1["id"], begun[2].1["id"]);
    let cart = format!("/v1/carts/{}", begun[0].1["id"].as_str().unwrap());

    let add = json!({ "do": "add", "variant": "v-1001-s-navy", "quantity": 1 });
    let changes = format!("{cart}/changes");
    let changed = at_once(&world, ["a", "a", "a"].map(|key| post(&changes, key, &add)));
    assert!(changed.iter().all(|(status, cart)| *status == 200 && cart["quantity"] == 1), "{changed:?}");
    let more = at_once(&world, ["b", "c"].map(|key| post(&changes, key, &add)));
    assert_eq!(more.iter().map(|(_, cart)| cart["quantity"].as_u64().unwrap()).max(), Some(3));

    let placement = json!({ "contact": { "name": "Ada", "email": "ada@example.org" },
                            "delivery": { "kind": "pickup", "store": "leeds" } });
    let checkout = format!("{cart}/checkout");
    let placed = at_once(&world, ["a", "a"].map(|key| post(&checkout, key, &placement)));
    assert_eq!((placed[0].0, &placed[0].1), (200, &placed[1].1));
    assert_eq!(world.store.borrow().keys().filter(|key| key.starts_with("order:")).count(), 1);
}
