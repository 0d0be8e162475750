//! What the rules recommend beside a product and a basket, said in three languages.

use crate::browser::Browser;
use crate::world::World;
use std::rc::Rc;

const RULES: &str = r#"
[attributes]
"product.slug" = "string"
"visitor.visits" = "int"

[recommend.product]
at = ["product"]
when = 'product.slug != "nine"'
model = "looks"
pin = [{ product = "mug" }, { product = "wool" }, { product = "basket" }, { product = "short" }, { product = "nine" }]
[recommend.cart]
at = ["cart"]
model = "looks"
pin = [{ product = "mug" }, { product = "short" }]
"#;

fn world() -> Rc<World> {
    let world = World::new();
    world.rules(RULES);
    world
}

#[test]
fn products_stand_beside_a_product_and_the_second_one_is_one_of_them() {
    let mut browser = Browser::new(world(), "en-gb");
    browser.say("trench");
    let shown = browser.say("the first one");
    // The wool trench is sold out, and three are enough.
    let beside = "  Goes well with it:
  * Saltmarsh mug — £14.00 (Made well.) [Details] [Add to basket]
  * Picnic basket — £59.00 (Made well.) [Details] [Add to basket]
  * Arcade short trench — £149.00 (Made well. / Only a few left) [Details] [Add to basket]
";
    assert!(shown.starts_with("  * Harbour trench coat") && shown.ends_with(beside), "{shown}");
    assert!(browser.say("the second one").starts_with("  * Picnic basket"));
    let mut browser = Browser::new(world(), "en-gb");
    browser.say("trench");
    browser.say("the first one");
    assert!(browser.say("add it").contains("Harbour trench coat – please choose"), "it is what is talked of");
}

#[test]
fn products_stand_beside_a_basket_before_the_way_out() {
    for (market, show, said) in [
        ("en-gb", "what is in my basket", "Goes well with your basket:\n  * Arcade short trench"),
        ("de-de", "Was ist in meinem Warenkorb", "Passt zu Ihrem Warenkorb:\n  * Kurzer Trenchcoat Arcade"),
        ("ar-gb", "ماذا في سلتي", "يناسب ما في سلتك:\n  * معطف الرواق المطري القصير"),
    ] {
        let mut browser = Browser::new(world(), market);
        let action = serde_json::json!({ "do": "add", "variant": "mug-1", "quantity": 1 });
        browser.send(&serde_json::json!({ "action": action }));
        let cart = browser.say(show);
        assert!(cart.contains(said), "{cart}");
        assert_eq!(cart.matches("\n  * ").count(), 1, "the mug is in the basket: {cart}");
        assert!(cart.lines().last().unwrap().starts_with("  ["), "{cart}");
    }
}

#[test]
fn where_nothing_is_recommended_nothing_changes() {
    let turns = ["corvane nine", "the first one", "add it", "what is in my basket", "remove it"];
    let said = |rules: Option<&str>| {
        let world = World::new();
        rules.into_iter().for_each(|rules| world.rules(rules));
        let mut browser = Browser::new(world, "en-gb");
        turns.map(|turn| browser.say(turn))
    };
    let (for_products, _) = RULES.split_once("[recommend.cart]").unwrap();
    assert_eq!(said(None), said(Some(for_products)));
    assert_ne!(said(None), said(Some(RULES)));
}

#[test]
fn a_shop_that_fails_costs_only_what_stands_beside() {
    let world = world();
    let mut browser = Browser::new(world.clone(), "en-gb");
    browser.say("mug");
    world.rules(&RULES.replace("product = \"", "product = \"no-"));
    world.passed.set(60);
    let shown = browser.say("the first one");
    assert!(shown.starts_with("  * Saltmarsh mug") && !shown.contains("Goes well"), "{shown}");
}
