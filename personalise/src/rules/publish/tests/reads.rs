//! What decides, and the key of what is shown.

use super::*;

const RULES: &str = r#""product.price" = "money"
"visitor.city" = "string"
[audience.rich]
when = 'cart.total > money("GBP", 100)'
[audience.known]
when = 'audience.rich || has(member)'
[offer.a]
audience = "known"
give = ["5% off"]
slot = "top"
[offer.b]
give = ["GBP 5 off", { free_shipping_from = "GBP 30" }]
slot = "top"
priority = -1
[offer.c]
when = 'orders == 0'
give = ["free shipping"]
slot = "side"
excludes = ["d"]
code = "C"
[offer.d]
when = 'country == "DE"'
give = ["1% off"]
slot = "foot"
[slot.hero]
show = [{ when = 'country == "DE"', content = "rain" }, { content = "sun" }]
[slot.plain]
show = [{ content = "x" }]
[experiment.first]
when = 'visits > 1'
variants = { a = 1, b = 1 }
[experiment.second]
slot = "plain"
requires = [{ experiment = "first", arm = "a" }]
variants = { a = 0, b = 1 }
show = { b = "y" }
[experiment.third]
hash = "visitor.city"
variants = { a = 1, b = 1 }
[recommend.r]
at = ["product"]
model = "looks"
filter = 'item.price < product.price && item.in_stock'
"#;

#[test]
fn rules_know_what_they_read() {
    let rules = rules(RULES);
    for (prefix, read) in [
        ("cart.", true),
        ("cart.total", true),
        ("cart.items", false),
        ("visits", true),
        ("product.", true),
        ("visitor.", true),
        ("item.", false),
        ("geo.", false),
        ("member", true),
    ] {
        assert_eq!(rules.reads(prefix), read, "{prefix}");
    }
    assert!(!super::rules("").reads(""), "no rule reads anything");
    for (places, groups) in [
        (&["top"][..], &["cart", "member"][..]),
        (&["side"], &["orders", "country"]),
        (&["foot"], &["orders", "country"]),
        (&["hero"], &["country"]),
        (&["plain"], &["visits"]),
        (&["first"], &["visits"]),
        (&["third"], &["visitor"]),
        (&["product"], &["product"]),
        (&["r", "hero"], &["product", "country"]),
        (&["nowhere"], &[]),
        (&[], &[]),
    ] {
        let all = ["cart", "country", "member", "orders", "product", "visitor", "visits", "item"];
        let read: Vec<_> = all.into_iter().filter(|group| rules.reads_at(places, group)).collect();
        let mut expected = groups.to_vec();
        expected.sort();
        assert_eq!(read, expected, "{places:?}");
    }
    assert!(rules.reads_at(&["top"], "cart."));
}

#[test]
fn groups_beyond_counting_are_taken_as_read() {
    let many: String = (0..100).map(|n| format!("\"g{n:02}.a\" = \"int\"\n")).collect();
    let rules = rules(&format!(
        "{many}[slot.s]\nshow = [{{ when = 'g99.a == 1', content = 'a' }}, {{ content = 'b' }}]\n"
    ));
    assert!(rules.reads_at(&["s"], "g99") && !rules.reads_at(&["s"], "g00"));
    assert!(rules.reads("g99.") && !rules.reads("g98."));
}

#[test]
fn what_is_shown_is_the_key() {
    let rules = rules(RULES);
    let key = |given: &[(&str, Raw)], forced: &[(&str, &str)], places: &[&str]| {
        let known = values(&rules, given);
        let visit = Visit { id: Some("v"), forced, ..visit(&known) };
        decide(&rules, &visit).key(&rules, places)
    };
    let from = |country: &str| [("country", Raw::Text(country.to_owned()))];
    let (german, french, swiss) = (from("DE"), from("FR"), from("CH"));
    let all = ["hero", "plain", "top", "side", "foot", "first"];
    assert_eq!(key(&french, &[], &all), key(&swiss, &[], &all), "the same is shown");
    assert_ne!(key(&german, &[], &["hero"]), key(&french, &[], &["hero"]));
    assert_eq!(key(&german, &[], &["top", "plain"]), key(&french, &[], &["top", "plain"]));
    assert_ne!(key(&[], &[], &["hero", "top"]), key(&[], &[], &["top", "hero"]));
    assert_ne!(key(&[], &[("second", "a")], &["plain"]), key(&[], &[("second", "b")], &["plain"]));
    assert_ne!(key(&[], &[("first", "a")], &["first"]), key(&[], &[("first", "b")], &["first"]));
    assert_ne!(key(&[], &[], &["top"]), key(&[("member", Raw::Bool(true))], &[], &["top"]));
    assert_ne!(
        key(&[("orders", Raw::Int(0))], &[], &["side"]),
        key(&[("orders", Raw::Int(1))], &[], &["side"])
    );
    // A key that was made elsewhere, of the same rules: it may not change with the build.
    assert_eq!(key(&german, &[("second", "b")], &all), 15813977877434755114);
    // What an offer gives is part of it.
    for (wider, than) in [
        ("GBP 5 off", "GBP 6 off"),
        ("GBP 5 off", "EUR 5 off"),
        ("GBP 30", "GBP 31"),
        ("slot = \"top\"\npriority", "slot = \"top\"\ncode = \"B\"\npriority"),
    ] {
        let other = super::rules(&RULES.replace(wider, than));
        let known = values(&other, &[]);
        assert_ne!(decide(&other, &visit(&known)).key(&other, &["top"]), key(&[], &[], &["top"]), "{wider}");
    }
}
