//! Offers in the cart.

use super::*;
use kit::rehearsal::Script;

fn cart(codes: &[&str]) -> String {
    let codes: Vec<String> =
        codes.iter().map(|code| format!(r#"{{"code":"{code}","active":true}}"#)).collect();
    format!(
        r#"{{"id":"c","lines":[],"quantity":1,"codes":[{}],"subtotal":{{"amount":1000,"currency":"GBP"}},
            "total":{{"amount":1000,"currency":"GBP"}}}}"#,
        codes.join(",")
    )
}

/// Says what the shop answers next, one answer for each call to a cart, and forgets what was asked.
fn next(world: &Rc<World>, carts: &[&[&str]]) {
    world.sent.borrow_mut().clear();
    for codes in carts {
        let answer = Ok((200, cart(codes)));
        world.once("/v1/carts", Script { after: Duration::ZERO, answer });
    }
}

/// What was done to the cart.
fn done(world: &Rc<World>) -> Vec<String> {
    let sent = world.sent.borrow();
    let bodies =
        sent.iter().filter_map(|request| serde_json::from_slice::<serde_json::Value>(request.body()).ok());
    let told = |body: serde_json::Value| {
        let word = |name: &str| body.get(name).and_then(|value| value.as_str()).map(str::to_owned);
        Some([word("do")?, word("code").unwrap_or_default()].join(" ").trim().to_owned())
    };
    bodies.filter_map(told).collect()
}

#[test]
fn the_offer_that_won_goes_into_the_cart_once() {
    let world = world();
    let mut ann = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"]]);
    let added = ann.post(&world, "/en-gb/cart", "");
    assert_eq!((added.status, added.text.as_str()), (200, "WELCOME10"));
    assert_eq!(done(&world), ["add", "apply_code WELCOME10"]);
    next(&world, &[&["WELCOME10"]]);
    assert_eq!(ann.post(&world, "/en-gb/cart", "").text, "WELCOME10");
    assert_eq!(done(&world), ["add"]);
    // A stranger's cart is left as it is.
    next(&world, &[&[], &[]]);
    assert_eq!(Visitor::default().post(&world, "/en-gb/cart", "").text, "");
    assert_eq!(done(&world), ["add"]);
}

#[test]
fn what_no_longer_wins_is_taken_out_and_the_second_order_gets_nothing() {
    let world = world();
    let mut ann = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"]]);
    ann.post(&world, "/en-gb/cart", "");
    world.wait(3_600 * SECOND);
    ann.home(&world);
    world.wait(2 * SECOND);
    next(&world, &[&["WELCOME10"], &[]]);
    assert_eq!(ann.post(&world, "/en-gb/cart", "").text, "", "her second visit");
    assert_eq!(done(&world), ["add", "remove_code WELCOME10"]);

    let mut ben = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"]]);
    ben.post(&world, "/en-gb/cart", "");
    let order = r#"{"id":"o","number":"1","state":"placed","placedAt":"2026-11-21T12:00:00Z","lines":[],"quantity":1,
        "subtotal":{"amount":1000,"currency":"GBP"},"total":{"amount":900,"currency":"GBP"}}"#;
    world.once(
        "/v1/carts/c/checkout",
        Script {
            after: Duration::ZERO,
            answer: Ok((200, format!(r#"{{"kind":"placed","order":{order}}}"#))),
        },
    );
    let ordered = ben.post(&world, "/en-gb/order", "");
    assert_eq!(ordered.status, 200, "{}", ordered.text);
    next(&world, &[&[], &[]]);
    assert_eq!(ben.post(&world, "/en-gb/cart", "").text, "");
    assert_eq!(done(&world), ["add"]);
}

#[test]
fn the_visitor_s_own_codes_and_refusals_are_respected() {
    let world = world();
    let mut ann = agreed(&world);
    next(&world, &[&[], &["GIFT"]]);
    assert_eq!(ann.post(&world, "/en-gb/code", "code=GIFT").text, "GIFT");
    assert_eq!(done(&world), ["apply_code GIFT"], "nothing is put in beside a code that was typed");

    let mut ben = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"]]);
    ben.post(&world, "/en-gb/cart", "");
    next(&world, &[&[]]);
    assert_eq!(ben.post(&world, "/en-gb/code", "code=WELCOME10&remove=1").text, "");
    assert_eq!(done(&world), ["remove_code WELCOME10"], "what he took out is not put in again");
    next(&world, &[&[]]);
    assert_eq!(ben.post(&world, "/en-gb/cart", "").text, "");
    assert_eq!(done(&world), ["add"]);
}

#[test]
fn what_the_cart_does_not_charge_is_not_promised() {
    let world = world();
    let mut ann = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"], &["WELCOME10"]]);
    ann.post(&world, "/en-gb/cart", "");
    assert_eq!(ann.home(&world), "welcome welcome false");
    next(&world, &[&["GIFT"], &["GIFT"]]);
    ann.post(&world, "/en-gb/code", "code=GIFT");
    assert_eq!(ann.home(&world), "welcome none false", "another code took its place");
    next(&world, &[&["WELCOME10"], &["WELCOME10"]]);
    ann.post(&world, "/en-gb/code", "code=WELCOME10");
    assert_eq!(ann.home(&world), "welcome welcome false", "typed is as good");

    let mut ben = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"]]);
    ben.post(&world, "/en-gb/cart", "");
    next(&world, &[&[], &[]]);
    ben.post(&world, "/en-gb/code", "code=WELCOME10&remove=1");
    assert_eq!(ben.home(&world), "welcome none false", "he took it out");
}

#[test]
fn a_code_that_the_shop_refuses_costs_nobody_their_cart() {
    let world = world();
    let mut ann = agreed(&world);
    next(&world, &[&[], &[]]);
    let refused = r#"{"code":"bad_code","title":"no"}"#.to_owned();
    world.once("/v1/carts", Script { after: Duration::ZERO, answer: Ok((422, refused)) });
    let added = ann.post(&world, "/en-gb/cart", "");
    assert_eq!((added.status, added.text.as_str()), (200, ""));
    let said = world.lines.borrow().iter().any(|line| line.contains("WELCOME10"));
    assert!(said, "{:?}", world.lines.borrow());
}

#[test]
fn an_exit_offer_is_granted_once_in_its_time_and_taken_by_its_visitor_alone() {
    let world = world();
    let mut ann = agreed(&world);
    next(&world, &[&[], &[], &["WELCOME10"]]);
    ann.post(&world, "/en-gb/cart", "");
    next(&world, &[&["WELCOME10"]]);
    let grant = ann.post(&world, "/en-gb/leave", "").text;
    assert!(!grant.is_empty());
    world.wait(2 * SECOND);
    next(&world, &[&["WELCOME10"]]);
    assert_eq!(ann.post(&world, "/en-gb/leave", "").text, "", "it rests for a week");
    // Somebody else's, a changed one, and one that is over.
    let take = |visitor: &mut Visitor, grant: &str| visitor.post(&world, &format!("/en-gb/take/{grant}"), "");
    assert_eq!(take(&mut agreed(&world), &grant).text, "bad-code");
    assert_eq!(take(&mut ann, &grant[1..]).text, "bad-code");
    next(&world, &[&["STAY5"]]);
    assert_eq!(take(&mut ann, &grant).text, "STAY5");
    assert_eq!(done(&world), ["apply_code STAY5"]);
    // What was taken stays in with the next change.
    next(&world, &[&["STAY5"]]);
    assert_eq!(ann.post(&world, "/en-gb/cart", "").text, "STAY5");
    assert_eq!(done(&world), ["add"]);
    world.wait(3_700 * SECOND);
    assert_eq!(take(&mut ann, &grant).text, "bad-code");
}
