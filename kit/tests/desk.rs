//! The desk: the operator's purges and the backends' news, through a head.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

use bytes::Bytes;
use commerce::Tag;
use jiff::Timestamp;
use kit::cache::purge::{KEY, Purges};
use kit::desk::tell;
use kit::edge::FetchError;
use kit::rehearsal::{Script, World};
use kit::{Answer, Ask, Edge, Failure, Head, Routes};
use serde_json::{Value, json};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

struct Kiosk;

static ROUTES: LazyLock<Routes<()>> = LazyLock::new(|| Routes::new(&[(http::Method::GET, "/", ())]).0);

impl Head for Kiosk {
    const CHANNEL: &'static str = "kiosk";
    type Page = ();
    const BUDGET: Duration = Duration::from_millis(500);
    const BODY_CAP: usize = 100;

    fn routes() -> &'static Routes<()> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer((): (), _: &Rc<Ask>) -> Result<Answer, Failure> {
        Ok(Answer::html("home".to_owned()))
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::html(format!("<{}>", failure.code()))
    }
}

// printf 'headwater-purgekey of the test' | sha256sum
const PROOF: &str = "Bearer c737d85102cfaccfc7146ad1ae75b1e3146eefd1a8537551b641665d6d3119aa";
const PURGE: &str = "/.well-known/headwater/purge";
const NEWS: &str = "/.well-known/headwater/news/shop";
const CHANGED: &str = r#"{"tags":["product:coat","listing"]}"#;

fn post(world: &Rc<World>, path: &str, proof: &str, body: &str) -> (u16, String) {
    let request = http::Request::post(path).header("authorization", proof).header("cookie", "hw_session=x");
    let request = request.body(Bytes::from(body.to_owned())).unwrap();
    let answer = world.run(kit::handle::<Kiosk>(world.clone(), request));
    if answer.headers()["content-type"] != "text/html; charset=utf-8" {
        assert_eq!(answer.headers()["cache-control"], "no-store");
    }
    (answer.status().as_u16(), String::from_utf8(answer.body().to_vec()).unwrap())
}

fn set(world: &World, name: &str, value: &str) {
    world.variables.borrow_mut().insert(name.to_owned(), value.to_owned());
}

/// Whether an instance that looks now would use what is about a tag.
fn is_used(world: &World, born: Timestamp, tag: &Tag) -> bool {
    world.run(Purges::new().look(world, Duration::ZERO)).spares(born, &[tag.digest()])
}

#[test]
fn the_operator_purges_tags_and_is_told_when_all_see_it() {
    let world = World::new();
    let (born, coat) = (world.now(), Tag::product("coat"));
    let asked = json!({"tags": ["product:coat", "slot:home hero", "product:coat"]}).to_string();
    for path in [PURGE, "/tv/.well-known/headwater/purge"] {
        let (status, told) = post(&world, path, PROOF, &asked);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(status, 200, "{told}");
        assert_eq!(told, json!({"purged": ["product:coat", "slot:home%20hero"], "seenWithinMs": 1050}));
    }
    assert!(!is_used(&world, born, &coat) && is_used(&world, born, &Tag::product("hat")));
    assert_eq!(world.lines.borrow()[0], "purged by the operator: product:coat, slot:home%20hero");
    set(&world, "purge_check_ms", "200");
    set(&world, "purge_settle_ms", "300");
    assert!(post(&world, PURGE, PROOF, &asked).1.contains(r#""seenWithinMs":500"#));
}

#[test]
fn to_anybody_else_there_is_no_such_address() {
    let world = World::new();
    // The proof that `headwater check` gives opens something else.
    let check = "Bearer a42ba458540045d0dcbda166e0c5fbe146b69c786644355b1c0e58276eaaaeb0";
    for proof in ["", "Bearer ", "Bearer 00", check, &PROOF.to_lowercase(), PROOF.split_at(60).0] {
        assert_eq!(post(&world, PURGE, proof, CHANGED), (404, "<not-found>".into()), "{proof}");
    }
    for path in ["/.well-known/headwater/purge/x", "/.well-known/headwater/purgex", "/.well-known/headwater/"]
    {
        assert_eq!(post(&world, path, PROOF, CHANGED), (404, "<not-found>".into()), "{path}");
    }
    set(&world, "session_key", "another key");
    set(&world, "session_key_former", "key of the test");
    assert_eq!(post(&world, PURGE, PROOF, CHANGED).0, 404, "the former key governs nothing");
    set(&world, "session_key_former", "");
    set(&world, "session_key", "");
    // printf 'headwater-purge' | sha256sum
    let empty = "Bearer 1073d7ac1633f7a41ca9fe6b8632b3a509ad68ac11113a4b4d5c4be87874cea6";
    assert_eq!(post(&world, PURGE, empty, CHANGED).0, 404, "an empty key opens nothing");
    assert!(world.store.borrow().is_empty());
}

#[test]
fn a_wrong_order_is_told_its_cure() {
    let many = json!({"tags": vec!["listing"; 501]}).to_string();
    let large = format!(r#"{{"tags":["product:{}"]}}"#, "x".repeat(200 << 10));
    for (body, status, cure) in [
        ("", 400, r#"send {\"tags\":"#),
        (r#"{"tags":[]}"#, 400, "0 tags, where 1 to 500"),
        (r#"{"tags":[7]}"#, 400, r#"send {\"tags\":"#),
        (r#"{"tags":["prodcut:coat"]}"#, 400, "did you mean `product:coat`?"),
        (&many, 400, "501 tags, where 1 to 500"),
        (&large, 413, "purge fewer tags at once"),
    ] {
        let world = World::new();
        let (told, why) = post(&world, PURGE, PROOF, body);
        assert!(told == status && why.contains(cure), "{told}: {why}");
        assert!(world.store.borrow().is_empty());
    }
    let world = World::new();
    set(&world, "purge_settle_ms", "soon");
    let (status, why) = post(&world, PURGE, PROOF, CHANGED);
    assert!(status == 500 && why.contains("purge_settle_ms must be a whole number"), "{why}");
}

#[test]
fn a_store_that_fails_or_hangs_is_told_of() {
    for (fails, takes) in [(true, 0), (false, 60)] {
        let world = World::new();
        world.store_fails.set(fails);
        world.store_takes.set(Duration::from_secs(takes));
        let (status, why) = post(&world, PURGE, PROOF, CHANGED);
        assert!(status == 503 && why.contains("purge them again"), "{why}");
        assert!(world.elapsed() <= Duration::from_secs(10));
        assert!(world.lines.borrow()[0].contains("a purge by the operator failed"));
    }
}

#[test]
fn what_a_backend_says_has_changed_is_purged() {
    let world = World::new();
    let born = world.now();
    set(&world, "shop_news_secret", "hush");
    let (status, told) = post(&world, NEWS, "Bearer hush", CHANGED);
    assert!(status == 200 && told.contains(r#""purged":["listing","product:coat"]"#), "{told}");
    assert!(!is_used(&world, born, &Tag::product("coat")));
    assert_eq!(world.lines.borrow()[0], "purged by news from shop: listing, product:coat");
    assert_eq!(post(&world, NEWS, "Bearer hush", CHANGED).0, 200, "heard twice, purged twice");
    assert_eq!(post(&world, &format!("{NEWS}?token=hush"), "Bearer of the queue", CHANGED).0, 200);
    let nothing = post(&world, NEWS, "Bearer hush", r#"{"tags":[]}"#);
    assert_eq!(nothing, (202, r#"{"purged":[]}"#.into()));
    let large = format!(r#"{{"tags":["product:coat"],"more":"{}"}}"#, "x".repeat(1 << 20));
    assert_eq!(post(&world, NEWS, "Bearer hush", &large).0, 200, "a product with all its variants is large");
}

#[test]
fn news_without_proof_or_sense_purges_nothing() {
    for (secret, path, body, status, cure) in [
        (Some("other"), NEWS, CHANGED, 401, "give it the same secret"),
        (Some(""), NEWS, CHANGED, 404, "no such address"),
        (Some("hush"), "/.well-known/headwater/news/second", CHANGED, 503, "send it again"),
        (Some("hush"), "/.well-known/headwater/news/third", CHANGED, 404, "<not-found>"),
        (Some("hush"), NEWS, "[]", 400, "no list `tags` of texts; shop_adapter says"),
        (Some("hush"), NEWS, &"x".repeat(3 << 20), 413, "send fewer fields"),
    ] {
        let world = World::new();
        secret.iter().for_each(|secret| set(&world, "shop_news_secret", secret));
        let (told, why) = post(&world, path, "Bearer hush", body);
        assert!(told == status && why.contains(cure), "{status} {cure}: {told}: {why}");
        assert!(!world.store.borrow().contains_key(KEY));
        let lines = world.lines.borrow().join("\n");
        assert!(!lines.contains("hush"), "{lines}");
        assert_eq!(
            lines.contains("set shop_news_secret to switch the webhook on"),
            status == 404 && secret == Some("")
        );
    }
}

#[test]
fn a_head_without_the_secret_or_the_adapter_has_it_read_by_the_component_that_has_both() {
    for adapter in [None, Some("not built in")] {
        let world = World::new();
        let born = world.now();
        if let Some(adapter) = adapter {
            set(&world, "shop_adapter", adapter);
            set(&world, "shop_news_secret", "hush");
        }
        world.answer("/v1/news/shop", 200, CHANGED);
        let (status, told) = post(&world, NEWS, "Bearer hush", r#"{"anything":1}"#);
        assert_eq!(status, 200, "{told}");
        assert!(!is_used(&world, born, &Tag::product("coat")));
        let sent = world.sent.borrow();
        let sent = sent.iter().find(|sent| sent.uri().path() == "/v1/news/shop").unwrap();
        assert_eq!(sent.uri().host(), Some("backend.spin.internal"));
        assert_eq!(
            (&sent.body()[..], &sent.headers()["authorization"]),
            (&br#"{"anything":1}"#[..], &http::HeaderValue::from_static("Bearer hush"))
        );
        assert!(!sent.headers().contains_key("cookie"));
    }
    for (answer, status) in [
        (Ok((401, r#"{"code":"unproven"}"#.to_owned())), 401),
        (Ok((200, "[]".to_owned())), 503),
        (Ok((500, CHANGED.to_owned())), 503),
        (Ok((200, r#"{"tags":["nonsense"]}"#.to_owned())), 503),
        (Err(FetchError::TimedOut), 503),
    ] {
        let world = World::new();
        world.script("/v1/news/shop", Script { after: Duration::ZERO, answer });
        assert_eq!(post(&world, NEWS, "Bearer hush", CHANGED).0, status);
        assert!(world.store.borrow().is_empty());
    }
}

#[test]
fn the_component_that_reads_for_others_tells_tags_or_the_problem() {
    let world = World::new();
    let ask = |path: &str, proof: &str| {
        let request =
            http::Request::post(path).header("authorization", proof).body(Bytes::from(CHANGED)).unwrap();
        let answer = world.run(tell(&*world, &request));
        answer.map(|answer| (answer.status().as_u16(), String::from_utf8(answer.body().to_vec()).unwrap()))
    };
    assert_eq!(ask("/v1/news/shop", "Bearer hush").unwrap().0, 404, "switched off");
    set(&world, "shop_news_secret", "hush");
    let told = ask("/v1/news/shop", "Bearer hush");
    assert_eq!(told, Some((200, r#"{"tags":["listing","product:coat"]}"#.into())));
    assert_eq!(ask("/v1/news/shop", "Bearer x").unwrap().0, 401);
    assert_eq!(ask("/v1/news/third", "Bearer hush"), None);
    assert_eq!(ask("/v1/products/coat", "Bearer hush"), None);
    assert!(world.store.borrow().is_empty(), "what it read is purged by who asked");
}
