//! Hostile and huge content stays within the limits and within the schema.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::Method;
use serde_json::Value;
use support::*;
use tv::screen::LIMIT;

/// 300 characters: markup, emoji of several code points, right-to-left overrides, control characters.
fn hostile(seed: usize) -> String {
    let text =
        format!("{seed}<script>alert(1)</script>\u{202e}👨‍👩‍👧‍👦 معطف \u{0} \"quoted\" {{{{7*7}}}} \u{2028}");
    text.chars().cycle().take(300).collect()
}

fn cards(count: usize) -> Vec<commerce::ProductCard> {
    (0..count).map(|n| card(&format!("p{n}"), &hostile(n))).collect()
}

#[test]
fn a_thousand_products_with_hostile_names_fit() {
    let world = shop();
    let blocks: Vec<_> = (0..20)
        .map(|n| {
            let mut block = block(&format!("rail-{n}"), "home_rail", "rail", cards(50));
            block.title = hostile(n);
            block
        })
        .collect();
    tell(&world, "/v1/content", &blocks);
    tell(&world, "/v1/listing", &listing(cards(1000), 1000, 1));
    for path in ["home", "category/fashion", "category/fashion?refine=1", "search?q=x"] {
        let screen = get(&world, &format!("/tv/screens/{path}"), 200);
        for rail in screen["rails"].as_array().unwrap() {
            assert!(rail["items"].as_array().unwrap().len() <= 10, "{path}: {} is too long", rail["id"]);
        }
    }
}

#[test]
fn what_is_cut_is_said_in_the_order_of_the_least_missed() {
    let world = shop();
    let mut long = cards(10);
    for (n, card) in long.iter_mut().enumerate() {
        card.name = "𝔘𝔫𝔲𝔰𝔲𝔞𝔩 ".repeat(40);
        card.brand = Some("𝔓𝔢𝔬𝔭𝔩𝔢 ".repeat(40));
        let image = card.image.as_mut().unwrap();
        image.renditions.clear();
        (image.width, image.height) = (480, 600);
        image.url = format!("https://pictures.test/{}/{n}.svg", "x".repeat(350));
        image.alt = "𝔭𝔦𝔠𝔱𝔲𝔯𝔢".repeat(50);
    }
    let blocks: Vec<_> = (0..6).map(|n| block(&format!("r{n}"), "home_rail", "rail", long.clone())).collect();
    tell(&world, "/v1/content", &blocks);
    support::rules(&world, support::ASKING);
    let response = send(&world, request(Method::GET, "/tv/screens/home", ""));
    let screen = screen_of(&response, 200);
    let said = response.headers()["headwater-trimmed"].to_str().unwrap();
    let trimmed: Vec<&str> =
        screen["trimmed"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    assert_eq!(said, trimmed.join(", "));
    assert_eq!(trimmed[..2], ["subtitles", "titles"]);
    assert_eq!(screen["rails"][0]["id"], "consent", "a question is never cut");
    assert!(screen["rails"][1]["items"][0]["title"].as_str().unwrap().ends_with('…'));
    let untrimmed = get(&shop(), "/tv/screens/home", 200);
    assert_eq!(untrimmed["trimmed"], Value::Null, "an ordinary screen is whole");
}

#[test]
fn when_nothing_else_helps_rows_go_from_the_bottom() {
    let action = tv::screen::Action::Retry;
    let mut item = tv::screen::Item::new("x", tv::screen::ItemKind::Choice, "y".repeat(40), action);
    item.price = "z".repeat(500);
    // Rows that no step but the last can shrink.
    let rail = |n: usize| tv::screen::Rail {
        id: format!("r{n}"),
        title: String::new(),
        kind: tv::screen::RailKind::Chips,
        items: vec![item.clone(); 10],
        next: None,
    };
    let rails: Vec<_> = (0..60).map(rail).collect();
    let order = rails.iter().map(|rail| rail.id.clone()).collect();
    let answer = tv::screen::fit(tv::screen::Screen {
        schema: tv::screen::SCHEMA,
        kind: tv::screen::Kind::Home,
        id: "big".into(),
        title: "Big".into(),
        language: "en-GB".into(),
        direction: "ltr",
        deep_link: tv::screen::DeepLink { tv: "/tv/#/home".into(), web: "http://shop.test/".into() },
        hero: None,
        rails,
        focus: tv::screen::Focus { initial: "r0/x".into(), order },
        given: None,
        keyboard: None,
        cart: None,
        checkout: None,
        error: None,
        as_of: None,
        trimmed: Vec::new(),
    });
    assert!(answer.body.len() <= LIMIT && answer.body.len() > LIMIT / 2, "{}", answer.body.len());
    let screen: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(screen["trimmed"].as_array().unwrap().last().unwrap(), "rails");
    assert_eq!(screen["rails"][0]["id"], "r0", "the first row stays");
    let rows = screen["rails"].as_array().unwrap().len();
    assert_eq!(
        screen["focus"]["order"].as_array().unwrap().len(),
        rows,
        "the focus names only what is there"
    );
}

#[test]
fn no_picture_is_larger_than_a_tv_or_loaded_from_odd_places() {
    let world = shop();
    let mut items = cards(6);
    let set = |card: &mut commerce::ProductCard, url: &str, width, height| {
        let image = card.image.as_mut().unwrap();
        image.renditions.clear();
        (image.url, image.width, image.height) = (url.to_owned(), width, height);
    };
    set(&mut items[0], "javascript:alert(1)", 480, 600);
    set(&mut items[1], "//evil.test/x.svg", 480, 600);
    set(&mut items[2], "https://pictures.test/huge.jpg", 4000, 3000);
    set(&mut items[3], "data:image/svg+xml,x", 480, 600);
    set(&mut items[4], "/media/a b.svg", 480, 600);
    tell(&world, "/v1/listing", &listing(items, 6, 1));
    let screen = get(&world, "/tv/screens/category/coats", 200);
    let rail = screen["rails"].as_array().unwrap().last().unwrap();
    let pictures: Vec<bool> =
        rail["items"].as_array().unwrap().iter().map(|item| item["image"].is_object()).collect();
    assert_eq!(pictures, [false, false, false, false, false, true]);
}

#[test]
fn what_has_no_address_is_left_out() {
    let world = shop();
    let mut items = cards(3);
    items[0].slug = "..".into();
    items[1].slug = "a".repeat(5000);
    items[2].slug = "a/b?c#d é".into();
    tell(&world, "/v1/listing", &listing(items, 3, 1));
    let screen = get(&world, "/tv/screens/category/coats", 200);
    let rail = screen["rails"].as_array().unwrap().last().unwrap();
    assert_eq!(rail["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        rail["items"][0]["action"]["screen"],
        "/tv/screens/product/a%2Fb%3Fc%23d%20%C3%A9?market=en-gb"
    );
}
