//! Calls in a rehearsed world: what is sent, how often, and when.

use super::*;
use crate::rehearsal::{Script, World};
use commerce::Repeat;
use futures::future::{Either, select};
use http::{Method, Request};
use std::pin::pin;

const BUDGET: Duration = Duration::from_millis(800);

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn call(operation: &'static str, path: &str, repeat: Repeat) -> Call {
    let method = if repeat == Repeat::Safe { Method::GET } else { Method::POST };
    let request = Request::builder().method(method).uri(format!("http://shop.test{path}"));
    Call { operation, request: request.body(Bytes::new()).unwrap(), repeat, limit: Limit::All }
}

fn read(path: &str) -> Call {
    call("plain.product", path, Repeat::Safe)
}

fn upstream(world: &Rc<World>) -> EdgeUpstream {
    let deadline = Deadline::new(&**world, BUDGET);
    EdgeUpstream::new(world.clone(), deadline, Rc::new(Trace::new(true)), "shop")
}

fn send(world: &Rc<World>, call: Call) -> Result<u16, Error> {
    world.run(upstream(world).send(call)).map(|answer| answer.status().as_u16())
}

fn pass(world: &Rc<World>, time: Duration) {
    world.run(world.sleep(time));
}

fn says(status: u16) -> Script {
    Script { after: Duration::ZERO, answer: Ok((status, String::new())) }
}

fn refused() -> Script {
    Script { after: Duration::ZERO, answer: Err(FetchError::Unreachable("refused".into())) }
}

fn black_hole() -> Script {
    Script { after: Duration::from_secs(600), answer: Ok((200, String::new())) }
}

/// How often anything was sent since the last look.
fn sent(world: &Rc<World>) -> usize {
    world.sent.borrow_mut().drain(..).count()
}

#[test]
fn what_passes_is_asked_again_and_told() {
    for passing in [refused(), says(502), says(503), says(504), says(429)] {
        let world = World::new();
        world.answer("/", 200, "");
        world.once("/", passing);
        let upstream = upstream(&world);
        assert!(world.run(upstream.send(read("/"))).is_ok());
        assert_eq!(sent(&world), 2);
        let line = upstream.trace.line().unwrap();
        assert!(line.contains("; plain.product attempt 2: 200 "), "{line}");
        assert!(world.elapsed() <= ms(20), "{:?}", world.elapsed());
    }
}

#[test]
fn a_write_is_never_repeated_without_a_key_and_with_one_it_is_the_same() {
    let attempts = |repeat, script: Script| {
        let world = World::new();
        world.script("/", script);
        // Enough calls for a full budget.
        world.answer("/fine", 200, "");
        (0..100)
            .for_each(|_| assert_eq!(send(&world, call("plain.listing", "/fine", Repeat::Safe)), Ok(200)));
        sent(&world);
        let mut write = call("plain.change_cart", "/v1/carts/c/changes", repeat);
        if repeat == Repeat::Keyed {
            let key = upstream(&world).fresh_key().unwrap();
            write.request.headers_mut().insert("idempotency-key", key.parse().unwrap());
        }
        let _ = send(&world, write);
        let keys: Vec<_> =
            world.sent.borrow().iter().map(|r| r.headers().get("idempotency-key").cloned()).collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        sent(&world)
    };
    for script in [refused(), says(429), says(502), says(503), says(504)] {
        assert_eq!(attempts(Repeat::Never, script.clone()), 1);
        assert_eq!(attempts(Repeat::Keyed, script.clone()), 2);
        assert_eq!(attempts(Repeat::Safe, script), 3);
    }
    for script in [says(500), says(409), says(404), says(200), black_hole()] {
        assert_eq!(attempts(Repeat::Keyed, script.clone()), 1);
        assert_eq!(attempts(Repeat::Safe, script), 1);
    }
}

#[test]
fn every_write_has_a_key_of_its_own_that_nobody_guesses() {
    let world = World::new();
    let upstream = upstream(&world);
    let (one, other) = (upstream.fresh_key().unwrap(), upstream.fresh_key().unwrap());
    assert_ne!(one, other);
    assert!(one.len() == 32 && one.bytes().all(|b| b.is_ascii_hexdigit()), "128 bits: {one}");
}

#[test]
fn the_first_word_stands_when_there_is_no_time() {
    let world = World::new();
    world.script("/", Script { after: ms(680), answer: Ok((503, String::new())) });
    assert_eq!(send(&world, read("/")), Ok(503));
    assert_eq!(sent(&world), 1, "40 ms are left");
    let upstream = upstream(&world);
    pass(&world, BUDGET);
    let late = world.run(upstream.send(read("/"))).unwrap_err();
    assert_eq!((late.kind, sent(&world)), (Kind::TimedOut, 0), "after the deadline nothing is asked");
}

#[test]
fn who_asks_for_time_is_given_it_or_left_alone() {
    let world = World::new();
    world.header("/", "retry-after", "1");
    world.answer("/", 200, "");
    world.once("/", says(429));
    assert_eq!(send(&world, read("/")), Ok(429), "a second does not fit: given up at once");
    assert_eq!((sent(&world), world.elapsed()), (1, Duration::ZERO));
    let error = send(&world, read("/")).unwrap_err();
    assert_eq!(error.kind, Kind::Overloaded { retry_after: Some(ms(1000)) });
    assert_eq!(error.detail, "shop.test: breaker open for 1000 ms, after 1 failure, the last: HTTP 429");
    assert_eq!(sent(&world), 0);
    pass(&world, ms(1000));
    assert_eq!(send(&world, read("/")), Ok(200));

    let world = World::new();
    world.header("/", "retry-after", "1");
    world.answer("/", 200, "");
    world.once("/", says(503));
    let patient = Deadline::new(&*world, Duration::from_secs(5));
    let patient = EdgeUpstream::new(world.clone(), patient, Rc::default(), "shop");
    assert_eq!(world.run(patient.send(read("/"))).map(|answer| answer.status().as_u16()), Ok(200));
    assert!(sent(&world) == 2 && world.elapsed() >= ms(1000), "{:?}", world.elapsed());

    // Who is limited alone keeps nobody else from asking, under whatever name.
    let world = World::new();
    world.header("/", "retry-after", "1");
    world.answer("/", 200, "");
    world.once("/", says(429));
    let one = || call("any.name", "/", Repeat::Never).for_one();
    assert_eq!((send(&world, one()), send(&world, one())), (Ok(429), Ok(200)));
    world.once("/", says(429));
    let named_alike = || call("plain.sign_in", "/", Repeat::Never);
    assert_eq!(send(&world, named_alike()), Ok(429));
    assert!(send(&world, named_alike()).is_err(), "the name says nothing");
}

#[test]
fn a_storm_stays_within_a_tenth_and_ends_soon() {
    for script in [refused(), says(503), says(429)] {
        let world = World::new();
        world.script("/", script);
        for _ in 0..1000 {
            let _ = send(&world, read("/"));
            pass(&world, ms(10));
        }
        let calls = sent(&world);
        assert!(calls <= 30, "{calls} calls of 1000 requests in {:?}", world.elapsed());
    }
    // When every fifth fails, no breaker opens, and the budget alone holds.
    let world = World::new();
    world.answer("/", 200, "");
    world.answer("/bad", 503, "");
    for n in 0..1000 {
        let _ = send(&world, read(if n % 5 == 0 { "/bad" } else { "/" }));
        pass(&world, ms(10));
    }
    let calls = sent(&world);
    assert!((1080..=1101).contains(&calls), "{calls} calls of 1000 requests");
    assert!(world.lines.borrow().is_empty(), "no breaker opened");
}

#[test]
fn a_breaker_opens_tells_why_and_closes_by_a_probe() {
    let world = World::new();
    world.script("/", says(500));
    (0..5).for_each(|_| assert_eq!(send(&world, read("/")), Ok(500)));
    let lines = world.lines.take();
    assert!(lines[0].starts_with("shop shop.test plain.product: breaker open for "), "{lines:?}");
    assert!(lines[0].ends_with("after 5 failures, the last: HTTP 500") && lines.len() == 1, "{lines:?}");
    let upstream = upstream(&world);
    assert!(world.run(upstream.send(read("/"))).is_err());
    assert!(upstream.trace.line().unwrap().starts_with("plain.product not asked: breaker open"));
    assert_eq!(sent(&world), 5);
    world.answer("/", 200, "");
    pass(&world, ms(1000));
    assert_eq!(send(&world, read("/")), Ok(200));
    assert_eq!(world.lines.take(), ["shop shop.test plain.product: breaker closed"]);
}

#[test]
fn a_black_hole_beside_takes_nothing_with_it() {
    let world = World::new();
    world.answer("/v1/products/coat", 200, "");
    world.script("/v1/products/coat/reviews", black_hole());
    let page = || async {
        let upstream = upstream(&world);
        let start = world.elapsed();
        let product = upstream.send(read("/v1/products/coat")).await;
        let reviews = upstream.send(call("plain.reviews", "/v1/products/coat/reviews", Repeat::Safe));
        // As a slot does: what is late is dropped.
        let late = matches!(select(pin!(reviews), world.sleep(ms(400))).await, Either::Right(_));
        (product.is_ok(), late, world.elapsed() - start)
    };
    for _ in 0..5 {
        assert_eq!(world.run(page()), (true, true, ms(400)));
    }
    let asked = sent(&world);
    for _ in 0..20 {
        assert_eq!(world.run(page()), (true, false, ms(0)), "reviews are not waited for");
    }
    assert_eq!((asked, sent(&world)), (10, 20));
    let reviews = || call("plain.reviews", "/v1/products/coat/reviews", Repeat::Safe);
    let error = send(&world, reviews()).unwrap_err();
    assert_eq!(error.kind, Kind::TimedOut, "as if it had been asked: {error}");
    assert!(error.detail.contains("breaker open for ") && error.detail.ends_with("timed out"), "{error}");
    // Another shop on the same host, and another host of the same shop, have breakers of their own.
    let other = EdgeUpstream { name: "second", ..upstream(&world) };
    world.script("/v1/products/coat/reviews", says(200));
    assert!(world.run(other.send(reviews())).is_ok());
    let mut elsewhere = reviews();
    *elsewhere.request.uri_mut() = "http://shop.test:81/v1/products/coat/reviews".parse().unwrap();
    assert!(send(&world, elsewhere).is_ok() && send(&world, reviews()).is_err());
}

#[test]
fn who_is_given_no_time_is_not_blamed() {
    let world = World::new();
    world.script("/", black_hole());
    for _ in 0..50 {
        let upstream = upstream(&world);
        world.run(async {
            let _ = select(upstream.send(read("/")), world.sleep(ms(199))).await;
        });
    }
    assert_eq!(sent(&world), 50, "the breaker stays closed");
    assert!(world.lines.borrow().is_empty());
}

#[test]
fn a_probe_that_is_dropped_does_not_bar_the_way() {
    let world = World::new();
    world.script("/", says(500));
    (0..5).for_each(|_| assert!(send(&world, read("/")).is_ok()));
    pass(&world, ms(1000));
    world.script("/", black_hole());
    let dropped = upstream(&world);
    world.run(async {
        let _ = select(dropped.send(read("/")), world.sleep(ms(10))).await;
    });
    world.answer("/", 200, "");
    assert_eq!(send(&world, read("/")), Ok(200));
}

#[test]
fn nothing_that_was_asked_or_answered_is_remembered() {
    let world = World::new();
    world.answer("/v1/carts/secret-cart", 500, "secret answer");
    let mut cart = call("plain.cart", "/v1/carts/secret-cart?q=secret", Repeat::Safe);
    cart.request.headers_mut().insert("authorization", "secret".parse().unwrap());
    (0..5).for_each(|_| assert!(send(&world, cart.clone()).is_ok()));
    let circuit = Circuit::of("shop", &cart);
    assert_eq!(circuit.name(), "shop shop.test plain.cart");
    let refused = circuit.admit(world.elapsed()).unwrap_err();
    assert!(!refused.to_string().contains("secret") && !world.lines.borrow().concat().contains("secret"));
}
