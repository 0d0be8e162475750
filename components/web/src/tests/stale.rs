//! A shop that stops answering: the page shows what it knew, and says of when that is.

use super::shop;
use crate::head::Web;
use bytes::Bytes;
use http::Request;
use kit::rehearsal::{Script, World};
use serde_json::Value;
use std::rc::Rc;
use std::time::Duration;

const PATHS: [&str; 6] = [
    "/v1/products/coat",
    "/v1/products/by-id/p1/related",
    "/v1/products/by-id/p1/reviews",
    "/v1/variants/v-m-sand/stock",
    "/v1/content",
    "/v1/categories",
];
const MINUTE: Duration = Duration::from_secs(60);

/// It is noon in London, and copies are kept.
fn shop_in(currency: &str) -> Rc<World> {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    for path in PATHS {
        let (_, body) = shop::answer("Plain", "GET", path, "", &Value::Null);
        world.answer(path, 200, body.to_string().replace("GBP", currency));
    }
    world
}

fn breaks(world: &World, paths: &[&str]) {
    paths.iter().for_each(|path| world.answer(path, 500, "{}"));
}

/// The page of the coat, with its slots and its caching.
fn coat(world: &Rc<World>, market: &str) -> (String, String, String) {
    page(world, &format!("/{market}/p/coat?choice.size=m&choice.colour=sand"), 200)
}

fn page(world: &Rc<World>, address: &str, status: u16) -> (String, String, String) {
    let request = Request::get(address).header("host", "shop.test").body(Bytes::new()).unwrap();
    let answer = world.run(kit::handle::<Web>(world.clone(), request));
    assert_eq!(answer.status(), status);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let (slots, kept) = (header("headwater-slots"), header("cache-control"));
    (String::from_utf8(answer.body().to_vec()).unwrap(), slots, kept)
}

#[test]
fn a_page_of_old_prices_says_of_when_they_are_in_every_language() {
    for (market, currency, line) in [
        ("en-gb", "GBP", r#">Prices and stock as of <time datetime="2026-11-21T12:00:00Z">12:00</time></p>"#),
        (
            "de-de",
            "EUR",
            r#">Preise und Bestand: Stand <time datetime="2026-11-21T12:00:00Z">13:00</time></p>"#,
        ),
        (
            "ar-gb",
            "GBP",
            r#">الأسعار والمخزون كما في <time datetime="2026-11-21T12:00:00Z">12:00 م</time></p>"#,
        ),
    ] {
        let world = shop_in(currency);
        let (fresh, _, _) = coat(&world, market);
        assert!(!fresh.contains("<time datetime=\"2026-11-21T12"), "{market}");
        world.wait(MINUTE * 11);
        breaks(&world, &PATHS[..1]);
        let (page, slots, kept) = coat(&world, market);
        assert!(slots.contains("product=stale") && page.contains(line), "{market}: {slots}\n{page}");
        assert_eq!(kept, "public, max-age=1", "{market}");
        assert!(page.find(line) > page.find("<main"), "it is of the page");
    }
}

#[test]
fn the_next_day_it_says_the_day() {
    let world = shop_in("GBP");
    coat(&world, "en-gb");
    world.wait(MINUTE * 60 * 20);
    breaks(&world, &PATHS);
    let (page, _, _) = coat(&world, "en-gb");
    assert!(page.contains(">21 Nov 2026, 12:00</time>"), "{page}");
}

#[test]
fn a_copy_that_is_being_renewed_is_no_news() {
    let world = shop_in("GBP");
    coat(&world, "en-gb");
    world.wait(MINUTE * 5);
    let (page, slots, _) = coat(&world, "en-gb");
    assert!(slots.contains("product=stale") && !page.contains("Prices and stock"), "{slots}");
    // After it, everything is new again, however old the copies were.
    world.wait(MINUTE * 60);
    let (page, slots, _) = coat(&world, "en-gb");
    assert!(slots.contains("product=fresh") && !page.contains("Prices and stock"), "{slots}");
}

#[test]
fn what_has_no_prices_may_be_old_without_a_word() {
    let world = shop_in("GBP");
    coat(&world, "en-gb");
    world.wait(MINUTE * 120);
    breaks(&world, &["/v1/categories", "/v1/products/by-id/p1/reviews"]);
    let (page, slots, _) = coat(&world, "en-gb");
    assert!(slots.contains("categories=stale") && slots.contains("reviews=stale"), "{slots}");
    assert!(!page.contains("Prices and stock"));
}

#[test]
fn a_page_of_failure_has_no_age() {
    let world = shop_in("GBP");
    // The content comes and is kept, the list never does.
    let after = Duration::from_millis(200);
    world.script("/v1/listing", Script { after, answer: Ok((500, "{}".into())) });
    page(&world, "/en-gb/c/coats", 502);
    world.wait(MINUTE * 11);
    breaks(&world, &["/v1/content"]);
    let (page, slots, _) = page(&world, "/en-gb/c/coats", 502);
    assert!(slots.contains("content=stale") && !page.contains("Prices and stock"), "{slots}");
}
