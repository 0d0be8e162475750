//! Signing in.

use super::*;

#[test]
fn a_lapsed_subscriber_is_won_back_on_the_next_page_and_a_recent_one_is_not() {
    let world = world();
    let mut nora = agreed(&world);
    assert_eq!(nora.home(&world), "stranger plain none");
    assert_eq!(nora.enter(&world).status, 200);
    assert_eq!(nora.home(&world), "Nora gold winback");
    say(&world, &customer(&world, 12, &["subscriber"]));
    let mut tom = agreed(&world);
    tom.enter(&world);
    assert_eq!(tom.home(&world), "Nora plain none", "ordered lately");
    say(&world, &customer(&world, 200, &[]));
    let mut yusuf = agreed(&world);
    yusuf.enter(&world);
    assert_eq!(yusuf.home(&world), "Nora plain none", "no letters, no offer by what was bought");
}

#[test]
fn without_consent_a_customer_is_greeted_and_nothing_is_kept_of_them() {
    let world = world();
    let mut nora = Visitor::default();
    nora.enter(&world);
    assert_eq!((nora.home(&world).as_str(), profiles(&world)), ("Nora plain none", 0));
    // Who agrees later is known at once, without another sign-in.
    nora.post(&world, "/en-gb/agree", "purposes=all");
    assert_eq!((nora.home(&world).as_str(), profiles(&world)), ("Nora gold winback", 1));
}

#[test]
fn every_field_that_the_shop_told_says_so() {
    let world = world();
    let mut nora = agreed(&world);
    nora.enter(&world);
    let told: Vec<_> = profile(&world)
        .into_iter()
        .filter(|field| field.source == "shop")
        .map(|field| (field.name, field.value, field.at.is_some_and(|at| at <= world.now())))
        .collect();
    let placed = world.now().checked_sub(SignedDuration::from_hours(24 * 200)).unwrap();
    let placed = placed.checked_sub(SignedDuration::from_secs(2)).unwrap().to_string();
    let expected = [
        ("visitor.orders", "3".to_owned(), true),
        ("visitor.ordered", placed, true),
        ("visitor.email_subscriber", "true".to_owned(), true),
        ("visitor.tier", "gold".to_owned(), true),
    ];
    assert_eq!(told, expected);
}

#[test]
fn rules_know_the_wish_list_of_who_agreed_alone() {
    let world = world();
    let mut wishing = customer(&world, 200, &[]);
    let money = json!({"current": {"amount": 1000, "currency": "GBP"}});
    let lamp = json!({"id": "p", "slug": "lamp", "name": "Lamp", "price": money, "stock": "in_stock"});
    wishing["wishList"] = json!([lamp]);
    say(&world, &wishing);
    let mut nora = agreed(&world);
    nora.enter(&world);
    assert_eq!(nora.get(&world, "/en-gb/wished").text, "lamps");
    let wished = profile(&world).into_iter().find(|field| field.name == "visitor.wish_list").unwrap();
    assert_eq!((wished.value.as_str(), wished.source.as_str()), ("lamp", "shop"));
    nora.post(&world, "/en-gb/sign-out", "");
    assert_eq!(nora.get(&world, "/en-gb/wished").text, "none", "it is gone with the customer");
    let mut stranger = Visitor::default();
    stranger.enter(&world);
    assert_eq!(stranger.get(&world, "/en-gb/wished").text, "none", "nothing is known without consent");
}

#[test]
fn one_source_down_gives_a_partial_profile() {
    let world = world();
    let mut partial = customer(&world, 200, &["subscriber", "loyalty-gold"]);
    partial.as_object_mut().unwrap().remove("orders");
    partial.as_object_mut().unwrap().remove("orderCount");
    say(&world, &partial);
    let mut nora = agreed(&world);
    nora.enter(&world);
    assert_eq!(nora.home(&world), "Nora gold none", "her tier is known, her orders are not");
    // The whole of it down: signed in all the same, and asked again after the next page.
    world.answer(ME, 500, "{}");
    let mut ben = agreed(&world);
    assert_eq!(ben.enter(&world).status, 200);
    say(&world, &customer(&world, 200, &["subscriber"]));
    assert_eq!(ben.home(&world), " plain none");
    assert_eq!(ben.home(&world), " plain winback", "what the shop said meanwhile");
}

#[test]
fn the_cart_goes_over_and_the_offer_goes_into_it() {
    let world = world();
    let mut nora = agreed(&world);
    nora.post(&world, "/en-gb/cart", "");
    world.answer("/v1/customers/sign-in", 200, r#"{"token":"t","cart":"c2"}"#);
    world.answer("/v1/carts/c2", 200, cart("c2", &[]));
    world.answer("/v1/carts/c2/changes", 200, cart("c2", &["WINBACK10"]));
    nora.enter(&world);
    let given =
        world.sent.borrow().iter().find(|r| r.uri().path().ends_with("sign-in")).unwrap().body().clone();
    assert_eq!(serde_json::from_slice::<Value>(&given).unwrap()["cart"], "c1", "the shop is given it");
    assert_eq!(nora.get(&world, "/en-gb/cart").text, r#"Some(CartId("c2")) Some("WINBACK10")"#);
    let applied = world.sent.borrow().iter().any(|r| r.body().windows(9).any(|w| w == b"WINBACK10"));
    assert!(applied, "what is promised is charged");
}

#[test]
fn a_session_from_before_is_not_signed_in_and_knows_nothing_of_who_is_now() {
    let world = world();
    // Planted by somebody who kept a copy of it.
    let mut planted = agreed(&world);
    let mut nora = planted.clone();
    nora.enter(&world);
    assert_ne!(nora.cookies, planted.cookies, "freshly sealed");
    assert_eq!(nora.home(&world), "Nora gold winback");
    assert_eq!((planted.home(&world).as_str(), profiles(&world)), ("stranger plain none", 1));
    assert_eq!(planted.get(&world, "/en-gb/me").text, "nobody");
}

#[test]
fn a_stranger_s_page_is_everybody_s_and_a_customer_s_is_nobody_else_s() {
    let world = world();
    assert!(Visitor::default().get(&world, "/en-gb/").cache_control.starts_with("public"));
    let mut nora = Visitor::default();
    assert_eq!(nora.enter(&world).cache_control, "private, no-store");
    let home = nora.get(&world, "/en-gb/");
    assert_eq!((home.text.as_str(), home.cache_control.as_str()), ("Nora plain none", "private, no-store"));
    assert_eq!(Visitor::default().home(&world), "stranger plain none", "nothing of her is kept");
    assert_eq!(nora.get(&world, "/en-gb/me").cache_control, "private, no-store");
}
