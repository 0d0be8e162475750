//! What we keep of a Slack user, and where.

use crate::slack::{command, event, told};
use crate::world::World;
use serde_json::Value;

/// A Slack user's session is what we keep of them: consent and offers go by that, not by what Slack's servers send.
#[test]
fn a_slack_user_is_known_by_what_we_keep_of_them() {
    let world = World::new();
    world.rules("[attributes]\n\"visitor.visits\" = \"int\"\n[offer.welcome]\nwhen = 'visitor.visits == 1'\ngive = [\"10% off\"]\n");
    let text = |reply: &Value| reply["blocks"].to_string();
    let (hello, _) = command(&world, "U1", "hello");
    assert!(text(&hello).contains("May I remember you") && !text(&hello).contains("10% off"), "{hello}");
    command(&world, "U1", "remember me");
    let (known, _) = command(&world, "U1", "hello");
    assert!(
        text(&known).contains("For you: 10% off") && !text(&known).contains("May I remember you"),
        "{known}"
    );
    let (other, _) = command(&world, "U2", "hello");
    assert!(!text(&other).contains("10% off"), "what is one user's is no other's");
    let posted = told(&world, &event("E-own", "U1", "hello"));
    assert!(posted[0].2["blocks"].to_string().contains("For you: 10% off"), "{posted:?}");
    command(&world, "U1", "forget me");
    assert!(world.store.borrow().keys().all(|key| !key.starts_with("visitor/")));
    assert!(!text(&command(&world, "U1", "hello").0).contains("10% off"));
}

#[test]
fn a_slack_user_keeps_their_cart_when_the_operator_changes_the_key() {
    let world = World::new();
    command(&world, "U1", "mug");
    command(&world, "U1", "add 3");
    let kept = |world: &World| {
        let store = world.store.borrow();
        store.keys().filter(|key| key.starts_with("own/chat/slack:")).cloned().collect::<Vec<_>>()
    };
    let before = kept(&world);
    world.set("session_key", "another");
    world.set("session_key_former", "key");
    world.passed.set(60);
    assert!(command(&world, "U1", "my basket").0["text"].as_str().unwrap().contains("3 items"));
    command(&world, "U1", "add it");
    let after = kept(&world);
    assert!(before.len() == 1 && after.len() == 1 && before != after, "it has moved: {before:?} {after:?}");
    world.set("session_key_former", "");
    assert!(command(&world, "U1", "my basket").0["text"].as_str().unwrap().contains("4 items"));
    assert!(command(&world, "U2", "my basket").0["text"].as_str().unwrap().contains("Your basket is empty"));
    world.set("session_key", "a third");
    assert!(command(&world, "U1", "my basket").0["text"].as_str().unwrap().contains("Your basket is empty"));
}
