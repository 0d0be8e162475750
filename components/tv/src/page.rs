//! `/tv/`: a page that shows the screens in any browser, and the small pages of the handover.

use kit::template::Templates;
use kit::{Answer, Ask, Failure, Trouble, answer::Keep};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The templates; the second value names what does not parse, which is nothing.
pub static TEMPLATES: LazyLock<(Templates, Vec<String>)> = LazyLock::new(|| {
    Templates::new(&[
        ("shell.html", include_str!("../templates/shell.html")),
        ("card.html", include_str!("../templates/card.html")),
    ])
});

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// The parts of the page, each with its type.
pub const ASSETS: &[(&str, &str, &[u8])] = &[
    ("tv.css", STYLE, include_bytes!("assets/tv.css")),
    ("card.css", STYLE, include_bytes!("assets/card.css")),
    ("main.js", SCRIPT, include_bytes!("assets/main.js")),
    ("draw.js", SCRIPT, include_bytes!("assets/draw.js")),
    ("items.js", SCRIPT, include_bytes!("assets/items.js")),
    ("basket.js", SCRIPT, include_bytes!("assets/basket.js")),
    ("focus.js", SCRIPT, include_bytes!("assets/focus.js")),
    ("fetch.js", SCRIPT, include_bytes!("assets/fetch.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("assets/icon.svg")),
];

#[derive(Serialize)]
struct ShellView<'a> {
    language: &'a str,
    direction: &'a str,
    market: String,
    texts: &'a BTreeMap<String, String>,
    markets: Vec<MarketView>,
}

#[derive(Serialize)]
struct MarketView {
    id: String,
    name: String,
    language: String,
    current: bool,
}

/// The page; it asks for the screens by itself.
///
/// # Errors
/// When it cannot be printed.
pub fn shell(ask: &Ask) -> Result<Answer, Failure> {
    let markets = ask.markets.iter().map(|market| MarketView {
        id: market.id(),
        name: name_of(market.language()),
        language: market.language().to_owned(),
        current: *market == ask.market,
    });
    let view = ShellView {
        language: ask.locale.tag(),
        direction: ask.locale.direction(),
        market: ask.market.id(),
        texts: ask.locale.texts(),
        markets: markets.collect(),
    };
    let mut answer = Answer::html(TEMPLATES.0.print("shell.html", &view)?);
    answer.keep = Keep::Hour;
    Ok(answer)
}

/// A language's name in itself; what is not known here is its code.
fn name_of(language: &str) -> String {
    match language {
        "en" => "English",
        "de" => "Deutsch",
        "ar" => "العربية",
        other => other,
    }
    .to_owned()
}

/// A part of the page.
///
/// # Errors
/// `UnknownRoute` when there is no such part.
pub fn asset(ask: &Ask) -> Result<Answer, Failure> {
    let wanted = ask.part("name");
    let found = ASSETS.iter().find(|(name, ..)| *name == wanted);
    let (_, content_type, bytes) = found.ok_or_else(|| Failure::new(Trouble::UnknownRoute))?;
    Ok(Answer::asset(content_type, bytes, Keep::Hour))
}

#[derive(Serialize)]
struct CardView<'a> {
    language: &'a str,
    direction: &'a str,
    title: &'a str,
    text: &'a str,
    shop: &'a str,
    code: Option<&'a str>,
    code_label: &'a str,
    confirm: &'a str,
    keep: &'a str,
    cart: String,
}

/// A small page for a phone: a sentence, and with a code the question whether to take the TV's cart.
///
/// # Errors
/// When it cannot be printed.
pub fn card(ask: &Ask, title: &str, text: &str, code: Option<&str>) -> Result<Answer, Failure> {
    let view = CardView {
        language: ask.locale.tag(),
        direction: ask.locale.direction(),
        title: ask.locale.text(title),
        text: ask.locale.text(text),
        shop: ask.locale.text("shop-name"),
        code,
        code_label: ask.locale.text("continue-code"),
        confirm: ask.locale.text("continue-confirm"),
        keep: ask.locale.text("continue-keep"),
        cart: format!("/{}/cart", ask.market.id()),
    };
    Ok(Answer::html(TEMPLATES.0.print("card.html", &view)?))
}

/// A small page that says a failure.
///
/// # Errors
/// When it cannot be printed.
pub fn failure(ask: &Ask, failure: &Failure) -> Result<Answer, Failure> {
    card(ask, "error-title", &format!("failure-{}", failure.code()), None)
}
