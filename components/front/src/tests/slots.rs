//! Slots that ask the shop.

use super::{Site, text};
use std::time::Duration;

const PRICE: &str =
    "[[place]]\npages = [\"/p/{product}\"]\nselector = \".price\"\nput = \"inside\"\nshow = \"price\"\n";

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
