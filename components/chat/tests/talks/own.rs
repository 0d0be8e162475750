//! What is the visitor's own: offers by the rules, consent, and what is offered to whoever leaves.

use crate::browser::{Browser, schema};
use crate::golden::render;
use crate::world::World;
use serde_json::{Value, json};
use std::rc::Rc;

const RULES: &str = r#"
[attributes]
"cart.total" = "money"
"visitor.visits" = "int"

[offer.welcome]
when = 'visitor.visits == 1'
give = ["10% off", { free_shipping_from = "GBP 30" }]
[offer.stay]
on = "exit_intent"
slot = "exit"
when = 'cart.total > money("GBP", 0)'
give = ["5% off"]
code = "STAY5"
"#;

/// Rules that ask who the visitor is, and give nobody anything.
const ASKING: &str = "[attributes]\n\"visitor.visits\" = \"int\"\n[slot.nowhere]\n\
    show = [{ when = 'visitor.visits > 1', content = 'a' }, { content = 'b' }]\n";

const MINUTE: i64 = 60;

fn world() -> Rc<World> {
    let world = World::new();
    world.rules(RULES);
    world
}

fn asking() -> Rc<World> {
    let world = World::new();
    world.rules(ASKING);
    world
}

/// Whether a sealed profile of anybody lies in the store.
fn profiles(world: &World) -> usize {
    world.store.borrow().keys().filter(|key| key.starts_with("visitor/")).count()
}

/// What a button of a reply means, by its label.
fn button(reply: &Value, label: &str) -> Option<Value> {
    let parts = reply["parts"].as_array().unwrap().iter();
    let mut buttons = parts.flat_map(|part| part["buttons"].as_array().into_iter().flatten());
    buttons.find(|button| button["label"] == label).map(|button| button["action"].clone())
}

fn say(browser: &mut Browser, text: &str) -> Value {
    send(browser, &json!({ "text": text }))
}

fn send(browser: &mut Browser, message: &Value) -> Value {
    let (status, reply) = browser.send(message);
    assert_eq!(status, 200, "{reply}");
    assert!(schema().is_valid(&reply), "{reply}");
    reply
}

fn offers(reply: &Value) -> bool {
    button(reply, "Take it off my basket").is_some()
}

#[test]
fn who_is_not_known_is_asked_and_sees_no_offer() {
    for text in ["hello", "mug", "add it", "what is in my basket", "the first one", "thanks"] {
        let in_world = |world: fn() -> Rc<World>| {
            let mut browser = Browser::new(world(), "en-gb");
            say(&mut browser, "mug");
            render(&say(&mut browser, text))
        };
        assert_eq!(in_world(asking), in_world(world), "{text}");
    }
    let unasked = say(&mut Browser::new(World::new(), "en-gb"), "hello");
    assert_eq!(button(&unasked, "Remember me"), None, "nothing depends on who it is");
    let hello = say(&mut Browser::new(asking(), "en-gb"), "hello");
    assert_eq!(button(&hello, "Remember me"), Some(json!({ "do": "remember" })));
    assert_eq!(button(&hello, "No, thank you"), Some(json!({ "do": "forget" })));
}

#[test]
fn what_is_given_is_said_in_the_greeting_with_goods_and_in_the_basket() {
    let mut browser = Browser::new(world(), "en-gb");
    let said = render(&say(&mut browser, "remember me"));
    assert!(said.contains("I will remember you."), "{said}");
    let line = "For you: 10% off and free delivery from £30.00. It comes off in your basket by itself.";
    let hello = say(&mut browser, "hello");
    assert!(render(&hello).contains(line), "{hello}");
    assert_eq!(button(&hello, "Remember me"), None, "nobody is asked twice");
    say(&mut browser, "mug");
    let product = render(&say(&mut browser, "the first one"));
    assert!(product.contains(line), "{product}");
    say(&mut browser, "add it");
    // £14 of £30.
    let cart = render(&say(&mut browser, "my basket"));
    assert!(
        cart.contains(
            "For you: 10% off and free delivery from £30.00. Add £16.00 more, and delivery is free."
        ),
        "{cart}"
    );
    // What is meant for pounds is not told in euros.
    let german = render(&say(&mut browser, "Zeigen Sie mir bitte meinen Warenkorb"));
    assert!(
        german.contains("Für Sie: 10\u{a0}% Rabatt. Der Abzug steht von selbst in Ihrem Warenkorb."),
        "{german}"
    );
    assert!(!german.contains('£'), "{german}");
}

#[test]
fn consent_is_given_and_taken_back_in_three_languages() {
    for (market, remember, forget) in [
        ("en-gb", "remember me", "forget me"),
        ("de-de", "Merken Sie sich mich bitte", "Vergessen Sie mich"),
        ("ar-gb", "تذكّرني", "انسني"),
    ] {
        let world = world();
        let mut browser = Browser::new(world.clone(), market);
        say(&mut browser, remember);
        assert_eq!(profiles(&world), 1, "{market}");
        say(&mut browser, forget);
        assert_eq!(profiles(&world), 0, "{market}");
        let parts = say(&mut browser, "hello")["parts"].as_array().unwrap().len();
        assert_eq!(parts, 2, "a no counts too: nobody is asked twice");
    }
    let world = world();
    let mut browser = Browser::new(world.clone(), "en-gb");
    send(&mut browser, &json!({ "action": { "do": "remember" } }));
    assert_eq!(profiles(&world), 1);
    send(&mut browser, &json!({ "action": { "do": "forget" } }));
    assert_eq!(profiles(&world), 0);
}

#[test]
fn who_says_goodbye_or_comes_back_to_a_full_basket_is_offered_something_once() {
    for goodbye in ["bye", "thanks, see you later"] {
        let mut browser = Browser::new(world(), "en-gb");
        assert!(!offers(&say(&mut browser, goodbye)), "there is nothing to leave behind");
        say(&mut browser, "mug");
        say(&mut browser, "add it");
        let bye = say(&mut browser, goodbye);
        assert!(render(&bye).starts_with("  A pleasure."), "{bye}");
        assert!(render(&bye).contains("there is something for you today: 5% off."), "{bye}");
        assert_eq!(bye.to_string().matches("take").count(), 1, "{bye}");
        assert!(!offers(&say(&mut browser, "thanks")));
    }
    let world = world();
    let mut browser = Browser::new(world.clone(), "en-gb");
    say(&mut browser, "mug");
    say(&mut browser, "add it");
    world.passed.set(9 * MINUTE);
    assert!(!offers(&say(&mut browser, "mug")), "nine minutes are a cup of tea");
    world.passed.set(19 * MINUTE);
    let back = say(&mut browser, "mug");
    assert!(offers(&back), "{back}");
    assert!(render(&back).contains("Saltmarsh mug"), "what was asked for comes first: {back}");
    assert!(!offers(&say(&mut browser, "mug")), "they are here now");
    say(&mut browser, "remove the mug");
    world.passed.set(60 * MINUTE);
    assert!(!offers(&say(&mut browser, "mug")), "the basket is empty");
}

#[test]
fn what_is_offered_can_be_taken_by_whom_it_was_offered() {
    let world = world();
    let mut browser = Browser::new(world.clone(), "en-gb");
    say(&mut browser, "mug");
    say(&mut browser, "add it");
    let take = button(&say(&mut browser, "bye"), "Take it off my basket").unwrap();
    let taken = render(&send(&mut browser, &json!({ "action": take })));
    assert!(taken.starts_with("  Done. It comes off your basket."), "{taken}");
    assert_eq!(world.shop.borrow().codes, [json!("STAY5")]);
    // Neither what was made up nor, an hour later, what was granted.
    for (action, passed) in [(json!({ "do": "take", "grant": "x" }), 0), (take, 60 * MINUTE)] {
        world.passed.set(passed);
        let refused = render(&send(&mut browser, &json!({ "action": action })));
        assert!(refused.contains("That code does not work for this basket."), "{refused}");
    }
    assert_eq!(world.shop.borrow().codes.len(), 1);
    // What was granted to a stranger is none of a known visitor's.
    world.passed.set(0);
    let stranger = button(&say(&mut browser, "bye"), "Take it off my basket").unwrap();
    say(&mut browser, "remember me");
    assert!(render(&send(&mut browser, &json!({ "action": stranger }))).contains("That code does not work"));
    let (status, _) = browser.send(&json!({ "action": { "do": "take" } }));
    assert_eq!(status, 400);
}

#[test]
fn the_page_greets_with_what_is_given_and_asks() {
    let page = |world: &Rc<World>, cookie: Option<&String>| {
        let mut request = http::Request::get("/chat/?market=en-gb").header("host", "shop.example.com");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let answer = world.handle(request.body(bytes::Bytes::new()).unwrap());
        assert_eq!(answer.headers()["cache-control"].to_str().unwrap(), "no-store");
        String::from_utf8(answer.body().to_vec()).unwrap()
    };
    let world = world();
    let asked = page(&world, None);
    assert!(
        asked.contains("May I remember you") && asked.contains("Remember me") && !asked.contains("For you")
    );
    let mut browser = Browser::new(world.clone(), "en-gb");
    say(&mut browser, "remember me");
    let greeted = page(&world, browser.cookie.as_ref());
    assert!(greeted.contains("For you: 10% off") && !greeted.contains("May I remember you"));
}
