//! One request through a head, in a rehearsed world: deadlines, slots, caching headers, sessions, failures.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

use bytes::Bytes;
use commerce::{CartChange, ProductKey, VariantId};
use http::Method;
use kit::edge::FetchError;
use kit::rehearsal::{Script, World};
use kit::visibility::Private;
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

#[derive(Clone, Copy)]
enum Page {
    Product,
    Add,
    Cart,
    Offers,
}

struct Kiosk;

static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/{market}/p/{slug}", Page::Product),
        (Method::GET, "/{market}/cart", Page::Cart),
        (Method::POST, "/{market}/cart", Page::Add),
        (Method::GET, "/p/{slug}", Page::Product),
        (Method::GET, "/{market}/offers", Page::Offers),
    ])
    .0
});

impl Head for Kiosk {
    type Page = Page;
    const CHANNEL: &'static str = "kiosk";
    const BUDGET: Duration = Duration::from_millis(500);
    const BODY_CAP: usize = 100;

    fn routes() -> &'static Routes<Page> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        match page {
            Page::Product => {
                let key = ProductKey::Slug(ask.part("slug").to_owned());
                let product = ask.slots.required(Slot::new("product"), ask.shop.product(&key)).await?;
                let id = product.reference();
                let (reviews, cart) = futures::try_join!(
                    ask.slots.optional(Slot::new("reviews").share(22), ask.shop.reviews(&id, 1)),
                    ask.slots.optional(Slot::new("cart").share(22), ask.cart()),
                )?;
                let cart = cart.and_then(Private::into_open).map_or(0, |cart| cart.quantity);
                Ok(Answer::html(format!("{} reviews={} cart={cart}", product.name, reviews.is_some())))
            }
            Page::Offers => {
                let stores = ask.slots.optional(Slot::new("stores").share(22), ask.shop.stores()).await?;
                Ok(Answer::html(format!("{} stores", stores.map_or(0, |stores| stores.len()))))
            }
            Page::Cart => Ok(Answer::html(format!("{:?}", ask.session().cart))),
            Page::Add => {
                let change = CartChange::Add { variant: VariantId::new("v"), quantity: 1 };
                let (cart, session) = ask.change_cart(&change).await?;
                Ok(Answer::see_other("/en-gb/cart")
                    .session(session)
                    .header(http::header::ETAG, cart.id.as_str()))
            }
        }
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::html(failure.code().to_owned())
    }
}

const PRODUCT: &str = r#"{"id":"p","slug":"coat","name":"Coat","variants":[]}"#;
const REVIEWS: &str = r#"{"distribution":[0,0,0,0,0],"items":[],"page":1,"pageSize":10}"#;
const CART: &str = r#"{"id":"c1","lines":[],"quantity":2,"subtotal":{"amount":1,"currency":"GBP"},"total":{"amount":1,"currency":"GBP"}}"#;

fn world() -> Rc<World> {
    let world = World::new();
    world.answer("/v1/products/coat", 200, PRODUCT);
    world.answer("/v1/products/by-id/p/reviews", 200, REVIEWS);
    world.answer("/v1/carts", 201, CART);
    world
}

fn ask(
    world: &Rc<World>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> http::Response<Bytes> {
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Bytes::from(body.to_owned())).unwrap();
    world.run(kit::handle::<Kiosk>(world.clone(), request))
}

fn get(world: &Rc<World>, path: &str) -> http::Response<Bytes> {
    ask(world, "GET", path, &[], "")
}

fn header<'a>(response: &'a http::Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn a_public_page_may_be_kept_and_says_what_came_of_its_slots() {
    let response = get(&world(), "/en-gb/p/coat");
    assert_eq!(response.body(), "Coat reviews=true cart=0");
    assert_eq!(header(&response, "headwater-slots"), "product=fresh, reviews=fresh, cart=fresh");
    assert!(header(&response, "cache-control").starts_with("public, max-age=0, s-maxage=60"));
    assert_eq!(header(&response, "vary"), "");
    assert!(header(&response, "server-timing").contains("total;dur="));
}

#[test]
fn a_market_by_language_makes_the_answer_vary() {
    assert_eq!(header(&get(&world(), "/p/coat"), "vary"), "accept-language");
}

#[test]
fn an_optional_slot_that_is_late_or_broken_is_left_out() {
    for script in [
        Script { after: Duration::from_secs(9), answer: Ok((200, REVIEWS.into())) },
        Script { after: Duration::ZERO, answer: Ok((500, "oops".into())) },
        Script { after: Duration::ZERO, answer: Err(FetchError::TooLarge) },
    ] {
        let world = world();
        world.script("/v1/products/by-id/p/reviews", script);
        let response = get(&world, "/en-gb/p/coat");
        assert_eq!(
            (response.status().as_u16(), &response.body()[..]),
            (200, &b"Coat reviews=false cart=0"[..])
        );
        assert_eq!(header(&response, "headwater-slots"), "product=fresh, reviews=omitted, cart=fresh");
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert!(world.lines.borrow()[0].contains("reviews omitted"), "{:?}", world.lines.borrow());
    }
}

#[test]
fn a_required_slot_that_fails_is_told_within_the_budget() {
    for (answer, after, status) in [
        (Ok((200, PRODUCT.to_owned())), 60, 504),
        (Ok((500, String::new())), 0, 502),
        (Ok((200, "<html>".to_owned())), 0, 502),
        (Ok((404, "<html>".to_owned())), 0, 502),
        (Ok((404, r#"{"code":"not_found","status":404,"title":"t"}"#.to_owned())), 0, 404),
        (Err(FetchError::Unreachable("refused".into())), 0, 502),
    ] {
        let world = world();
        world.script("/v1/products/coat", Script { after: Duration::from_secs(after), answer });
        let start = kit::Edge::elapsed(&*world);
        let response = get(&world, "/en-gb/p/coat");
        assert_eq!(response.status(), status);
        assert!(kit::Edge::elapsed(&*world) - start <= Kiosk::BUDGET);
        assert_eq!(header(&response, "cache-control"), "no-store");
    }
}

#[test]
fn bad_requests_get_their_status() {
    let own = ("sec-fetch-site", "same-origin");
    for (method, path, headers, body, status) in [
        ("GET", "/nowhere", &[][..], "", 404),
        ("GET", "/xx-yy/p/coat", &[], "", 404),
        ("DELETE", "/en-gb/cart", &[own], "", 405),
        ("POST", "/en-gb/cart", &[], "", 403),
        ("POST", "/en-gb/cart", &[("origin", "https://evil.test"), ("host", "shop.test")], "", 403),
        ("POST", "/en-gb/cart", &[own], &"x".repeat(101), 413),
    ] {
        let world = world();
        let response = ask(&world, method, path, headers, body);
        assert_eq!(response.status(), status, "{method} {path}");
        assert!(world.sent.borrow().is_empty(), "{method} {path} asked the shop");
    }
}

#[test]
fn a_cart_is_kept_in_a_sealed_session_and_makes_answers_private() {
    let world = world();
    let response = ask(&world, "POST", "/en-gb/cart", &[("sec-fetch-site", "same-origin")], "");
    assert_eq!((response.status().as_u16(), header(&response, "location")), (303, "/en-gb/cart"));
    assert_eq!(header(&response, "cache-control"), "private, no-store");
    let cookie = header(&response, "set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly; SameSite=Lax") && !cookie.contains("c1"), "{cookie}");
    let kept = cookie.split(';').next().unwrap();
    let page = ask(&world, "GET", "/en-gb/p/coat", &[("cookie", kept)], "");
    assert_eq!(page.body(), "Coat reviews=true cart=2");
    assert_eq!(header(&page, "cache-control"), "private, no-store");
    let broken = ask(&world, "GET", "/en-gb/p/coat", &[("cookie", "hw_session=broken")], "");
    assert!(header(&broken, "cache-control").starts_with("public"));
}

#[test]
fn a_wrong_setting_is_our_fault_and_names_its_cure() {
    for (name, value, cure) in [
        ("shop_adapter", "nonsense", "set shop_adapter to one of: "),
        ("shop_url", "nonsense", "set shop_url"),
        ("markets", "nonsense", "write locale/currency"),
        ("deadline_ms", "soon", "deadline_ms must be"),
    ] {
        let world = world();
        world.variables.borrow_mut().insert(name.into(), value.into());
        if name == "shop_adapter" {
            // The component that has all adapters is asked, and says so.
            let told =
                format!(r#"{{"code":"misconfigured","status":500,"title":"t","detail":"{cure}plain"}}"#);
            world.script("/v1/products/coat", Script { after: Duration::ZERO, answer: Ok((500, told)) });
        }
        let response = get(&world, "/en-gb/p/coat");
        assert_eq!(response.status(), 500, "{name}");
        assert!(world.lines.borrow()[0].contains(cure), "{name}: {:?}", world.lines.borrow());
    }
}

#[test]
fn optional_parts_take_their_share_of_the_operators_budget() {
    let world = world();
    let slow = Script { after: Duration::from_millis(300), answer: Ok((200, REVIEWS.into())) };
    world.script("/v1/products/by-id/p/reviews", slow);
    let slots = |world: &Rc<World>| header(&get(world, "/en-gb/p/coat"), "headwater-slots").to_owned();
    assert!(slots(&world).contains("reviews=omitted"), "100 of 500 ms");
    let set = |milliseconds: &str| {
        world.variables.borrow_mut().insert("deadline_ms".into(), milliseconds.into());
        // A variable is read again after ten seconds.
        world.wait(Duration::from_secs(10));
    };
    set("2000");
    assert!(slots(&world).contains("reviews=fresh"), "400 of 2000 ms");
    set("1000");
    assert!(slots(&world).contains("reviews=omitted"), "200 of 1000 ms");
}

#[test]
fn the_operator_alone_is_told_how_the_backends_are() {
    let world = world();
    let shop = r#"{"name":"Test shop","version":"7","currencies":["GBP"],"locales":["en"],"products":1}"#;
    world.answer("/v1", 200, shop);
    world.answer("/v1/listing", 200, r#"{"items":[],"total":12,"page":1,"pageSize":1,"sort":"relevance"}"#);
    let path = "/.well-known/headwater";
    // printf 'headwater-checkkey of the test' | sha256sum
    let proof = "Bearer a42ba458540045d0dcbda166e0c5fbe146b69c786644355b1c0e58276eaaaeb0";
    let told = ask(&world, "GET", path, &[("authorization", proof)], "");
    let told = String::from_utf8_lossy(told.body()).into_owned();
    for part in [r#""adapter":"plain""#, r#""name":"Test shop","version":"7""#, r#""products":12"#] {
        assert!(told.contains(part), "{part} in {told}");
    }
    for wrong in ["", "Bearer ", "Bearer 00", "key of the test"] {
        let answer = ask(&world, "GET", path, &[("authorization", wrong)], "");
        assert_eq!(answer.status(), 404, "{wrong:?} opens nothing");
    }
}

#[test]
fn the_log_says_which_backend_was_asked_when_the_operator_wants_it() {
    let world = world();
    get(&world, "/en-gb/p/coat");
    assert!(world.lines.borrow().is_empty());
    world.variables.borrow_mut().insert("log_calls".into(), "true".into());
    world.wait(Duration::from_secs(10));
    get(&world, "/en-gb/p/coat");
    let lines = world.lines.borrow().join("\n");
    assert_eq!(lines, "GET /en-gb/p/coat asked plain.product 200 0 ms; plain.reviews 200 0 ms");
}

#[test]
fn an_answer_of_omissions_only_is_a_failure() {
    let world = world();
    let answer = get(&world, "/en-gb/p/coat");
    assert_eq!(answer.status(), 200);
    let empty = World::new();
    assert_eq!(get(&empty, "/en-gb/offers").status(), 502, "nothing at all could be had");
}
