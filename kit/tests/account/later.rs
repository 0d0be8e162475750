//! After the sign-in: asked again now and then, ended, and left.

use super::*;
use kit::rehearsal::Script;

#[test]
fn the_shop_is_asked_again_once_a_day_and_never_while_a_page_waits() {
    let world = world();
    let mut nora = agreed(&world);
    nora.enter(&world);
    assert_eq!(asked(&world, ME), 1);
    for _ in 0..5 {
        nora.home(&world);
        world.wait(HOUR);
    }
    assert_eq!(asked(&world, ME), 1);
    world.wait(20 * HOUR);
    say(&world, &customer(&world, 3, &["subscriber"]));
    assert_eq!(nora.home(&world), "Nora gold winback", "as it was known");
    assert_eq!((asked(&world, ME), nora.home(&world).as_str()), (2, "Nora plain none"));
    world.wait(2 * SECOND);
    nora.home(&world);
    assert_eq!(asked(&world, ME), 2);
}

#[test]
fn a_shop_in_trouble_is_not_asked_by_every_page_and_what_is_known_stays() {
    let world = world();
    let mut nora = agreed(&world);
    nora.enter(&world);
    world.wait(25 * HOUR);
    world.answer(ME, 503, "");
    for _ in 0..5 {
        assert_eq!(nora.home(&world), "Nora gold winback");
        world.wait(2 * SECOND);
    }
    let tries = asked(&world, ME) - 1;
    assert!((1..=3).contains(&tries), "one question with its repeats, not five: {tries}");
}

#[test]
fn an_offer_is_used_once_and_an_order_makes_the_shop_be_asked() {
    let world = world();
    let mut nora = agreed(&world);
    nora.enter(&world);
    world.answer("/v1/carts/c1/changes", 200, cart("c1", &["WINBACK10"]));
    nora.post(&world, "/en-gb/cart", "");
    assert_eq!(nora.home(&world), "Nora gold winback");
    let placed = json!({"kind": "placed", "order": order(&world, 0)}).to_string();
    world.answer("/v1/carts/c1/checkout", 200, placed);
    // The shop has not got round to it yet.
    let before = asked(&world, ME);
    assert_eq!(nora.post(&world, "/en-gb/order", "").status, 200);
    assert_eq!(asked(&world, ME), before + 1, "there is news of her");
    assert_eq!(nora.home(&world), "Nora gold none", "used, and no longer lapsed");
    let counted: Vec<_> =
        profile(&world).into_iter().filter(|f| f.name == "visitor.ordered" && f.counts).collect();
    assert_eq!(counted.iter().map(|f| f.source.as_str()).collect::<Vec<_>>(), ["own"]);
}

#[test]
fn who_signs_out_leaves_nothing_of_a_customer_behind() {
    let world = world();
    let mut nora = agreed(&world);
    nora.enter(&world);
    nora.post(&world, "/en-gb/cart", "");
    assert_eq!(nora.post(&world, "/en-gb/sign-out", "").status, 200);
    assert_eq!(nora.home(&world), "stranger plain none");
    assert_eq!(nora.get(&world, "/en-gb/cart").text, "None None", "it is the customer's");
    assert!(profile(&world).iter().all(|field| field.source == "own"));
    assert_eq!(nora.get(&world, "/en-gb/me").text, "nobody");
    // Once more, as a double click does: now it is a stranger's cart, and stays.
    nora.post(&world, "/en-gb/cart", "");
    nora.post(&world, "/en-gb/sign-out", "");
    assert_eq!(nora.get(&world, "/en-gb/cart").text, r#"Some(CartId("c1")) None"#);
    // The next one at the same screen.
    say(&world, &customer(&world, 12, &["loyalty-silver"]));
    nora.enter(&world);
    assert_eq!(nora.home(&world), "Nora plain none");
}

#[test]
fn somebody_else_who_signs_in_is_not_taken_for_the_one_before() {
    let world = world();
    let mut visitor = agreed(&world);
    visitor.enter(&world);
    assert_eq!(visitor.home(&world), "Nora gold winback");
    world.once(ME, Script { after: Duration::ZERO, answer: Ok((500, String::new())) });
    visitor.enter(&world);
    assert_eq!(visitor.home(&world), " plain none", "of this one nothing is known yet");
}

#[test]
fn a_sign_in_that_is_over_takes_nothing_else_along() {
    let world = world();
    let mut nora = agreed(&world);
    nora.post(&world, "/en-gb/cart", "");
    nora.enter(&world);
    world.answer(ME, 404, r#"{"code":"not_found","status":404,"title":"no","subject":"customer"}"#);
    let told = nora.get(&world, "/en-gb/me");
    assert_eq!((told.status, told.text.as_str()), (200, "nobody"));
    assert_eq!(nora.home(&world), "stranger gold winback", "she is still who she is to this browser");
    assert!(nora.get(&world, "/en-gb/cart").text.starts_with(r#"Some(CartId("c1"))"#));
}

#[test]
fn a_store_that_fails_at_the_sign_out_keeps_nobody_signed_in() {
    let world = world();
    let mut nora = agreed(&world);
    nora.enter(&world);
    world.store_fails.set(true);
    assert_eq!(nora.post(&world, "/en-gb/sign-out", "").status, 200);
    world.store_fails.set(false);
    world.wait(2 * SECOND);
    assert_eq!(nora.home(&world), "stranger plain none", "what could not be erased is not found any more");
}
