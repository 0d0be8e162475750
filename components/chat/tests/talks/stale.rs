//! A shop that stops answering: the reply shows what it knew, and says of when that is.

use crate::browser::{Browser, schema};
use crate::shop::Shop;
use bytes::Bytes;
use kit::rehearsal::World;
use serde_json::{Value, json};
use std::rc::Rc;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// It is noon, and copies are kept of what a search for trench coats finds.
fn world() -> Rc<World> {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    let request = http::Request::get("http://shop.test/v1/listing?q=trench&currency=GBP&locale=en-GB");
    let listing = Shop::new().answer(&request.body(Bytes::new()).unwrap());
    world.answer("/v1/listing", 200, String::from_utf8(listing.body().to_vec()).unwrap());
    world.answer("/v1/categories", 200, "[]");
    world
}

fn say(world: &Rc<World>, message: &Value) -> Value {
    let request = http::Request::post("/chat/messages?market=en-gb")
        .header("content-type", "application/json")
        .header("host", "shop.test")
        .header("sec-fetch-site", "same-origin")
        .body(Bytes::from(message.to_string()))
        .unwrap();
    let answer = world.run(kit::handle::<chat::head::Chat>(world.clone(), request));
    let reply: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(answer.status(), 200, "{reply}");
    assert!(schema().is_valid(&reply), "{reply}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    reply
}

/// The kinds of a reply's parts, and its texts after the first.
fn parts(reply: &Value) -> (Vec<&str>, Vec<&str>) {
    let parts = reply["parts"].as_array().unwrap();
    let kinds = parts.iter().map(|part| part["kind"].as_str().unwrap()).collect();
    (kinds, parts.iter().skip(1).filter_map(|part| part["text"].as_str()).collect())
}

#[test]
fn old_prices_are_said_to_be_so_below_the_cards() {
    let world = world();
    let trench = json!({"text": "trench"});
    let none: Vec<&str> = Vec::new();
    assert_eq!(parts(&say(&world, &trench)), (vec!["text", "cards"], none.clone()));
    world.wait(MINUTE * 5);
    assert_eq!(parts(&say(&world, &trench)).1, none, "being renewed");
    world.wait(MINUTE * 11);
    world.answer("/v1/listing", 500, "{}");
    let old = say(&world, &trench);
    assert_eq!(parts(&old), (vec!["text", "cards", "text"], vec!["Prices and stock as of 12:05"]));
}

#[test]
fn where_nothing_is_found_the_line_follows_the_sentence() {
    let world = world();
    world.answer(
        "/v1/listing",
        200,
        json!({"items": [], "total": 0, "page": 1, "pageSize": 6, "sort": "relevance"}).to_string(),
    );
    let words = json!({"text": "zebra"});
    say(&world, &words);
    world.wait(MINUTE * 11);
    world.answer("/v1/listing", 500, "{}");
    let old = say(&world, &words);
    assert_eq!(parts(&old), (vec!["text", "text", "choices"], vec!["Prices and stock as of 12:00"]));
}

#[test]
fn stock_of_an_earlier_time_says_of_when_it_is() {
    let told = |counted: Option<&'static str>| {
        let world = crate::world::World::new();
        world.shop.borrow_mut().counted = counted;
        let mut browser = Browser::new(world, "en-gb");
        browser.say("mug");
        browser.say("is it in stock in a store?")
    };
    let now = told(None);
    assert!(now.contains("Leeds: In stock") && !now.contains("Stock as of"), "{now}");
    let then = told(Some("2026-11-21T09:40:00Z"));
    assert!(then.contains("Leeds: In stock") && then.contains("Stock as of 09:40"), "{then}");
}
