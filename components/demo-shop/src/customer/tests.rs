//! Who signs in, and what the shop then tells of them.

use crate::world::World;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

fn signed_in(world: &World, email: &str, password: &str) -> String {
    let (status, answer) =
        world.post("/v1/customers/sign-in", &json!({ "email": email, "password": password, "cart": null }));
    assert_eq!(status, 200, "{email}: {answer}");
    answer["token"].as_str().unwrap().to_owned()
}

fn me(world: &World, token: &str) -> Value {
    let request = Request::get("/v1/customers/me?locale=en-GB&currency=GBP");
    let request = request.header("headwater-customer-token", token).body(Bytes::new()).unwrap();
    serde_json::from_slice(world.send(request).body()).unwrap()
}

fn days_since_order(world: &World, customer: &Value) -> i64 {
    let placed: jiff::Timestamp = customer["orders"][0]["placedAt"].as_str().unwrap().parse().unwrap();
    kit::Edge::now(world).duration_since(placed).as_hours() / 24
}

#[test]
fn a_lapsed_subscriber_and_a_recent_one_have_their_past() {
    let world = World::new();
    let nora = me(&world, &signed_in(&world, " NORA@example.test", "lamp-by-the-stairs"));
    assert_eq!(
        (days_since_order(&world, &nora), &nora["subscriber"], &nora["orderCount"]),
        (200, &json!(true), &json!(2))
    );
    let tom = me(&world, &signed_in(&world, "tom@example.test", "tea-before-noon"));
    assert_eq!((days_since_order(&world, &tom), &tom["groups"][1]), (12, &json!("loyalty-silver")));
    let slugs = |customer: &Value| -> Vec<String> {
        let wishes = customer["wishList"].as_array().unwrap().iter();
        wishes.map(|card| card["slug"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(slugs(&nora), ["belvedere-wool-trench", "pebble-table-lamp", "lambswool-stripe-scarf"]);
    assert!(slugs(&tom).is_empty());
    let yusuf = me(&world, &signed_in(&world, "yusuf@example.test", "window-seat-please"));
    assert_eq!((&yusuf["subscriber"], &yusuf["orders"]), (&json!(false), &json!([])));
    // An order of the past opens like any other, in the reader's money.
    let id = nora["orders"][0]["id"].as_str().unwrap();
    let (status, order) = world.get_in(&format!("/v1/orders/{id}"), "de-DE", "EUR");
    assert_eq!(
        (status, &order["state"], &order["subtotal"]["amount"]),
        (200, &json!("delivered"), &json!(3_800 + 2 * 3_050))
    );
    // And stays as far away as it was.
    world.pass(86_400 * 20);
    let later = me(&world, &signed_in(&world, "nora@example.test", "lamp-by-the-stairs"));
    assert_eq!(days_since_order(&world, &later), 200);
}

#[test]
fn what_a_customer_orders_is_their_latest_and_counts() {
    let world = World::new();
    let token = signed_in(&world, "nora@example.test", "lamp-by-the-stairs");
    let (_, cart) = world.post("/v1/carts", &json!({}));
    let cart = format!("/v1/carts/{}", cart["id"].as_str().unwrap());
    world.post(&format!("{cart}/changes"), &json!({ "do": "add", "variant": "v-3018", "quantity": 1 }));
    let placement = json!({ "contact": { "name": "Nora Vale", "email": "nora@example.test" },
        "delivery": { "kind": "pickup", "store": "leeds" } });
    assert_eq!(world.post(&format!("{cart}/checkout"), &placement).0, 200);
    let nora = me(&world, &token);
    assert_eq!((days_since_order(&world, &nora), &nora["orderCount"]), (0, &json!(3)));
    assert_eq!(nora["orders"].as_array().unwrap().len(), 3);
}
