//! A shop that stops answering: the glance shows what it knew, and says of when that is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::Method;
use kit::rehearsal::{Script, World};
use serde_json::{Value, json};
use std::rc::Rc;
use std::time::Duration;
use support::*;

const MINUTE: Duration = Duration::from_secs(60);

fn kept() -> Rc<World> {
    let world = shop();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    world
}

#[test]
fn an_old_price_says_of_when_it_is_within_the_limit() {
    let world = kept();
    let long = "The long coat of the day ".repeat(200);
    tell(&world, "/v1/content", &vec![offer(None, &long)]);
    let fresh = get(&world, "/watch/glances/offer?market=en-gb", 200);
    assert_eq!((fresh.get("as_of"), &fresh["trimmed"]), (None, &json!(true)));
    world.wait(MINUTE * 5);
    assert_eq!(get(&world, "/watch/glances/offer?market=en-gb", 200).get("as_of"), None, "being renewed");
    world.wait(MINUTE * 11);
    world.answer("/v1/content", 500, "{}");
    let response = send(&world, request(Method::GET, "/watch/glances/offer?market=en-gb"));
    let glance = glance_of(&response, 200);
    assert_eq!(glance["as_of"], json!({"at": "2026-11-21T12:05:00Z", "text": "As of 12:05"}));
    assert_eq!(response.headers()["cache-control"], "public, max-age=1");
}

#[test]
fn a_shop_that_is_late_counts_as_one_that_is_silent() {
    let world = kept();
    get(&world, "/watch/glances/offer", 200);
    world.wait(MINUTE * 11);
    world.script("/v1/content", Script { after: MINUTE, answer: Ok((200, "[]".into())) });
    let glance = get(&world, "/watch/glances/offer?market=ar-gb", 504);
    assert_eq!(glance.get("as_of"), None, "another market has no copy");
    assert_eq!(get(&world, "/watch/glances/offer", 200)["as_of"]["at"], "2026-11-21T12:00:00Z");
}

#[test]
fn only_what_is_old_is_called_old() {
    let world = kept();
    // The cart comes when it is known already that the offer is old.
    let slow = Script { after: Duration::from_millis(50), answer: Ok((200, json!(cart()).to_string())) };
    world.script("/v1/carts/cart-1", slow);
    glance_of(&send(&world, known("/watch/glances")), 200);
    world.wait(MINUTE * 11);
    world.answer("/v1/content", 500, "{}");
    let all = glance_of(&send(&world, known("/watch/glances")), 200);
    let old: Vec<(&Value, bool)> = all["glances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|glance| (&glance["kind"], glance.get("as_of").is_some()))
        .collect();
    assert!(old.contains(&(&json!("offer"), true)) && old.contains(&(&json!("cart"), false)), "{old:?}");
    assert_eq!(old.iter().filter(|(_, old)| *old).count(), 1, "{old:?}");
}
