//! What the rules choose, on every screen that shows it, and what the visitor agrees to.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use commerce::AppliedCode;
use http::{Method, Request, Response};
use kit::rehearsal::World;
use serde_json::{Value, json};
use std::rc::Rc;
use support::*;

const RULES: &str = r#"
[attributes]
"cart.total" = "money"
"market" = "string"
"product.slug" = "string"
"visitor.visits" = "int"

[offer.welcome]
when = 'visitor.visits == 1'
give = ["10% off", { free_shipping_from = "GBP 200" }]
code = "WELCOME10"
[offer.stay]
on = "exit_intent"
slot = "exit"
when = 'cart.total > money("GBP", 0)'
give = ["5% off"]
code = "STAY5"
cooldown = "7 days"

[slot.home_hero]
show = [{ when = 'market == "en-gb"', content = "hero-own" }]
[slot.home_promo]
show = [{ when = 'market == "en-gb"', content = "promo-2" }]
"#;

fn world() -> Rc<World> {
    let world = shop();
    let mut blocks = vec![block("hero", "home_hero", "hero", Vec::new())];
    blocks.push(block("hero-own", "home_hero", "hero", Vec::new()));
    blocks.extend(["promo-1", "promo-2"].map(|id| block(id, "home_promo", "banner", Vec::new())));
    tell(&world, "/v1/content", &blocks);
    rules(&world, RULES);
    world
}

fn as_one(method: Method, path: &str, body: &str, cookie: &str) -> Request<Bytes> {
    let mut request = request(method, path, body);
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    request
}

fn agree(world: &Rc<World>, purposes: &str, cookie: &str) -> Response<Bytes> {
    let body = format!(r#"{{"purposes": {purposes}}}"#);
    send(world, as_one(Method::POST, "/tv/screens/consent?market=en-gb", &body, cookie))
}

/// The cookie of somebody with a cart who agreed to be known.
fn known(world: &Rc<World>) -> String {
    let cookie = cookie("cart-1");
    kept(&agree(world, r#"["personalisation"]"#, &cookie), &cookie)
}

fn see(world: &Rc<World>, path: &str, cookie: &str) -> Value {
    screen_of(&send(world, as_one(Method::GET, &format!("/tv/screens/{path}"), "", cookie)), 200)
}

fn rails(screen: &Value) -> Vec<&str> {
    screen["rails"].as_array().unwrap().iter().map(|rail| rail["id"].as_str().unwrap()).collect()
}

#[test]
fn what_is_given_stands_on_home_product_and_cart() {
    let world = world();
    let cookie = known(&world);
    let home = see(&world, "home?market=en-gb", &cookie);
    let line = json!({
        "text": "10% off and free delivery from £200.00", "detail": "It comes off in your basket by itself.",
    });
    assert_eq!((&home["given"], &home["hero"]["title"]), (&line, &json!("Title of hero-own")));
    let first = &home["rails"][0]["items"][0];
    assert_eq!((&first["id"], &first["badge"]), (&json!("offer.welcome"), &json!("For you")));
    assert_eq!(first["title"], line["text"]);
    assert_eq!(home["rails"][0]["items"][1]["id"], "promo-2", "the one that the rules choose comes first");
    assert_eq!(see(&world, "product/coat?market=en-gb", &cookie)["given"], line);
    // £185 of £200.
    let cart = see(&world, "cart?market=en-gb", &cookie);
    assert_eq!(cart["given"]["detail"], "Add £15.00 more, and delivery is free.");
    // What is meant for pounds is not told in euros, and what is chosen for one market is not shown in another.
    let german = see(&world, "home?market=de-de", &cookie);
    assert_eq!(
        (&german["given"]["text"], &german["hero"]["title"]),
        (&json!("10\u{a0}% Rabatt"), &json!("Title of hero"))
    );
    let euros = serde_json::to_string(&support::cart(1)).unwrap().replace("GBP", "EUR");
    world.answer("/v1/carts/cart-1", 200, euros);
    assert_eq!(
        see(&world, "cart?market=de-de", &cookie)["given"]["detail"],
        "Der Abzug steht von selbst in Ihrem Warenkorb."
    );
}

#[test]
fn a_cart_is_asked_for_once_even_where_a_rule_asks_too() {
    let world = world();
    see(&world, "cart?market=en-gb", &cookie("cart-1"));
    let asked =
        world.sent.borrow().iter().filter(|request| request.uri().path() == "/v1/carts/cart-1").count();
    assert_eq!(asked, 1);
}

#[test]
fn who_is_not_known_sees_what_there_would_be_without_rules_and_is_asked() {
    let (plain, ruled) = (shop(), shop());
    rules(&plain, support::ASKING);
    rules(&ruled, RULES);
    // The block that the rules choose is not there.
    for path in ["home", "product/coat", "cart", "search?q=coat", "category/fashion"] {
        let path = format!("/tv/screens/{path}{}market=en-gb", if path.contains('?') { '&' } else { '?' });
        let bytes = |world| send(world, request(Method::GET, &path, "")).into_body();
        assert_eq!(bytes(&plain), bytes(&ruled), "{path}");
    }
    let unruled = get(&shop(), "/tv/screens/home?market=en-gb", 200);
    assert_ne!(rails(&unruled)[0], "consent", "nothing depends on who it is");
    let home = get(&plain, "/tv/screens/home?market=en-gb", 200);
    assert_eq!(rails(&home)[0], "consent");
    let answers = home["rails"][0]["items"].as_array().unwrap();
    let sent: Vec<&Value> = answers.iter().map(|item| &item["action"]["body"]["purposes"]).collect();
    assert_eq!(sent, [&json!(["personalisation"]), &json!([])]);
    assert_eq!(home["focus"]["initial"], "hero/open", "the question does not stand in the way");
    for other in ["product/coat", "cart", "search"] {
        assert!(!rails(&get(&plain, &format!("/tv/screens/{other}"), 200)).contains(&"consent"), "{other}");
    }
    let mut forbidden = request(Method::GET, "/tv/screens/home?market=en-gb", "");
    forbidden.headers_mut().insert("sec-gpc", "1".parse().unwrap());
    assert!(
        !rails(&screen_of(&send(&plain, forbidden), 200)).contains(&"consent"),
        "the browser has answered"
    );
}

#[test]
fn consent_is_given_and_taken_back() {
    let world = world();
    let profiles = || world.store.borrow().keys().filter(|key| key.starts_with("visitor/")).count();
    let said = agree(&world, r#"["personalisation"]"#, "a=b");
    let screen = screen_of(&said, 200);
    assert_eq!((&screen["kind"], &screen["title"]), (&json!("dialog"), &json!("We will remember you")));
    assert_eq!((profiles(), said.headers()["cache-control"].to_str().unwrap()), (1, "private, no-store"));
    let cookie = kept(&said, "");
    assert!(!rails(&see(&world, "home", &cookie)).contains(&"consent"), "nobody is asked twice");
    let cart = see(&world, "cart", &cookie);
    let forget = &cart["rails"].as_array().unwrap().last().unwrap()["items"][0];
    assert_eq!(
        (&forget["id"], &forget["action"]["body"]),
        (&json!("consent-forget"), &json!({"purposes": []}))
    );
    let said = agree(&world, "[]", &cookie);
    assert_eq!(screen_of(&said, 200)["title"], "We know nothing of you but your basket");
    assert_eq!(profiles(), 0, "what was known is erased");
    let cookie = kept(&said, "");
    assert!(!rails(&see(&world, "home", &cookie)).contains(&"consent"), "a no counts too");
    assert!(see(&world, "home?market=en-gb", &cookie)["given"].is_null());
    // An app keeps its session in a header.
    let mut app = request(Method::POST, "/tv/screens/consent", r#"{"purposes": ["personalisation"]}"#);
    app.headers_mut().insert("headwater-session", "".parse().unwrap());
    assert!(!send(&world, app).headers()["headwater-session"].is_empty());
    // Whoever's browser forbids it is not remembered, whatever is pressed.
    let mut forbidden = request(Method::POST, "/tv/screens/consent", r#"{"purposes": ["personalisation"]}"#);
    forbidden.headers_mut().insert("sec-gpc", "1".parse().unwrap());
    assert_eq!(screen_of(&send(&world, forbidden), 200)["id"], "consent-refused");
    assert_eq!(profiles(), 1, "the app's visitor only");
}

#[test]
fn what_is_no_consent_changes_nothing() {
    let world = shop();
    for body in [
        "",
        "{}",
        "[]",
        r#"{"purposes": "all"}"#,
        r#"{"purposes": ["all"]}"#,
        r#"{"purposes": null}"#,
        r#"{"purposes": ["personalization"]}"#,
        r#"{"purposes": [], "more": 1}"#,
    ] {
        let said = send(&world, request(Method::POST, "/tv/screens/consent", body));
        assert_eq!(screen_of(&said, 400)["error"]["code"], "bad-input", "{body}");
        assert!(said.headers().get("set-cookie").is_none());
    }
    let mut form = request(Method::POST, "/tv/screens/consent", r#"{"purposes": []}"#);
    form.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    screen_of(&send(&world, form), 415);
    let mut foreign = request(Method::POST, "/tv/screens/consent", r#"{"purposes": ["personalisation"]}"#);
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    screen_of(&send(&world, foreign), 403);
    world.store_is_full.set(true);
    let said =
        send(&world, request(Method::POST, "/tv/screens/consent", r#"{"purposes": ["personalisation"]}"#));
    assert_eq!(screen_of(&said, 500)["error"]["code"], "internal");
    assert!(said.headers().get("set-cookie").is_none(), "what could not be kept was not agreed to");
}

fn leave(world: &Rc<World>, cookie: &str) -> Response<Bytes> {
    send(world, as_one(Method::POST, "/tv/screens/leaving?market=en-gb", "{}", cookie))
}

#[test]
fn who_leaves_a_full_cart_is_offered_something_and_can_take_it() {
    let world = world();
    let cookie = known(&world);
    let said = leave(&world, &cookie);
    assert_eq!(said.headers()["cache-control"], "private, no-store");
    let dialog = screen_of(&said, 200);
    assert_eq!((&dialog["kind"], &dialog["hero"]["title"]), (&json!("dialog"), &json!("5% off")));
    let actions = &dialog["hero"]["actions"];
    assert_eq!((&actions[0]["id"], &actions[1]["action"]), (&json!("take"), &json!({"kind": "back"})));
    // It is not said again for a week, on whichever head.
    assert_eq!(leave(&world, &cookie).status(), 204);

    let mut with_code = cart(1);
    with_code.codes = vec![AppliedCode { code: "STAY5".into(), active: true }];
    tell(&world, "/v1/carts/cart-1/changes", &with_code);
    world.sent.borrow_mut().clear();
    let (to, body) = (actions[0]["action"]["to"].as_str().unwrap(), actions[0]["action"]["body"].to_string());
    let taken = send(&world, as_one(Method::POST, to, &body, &cookie));
    assert_eq!(screen_of(&taken, 200)["kind"], "cart");
    assert_eq!(world.sent.borrow()[0].body(), r#"{"do":"apply_code","code":"STAY5"}"#);
    // Neither what was made up nor what somebody else was granted is taken.
    let other = support::cookie("cart-1");
    for (grant, cookie) in [(r#"{"grant": "x"}"#, &cookie), (&*body, &other)] {
        let refused = send(&world, as_one(Method::POST, to, grant, cookie));
        assert_eq!(screen_of(&refused, 400)["error"]["code"], "bad-code");
    }
    let said = send(&world, as_one(Method::POST, to, r#"{"grants": 1}"#, &cookie));
    assert_eq!(screen_of(&said, 400)["error"]["code"], "bad-input");
}

#[test]
fn who_leaves_nothing_behind_is_let_go() {
    let world = world();
    assert_eq!(send(&world, request(Method::POST, "/tv/screens/leaving?market=en-gb", "{}")).status(), 204);
    tell(&world, "/v1/carts/cart-1", &cart(0));
    assert_eq!(leave(&world, &cookie("cart-1")).status(), 204, "the cart is empty");
    let without = shop();
    let said = leave(&without, &cookie("cart-1"));
    assert_eq!((said.status().as_u16(), said.body().len()), (204, 0), "there are no rules");
    assert!(said.headers()["cache-control"].to_str().unwrap().contains("no-store"));
    let slow = kit::rehearsal::Script {
        after: std::time::Duration::from_secs(60),
        answer: Ok((200, String::new())),
    };
    world.script("/v1/carts/cart-1", slow);
    assert_eq!(leave(&world, &cookie("cart-1")).status(), 204, "nobody is kept waiting for a cart");
    assert!(kit::Edge::elapsed(&*world) <= std::time::Duration::from_millis(1200));
}
