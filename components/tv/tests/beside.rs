//! What the rules recommend beside a product and a basket.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::Method;
use kit::rehearsal::{Script, World};
use serde_json::{Value, json};
use std::rc::Rc;
use std::time::Duration;
use support::*;

const RULES: &str = r#"
[attributes]
"market" = "string"

[recommend.together]
at = ["product", "cart"]
when = 'market == "en-gb"'
model = "related"
pin = [{ product = "scarf" }]
"#;

fn world() -> Rc<World> {
    let world = shop();
    let mut scarf = product();
    (scarf.id, scarf.slug, scarf.name) =
        (commerce::ProductId::new("p-9"), "scarf".into(), "Wool scarf".into());
    tell(&world, "/v1/products/scarf", &scarf);
    rules(&world, RULES);
    world
}

fn row(screen: &Value) -> Option<(&Value, Vec<&str>)> {
    let row = screen["rails"].as_array().unwrap().iter().find(|rail| rail["id"] == "related")?;
    let slugs = row["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap());
    Some((&row["title"], slugs.collect()))
}

fn cart_of(world: &Rc<World>, method: Method, path: &str, body: &str) -> Value {
    let mut request = request(method, path, body);
    request.headers_mut().insert("cookie", cookie("cart-1").parse().unwrap());
    screen_of(&send(world, request), 200)
}

#[test]
fn the_rules_come_before_what_the_shop_relates() {
    let world = world();
    let screen = get(&world, "/tv/screens/product/coat?market=en-gb", 200);
    assert_eq!(row(&screen), Some((&json!("Goes well with it"), vec!["scarf", "p0", "p1", "p2"])));
    assert_eq!(screen["focus"]["order"], json!(["hero", "option.size", "related"]));
    // Where they recommend nothing, the row is what it is without rules.
    let path = "/tv/screens/product/coat?market=de-de";
    let euros = serde_json::to_string(&product()).unwrap().replace("GBP", "EUR");
    let cards: Vec<_> = (0..10).map(|n| card(&format!("p{n}"), "Product")).collect();
    let cards = serde_json::to_string(&cards).unwrap().replace("GBP", "EUR");
    let both = [shop(), world].map(|world| {
        world.answer("/v1/products/coat", 200, euros.clone());
        world.answer("/v1/products/by-id/p-1/related", 200, cards.clone());
        send(&world, request(Method::GET, path, ""))
    });
    let [plain, ruled] = both;
    assert_eq!(plain.body(), ruled.body());
    assert_eq!(row(&screen_of(&ruled, 200)).unwrap().1.len(), 10);
    assert_eq!(plain.headers()["headwater-slots"], ruled.headers()["headwater-slots"]);
}

#[test]
fn a_row_stands_below_the_lines_of_a_cart_and_above_the_way_to_be_forgotten() {
    let world = world();
    let cart = cart_of(&world, Method::GET, "/tv/screens/cart?market=en-gb", "");
    assert_eq!(row(&cart), Some((&json!("Goes well with your basket"), vec!["scarf"])));
    assert_eq!(cart["focus"]["order"], json!(["lines", "related"]));
    let body = r#"{"variant": "v-m", "quantity": 1}"#;
    let added = cart_of(&world, Method::POST, "/tv/screens/cart/lines?market=en-gb", body);
    assert_eq!(row(&added).unwrap().1, ["scarf"]);
    assert_eq!(row(&cart_of(&shop(), Method::GET, "/tv/screens/cart?market=en-gb", "")), None);
    tell(&world, "/v1/carts/cart-1", &support::cart(0));
    assert_eq!(row(&cart_of(&world, Method::GET, "/tv/screens/cart?market=en-gb", "")), None, "it is empty");
}

#[test]
fn a_late_shop_costs_the_row_alone() {
    let world = world();
    let slow = || Script { after: Duration::from_secs(60), answer: Ok((200, String::new())) };
    world.script("/v1/products/scarf", slow());
    let cart = cart_of(&world, Method::GET, "/tv/screens/cart?market=en-gb", "");
    assert_eq!((row(&cart), &cart["kind"]), (None, &json!("cart")));
    let screen = get(&world, "/tv/screens/product/coat?market=en-gb", 200);
    assert_eq!(row(&screen).unwrap().1.len(), 10, "what the shop relates is there in time");
    world.script("/v1/products/by-id/p-1/related", slow());
    let screen = get(&world, "/tv/screens/product/coat?market=en-gb", 200);
    assert_eq!((row(&screen), &screen["kind"]), (None, &json!("product")));
    assert!(kit::Edge::elapsed(&*world) <= Duration::from_millis(2 * 1200));
}
