use super::*;
use crate::talk::Action;

fn locale() -> std::rc::Rc<Locale> {
    Locale::of(&commerce::Market::parse("en-GB/GBP").unwrap(), crate::head::TEXTS)
}

fn hostile_card(number: usize) -> Card {
    let name = format!("{number} <!channel> {}", "&<>*_\u{202e}é🙂".repeat(40));
    let button = |words: &str| Button::new(&name, Action::Search { words: words.to_owned(), page: 1 });
    Card {
        title: name.clone(),
        subtitle: name.repeat(6),
        price: Some("£1".into()),
        was: Some("£2".into()),
        image: Some(crate::talk::Picture {
            url: "/media/x.png".into(),
            alt: name.repeat(9),
            width: 1,
            height: 1,
        }),
        link: Some("/en-gb/p/x".into()),
        buttons: vec![button("a"), button(&"b".repeat(3000))],
    }
}

fn texts<'v>(value: &'v Value, found: &mut Vec<(&'v str, &'v str)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(text) => found.push((name, text)),
            other => texts(other, found),
        }),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}

/// Every limit of `limits.rs`, on a whole message.
fn assert_fits(message: &Message) {
    assert!(message.blocks.len() <= 50, "{} blocks", message.blocks.len());
    let whole: usize = message.blocks.iter().map(|block| block.to_string().chars().count()).sum();
    assert!(whole <= 13_200, "{whole} characters");
    let mut ids = std::collections::HashSet::new();
    for block in &message.blocks {
        let mut found = Vec::new();
        texts(block, &mut found);
        for (name, text) in found {
            let most = match (name, block["type"].as_str().unwrap()) {
                ("action_id", _) => {
                    assert!(ids.insert(text.to_owned()), "{text} twice");
                    255
                }
                ("value", _) => 2000,
                ("alt_text", _) => 2000,
                ("image_url" | "url", _) => 3000,
                ("text", "actions") => 75,
                ("text", _) => 3000,
                _ => 100,
            };
            assert!((1..=most).contains(&text.chars().count()), "{name}: {text}");
            assert!(!text.contains("<!"), "{text}");
        }
        if let Some(elements) = block["elements"].as_array() {
            assert!((1..=25).contains(&elements.len()));
        }
    }
    assert!((1..=4000).contains(&message.text.chars().count()));
}

#[test]
fn a_hundred_hostile_cards_fit_and_the_rest_is_said() {
    let locale = locale();
    let buttons = (0..60).map(|n| Button::new(format!("B{n}"), Action::Cart {})).collect();
    let reply =
        Reply::text("x&".repeat(4000)).and_cards((0..100).map(hostile_card).collect()).and_choices(buttons);
    let message = Writer { site: Some("https://shop.example.com"), locale: &locale }.write(&reply);
    assert_fits(&message);
    assert!(
        message.cut.cards > 50 && message.cut.texts > 0 && message.cut.buttons == 100,
        "{:?}",
        message.cut
    );
    let last = message.blocks.last().unwrap();
    assert_eq!(last["type"], "context");
    assert!(last.to_string().contains(&format!("{} more are left out", message.cut.cards)), "{last}");
    assert!(message.cut.summary().unwrap().starts_with("cards="));
}

#[test]
fn many_texts_fit_too() {
    let locale = locale();
    let reply = (0..80).fold(Reply::default(), |reply, _| reply.and_text("é<".repeat(900)));
    let message = Writer { site: None, locale: &locale }.write(&reply);
    assert_fits(&message);
    assert!(message.cut.texts > 0);
}

#[test]
fn pictures_and_links_are_shown_only_where_slack_can_fetch_them() {
    let locale = locale();
    let mut card = hostile_card(1);
    let write = |site, card: &Card| {
        Writer { site, locale: &locale }.write(&Reply::default().and_cards(vec![card.clone()])).blocks
    };
    let shown = write(Some("https://shop.example.com"), &card);
    assert_eq!(shown[0]["accessory"]["image_url"], "https://shop.example.com/media/x.png");
    assert!(
        shown[0]["text"]["text"].as_str().unwrap().starts_with("*<https://shop.example.com/en-gb/p/x|1 &lt;")
    );
    assert!(write(None, &card)[0].get("accessory").is_none());
    for url in ["http://x.example.com/a.png", "javascript:alert(1)", "//x.example.com/a.png", "/media/x.svg"]
    {
        card.image.as_mut().unwrap().url = url.into();
        card.link = Some(url.into());
        let blocks = write(Some("https://shop.example.com"), &card);
        assert!(blocks[0].get("accessory").is_none(), "{url}");
    }
}

#[test]
fn only_a_public_site_is_shown_to_slack() {
    use crate::slack::desk::is_public;
    assert!(is_public("https://shop.example.com"));
    for site in [
        "http://shop.example.com",
        "https://localhost",
        "https://10.0.0.1",
        "https://[::1]",
        "https://shop",
        "https://a.internal",
        "",
    ] {
        assert!(!is_public(site), "{site}");
    }
}

#[test]
fn nothing_to_say_is_still_a_message() {
    let locale = locale();
    let message = Writer { site: None, locale: &locale }.write(&Reply::default());
    assert_eq!((message.blocks.len(), message.text.as_str()), (0, "–"));
}
