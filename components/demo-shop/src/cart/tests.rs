//! Carts and orders through the door, in memory.

use crate::catalogue::catalogue;
use crate::world::World;
use serde_json::{Value, json};

/// A cart's path.
fn new_cart(world: &World) -> String {
    let (status, cart) = world.post("/v1/carts", &json!({}));
    assert_eq!(status, 201);
    format!("/v1/carts/{}", cart["id"].as_str().unwrap())
}

fn change(world: &World, cart: &str, change: Value) -> (u16, Value) {
    world.post(&format!("{cart}/changes"), &change)
}

fn add(world: &World, cart: &str, variant: &str, quantity: u32) -> (u16, Value) {
    change(world, cart, json!({ "do": "add", "variant": variant, "quantity": quantity }))
}

/// A variant with this price in pence and at least this stock.
fn at_price(pence: i64, stock: u32) -> &'static str {
    let mut variants = catalogue().products().iter().flat_map(|product| &product.variants);
    let fitting = variants.find(|v| v.price.gbp == pence && v.stock["online"] >= stock);
    &fitting.unwrap_or_else(|| panic!("the catalogue has nothing at {pence}")).id
}

fn with_stock(fits: impl Fn(u32) -> bool) -> (&'static str, u32) {
    let mut variants = catalogue().products().iter().flat_map(|product| &product.variants);
    let found = variants.find(|v| fits(v.stock["online"])).expect("the catalogue has such stock");
    (&found.id, found.stock["online"])
}

fn ship() -> Value {
    json!({ "kind": "ship", "address": {
        "name": "Ada", "street": "1 Mill Lane", "city": "Bath", "postcode": "BA1 1AA", "country": "GB" } })
}

fn placement() -> Value {
    json!({ "contact": { "name": "Ada Byron", "email": "ada@example.org" }, "delivery": ship() })
}

fn pounds(value: &Value) -> i64 {
    assert_eq!(value["currency"], "GBP");
    value["amount"].as_i64().unwrap()
}

#[test]
fn a_cart_adds_up_to_the_penny_and_ships_free_from_thirty_pounds() {
    let world = World::new();
    let cart = new_cart(&world);
    add(&world, &cart, at_price(2_999, 1), 1);
    change(&world, &cart, json!({ "do": "choose_delivery", "delivery": { "kind": "ship" } }));
    let (_, shown) = change(&world, &cart, json!({ "do": "apply_code", "code": " welcome10" }));
    assert_eq!(shown["codes"], json!([{ "code": "WELCOME10", "active": true }]));
    assert_eq!(shown["discounts"][0]["label"], "WELCOME10: 10% off");
    assert_eq!(pounds(&shown["discounts"][0]["amount"]), 300, "299.9 pence, half up");
    assert_eq!((pounds(&shown["deliveryPrice"]), pounds(&shown["total"])), (395, 2_999 - 300 + 395));

    let cart = new_cart(&world);
    add(&world, &cart, at_price(3_000, 1), 1);
    let (_, before) = change(&world, &cart, json!({ "do": "apply_code", "code": "WELCOME10" }));
    assert_eq!(before.get("deliveryPrice"), None, "not known before it is chosen");
    let (_, shown) =
        change(&world, &cart, json!({ "do": "choose_delivery", "delivery": { "kind": "ship" } }));
    assert_eq!((pounds(&shown["deliveryPrice"]), pounds(&shown["total"])), (0, 2_700));

    let (_, stay) = change(&world, &cart, json!({ "do": "apply_code", "code": "STAY5" }));
    assert_eq!(stay["codes"].as_array().unwrap().len(), 1, "the latest code replaces");
    assert_eq!((pounds(&stay["deliveryPrice"]), pounds(&stay["total"])), (395, 2_850 + 395));
    assert_eq!(
        change(&world, &cart, json!({ "do": "remove_code", "code": "WELCOME10" })).1["code"],
        "bad_code"
    );
    let (_, none) = change(&world, &cart, json!({ "do": "remove_code", "code": "STAY5" }));
    assert_eq!((none["codes"].clone(), pounds(&none["total"])), (json!([]), 3_395));
    let store = json!({ "do": "choose_delivery", "delivery": { "kind": "pickup", "store": "leeds" } });
    assert_eq!(pounds(&change(&world, &cart, store).1["total"]), 3_000);
}

#[test]
fn lines_merge_change_and_go_and_the_version_counts() {
    let world = World::new();
    let cart = new_cart(&world);
    let variant = with_stock(|stock| stock >= 20).0;
    add(&world, &cart, variant, 2);
    let (_, merged) = add(&world, &cart, variant, 1);
    assert_eq!(
        (merged["lines"].as_array().unwrap().len(), &merged["quantity"], &merged["version"]),
        (1, &json!(3), &json!(2))
    );
    let line = merged["lines"][0]["id"].clone();
    assert_eq!(change(&world, &cart, json!({ "do": "set", "line": line, "quantity": 5 })).1["quantity"], 5);
    assert_eq!(
        change(&world, &cart, json!({ "do": "set", "line": line, "quantity": 0 })).1["lines"],
        json!([])
    );
    let (_, again) = add(&world, &cart, variant, 1);
    assert_ne!(again["lines"][0]["id"], line, "a line's id is never used twice");
    for gone in [json!({ "do": "remove", "line": line }), json!({ "do": "set", "line": line, "quantity": 1 })]
    {
        let (status, problem) = change(&world, &cart, gone);
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_line")));
    }
    assert_eq!(
        change(&world, &cart, json!({ "do": "remove", "line": again["lines"][0]["id"] })).1["quantity"],
        0
    );
}

#[test]
fn stock_and_limit_hold_at_their_edges_and_a_refusal_changes_nothing() {
    let world = World::new();
    let cart = new_cart(&world);
    let (few, stock) = with_stock(|stock| (2..=10).contains(&stock));
    let (status, problem) = add(&world, &cart, few, stock + 1);
    assert_eq!(
        (status, &problem["code"], &problem["available"]),
        (409, &json!("out_of_stock"), &json!(stock))
    );
    assert_eq!(add(&world, &cart, few, stock).0, 200);
    let (_, before) = world.get(&cart);
    assert_eq!(add(&world, &cart, few, 1).1["available"], stock);
    assert_eq!(add(&world, &cart, few, u32::MAX).1["code"], "out_of_stock");
    let many = with_stock(|stock| stock >= 21).0;
    let (status, problem) = add(&world, &cart, many, 21);
    assert_eq!((status, &problem["code"], &problem["most"]), (409, &json!("quantity_limit"), &json!(20)));
    assert_eq!(world.get(&cart).1, before);
    assert_eq!(add(&world, &cart, many, 20).0, 200);
    let (none, _) = with_stock(|stock| stock == 0);
    assert_eq!(add(&world, &cart, none, 1).1["available"], 0);
}

#[test]
fn an_order_takes_stock_empties_the_cart_and_survives_a_restart() {
    let world = World::new();
    let cart = new_cart(&world);
    let (few, stock) = with_stock(|stock| (2..=10).contains(&stock));
    add(&world, &cart, few, stock);
    let (status, placed) = world.post(&format!("{cart}/checkout"), &placement());
    assert_eq!((status, &placed["kind"]), (200, &json!("placed")));
    let order = placed["order"].clone();
    assert_eq!((order["state"].clone(), order["quantity"].clone()), (json!("placed"), json!(stock)));
    assert!(
        !order.to_string().contains("ada@") && !order.to_string().contains("Mill Lane"),
        "no personal data"
    );
    assert_eq!(world.get(&cart).0, 404);

    // Another instance has nothing but what is kept.
    let restarted = World::new();
    restarted.kept.replace(world.kept.borrow().clone());
    let id = order["id"].as_str().unwrap();
    assert_eq!(restarted.get(&format!("/v1/orders/{id}")).1, order);
    let other = new_cart_elsewhere(&restarted);
    assert_eq!(add(&restarted, &other, few, 1).1["available"], 0);
    let product = catalogue().variant(few).unwrap().0;
    let (_, shown) = restarted.get(&format!("/v1/products/{}", product.slug));
    let variants = shown["variants"].as_array().unwrap();
    let sold = variants.iter().find(|v| v["id"] == few).unwrap();
    assert_eq!(sold["stock"], json!({ "level": "out_of_stock", "quantity": 0 }));
    restarted.pass(600);
    assert_eq!(restarted.get(&format!("/v1/orders/{id}")).1["state"], "delivered");
}

fn new_cart_elsewhere(world: &World) -> String {
    // The second world's chance starts where the first one's did.
    world.post("/v1/carts", &json!({}));
    world.post("/v1/carts", &json!({}));
    new_cart(world)
}

#[test]
fn the_last_piece_goes_to_who_pays_first() {
    let world = World::new();
    let (few, stock) = with_stock(|stock| (1..=20).contains(&stock));
    let (first, second) = (new_cart(&world), new_cart(&world));
    add(&world, &first, few, stock);
    add(&world, &second, few, 1);
    assert_eq!(world.post(&format!("{first}/checkout"), &placement()).0, 200);
    let (status, problem) = world.post(&format!("{second}/checkout"), &placement());
    assert_eq!((status, &problem["code"], &problem["available"]), (409, &json!("out_of_stock"), &json!(0)));
    let (_, kept) = world.get(&second);
    assert_eq!((&kept["quantity"], &kept["lines"][0]["available"]), (&json!(1), &json!(0)));
}

#[test]
fn the_same_key_gives_the_same_order_and_another_does_not() {
    let world = World::new();
    let cart = new_cart(&world);
    let (variant, stock) = with_stock(|stock| stock >= 5);
    add(&world, &cart, variant, 1);
    let checkout = format!("{cart}/checkout");
    let (_, once) = world.post_with(&checkout, &placement(), Some("k-1"));
    let (status, twice) = world.post_with(&checkout, &placement(), Some("k-1"));
    assert_eq!((status, &twice), (200, &once));
    assert_eq!(world.post_with(&checkout, &placement(), Some("k-2")).1["code"], "not_found");
    assert_eq!(world.post(&checkout, &placement()).1["code"], "not_found");
    let key = "x".repeat(129);
    assert_eq!(world.post_with(&checkout, &placement(), Some(&key)).1["field"], "Idempotency-Key");
    let left = add(&world, &new_cart(&world), variant, 1).1["lines"][0]["available"].clone();
    assert_eq!(left, (stock - 1).min(20), "sold once");
}

#[test]
fn words_and_money_follow_the_market_and_an_order_keeps_its_money() {
    let world = World::new();
    let cart = new_cart(&world);
    let (product, variant) = catalogue().variant("v-1001-s-navy").expect("the trench is in the catalogue");
    add(&world, &cart, &variant.id, 2);
    change(&world, &cart, json!({ "do": "apply_code", "code": "STAY5" }));
    let (_, german) = world.get_in(&cart, "de-DE", "JPY");
    assert_eq!(
        (&german["lines"][0]["name"], &german["lines"][0]["choices"]),
        (&json!(product.name.de), &json!("S, Marine"))
    );
    let yen = variant.price.jpy * 2;
    assert_eq!(german["subtotal"], json!({ "amount": yen, "currency": "JPY" }));
    assert_eq!(german["total"]["amount"], yen - (yen * 5 + 50) / 100);
    assert_eq!(german["discounts"][0]["label"], "STAY5: 5\u{a0}% Rabatt");
    let (_, placed) = world.post(&format!("{cart}/checkout"), &json!({
        "contact": { "name": "Ada", "email": "ada@example.org" }, "delivery": { "kind": "pickup", "store": "leeds" } }));
    let path = format!("/v1/orders/{}", placed["order"]["id"].as_str().unwrap());
    world.pass(120);
    let (_, arabic) = world.get_in(&path, "ar-AE", "EUR");
    assert_eq!(arabic["lines"][0]["name"], product.name.ar);
    assert_eq!(arabic["total"]["currency"], "GBP");
    assert_eq!((&arabic["state"], &arabic["pickup"]["name"]), (&json!("ready_for_pickup"), &json!("ليدز")));
    assert_eq!(
        (&arabic["deliveryPrice"]["amount"], &arabic["placedAt"]),
        (&json!(0), &placed["order"]["placedAt"])
    );
    let number = arabic["number"].as_str().unwrap();
    assert!(number.len() == 12 && number.starts_with("LF-"), "{number}");
}

#[test]
fn what_is_no_longer_sold_leaves_the_cart_and_nothing_else_does() {
    let world = World::new();
    let cart = new_cart(&world);
    add(&world, &cart, at_price(2_999, 1), 1);
    let key = format!("cart:{}", cart.rsplit('/').next().unwrap());
    let mut kept: Value = serde_json::from_slice(&world.kept.borrow()[&key]).unwrap();
    let old = json!({ "id": "line-0", "variant": "v-of-last-year", "quantity": 1 });
    kept["lines"].as_array_mut().unwrap().insert(0, old);
    world.kept.borrow_mut().insert(key.clone(), kept.to_string().into_bytes());
    let (status, shown) = world.get(&cart);
    assert_eq!((status, shown["lines"].as_array().unwrap().len(), pounds(&shown["total"])), (200, 1, 2_999));
    for broken in ["", "{}", "[1]", "\u{0}", &kept.to_string().replace("\"schema\":1", "\"schema\":2")] {
        world.kept.borrow_mut().insert(key.clone(), broken.as_bytes().to_vec());
        assert_eq!(world.get(&cart).1["code"], "not_found", "{broken:?}");
    }
}
