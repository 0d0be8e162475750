//! The page and its JSON.

use crate::world::{Network, World};
use bytes::Bytes;
use serde_json::{Value, json};
use std::rc::Rc;

/// A browser with its cookie and its conversation.
pub struct Browser {
    pub world: Rc<World>,
    market: String,
    pub cookie: Option<String>,
    pub conversation: Option<String>,
}

pub fn schema() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(include_str!("../../schema/reply.schema.json")).unwrap())
        .unwrap()
}

impl Browser {
    pub fn new(world: Rc<World>, market: &str) -> Self {
        Self { world, market: market.to_owned(), cookie: None, conversation: None }
    }

    /// Says something by JSON; the status and the reply.
    pub fn send(&mut self, message: &Value) -> (u16, Value) {
        let mut message = message.clone();
        if let Some(conversation) = &self.conversation {
            message["conversation"] = json!(conversation);
        }
        let answer = self.post("/chat/messages", "application/json", message.to_string());
        let reply: Value = serde_json::from_slice(answer.body()).unwrap();
        if let Some(conversation) = reply["conversation"].as_str() {
            self.conversation = Some(conversation.to_owned());
        }
        (answer.status().as_u16(), reply)
    }

    pub fn say(&mut self, text: &str) -> String {
        let (status, reply) = self.send(&json!({ "text": text }));
        assert_eq!(status, 200, "{reply}");
        crate::golden::render(&reply)
    }

    fn post(&mut self, path: &str, media: &str, body: String) -> http::Response<Bytes> {
        let mut request = http::Request::post(format!("{path}?market={}", self.market))
            .header("content-type", media)
            .header("host", "shop.example.com")
            .header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let answer = self.world.handle(request.body(body.into()).unwrap());
        if let Some(cookie) = answer.headers().get("set-cookie") {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        answer
    }
}

fn raw(path: &str, method: &str, headers: &[(&str, &str)], body: &str) -> http::Response<Bytes> {
    raw_in(&World::new(), path, method, headers, body)
}

fn raw_in(
    world: &Rc<World>,
    path: &str,
    method: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> http::Response<Bytes> {
    let mut request = http::Request::builder().method(method).uri(path).header("host", "shop.example.com");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.handle(request.body(Bytes::from(body.to_owned())).unwrap())
}

type Header<'a> = (&'a str, &'a str);

const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");
const JSON: (&str, &str) = ("content-type", "application/json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// What is wrong is said in the reply form, with the right status.
#[test]
fn bad_messages_get_a_clear_reply() {
    let long = json!({ "text": "a".repeat(2001) }).to_string();
    let huge = json!({ "text": "a".repeat(70_000) }).to_string();
    let table: &[(&[Header<'_>], &str, u16, &str)] = &[
        (&[OWN, JSON], "{", 400, "bad-input"),
        (&[OWN, JSON], "[]", 400, "bad-input"),
        (&[OWN, JSON], "{}", 400, "bad-input"),
        (&[OWN, JSON], r#"{"text":"  "}"#, 400, "bad-input"),
        (&[OWN, JSON], r#"{"text":1}"#, 400, "bad-input"),
        (&[OWN, JSON], r#"{"action":{"do":"fly"}}"#, 400, "bad-input"),
        (&[OWN, JSON], r#"{"action":{"do":"cart","x":1}}"#, 400, "bad-input"),
        (&[OWN, JSON], &long, 400, "bad-input"),
        (&[OWN, JSON], &huge, 413, "body-too-large"),
        (&[OWN, FORM], "text=hi", 415, "unsupported-media"),
        (&[OWN], "{}", 415, "unsupported-media"),
        (&[("sec-fetch-site", "cross-site"), JSON], r#"{"text":"hi"}"#, 403, "cross-site"),
        (&[JSON], r#"{"text":"hi"}"#, 403, "cross-site"),
    ];
    let schema = schema();
    for (headers, body, status, error) in table {
        let answer = raw("/chat/messages", "POST", headers, body);
        let reply: Value = serde_json::from_slice(answer.body()).unwrap();
        let shown: String = body.chars().take(60).collect();
        assert_eq!((answer.status().as_u16(), reply["error"].as_str()), (*status, Some(*error)), "{shown}");
        assert!(schema.is_valid(&reply), "{shown}: {reply}");
        assert_eq!(answer.headers()["cache-control"], "no-store", "{shown}");
    }
    let told = raw("/chat/messages", "POST", &[OWN, JSON], &long);
    assert!(String::from_utf8_lossy(told.body()).contains("more than 2,000 characters"));
    let fits = json!({ "text": "a".repeat(2000) }).to_string();
    assert_eq!(raw("/chat/messages", "POST", &[OWN, JSON], &fits).status(), 200);
}

#[test]
fn addresses_and_methods_are_told_apart() {
    for (method, path, status) in [
        ("GET", "/chat/", 200),
        ("HEAD", "/chat/", 200),
        ("GET", "/chat", 303),
        ("GET", "/chat/nothing", 404),
        ("GET", "/chat/slack/nothing", 404),
        ("GET", "/chat/?market=xx-xx", 404),
        ("GET", "/chat/basket?cart=forged", 404),
        ("GET", "/chat/style.css", 200),
        ("GET", "/chat/talk.js", 200),
        ("GET", "/chat/finch.svg", 200),
    ] {
        assert_eq!(raw(path, method, &[], "").status(), status, "{method} {path}");
    }
    for (method, path, allow) in [
        ("GET", "/chat/messages", "POST"),
        ("DELETE", "/chat/", "GET, POST, HEAD"),
        ("GET", "/chat/slack/events", "POST"),
    ] {
        let answer = raw(path, method, &[], "");
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()),
            (405, allow),
            "{path}"
        );
    }
}

/// The shop's troubles are told in the reply form, and the cart keeps what it had.
#[test]
fn a_shop_in_trouble_is_told_of_and_nothing_is_lost() {
    let world = World::new();
    let mut browser = Browser::new(world.clone(), "en-gb");
    browser.say("mug");
    browser.say("add 2");
    for (network, status, error) in [
        (Network::Refused, 502, "upstream-failed"),
        (Network::Garbage, 502, "upstream-failed"),
        (Network::Silent, 504, "upstream-late"),
    ] {
        world.network.set(network);
        for message in
            [json!({ "text": "my basket" }), json!({ "text": "add 2" }), json!({ "text": "scarf" })]
        {
            let (got, reply) = browser.send(&message);
            assert_eq!((got, reply["error"].as_str()), (status, Some(error)), "{message}");
            assert!(schema().is_valid(&reply));
        }
    }
    world.network.set(Network::Fine);
    assert!(browser.say("my basket").contains("Your basket: 2 items, £28.00."));
    world.shop.borrow_mut().times = 1;
    assert!(browser.say("add 60").contains("There are not that many left."));
    assert!(browser.say("my basket").contains("2 items"));
}

/// A message that is sent again (a lost answer) has one effect; the control without a conversation has two.
#[test]
fn the_same_message_in_the_same_place_adds_once() {
    let world = World::new();
    let mut browser = Browser::new(world.clone(), "en-gb");
    browser.say("mug");
    let before = browser.conversation.clone();
    browser.say("add 2");
    browser.conversation = before;
    assert!(browser.say("add 2").contains("I had that message before"));
    assert!(browser.say("my basket").contains("2 items"));
    let add = json!({ "action": { "do": "add", "variant": "mug-1", "quantity": 2 } });
    browser.conversation = None;
    browser.send(&add);
    browser.conversation = None;
    browser.send(&add);
    assert!(browser.say("my basket").contains("6 items"));
}

#[test]
fn one_browser_sees_nothing_of_another() {
    let world = World::new();
    let mut one = Browser::new(world.clone(), "en-gb");
    one.say("mug");
    one.say("add it");
    let mut other = Browser::new(world.clone(), "en-gb");
    assert!(other.say("my basket").contains("Your basket is empty."));
    assert!(other.say("the first one").contains("Tell me what you are looking for"));
    // A conversation that was tampered with is a new one.
    let mut sealed = one.conversation.clone().unwrap().into_bytes();
    sealed[30] = if sealed[30] == b'A' { b'B' } else { b'A' };
    one.conversation = Some(String::from_utf8(sealed).unwrap());
    assert!(one.say("the first one").contains("Tell me what you are looking for"));
}

fn hidden(page: &str) -> String {
    let (_, after) = page.split_once(r#"name="conversation" value=""#).unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// Without JavaScript: forms, the answers on the page, failures in the conversation.
#[test]
fn the_page_talks_without_a_script() {
    let world = World::new();
    let mut browser = Browser::new(world.clone(), "en-gb");
    let page = raw_in(&world, "/chat/?market=en-gb", "GET", &[], "");
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'self'"));
    assert_eq!(page.headers()["cache-control"], "no-store");
    let html = String::from_utf8(page.body().to_vec()).unwrap();
    let handler = |after: &str| after.trim_start_matches(|c: char| c.is_ascii_lowercase()).starts_with('=');
    assert!(!html.contains(" style=") && !html.contains("<script>"), "no inline code");
    assert!(!html.split(" on").skip(1).any(handler), "no inline handler");
    let mut form = |fields: &[(&str, &str)]| {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let answer = browser.post("/chat/", FORM.1, body);
        (answer.status().as_u16(), String::from_utf8(answer.body().to_vec()).unwrap())
    };
    let (status, html) = form(&[("conversation", &hidden(&html)), ("text", "trench <b>")]);
    assert_eq!(status, 200);
    assert!(html.contains("trench &lt;b&gt;") && !html.contains("<b>"), "escaped");
    let (_, html) = form(&[("conversation", &hidden(&html)), ("text", "mug")]);
    assert!(html.contains("Saltmarsh mug") && html.contains("trench &lt;b&gt;"), "the talk so far is shown");
    let add = r#"{"do":"add","variant":"mug-1","quantity":1}"#;
    let (_, html) = form(&[("conversation", &hidden(&html)), ("action", add)]);
    assert!(html.contains("Added 1 × Saltmarsh mug."));
    let (status, html) = form(&[("conversation", &hidden(&html)), ("text", "")]);
    assert!(
        status == 400 && html.contains("Please write a few words") && html.contains("Added 1"),
        "{status}"
    );
    world.network.set(Network::Refused);
    let (status, html) = form(&[("conversation", &hidden(&html)), ("text", "scarf")]);
    assert!(status == 502 && html.contains("Part of the shop is not answering") && html.contains("Added 1"));
    world.network.set(Network::Fine);
    let (_, html) = form(&[("conversation", &hidden(&html)), ("text", "my basket")]);
    assert!(html.contains("Your basket: 1 item, £14.00."));
    assert_eq!(raw("/chat/", "POST", &[FORM, ("sec-fetch-site", "cross-site")], "text=hi").status(), 403);
}

#[test]
fn hostile_names_stay_text_on_the_page() {
    let world = World::new();
    let name = r#"<script>alert(1)</script>"><img src=x onerror=alert(1)>"#;
    world.shop.borrow_mut().name = Some(name.repeat(5));
    let mut browser = Browser::new(world, "en-gb");
    // In a card, in a sentence, in the cart.
    let add = r#"action={"do":"add","variant":"mug-1","quantity":1}"#;
    for body in ["text=mug", add, "text=my+basket", "text=remove+the+first"] {
        let answer = browser.post("/chat/", FORM.1, body.to_owned());
        let html = String::from_utf8(answer.body().to_vec()).unwrap();
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{body}");
        assert!(html.contains("&lt;script&gt;") || body.contains("remove"), "{body}");
    }
}

/// A message in another language is answered in it, and the talk stays there.
#[test]
fn the_language_follows_the_visitor() {
    let mut browser = Browser::new(World::new(), "en-gb");
    let (_, reply) = browser.send(&json!({ "text": "Zeigen Sie mir bitte Becher" }));
    assert_eq!((reply["language"].as_str(), reply["direction"].as_str()), (Some("de-DE"), Some("ltr")));
    let (_, reply) = browser.send(&json!({ "text": "Saltmarsh" }));
    assert_eq!(reply["language"], "de-DE", "a name is no language");
    let (_, reply) = browser.send(&json!({ "text": "أرني كوب" }));
    assert_eq!((reply["language"].as_str(), reply["direction"].as_str()), (Some("ar-GB"), Some("rtl")));
    let (_, reply) = browser.send(&json!({ "text": "thank you very much" }));
    assert_eq!(reply["language"], "en-GB");
}
