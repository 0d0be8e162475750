//! Products beside those of a page.

use super::*;

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
