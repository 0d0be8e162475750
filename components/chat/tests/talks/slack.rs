//! Slack, signed as Slack signs.

use crate::world::{NOW, Network, SECRET, World};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use std::rc::Rc;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

fn signature(secret: &str, time: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("v0:{time}:{body}").as_bytes());
    let digits: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v0={digits}")
}

fn at(seconds: i64) -> String {
    (NOW.parse::<Timestamp>().unwrap().as_second() + seconds).to_string()
}

fn request(door: &str, media: &str, body: &str, headers: &[(&str, &str)]) -> http::Request<Bytes> {
    let mut request = http::Request::post(format!("/chat/slack/{door}"))
        .header("content-type", media)
        .header("spin-full-url", "https://shop.example.com/chat/slack/x");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

fn send(
    world: &Rc<World>,
    door: &str,
    media: &str,
    body: &str,
    headers: &[(&str, &str)],
) -> (u16, Value, http::HeaderMap) {
    let answer = world.handle(request(door, media, body, headers));
    let value = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
    (answer.status().as_u16(), value, answer.headers().clone())
}

fn signed(world: &Rc<World>, door: &str, media: &str, body: &str) -> (u16, Value, http::HeaderMap) {
    let (time, signed) = (at(0), signature(SECRET, &at(0), body));
    send(world, door, media, body, &[("x-slack-request-timestamp", &time), ("x-slack-signature", &signed)])
}

pub(super) fn event(id: &str, user: &str, text: &str) -> Value {
    json!({
        "type": "event_callback", "team_id": "T1", "event_id": id,
        "event": { "type": "message", "channel_type": "im", "user": user, "text": text, "channel": "D1", "ts": "1.2" }
    })
}

/// What Slack got for an event.
pub(super) fn told(world: &Rc<World>, event: &Value) -> Vec<(String, Option<String>, Value)> {
    let (status, ..) = signed(world, "events", JSON, &event.to_string());
    assert_eq!(status, 200);
    world.run();
    world.slack.borrow_mut().drain(..).collect()
}

pub(super) fn command(world: &Rc<World>, user: &str, text: &str) -> (Value, http::HeaderMap) {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("team_id", "T1"), ("user_id", user), ("text", text), ("command", "/finch")])
        .finish();
    let (status, value, headers) = signed(world, "commands", FORM, &body);
    assert_eq!(status, 200, "{value}");
    (value, headers)
}

fn press(world: &Rc<World>, user: &str, trigger: &str, value: &str, response_url: &str) -> u16 {
    let payload = json!({
        "type": "block_actions", "user": { "id": user }, "team": { "id": "T1" }, "trigger_id": trigger,
        "response_url": response_url, "actions": [{ "action_id": "say-1", "value": value }]
    });
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("payload", payload.to_string())])
        .finish();
    let (status, ..) = signed(world, "interactions", FORM, &body);
    world.run();
    status
}

#[test]
fn the_address_is_verified() {
    let body = json!({ "type": "url_verification", "challenge": "3eZbrw1a" }).to_string();
    let (status, value, _) = signed(&World::new(), "events", JSON, &body);
    assert_eq!((status, value), (200, json!({ "challenge": "3eZbrw1a" })));
}

/// Forged, stale and unsigned: 401 that tells nothing, and no effect. The control is signed alike.
#[test]
fn only_slack_itself_is_heard() {
    let world = World::new();
    let body = event("E0", "U1", "mug").to_string();
    let good = signature(SECRET, &at(0), &body);
    let cases: &[(Option<String>, Option<String>)] = &[
        (None, None),
        (Some(at(0)), None),
        (None, Some(good.clone())),
        (Some(at(0)), Some(signature("another secret", &at(0), &body))),
        (Some(at(0)), Some(signature(SECRET, &at(0), "{}"))),
        (Some(at(1)), Some(good.clone())),
        (Some(at(-301)), Some(signature(SECRET, &at(-301), &body))),
        (Some(at(301)), Some(signature(SECRET, &at(301), &body))),
        (Some("x".into()), Some(good.clone())),
    ];
    for (door, (time, signature)) in
        ["events", "commands", "interactions"].iter().flat_map(|d| cases.iter().map(move |c| (d, c)))
    {
        let time = time.iter().map(|time| ("x-slack-request-timestamp", time.as_str()));
        let headers: Vec<_> =
            time.chain(signature.iter().map(|s| ("x-slack-signature", s.as_str()))).collect();
        let (status, value, _) = send(&world, door, JSON, &body, &headers);
        assert_eq!((status, value), (401, json!({ "error": "unauthorized" })), "{door} {headers:?}");
    }
    assert_eq!(world.run(), 0);
    assert!(world.logged("check slack_signing_secret") && world.logged("five minutes"));
    for seconds in [-300, 300] {
        let time = at(seconds);
        let signed = signature(SECRET, &time, &body);
        let headers = [("x-slack-request-timestamp", time.as_str()), ("x-slack-signature", &signed)];
        assert_eq!(send(&world, "events", JSON, &body, &headers).0, 200);
    }
}

#[test]
fn without_a_secret_the_webhook_is_off_and_the_operator_is_told() {
    let world = World::new();
    world.set("slack_signing_secret", "");
    let body = event("E1", "U1", "mug").to_string();
    let forged = signature("", &at(0), &body);
    let time = at(0);
    let headers = [("x-slack-request-timestamp", time.as_str()), ("x-slack-signature", &forged)];
    let (status, value, _) = send(&world, "events", JSON, &body, &headers);
    assert_eq!((status, value), (503, json!({ "error": "not-configured" })));
    assert!(world.logged("slack_signing_secret is empty"));
    assert_eq!(world.run(), 0);
}

#[test]
fn a_message_is_acknowledged_first_and_answered_afterwards() {
    let world = World::new();
    let (status, ..) = signed(&world, "events", JSON, &event("E2", "U1", "mug").to_string());
    assert_eq!((status, world.slack.borrow().len()), (200, 0), "nothing before the acknowledgement");
    assert_eq!(world.run(), 1);
    let (address, token, body) = world.slack.borrow_mut().remove(0);
    assert_eq!(address, "https://slack.com/api/chat.postMessage");
    assert_eq!(token.as_deref(), Some("Bearer xoxb-secret-token"));
    assert_eq!(body["channel"], "D1");
    assert!(body["text"].as_str().unwrap().contains("I found one product"), "{body}");
    let card = &body["blocks"][1];
    assert!(card["text"]["text"].as_str().unwrap().contains("Saltmarsh mug"), "{card}");
    assert_eq!(card["accessory"]["image_url"], "https://shop.example.com/media/mug.png");
    assert!(!world.log.borrow().iter().any(|line| line.contains("xoxb")), "no secret in the log");
}

/// The same event again, by the same instance or after it forgot: one answer, one effect.
#[test]
fn an_event_sent_again_is_answered_once() {
    let world = World::new();
    told(&world, &event("E3", "U1", "mug"));
    assert_eq!(told(&world, &event("E4", "U1", "add 2")).len(), 1);
    for _ in 0..3 {
        assert_eq!(told(&world, &event("E4", "U1", "add 2")).len(), 0);
    }
    // Another instance, which has only the store to go by.
    let thread = std::thread::spawn({
        let store: Vec<_> = world.store.borrow().clone().into_iter().collect();
        move || {
            let world = World::new();
            world.store.borrow_mut().extend(store);
            told(&world, &event("E4", "U1", "add 2")).len()
        }
    });
    assert_eq!(thread.join().unwrap(), 0);
    let cart = told(&world, &event("E5", "U1", "my basket"));
    assert!(cart[0].2["text"].as_str().unwrap().contains("2 items"), "{cart:?}");
    assert_eq!(told(&world, &event("E6", "U1", "add 2")).len(), 1, "the control: another event");
    assert!(told(&world, &event("E7", "U1", "my basket"))[0].2["text"].as_str().unwrap().contains("4 items"));
}

/// Two deliveries at the very same moment in one instance: the second finds nothing in the store yet.
#[test]
fn two_deliveries_at_once_have_one_effect() {
    let world = World::new();
    world.store_is_slow.set(true);
    let body = event("E-twice", "U1", "mug").to_string();
    let (time, signed) = (at(0), signature(SECRET, &at(0), &body));
    let headers = [("x-slack-request-timestamp", time.as_str()), ("x-slack-signature", signed.as_str())];
    let deliver = || kit::handle::<chat::head::Chat>(world.clone(), request("events", JSON, &body, &headers));
    let (one, other) = futures::executor::block_on(futures::future::join(deliver(), deliver()));
    assert_eq!((one.status().as_u16(), other.status().as_u16(), world.run()), (200, 200, 1));
}

#[test]
fn an_event_that_cannot_be_claimed_is_sent_again_by_slack() {
    let world = World::new();
    world.store_fails.set(true);
    let body = event("E8", "U1", "mug").to_string();
    assert_eq!(signed(&world, "events", JSON, &body).0, 500);
    assert_eq!(world.run(), 0);
    world.store_fails.set(false);
    assert_eq!(told(&world, &event("E8", "U1", "mug")).len(), 1);
}

#[test]
fn bots_edits_and_other_talk_are_left_alone() {
    let world = World::new();
    for (name, value) in [
        ("bot_id", json!("B1")),
        ("subtype", json!("message_changed")),
        ("subtype", json!("bot_message")),
        ("user", Value::Null),
        ("channel_type", json!("channel")),
        ("type", json!("reaction_added")),
    ] {
        let mut event = event(&format!("E9{name}{value}"), "U1", "mug");
        event["event"][name] = value;
        assert_eq!(told(&world, &event).len(), 0, "{event}");
    }
    assert_eq!(told(&world, &event("E9control", "U1", "mug")).len(), 1);
}

/// Where others read along, a cart is shown to its owner only.
#[test]
fn a_mention_is_answered_in_its_thread_and_a_cart_to_its_owner_only() {
    let world = World::new();
    let mention = |id: &str, text: &str| {
        json!({
            "type": "event_callback", "team_id": "T1", "event_id": id,
            "event": { "type": "app_mention", "user": "U1", "text": format!("<@UBOT> {text}"), "channel": "C1", "ts": "7.7" }
        })
    };
    let found = told(&world, &mention("E10", "mug"));
    assert_eq!(found[0].0, "https://slack.com/api/chat.postMessage");
    assert_eq!((found[0].2["thread_ts"].as_str(), found[0].2["channel"].as_str()), (Some("7.7"), Some("C1")));
    let cart = told(&world, &mention("E11", "my basket"));
    assert_eq!(cart[0].0, "https://slack.com/api/chat.postEphemeral");
    assert_eq!(cart[0].2["user"], "U1");
}

#[test]
fn one_user_never_sees_anothers_cart() {
    let world = World::new();
    command(&world, "U1", "mug");
    command(&world, "U1", "add 3");
    assert!(command(&world, "U1", "my basket").0["text"].as_str().unwrap().contains("3 items"));
    assert!(command(&world, "U2", "my basket").0["text"].as_str().unwrap().contains("Your basket is empty"));
    let store = world.store.borrow();
    assert!(
        !store.is_empty() && store.keys().all(|key| !key.contains("U1") && !key.contains("T1")),
        "{:?}",
        store.keys()
    );
}

#[test]
fn a_command_is_answered_at_once_for_its_users_eyes() {
    let world = World::new();
    let (reply, headers) = command(&world, "U1", "Zeig mir Becher");
    assert_eq!(reply["response_type"], "ephemeral");
    assert!(reply["text"].as_str().unwrap().starts_with("Ich habe ein Produkt gefunden"), "{reply}");
    assert_eq!(headers["cache-control"], "no-store");
    let (reply, _) = command(&world, "U1", &"a".repeat(2001));
    assert!(reply["text"].as_str().unwrap().contains("2.000"), "{reply}");
    world.network.set(Network::Refused);
    let (reply, _) = command(&world, "U1", "Becher");
    assert!(
        reply["response_type"] == "ephemeral" && reply["text"].as_str().unwrap().contains("antwortet nicht"),
        "{reply}"
    );
    assert!(world.logged("slack: UpstreamFailed"));
}

/// A shop that gives a hundred results with names of 300 hostile characters.
#[test]
fn hostile_results_fit_and_mention_nobody() {
    let world = World::new();
    {
        let mut shop = world.shop.borrow_mut();
        shop.times = 100;
        shop.name =
            Some("<!channel> & <@U2> <https://evil.test|free> ".repeat(7).chars().take(300).collect());
    }
    let (reply, _) = command(&world, "U1", "trench");
    let blocks = reply["blocks"].as_array().unwrap();
    assert!((10..=50).contains(&blocks.len()), "{}", blocks.len());
    assert!(reply["blocks"].to_string().chars().count() <= 13_200);
    let text = reply.to_string();
    assert!(text.contains("&lt;!channel&gt;"));
    for bad in ["<!channel", "<@U2", "<https://evil"] {
        assert!(!text.contains(bad), "{bad}");
    }
}

#[test]
fn a_pressed_button_is_answered_where_slack_says_and_nowhere_else() {
    let world = World::new();
    let hook = "https://hooks.slack.com/actions/T1/1/abc";
    let add = r#"{"do":"add","variant":"mug-1","quantity":2}"#;
    assert_eq!(press(&world, "U1", "t1", add, hook), 200);
    let (address, token, body) = world.slack.borrow_mut().remove(0);
    assert_eq!((address.as_str(), token), (hook, None), "the bot token stays at home");
    assert_eq!(
        (body["response_type"].as_str(), &body["replace_original"]),
        (Some("ephemeral"), &json!(false))
    );
    assert!(body["text"].as_str().unwrap().contains("Added 2 × Saltmarsh mug"), "{body}");
    // Pressed once, delivered twice.
    assert_eq!(press(&world, "U1", "t1", add, hook), 200);
    assert_eq!(world.slack.borrow().len(), 0);
    for (trigger, foreign) in
        ["https://evil.test/x", "http://169.254.169.254/", "https://hooks.slack.com.evil.test/", ""]
            .iter()
            .enumerate()
    {
        assert_eq!(press(&world, "U1", &format!("f{trigger}"), r#"{"do":"cart"}"#, foreign), 200);
        assert_eq!(world.slack.borrow().len(), 0, "{foreign}");
    }
    assert!(world.logged("a response_url that is not Slack's was refused"));
    assert_eq!(press(&world, "U1", "t2", r#"{"do":"fly"}"#, hook), 400);
}

/// The way to the checkout hands the cart over, after a press of a button on our own page.
#[test]
fn the_checkout_hands_the_cart_to_a_browser() {
    let world = World::new();
    command(&world, "U1", "mug");
    command(&world, "U1", "add it");
    let (reply, _) = command(&world, "U1", "checkout");
    let blocks = reply["blocks"].as_array().unwrap();
    let url = blocks.iter().find_map(|block| block["elements"][0]["url"].as_str()).unwrap();
    let path = url.strip_prefix("https://shop.example.com").unwrap();
    assert!(!url.contains("cart-1"), "the cart's id is sealed");
    let get = http::Request::get(path).body(Bytes::new()).unwrap();
    let page = world.handle(get);
    assert!(page.status() == 200 && page.headers().get("set-cookie").is_none(), "a link changes nothing");
    let html = String::from_utf8(page.body().to_vec()).unwrap();
    assert!(html.contains("Your basket: 1 item, £14.00."));
    let body = format!("cart={}", path.split("cart=").nth(1).unwrap());
    let post = |site: &str| {
        let request = http::Request::post("/chat/basket?market=en-gb")
            .header("content-type", FORM)
            .header("sec-fetch-site", site);
        world.handle(request.body(Bytes::from(body.clone())).unwrap())
    };
    assert_eq!(post("cross-site").status(), 403);
    let taken = post("same-origin");
    assert_eq!(
        (taken.status().as_u16(), taken.headers()["location"].to_str().unwrap()),
        (303, "/en-gb/cart")
    );
    assert!(taken.headers().get("set-cookie").is_some());
}

#[test]
fn bad_input_is_refused_after_the_signature() {
    let world = World::new();
    for (door, media, body, status) in [
        ("events", JSON, "{", 400),
        ("events", FORM, "a=b", 415),
        ("events", JSON, r#"{"type":"event_callback"}"#, 400),
        ("events", JSON, r#"{"type":"app_rate_limited"}"#, 200),
        ("commands", JSON, "{}", 415),
        ("commands", FORM, "text=hi", 400),
        ("interactions", FORM, "payload=%7B", 400),
        ("interactions", FORM, "a=b", 400),
    ] {
        assert_eq!(signed(&world, door, media, body).0, status, "{door} {body}");
    }
}
