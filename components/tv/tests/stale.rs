//! A shop that stops answering: the screen shows what it knew, and says of when that is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::Method;
use kit::rehearsal::Script;
use serde_json::json;
use std::time::Duration;
use support::*;

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_screen_of_old_prices_says_of_when_they_are() {
    for (path, part) in
        [("/tv/screens/product/coat", "/v1/products/coat"), ("/tv/screens/home", "/v1/content")]
    {
        for (market, text) in
            [("en-gb", "Prices and stock as of 12:00"), ("ar-gb", "الأسعار والمخزون كما في 12:00 م")]
        {
            let world = shop();
            world.variables.borrow_mut().insert("cache".into(), "on".into());
            let address = format!("{path}?market={market}");
            assert_eq!(get(&world, &address, 200).get("as_of"), None, "fresh");
            world.wait(MINUTE * 5);
            assert_eq!(get(&world, &address, 200).get("as_of"), None, "being renewed");
            world.wait(MINUTE * 11);
            refuse(&world, part, 500, "internal");
            let response = send(&world, request(Method::GET, &address, ""));
            let screen = screen_of(&response, 200);
            // It was asked for again after the second screen.
            let (at, text) = ("2026-11-21T12:05:00Z", text.replace("12:00", "12:05"));
            assert_eq!(screen["as_of"], json!({"at": at, "text": text}), "{address}");
            assert_eq!(response.headers()["cache-control"], "public, max-age=1");
        }
    }
}

#[test]
fn a_failure_has_no_age_even_beside_what_has() {
    let world = shop();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    // The content comes and is kept, the departments never do.
    let after = Duration::from_millis(200);
    world.script("/v1/categories", Script { after, answer: Ok((500, "{}".into())) });
    get(&world, "/tv/screens/home", 502);
    world.wait(MINUTE * 11);
    refuse(&world, "/v1/content", 500, "internal");
    let response = send(&world, request(Method::GET, "/tv/screens/home", ""));
    let slots = response.headers()["headwater-slots"].to_str().unwrap();
    assert!(slots.contains("content=stale"), "{slots}");
    assert_eq!(screen_of(&response, 502).get("as_of"), None);
}

#[test]
fn a_failure_has_no_age() {
    let world = shop();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    get(&world, "/tv/screens/category/coats", 200);
    world.wait(MINUTE * 11);
    refuse(&world, "/v1/listing", 500, "internal");
    assert!(get(&world, "/tv/screens/category/coats", 200)["as_of"].is_object());
    world.wait(MINUTE * 60 * 24);
    assert_eq!(get(&world, "/tv/screens/category/coats", 502).get("as_of"), None);
}

#[test]
fn stock_of_an_earlier_time_says_of_when_it_is() {
    let world = shop();
    let notes =
        |world: &_| get(world, "/tv/screens/product/coat?market=en-gb", 200)["hero"]["notes"].to_string();
    assert!(!notes(&world).contains("Stock as of"));
    let mut coat = product();
    for variant in &mut coat.variants {
        variant.stock.as_of = "2026-11-21T09:40:00Z".parse().ok();
    }
    tell(&world, "/v1/products/coat", &coat);
    assert!(notes(&world).contains("\"Stock as of 09:40\""), "{}", notes(&world));
}
