//! What the rules give a visitor, on the wrist, and what the visitor agrees to.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use http::{Method, Request, Response};
use kit::rehearsal::World;
use serde_json::{Value, json};
use std::rc::Rc;
use support::*;

const RULES: &str = r#"
[attributes]
"cart.total" = "money"
"visitor.visits" = "int"

[offer.welcome]
when = 'visitor.visits == 1'
give = ["10% off", { free_shipping_from = "GBP 300" }]
code = "WELCOME10"
"#;

fn agree(world: &Rc<World>, body: &str, cookie: &str) -> Response<Bytes> {
    let mut request =
        request(Method::POST, "/watch/consent?market=en-gb").map(|_| Bytes::from(body.to_owned()));
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("content-type", "application/json"), ("cookie", cookie)]
    {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    send(world, request)
}

fn kept(response: &Response<Bytes>) -> String {
    response.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

fn see(world: &Rc<World>, path: &str, cookie: &str) -> Value {
    let mut asked: Request<Bytes> = request(Method::GET, path);
    asked.headers_mut().insert("cookie", cookie.parse().unwrap());
    glance_of(&send(world, asked), 200)
}

/// The cookie of somebody with a cart and an order.
fn with_cart() -> String {
    known("/").headers()["cookie"].to_str().unwrap().to_owned()
}

#[test]
fn an_offer_of_the_visitors_own_comes_before_that_of_the_day() {
    let world = shop();
    rules(&world, RULES);
    let today = see(&world, "/watch/glances/offer?market=en-gb", &with_cart());
    assert_eq!(today["text"], "Saturday's coat", "nobody agreed to anything yet");
    let own = kept(&agree(&world, r#"{"purposes": ["personalisation"]}"#, &with_cart()));
    world.sent.borrow_mut().clear();
    let mine = see(&world, "/watch/glances/offer?market=en-gb", &own);
    assert_eq!(
        (&mine["title"], &mine["text"]),
        (&json!("For you"), &json!("10% off and free delivery from £300.00"))
    );
    assert_eq!(mine["detail"], "It comes off in your basket by itself.");
    let content = |request: &Request<Bytes>| request.uri().path() == "/v1/content";
    assert!(!world.sent.borrow().iter().any(content), "what is not shown is not asked for");
    // £250 of £300.
    let cart = see(&world, "/watch/glances/cart?market=en-gb", &own);
    assert_eq!(cart["detail"], "Add £50.00 more, and delivery is free.");
    // What is meant for pounds is not told in euros.
    let german = see(&world, "/watch/glances/offer?market=de-de", &own);
    assert_eq!((&german["title"], &german["text"]), (&json!("Für Sie"), &json!("10\u{a0}% Rabatt")));
    let euros = serde_json::to_string(&support::cart()).unwrap().replace("GBP", "EUR");
    world.answer("/v1/carts/cart-1", 200, euros);
    assert_eq!(see(&world, "/watch/glances/cart?market=de-de", &own)["detail"], "Harbour coat");
    let all = see(&world, "/watch/glances?market=en-gb", &own);
    assert_eq!(all["glances"].as_array().unwrap().last().unwrap()["title"], "For you");
}

#[test]
fn without_consent_rules_change_nothing() {
    let (plain, ruled) = (shop(), shop());
    rules(&ruled, RULES);
    for path in ["/watch/glances", "/watch/glances/offer", "/watch/glances/cart"] {
        let bytes = |world| send(world, known(&format!("{path}?market=en-gb"))).into_body();
        assert_eq!(bytes(&plain), bytes(&ruled), "{path}");
    }
}

#[test]
fn consent_is_given_taken_back_and_never_guessed() {
    let world = shop();
    let profiles = || world.store.borrow().keys().filter(|key| key.starts_with("visitor/")).count();
    let said = agree(&world, r#"{"purposes": ["personalisation", "marketing"]}"#, &with_cart());
    let glance = glance_of(&said, 200);
    assert_eq!((&glance["kind"], &glance["text"]), (&json!("consent"), &json!("We will remember you")));
    assert_eq!((profiles(), said.headers()["cache-control"].to_str().unwrap()), (1, "private, no-store"));
    assert_eq!(
        see(&world, "/watch/glances/cart", &kept(&said))["value"],
        "£250.00",
        "the cart is still there"
    );
    let said = agree(&world, r#"{"purposes": []}"#, &kept(&said));
    assert_eq!(glance_of(&said, 200)["text"], "We know nothing of you but your basket");
    assert_eq!(profiles(), 0);
    for body in [
        "",
        "{}",
        r#"{"purposes": ["all"]}"#,
        r#"{"purposes": "personalisation"}"#,
        r#"{"purposes": [], "x": 1}"#,
    ] {
        let said = agree(&world, body, "a=b");
        assert_eq!(glance_of(&said, 400)["error"]["code"], "bad-input", "{body}");
        assert!(said.headers().get("set-cookie").is_none());
    }
    glance_of(&agree(&world, &" ".repeat(2000), "a=b"), 413);
    let mut foreign =
        request(Method::POST, "/watch/consent").map(|_| Bytes::from_static(br#"{"purposes": []}"#));
    foreign.headers_mut().insert("content-type", "application/json".parse().unwrap());
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    glance_of(&send(&world, foreign), 403);
}
