//! Who asks the shop: the head itself, or the component `backend` for it.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

use bytes::Bytes;
use commerce::Capability;
use http::Method;
use kit::edge::FetchError;
use kit::rehearsal::{Script, World};
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

struct Kiosk;

static ROUTES: LazyLock<Routes<()>> =
    LazyLock::new(|| Routes::new(&[(Method::GET, "/{market}/stores", ())]).0);

impl Head for Kiosk {
    type Page = ();
    const CHANNEL: &'static str = "kiosk";
    const BUDGET: Duration = Duration::from_millis(500);

    fn routes() -> &'static Routes<()> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer((): (), ask: &Rc<Ask>) -> Result<Answer, Failure> {
        let stores = ask.slots.required(Slot::new("stores"), ask.shop.stores()).await?;
        let able: Vec<bool> =
            [Capability::Stores, Capability::Reviews].into_iter().map(|c| ask.shop.can(c)).collect();
        Ok(Answer::html(format!("{} {able:?}", stores.len())))
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::html(failure.code().to_owned())
    }
}

fn world(variables: &[(&str, &str)]) -> Rc<World> {
    let world = World::new();
    world.answer("/v1/stores", 200, "[]");
    world.answer("/v1/capabilities", 200, r#"["product","stores","time-travel"]"#);
    for (name, value) in variables {
        world.variables.borrow_mut().insert((*name).to_owned(), (*value).to_owned());
    }
    world
}

fn ask(world: &Rc<World>, path: &str, headers: &[(&str, &str)]) -> http::Response<Bytes> {
    let mut request = http::Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.run(kit::handle::<Kiosk>(world.clone(), request.body(Bytes::new()).unwrap()))
}

fn get(world: &Rc<World>) -> http::Response<Bytes> {
    ask(world, "/en-gb/stores", &[])
}

fn asked(world: &World) -> Vec<String> {
    let sent = world.sent.borrow();
    sent.iter().map(|request| format!("{}{}", request.uri().host().unwrap(), request.uri().path())).collect()
}

#[test]
fn a_shop_whose_adapter_is_built_in_is_asked_without_a_hop() {
    for adapter in ["plain", ""] {
        let world = world(&[("shop_adapter", adapter), ("shop_direct", "true"), ("second_parts", "")]);
        assert_eq!(get(&world).body(), "0 [true, true]");
        assert_eq!(asked(&world), ["shop.test/v1/stores"], "{adapter:?}");
    }
}

#[test]
fn any_other_is_asked_through_the_component_that_has_all_adapters() {
    for setting in [("shop_adapter", "nonsense"), ("second_parts", "content"), ("shop_direct", "false")] {
        // Each in a thread of its own: an instance that knows nothing yet.
        let run = move || {
            let world = world(&[setting]);
            assert_eq!(get(&world).body(), "0 [true, false]", "what the shop lacks is known");
            get(&world);
            let sent = asked(&world);
            let hop = "backend.spin.internal/v1";
            assert_eq!(
                sent,
                [format!("{hop}/capabilities"), format!("{hop}/stores"), format!("{hop}/stores")]
            );
            let sent = world.sent.borrow();
            let left: u64 = sent[1].headers()["headwater-deadline-ms"].to_str().unwrap().parse().unwrap();
            assert!((300..=500).contains(&left), "{left}");
            assert!(sent.iter().all(|request| !request.headers().contains_key("authorization")));
        };
        std::thread::spawn(run).join().unwrap();
    }
}

#[test]
fn what_it_lacks_is_no_failure_of_it() {
    let run = || {
        let world = world(&[("shop_direct", "false")]);
        let told = r#"{"code":"unsupported","status":501,"title":"t","capability":"stores"}"#;
        world.script("/v1/stores", Script { after: Duration::ZERO, answer: Ok((501, told.to_owned())) });
        for _ in 0..30 {
            assert_eq!(get(&world).status(), 501, "no breaker opens");
        }
        let asked = asked(&world).iter().filter(|path| path.ends_with("/stores")).count();
        assert_eq!(asked, 30);
    };
    std::thread::spawn(run).join().unwrap();
}

#[test]
fn a_component_that_does_not_say_what_it_has_is_taken_for_able() {
    for script in [
        Script { after: Duration::from_secs(9), answer: Ok((200, "[]".into())) },
        Script { after: Duration::ZERO, answer: Ok((404, "[]".into())) },
        Script { after: Duration::ZERO, answer: Ok((200, "<html>".into())) },
        Script { after: Duration::ZERO, answer: Err(FetchError::TooLarge) },
    ] {
        let run = move || {
            let world = world(&[("shop_direct", "false")]);
            world.script("/v1/capabilities", script.clone());
            assert_eq!(get(&world).body(), "0 [true, true]", "{script:?}");
        };
        std::thread::spawn(run).join().unwrap();
    }
}

/// printf 'headwater-checkkey of the test' | sha256sum
const PROOF: &str = "Bearer a42ba458540045d0dcbda166e0c5fbe146b69c786644355b1c0e58276eaaaeb0";
const PATH: &str = "/.well-known/headwater";

#[test]
fn the_operator_is_told_what_the_component_found() {
    let world = world(&[("shop_adapter", "nonsense")]);
    let found =
        r#"[{"prefix":"shop","adapter":"nonsense","fault":"the backend does not accept our credentials"}]"#;
    world.answer(PATH, 200, found);
    let told = ask(&world, PATH, &[("authorization", PROOF)]);
    assert_eq!(told.body(), found);
    let address = world.sent.borrow().last().unwrap().uri().to_string();
    assert!(
        address.starts_with("http://backend.spin.internal/.well-known/headwater?market=en-GB%2FGBP&market=")
    );
    assert_eq!(ask(&world, PATH, &[]).status(), 404, "and nobody else");
}

#[test]
fn a_component_that_is_not_there_is_told_with_its_cure() {
    for script in [
        Script { after: Duration::ZERO, answer: Ok((404, String::new())) },
        Script { after: Duration::ZERO, answer: Err(FetchError::Unreachable("not allowed".into())) },
    ] {
        let world = world(&[("shop_adapter", "nonsense")]);
        world.script(PATH, script);
        let told = ask(&world, PATH, &[("authorization", PROOF)]);
        let told = String::from_utf8_lossy(told.body()).into_owned();
        assert!(
            told.contains("spin.toml must have it") && told.contains(r#""adapter":"nonsense""#),
            "{told}"
        );
    }
}

#[test]
fn a_shop_that_wants_a_token_from_a_head_names_the_setting() {
    let world = world(&[]);
    world.answer("/v1", 401, "who are you");
    let told = String::from_utf8_lossy(ask(&world, PATH, &[("authorization", PROOF)]).body()).into_owned();
    assert!(told.contains("set shop_direct to false"), "{told}");
    world.variables.borrow_mut().insert("shop_token".into(), "wrong".into());
    let told = String::from_utf8_lossy(ask(&world, PATH, &[("authorization", PROOF)]).body()).into_owned();
    assert!(told.contains("look at shop_token") && !told.contains("shop_direct"), "{told}");
}
