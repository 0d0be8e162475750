//! The page as finished strings, for a template that only prints.

use super::exchange::Conversation;
use super::messages::spoken;
use crate::talk::{self, Action, Button, Card, Part, Picture, Reply};
use kit::decide::Choices;
use kit::{Ask, Locale};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page's template.
pub(super) const PAGE: &str = "page.html";
/// A small page around the cart that comes from another channel.
pub(super) const HANDOVER: &str = "handover.html";
/// All of them.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    (PAGE, include_str!("../../templates/page.html")),
    (HANDOVER, include_str!("../../templates/handover.html")),
    ("parts.html", include_str!("../../templates/parts.html")),
];

/// What `page.html` prints.
#[derive(Serialize)]
pub(super) struct Page {
    language: String,
    direction: &'static str,
    market: String,
    text: BTreeMap<String, String>,
    conversation: String,
    version: &'static str,
    languages: Vec<Language>,
    turns: Vec<TurnView>,
    shop: String,
}

#[derive(Serialize)]
struct Language {
    tag: String,
    name: &'static str,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct TurnView {
    asked: String,
    language: String,
    direction: &'static str,
    parts: Vec<PartView>,
}

/// One part; exactly one of the lists or texts is filled, so that the template need only test for it.
#[derive(Default, Serialize)]
pub(super) struct PartView {
    lines: Vec<String>,
    cards: Vec<CardView>,
    buttons: Vec<ButtonView>,
    link: Option<LinkView>,
}

#[derive(Serialize)]
struct CardView {
    title: String,
    lines: Vec<String>,
    price: Option<String>,
    was: Option<String>,
    image: Option<Picture>,
    link: Option<String>,
    buttons: Vec<ButtonView>,
}

#[derive(Serialize)]
struct ButtonView {
    label: String,
    action: String,
}

#[derive(Serialize)]
struct LinkView {
    label: String,
    url: String,
}

/// The page of a conversation; a failure is its last answer. With `choices`, the greeting says what is given, and asks
/// what the visitor agrees to.
pub(super) fn page(
    ask: &Ask,
    conversation: &Conversation,
    failed: Option<Part>,
    choices: Option<&Choices>,
) -> Page {
    let locale = &ask.locale;
    let market = ask.market.id();
    let mut turns = vec![turn(locale, String::new(), &greeting(locale, choices))];
    turns.extend(conversation.turns.iter().map(|said| {
        let spoken = ask.markets.find(&said.market).map(spoken);
        turn(spoken.as_deref().unwrap_or(locale), said.asked.clone(), &said.parts)
    }));
    turns.extend(failed.map(|part| turn(locale, String::new(), &[part])));
    Page {
        language: locale.tag().to_owned(),
        direction: locale.direction(),
        text: locale.texts().clone(),
        conversation: conversation.seal(ask),
        version: &super::VERSION,
        languages: languages(ask),
        turns,
        shop: format!("/{market}/"),
        market,
    }
}

fn greeting(locale: &Locale, choices: Option<&Choices>) -> Vec<Part> {
    let button = |key: &str, action| Button::new(locale.text(key), action);
    let buttons = vec![
        button("button-offer", Action::Offer {}),
        button("button-departments", Action::Departments {}),
        button("button-cart", Action::Cart {}),
        button("button-stores", Action::Stores { near: None }),
        button("button-help", Action::Help {}),
    ];
    let given = choices.and_then(|choices| talk::given(locale, choices, None));
    let question = choices.map(|choices| talk::question(locale, choices)).unwrap_or_default();
    let hello = Reply::text(locale.text("greeting")).and_text(given.unwrap_or_default());
    hello.and_choices(buttons).then(question).parts
}

fn languages(ask: &Ask) -> Vec<Language> {
    let name = |language: &str| match language {
        "de" => "Deutsch",
        "ar" => "العربية",
        _ => "English",
    };
    let language = |market: &commerce::Market| Language {
        tag: market.locale().to_owned(),
        name: name(market.language()),
        href: format!("/chat/?market={}", market.id()),
        current: *market == ask.market,
    };
    ask.markets.iter().map(language).collect()
}

fn turn(locale: &Locale, asked: String, parts: &[Part]) -> TurnView {
    TurnView {
        asked,
        language: locale.tag().to_owned(),
        direction: locale.direction(),
        parts: parts.iter().map(part).collect(),
    }
}

fn part(part: &Part) -> PartView {
    match part {
        Part::Text { text } => PartView { lines: lines(text), ..PartView::default() },
        Part::Cards { cards } => PartView { cards: cards.iter().map(card).collect(), ..PartView::default() },
        Part::Choices { buttons } => {
            PartView { buttons: buttons.iter().map(button).collect(), ..PartView::default() }
        }
        Part::Link { label, url } => PartView {
            link: Some(LinkView { label: label.clone(), url: url.clone() }),
            ..PartView::default()
        },
    }
}

fn card(card: &Card) -> CardView {
    CardView {
        title: card.title.clone(),
        lines: lines(&card.subtitle),
        price: card.price.clone(),
        was: card.was.clone(),
        image: card.image.clone(),
        link: card.link.clone(),
        buttons: card.buttons.iter().map(button).collect(),
    }
}

fn button(button: &Button) -> ButtonView {
    let action = serde_json::to_string(&button.action).unwrap_or_default();
    ButtonView { label: button.label.clone(), action }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_template_can_be_read() {
        assert_eq!(kit::template::Templates::new(super::TEMPLATES).1, Vec::<String>::new());
    }
}
