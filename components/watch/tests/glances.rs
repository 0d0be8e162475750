//! Every glance, held against `schema/glance.schema.json` and its two kilobytes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use commerce::OrderState;
use http::{Method, header};
use kit::edge::FetchError;
use kit::rehearsal::Script;
use serde_json::{Value, json};
use std::time::Duration;
use support::*;

#[test]
fn the_schema_is_strict() {
    let glance = get(&shop(), "/watch/glances/offer", 200);
    for (name, value) in [
        ("more", json!(1)),
        ("kind", json!("news")),
        ("refresh_after_s", json!(59)),
        ("valid_until", json!("tomorrow")),
        ("progress", json!(5)),
        ("trimmed", json!(false)),
        ("error", json!({"status": 500, "code": "x"})),
    ] {
        let mut broken = glance.clone();
        broken[name] = value;
        assert!(!faults(&broken).is_empty(), "{name} should be refused");
    }
}

#[test]
fn the_offer_is_todays_until_midnight_and_the_same_for_everyone() {
    let world = shop();
    let response = send(&world, request(Method::GET, "/watch/glances/offer?market=en-gb"));
    let glance = glance_of(&response, 200);
    assert_eq!(glance_of(&send(&world, known("/watch/glances/offer?market=en-gb")), 200), glance);
    assert_eq!(glance["text"], "Saturday's coat");
    assert_eq!((glance["value"].as_str(), glance["detail"].as_str()), (Some("£125.00"), Some("was £150.00")));
    assert_eq!(glance["valid_until"], "2026-11-22T00:00:00Z");
    assert_eq!(glance["tap"], "http://shop.test:3000/en-gb/p/coat");
    assert_eq!(glance["image"], json!({"url": "/media/coat.svg", "width": 240, "height": 300}));
    assert!(response.headers()["cache-control"].to_str().unwrap().starts_with("public"));
    // In Berlin the day ends an hour earlier.
    let mut block = offer(None, "Mantel");
    block.products.clear();
    tell(&world, "/v1/content", &vec![block]);
    assert_eq!(get(&world, "/watch/glances/offer?market=de-de", 200)["valid_until"], "2026-11-21T23:00:00Z");
    // A block that ends sooner ends the glance; one that ends later does not outlast the day.
    for (until, valid) in
        [("2026-11-21T18:00:00Z", "2026-11-21T18:00:00Z"), ("2026-12-24T00:00:00Z", "2026-11-22T00:00:00Z")]
    {
        let mut block = offer(None, "For a while");
        block.until = Some(until.parse().unwrap());
        tell(&world, "/v1/content", &vec![block]);
        assert_eq!(get(&world, "/watch/glances/offer", 200)["valid_until"], valid);
    }
    tell(&world, "/v1/content", &vec![offer(Some(5), "Friday")]);
    let none = get(&world, "/watch/glances/offer", 404);
    assert_eq!(
        (none["kind"].as_str(), none["text"].as_str()),
        (Some("error"), Some("There is no offer today."))
    );
}

#[test]
fn the_cart_is_the_visitors_own() {
    let world = shop();
    let response = send(&world, known("/watch/glances/cart"));
    let glance = glance_of(&response, 200);
    assert_eq!((glance["value"].as_str(), glance["text"].as_str()), (Some("£250.00"), Some("2 items")));
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    let empty = get(&world, "/watch/glances/cart", 200);
    assert_eq!((empty["value"].as_str(), empty["text"].as_str()), (Some("£0.00"), Some("Nothing in it yet")));
}

#[test]
fn an_order_tells_where_it_is() {
    let world = shop();
    let states = [
        (OrderState::Placed, "Order received", 20),
        (OrderState::Packing, "Being packed", 45),
        (OrderState::Shipped, "On its way", 75),
        (OrderState::ReadyForPickup, "Ready to collect", 90),
        (OrderState::Delivered, "Delivered", 100),
        (OrderState::Cancelled, "Cancelled", 0),
    ];
    for (state, text, progress) in states {
        tell(&world, "/v1/orders/order-1", &order(state));
        for glance in [
            glance_of(&send(&world, known("/watch/glances/order")), 200),
            get(&world, "/watch/glances/order/order-1", 200),
        ] {
            assert_eq!((glance["text"].as_str(), glance["progress"].as_u64()), (Some(text), Some(progress)));
            assert_eq!(glance["value"], "LF-1001");
            assert_eq!(glance["tap"], "http://shop.test:3000/en-gb/order/order-1");
        }
    }
    let response = send(&world, request(Method::GET, "/watch/glances/order/order-1"));
    assert_eq!(response.headers()["cache-control"], "private, no-store");
}

#[test]
fn a_pickup_is_told_only_while_it_waits() {
    let world = shop();
    let glance = glance_of(&send(&world, known("/watch/glances/pickup")), 200);
    assert_eq!(glance["text"], "Waiting for you at Leeds");
    assert_eq!(glance["detail"], "open until 18:00");
    tell(&world, "/v1/orders/order-1", &order(OrderState::Packing));
    let none = glance_of(&send(&world, known("/watch/glances/pickup")), 404);
    assert_eq!(none["text"], "Nothing is waiting to be collected.");
}

#[test]
fn all_at_once_is_what_there_is() {
    let world = shop();
    let kinds = |said: &Value| {
        let glances = said["glances"].as_array().unwrap().iter();
        glances.map(|glance| glance["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = glance_of(&send(&world, known("/watch/glances")), 200);
    assert_eq!(kinds(&all), ["pickup", "order", "cart", "offer"]);
    assert_eq!(all["refresh_after_s"], 120);
    assert_eq!(kinds(&get(&world, "/watch/glances", 200)), ["cart", "offer"]);
    // One that fails is left out; when nothing can be had, that is said.
    world.answer("/v1/content", 500, "");
    assert_eq!(kinds(&get(&world, "/watch/glances", 200)), ["cart"]);
    world.answer("/v1/carts", 500, "");
    world.answer("/v1/orders", 500, "");
    world.answer("/v1/carts/cart-1", 500, "");
    world.answer("/v1/orders/order-1", 500, "");
    assert_eq!(glance_of(&send(&world, known("/watch/glances")), 502)["error"]["status"], 502);
}

#[test]
fn glances_are_stable() {
    let world = shop();
    for path in ["/watch/glances", "/watch/glances/order/order-1"] {
        assert_eq!(send(&world, known(path)).body(), send(&world, known(path)).body());
    }
}

#[test]
fn long_and_hostile_words_fit_in_two_kilobytes() {
    let world = shop();
    let long = "<b>Überraschung</b> \u{202e}👨‍👩‍👧‍👦 معطف المرفأ \u{0}\u{2028} ".repeat(60);
    let mut block = offer(Some(6), "x");
    block.title = long.clone();
    block.products = vec![card(&long)];
    block.products[0].price.was = None;
    block.image = Some(commerce::Image { url: format!("https://p.test/{}", "i".repeat(280)), ..image("x") });
    tell(&world, "/v1/content", &vec![block]);
    let mut cart = cart();
    cart.lines[0].name = long.clone();
    tell(&world, "/v1/carts/cart-1", &cart);
    let mut order = order(OrderState::ReadyForPickup);
    order.number = long.clone();
    order.pickup.as_mut().unwrap().name = long;
    tell(&world, "/v1/orders/order-1", &order);
    for path in ["offer", "cart", "order", "pickup"] {
        let response = send(&world, known(&format!("/watch/glances/{path}")));
        let glance = glance_of(&response, 200);
        assert_eq!(glance["trimmed"], true, "{path}");
        assert_eq!(response.headers()["headwater-trimmed"], "glance", "{path}");
        assert!(glance.to_string().contains('…'), "{path}: words end in an ellipsis");
    }
    glance_of(&send(&world, known("/watch/glances")), 200);
    let plain = send(&shop(), known("/watch/glances"));
    assert!(!plain.headers().contains_key("headwater-trimmed"), "ordinary glances are whole");
}

#[test]
fn an_endless_address_becomes_the_door() {
    let world = shop();
    let mut block = offer(Some(6), "Coat");
    block.link = Some(commerce::Link::Search("x".repeat(5000)));
    tell(&world, "/v1/content", &vec![block]);
    assert_eq!(get(&world, "/watch/glances/offer", 200)["tap"], "http://shop.test:3000/");
}

#[test]
fn whatever_comes_in_the_answer_is_a_glance() {
    let world = shop();
    for (path, status, code) in [
        ("/watch/glances/nothing", 404, "not-found"),
        ("/watch/glances/order", 404, "not-found"),
        ("/watch/glances/order/ghost", 404, "not-found"),
        ("/watch/glances/offer?market=xx-xx", 404, "unknown-market"),
        ("/watch/?size=1x1", 400, "bad-input"),
    ] {
        let glance = get(&world, path, status);
        assert_eq!(
            (glance["kind"].as_str(), glance["error"]["code"].as_str()),
            (Some("error"), Some(code)),
            "{path}"
        );
    }
    let long = format!("/watch/glances/order/{}", "x".repeat(500));
    assert_eq!(get(&world, &long, 404)["text"], "There is no order yet.");
    let response = send(&world, request(Method::POST, "/watch/glances/cart"));
    glance_of(&response, 405);
    assert_eq!(response.headers()[header::ALLOW], "GET, HEAD");
    let mut broken = request(Method::GET, "/watch/glances/cart");
    broken.headers_mut().insert("cookie", "hw_session=%00broken".parse().unwrap());
    assert_eq!(glance_of(&send(&world, broken), 200)["text"], "Nothing in it yet");
}

#[test]
fn a_failing_shop_is_a_glance_within_the_budget() {
    for (answer, after, status) in [
        (Err(FetchError::Unreachable("refused".into())), 1, 502),
        (Ok((200, "garbage".to_owned())), 1, 502),
        (Ok((500, String::new())), 1, 502),
        (Ok((200, "[]".to_owned())), 60_000, 504),
    ] {
        let world = shop();
        world.script("/v1/content", Script { after: Duration::from_millis(after), answer });
        let response = send(&world, request(Method::GET, "/watch/glances/offer"));
        let glance = glance_of(&response, status);
        assert_eq!(glance["refresh_after_s"], 60);
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(kit::Edge::elapsed(&*world) <= Duration::from_millis(500));
    }
}

#[test]
fn languages_and_the_page_hold_together() {
    assert_eq!(kit::locale::missing_keys(watch::head::TEXTS), Vec::<String>::new());
    assert_eq!(watch::head::ROUTES.1, Vec::<String>::new());
    assert_eq!(watch::page::TEMPLATES.1, Vec::<String>::new());
    let world = shop();
    let arabic = get(&world, "/watch/glances/cart?market=ar-gb", 200);
    assert_eq!((arabic["direction"].as_str(), arabic["title"].as_str()), (Some("rtl"), Some("السلة")));
    let page = |path: &str| {
        let response = send(&world, request(Method::GET, path));
        assert_eq!(response.status().as_u16(), 200, "{path}");
        assert!(
            response.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'self'")
        );
        String::from_utf8_lossy(response.body()).into_owned()
    };
    let both = page("/watch/?market=de-de");
    assert!(both.contains("<html lang=\"de-DE\"") && both.matches("data-screen").count() == 2, "{both}");
    assert!(!both.contains("style=\"") && !both.contains("<style"));
    assert_eq!(page("/watch/?size=324x394").matches("data-screen").count(), 1);
    for (name, ..) in watch::page::ASSETS {
        assert_eq!(
            send(&world, request(Method::GET, &format!("/watch/assets/{name}"))).status().as_u16(),
            200
        );
    }
    glance_of(&send(&world, request(Method::GET, "/watch/assets/none")), 404);
}
