//! Slots that ask the shop.

use super::{Site, header, text};
use std::time::Duration;

const PRICE: &str =
    "[[place]]\npages = [\"/p/{product}\"]\nselector = \".price\"\nput = \"inside\"\nshow = \"price\"\n";

const OFFER: &str = "market = \"en-gb\"\n[[place]]\nselector = \"h1\"\nput = \"after\"\nshow = \"offer\"\n";

#[test]
fn a_page_that_asks_what_is_decided_is_one_for_all_of_whom_the_same_is() {
    let site = Site::with(OFFER).shared();
    site.get("/new/a");
    let second = site.get("/new/a");
    assert!(
        header(&second, "cache-control").starts_with("public, max-age=0, s-maxage="),
        "{:?}",
        second.headers()
    );
    assert_eq!(text(&second).matches("hw-offer").count(), 0, "no rules, no offer");
    // Without a market of the site's own, what is decided hangs on the visitor's.
    let site = Site::with(&OFFER.replace("market = \"en-gb\"\n", "")).shared();
    site.get("/new/a");
    assert_eq!(header(&site.get("/new/a"), "cache-control"), "private, no-store");
}

const PRODUCT: &str = r#"{"id":"1","slug":"coat","name":"Coat","summary":"","description":"","categories":[],
    "images":[],"options":[],"attributes":[],"tags":[],"looks":[],"variants":[{"id":"v","sku":"C",
    "options":[],"price":{"current":{"amount":12900,"currency":"GBP"}},"stock":{"level":"in_stock"}}]}"#;

fn shop(site: &Site) {
    site.world.answer("/v1/products/coat", 200, PRODUCT);
}

#[test]
fn the_shop_s_price_stands_in_the_place_of_the_page_s() {
    let site = Site::with(PRICE);
    shop(&site);
    let page = site.get("/new/p/coat");
    assert!(text(&page).contains("£129.00") && !text(&page).contains("£1<"), "{}", text(&page));
}

#[test]
fn a_shop_that_is_late_or_broken_leaves_the_page_s_own() {
    for script in [
        kit::rehearsal::Script { after: Duration::from_secs(60), answer: Ok((200, PRODUCT.into())) },
        kit::rehearsal::Script { after: Duration::ZERO, answer: Ok((500, String::new())) },
        kit::rehearsal::Script { after: Duration::ZERO, answer: Ok((200, "garbage".into())) },
    ] {
        let site = Site::with(PRICE);
        site.world.script("/v1/products/coat", script);
        let page = site.get("/new/p/coat");
        assert!(text(&page).contains("<p class=price>£1</p>"), "{}", text(&page));
        assert!(site.world.lines.borrow().iter().any(|line| line.contains("slot product omitted")));
    }
}

#[test]
fn an_operator_s_own_html_is_given_all_that_is_said_of_it() {
    let html = "<i lang='{{ lang }}' dir='{{ dir }}'>{{ now }}{% for was in was %} {{ was }}{% endfor %}</i>";
    let site = Site::with(&format!("{PRICE}html = \"{html}\"\n"));
    shop(&site);
    let page = site.get("/new/p/coat");
    assert!(text(&page).contains("<i lang='en-GB' dir='ltr'>£129.00</i>"), "{}", text(&page));
    let plain = "[[place]]\nselector = \"h1\"\nput = \"after\"\nhtml = \"<i lang='{{ lang }}' dir='{{ dir }}'></i>\"\n";
    let page = Site::with(plain).get("/new/a");
    assert!(text(&page).contains("<i lang='en-GB' dir='ltr'></i>"), "{}", text(&page));
}
