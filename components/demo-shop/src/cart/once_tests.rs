//! Writes with a key, through the door, one after the other.

use crate::world::World;
use serde_json::{Value, json};

const VARIANT: &str = "v-1001-s-navy";

fn add(quantity: u32) -> Value {
    json!({ "do": "add", "variant": VARIANT, "quantity": quantity })
}

fn new_cart(world: &World, key: Option<&str>) -> String {
    let (status, cart) = world.post_with("/v1/carts", &json!({}), key);
    assert_eq!(status, 201);
    format!("/v1/carts/{}", cart["id"].as_str().unwrap())
}

#[test]
fn the_same_key_begins_one_cart() {
    let world = World::new();
    let cart = new_cart(&world, Some("k-1"));
    assert_eq!(new_cart(&world, Some("k-1")), cart);
    assert_ne!(new_cart(&world, Some("k-2")), cart);
    assert_ne!(new_cart(&world, None), new_cart(&world, None));
    assert_eq!(world.kept.borrow().keys().filter(|key| key.starts_with("cart:")).count(), 4);
    assert!(!world.kept.borrow().keys().any(|key| key.contains("k-1")), "a key is kept as a fingerprint");
    let (status, problem) = world.post_with("/v1/carts", &json!({ "other": true }), Some("k-1"));
    assert_eq!((status, &problem["code"]), (422, &json!("key_reused")));
}

#[test]
fn the_same_key_changes_a_cart_once() {
    let world = World::new();
    let cart = new_cart(&world, None);
    let changes = format!("{cart}/changes");
    let once = world.post_with(&changes, &add(1), Some("k-1"));
    assert_eq!((once.0, &once.1["quantity"]), (200, &json!(1)));
    assert_eq!(world.post_with(&changes, &add(1), Some("k-1")), once, "the same answer");
    assert_eq!(world.post_with(&changes, &add(1), Some("k-2")).1["quantity"], 2, "another tap");
    assert_eq!(world.post_with(&changes, &add(1), None).1["quantity"], 3, "without a key, as before");
    let (_, late) = world.post_with(&changes, &add(1), Some("k-1"));
    assert_eq!(late["quantity"], 3, "the cart as it is by then");
    // Another cart knows nothing of the key.
    let other = new_cart(&world, None);
    assert_eq!(world.post_with(&format!("{other}/changes"), &add(1), Some("k-1")).1["quantity"], 1);
}

#[test]
fn a_key_of_another_payload_is_refused_and_changes_nothing() {
    let world = World::new();
    let cart = new_cart(&world, None);
    let changes = format!("{cart}/changes");
    let (_, before) = world.post_with(&changes, &add(1), Some("k-1"));
    let (status, problem) = world.post_with(&changes, &add(2), Some("k-1"));
    assert_eq!((status, &problem["code"]), (422, &json!("key_reused")));
    assert_eq!(world.get(&cart).1, before);
    assert_eq!(world.post_with(&changes, &add(1), Some("")).1["field"], "Idempotency-Key");
}

#[test]
fn a_refusal_had_no_effect_and_is_decided_anew() {
    let world = World::new();
    let cart = new_cart(&world, None);
    let changes = format!("{cart}/changes");
    let remove = json!({ "do": "remove", "line": "line-1" });
    assert_eq!(world.post_with(&changes, &remove, Some("k-1")).1["code"], "unknown_line");
    world.post(&changes, &add(1));
    assert_eq!(world.post_with(&changes, &remove, Some("k-1")).0, 200);
}

#[test]
fn an_order_is_not_given_for_the_key_with_another_placement() {
    let world = World::new();
    let cart = new_cart(&world, None);
    world.post(&format!("{cart}/changes"), &add(1));
    let checkout = format!("{cart}/checkout");
    let placement = |name: &str| {
        json!({ "contact": { "name": name, "email": "ada@example.org" },
                "delivery": { "kind": "pickup", "store": "leeds" } })
    };
    assert_eq!(world.post_with(&checkout, &placement("Ada"), Some("k-1")).0, 200);
    assert_eq!(world.post_with(&checkout, &placement("Eve"), Some("k-1")).1["code"], "key_reused");
    assert_eq!(world.post_with(&checkout, &placement("Ada"), Some("k-1")).0, 200);
    let orders = world.kept.borrow().keys().filter(|key| key.starts_with("order:")).count();
    assert_eq!(orders, 1);
}

#[test]
fn what_could_not_be_kept_is_done_by_the_next_try() {
    let world = World::new();
    let cart = new_cart(&world, None);
    let changes = format!("{cart}/changes");
    world.down.set(true);
    assert_eq!(world.post_with(&changes, &add(1), Some("k-1")).0, 503);
    world.down.set(false);
    assert_eq!(world.post_with(&changes, &add(1), Some("k-1")).1["quantity"], 1);
    assert_eq!(world.post_with(&changes, &add(1), Some("k-1")).1["quantity"], 1);
}
