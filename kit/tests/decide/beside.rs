//! Products beside those of a page.

use super::*;
use kit::rehearsal::Script;

fn card(slug: &str, pence: u32) -> String {
    format!(
        r#"{{"id":"id-{slug}","slug":"{slug}","name":"{slug}","summary":"","stock":"in_stock",
            "price":{{"current":{{"amount":{pence},"currency":"GBP"}}}}}}"#
    )
}

/// A shop that relates a hat, a scarf and gloves to a coat, with these recommendations.
fn with(rules: &str) -> Rc<World> {
    let world = world();
    let related = [card("hat", 1_000), card("scarf", 2_000), card("gloves", 3_000)].join(",");
    world.answer("/v1/products/by-id/1/related", 200, format!("[{related}]"));
    let umbrella = r#"{"id":"id-umbrella","slug":"umbrella","name":"Umbrella","variants":[{"id":"u","sku":"u",
        "choices":[],"price":{"current":{"amount":500,"currency":"GBP"}},"stock":{"level":"in_stock"}}]}"#;
    world.answer("/v1/products/umbrella", 200, umbrella);
    publish(&world, &format!("[attributes]\n\"visitor.visits\" = \"int\"\n{rules}"));
    world
}

const COAT: &str = "/en-gb/beside/coat";

/// How often the shop was asked what it relates to the coat.
fn related(world: &Rc<World>) -> usize {
    world.sent.borrow().iter().filter(|request| request.uri().path().ends_with("/related")).count()
}

#[test]
fn a_kept_answer_recommends_what_is_meant_for_whoever_asks() {
    for (what, rules) in [
        (
            "which is chosen",
            r#"[recommend.first]
                at = ["product"]
                when = 'visitor.visits == 1'
                model = "related"
                pin = [{ product = "umbrella" }]
                limit = 1
                [recommend.rest]
                at = ["product"]
                model = "related"
                limit = 1"#,
        ),
        (
            "what is pinned",
            r#"[recommend.all]
                at = ["product"]
                model = "related"
                pin = [{ when = 'visitor.visits == 1', product = "umbrella" }]
                limit = 1"#,
        ),
        (
            "what is filtered",
            r#"[recommend.all]
                at = ["product"]
                model = "related"
                filter = 'item.price > money("GBP", 5) || visitor.visits == 1'
                pin = [{ product = "umbrella" }]
                limit = 1"#,
        ),
    ] {
        let world = with(rules);
        assert_eq!(Visitor::default().get(&world, COAT).text, "hat false", "{what}");
        assert_eq!(agreed(&world).get(&world, COAT).text, "umbrella false", "{what}");
        let (other, known) = (Visitor::default().get(&world, COAT), agreed(&world).get(&world, COAT));
        assert_eq!((other.text.as_str(), other.is_kept), ("hat false", true), "{what}");
        assert_eq!((known.text.as_str(), known.is_kept), ("umbrella false", true), "{what}");
    }
}

#[test]
fn the_shop_is_asked_once_what_it_relates() {
    let rule = |more: &str| format!("[recommend.all]\nat = [\"product\"]\n{more}");
    let world = with(&rule(
        "model = \"goes-with\"\nfallback = \"related\"\nfilter = 'item.price > money(\"GBP\", 25)'",
    ));
    assert_eq!(Visitor::default().get(&world, COAT).text, "gloves false");
    assert_eq!(related(&world), 1);
    // What the rules refuse does not come in by another door.
    let world = with(&rule("model = \"related\"\nfilter = 'item.price > money(\"GBP\", 99)'"));
    assert_eq!(Visitor::default().get(&world, COAT).text, " false");
    assert_eq!(related(&world), 1);
    for none in [
        "model = \"goes-with\"",
        "model = \"looks\"\nfallback = \"goes-with\"",
        "model = \"related\"\nwhen = 'false'",
    ] {
        let world = with(&rule(none));
        assert_eq!(
            (Visitor::default().get(&world, COAT).text.as_str(), related(&world)),
            (" true", 0),
            "{none}"
        );
    }
}

/// The visitor orders hats and whatever else has such an id.
fn order(world: &Rc<World>, visitor: &mut Visitor, ids: &[&str]) {
    let money = r#"{"amount":1000,"currency":"GBP"}"#;
    let line = |id: &&str| {
        format!(
            r#"{{"id":"l","product":"{id}","slug":"x","variant":"v","name":"X","choices":"","quantity":1,
                "price":{{"current":{money}}},"total":{money}}}"#
        )
    };
    let lines: Vec<String> = ids.iter().map(line).collect();
    let sums = format!(r#""lines":[{}],"quantity":1,"subtotal":{money},"total":{money}"#, lines.join(","));
    let answers = |path: &str, answer: String| {
        world.once(path, Script { after: Duration::ZERO, answer: Ok((200, answer)) });
    };
    let cart = format!(r#"{{"id":"c","codes":[],{sums}}}"#);
    answers("/v1/carts", cart.clone());
    answers("/v1/carts", cart);
    assert_eq!(visitor.post(world, "/en-gb/cart", "").status, 200);
    let placed =
        format!(r#"{{"id":"o","number":"1","state":"placed","placedAt":"2026-11-21T12:00:00Z",{sums}}}"#);
    answers("/v1/carts/c/checkout", format!(r#"{{"kind":"placed","order":{placed}}}"#));
    let ordered = visitor.post(world, "/en-gb/order", "");
    assert_eq!(ordered.status, 200, "{}", ordered.text);
}

const ALL: &str =
    "[recommend.all]\nat = [\"product\"]\nmodel = \"related\"\npin = [{ product = \"umbrella\" }]\n";

#[test]
fn what_a_known_visitor_bought_is_not_recommended_to_them_until_they_are_forgotten() {
    let world = with(ALL);
    let mut ann = agreed(&world);
    let all = "umbrella,hat,scarf,gloves false";
    assert_eq!(ann.get(&world, COAT).text, all);
    order(&world, &mut ann, &["id-umbrella", "id-scarf"]);
    let hers = ann.get(&world, COAT);
    assert_eq!((hers.text.as_str(), hers.is_kept), ("hat,gloves false", false));
    assert_eq!(hers.cache_control, "private, no-store");
    assert!(!ann.get(&world, COAT).is_kept, "it is nobody's but hers");
    order(&world, &mut ann, &["id-hat"]);
    assert_eq!(ann.get(&world, COAT).text, "gloves false", "what came before is not forgotten");
    // Others are shown all of it, and given what others were.
    let others = agreed(&world).get(&world, COAT);
    assert_eq!((others.text.as_str(), others.is_kept), (all, true));
    // Her browser may forbid it, and she may be forgotten.
    ann.headers = vec![("sec-gpc", "1".to_owned())];
    assert_eq!(ann.get(&world, COAT).text, all);
    ann.headers.clear();
    ann.post(&world, "/en-gb/agree", "purposes=none");
    assert_eq!(ann.get(&world, COAT).text, all);
    ann.post(&world, "/en-gb/agree", "purposes=all");
    assert_eq!(ann.get(&world, COAT).text, all);
}

#[test]
fn what_a_stranger_bought_is_not_kept_even_when_they_agree_later() {
    let world = with(ALL);
    let mut ben = Visitor::default();
    order(&world, &mut ben, &["id-umbrella"]);
    assert!(!world.store.borrow().keys().any(|key| key.starts_with("visitor/")));
    ben.post(&world, "/en-gb/agree", "purposes=all");
    assert!(ben.get(&world, COAT).text.starts_with("umbrella,"));
}

#[test]
fn what_is_used_up_may_come_again() {
    let world = with(&format!("{ALL}repeat = true\n"));
    let mut ann = agreed(&world);
    order(&world, &mut ann, &["id-umbrella", "id-hat"]);
    assert_eq!(ann.get(&world, COAT).text, "umbrella,hat,scarf,gloves false");
    assert!(agreed(&world).get(&world, COAT).is_kept, "it is the same for others");
}
