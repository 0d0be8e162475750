//! What the visitor agreed to, what is known of them, and how to change both.

use crate::links::{Links, is_own};
use crate::pages::{chrome, print};
use crate::view::{Chrome, Meta};
use kit::visitor::Consents;
use kit::{Answer, Ask, Failure};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    action: String,
    back: String,
    is_known: bool,
    agreed: Vec<String>,
    facts: Vec<Fact>,
    is_signalled: bool,
}

#[derive(Serialize)]
struct Fact {
    name: String,
    value: String,
}

/// The page.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    ask.slots.stand_around();
    let frame = chrome(ask).await?;
    let profile = ask.profile().await;
    let locale = &ask.locale;
    let fact = |key: &str, value: String| Fact { name: locale.text(key).to_owned(), value };
    let facts = profile.iter().flat_map(|profile| {
        let slugs = profile.categories.join(", ");
        let number = |count: u32| locale.number(count);
        let bought = u32::try_from(profile.bought.len()).ok().filter(|count| *count > 0);
        let tier = profile.tier().unwrap_or_default().to_owned();
        [
            fact("known-visits", number(profile.visits)),
            fact("known-orders", number(profile.orders())),
            fact("known-bought", bought.map(number).unwrap_or_default()),
            fact("known-categories", slugs),
            fact("known-tier", tier),
            fact("known-wishes", profile.wish_list().unwrap_or_default().join(", ")),
        ]
    });
    let consents = profile.as_ref().map_or(Consents::NONE, kit::visitor::Profile::consents);
    let links = Links::of(ask);
    let page = Page {
        action: links.page("consent"),
        back: links.page("privacy"),
        is_known: profile.is_some(),
        agreed: consents
            .names()
            .iter()
            .map(|name| locale.text(&format!("purpose-{name}")).to_owned())
            .collect(),
        facts: facts.filter(|fact| !fact.value.is_empty()).collect(),
        is_signalled: ask.header("sec-gpc") == Some("1"),
    };
    let meta = Meta { title: locale.text("privacy").to_owned(), hidden: true, ..Meta::default() };
    print(ask, "privacy.html", &Chrome { choices: None, ..frame }, meta, page)
}

/// Takes the answer to the question, and goes back to where it was asked.
pub(crate) async fn agree(ask: &Ask) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let session = ask.agree(Consents::named(form.get("purposes").unwrap_or_default())).await?;
    let home = Links::of(ask).home();
    let back = form.get("back").filter(|back| is_own(back, &home)).unwrap_or(&home);
    Ok(Answer::see_other(back).session(session))
}
