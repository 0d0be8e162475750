//! A failure in the shop's own look. It asks the shop nothing: the shop may be what failed.

use crate::links::Links;
use crate::pages::print;
use crate::view::{Chrome, Meta};
use commerce::Subject;
use http::StatusCode;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    status: String,
    title: String,
    text: String,
    again: Vec<String>,
    home: String,
    search: String,
    order: Vec<String>,
}

/// The page of a failure.
pub(crate) fn answer(ask: &Ask, failure: &Failure) -> Answer {
    let (locale, links, status) = (&*ask.locale, Links::of(ask), failure.status());
    let title = match status {
        StatusCode::NOT_FOUND => locale.text("title-not-found"),
        _ if status.is_server_error() => locale.text("title-failed"),
        _ => locale.text("title-refused"),
    };
    let text = match &failure.trouble {
        Trouble::NotFound(Subject::Product) => locale.text("no-such-product"),
        Trouble::NotFound(Subject::Category) => locale.text("no-such-category"),
        Trouble::NotFound(Subject::Order) => locale.text("no-such-order"),
        // Whoever meant a page and not a market is told about pages.
        Trouble::UnknownMarket if !looks_like_a_market(ask.part("market")) => {
            locale.text("failure-not-found")
        }
        _ => ask.locale.texts().get(&format!("failure-{}", failure.code())).map_or("", String::as_str),
    };
    let query = ask.query_as_given().map(|query| format!("?{query}")).unwrap_or_default();
    let address = Some(format!("{}{query}", ask.path()));
    // A path of two slashes would be another site's.
    let again =
        address.filter(|a| status.is_server_error() && ask.method().is_safe() && !a.starts_with("//"));
    let page = Page {
        status: locale.number(status.as_u16()),
        title: title.to_owned(),
        text: text.to_owned(),
        again: again.into_iter().collect(),
        home: links.home(),
        search: links.page("search"),
        order: matches!(failure.trouble, Trouble::NotFound(Subject::Order))
            .then(|| links.page("order"))
            .into_iter()
            .collect(),
    };
    let meta = Meta { title: page.title.clone(), hidden: true, ..Meta::default() };
    print(ask, "failure.html", &Chrome::default(), meta, page).unwrap_or_else(|broken| {
        ask.log(&format!("the page of failures cannot be printed: {}", broken.detail));
        Answer::new("text/plain; charset=utf-8", locale.text("failure-internal").to_owned())
    })
}

/// Two letters, a dash, two letters.
fn looks_like_a_market(part: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    part.split_once('-').is_some_and(|(language, country)| letters(language) && letters(country))
}
