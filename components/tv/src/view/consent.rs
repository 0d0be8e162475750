//! What the visitor agrees to: the question, the answer, and how to take it back.

use super::card::Cards;
use super::{Addresses, compose, screen};
use crate::screen::{Action, Hero, Item, ItemKind, Kind, Rail, RailKind, fit};
use kit::decide::Choices;
use kit::{Answer, Ask, Failure};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the question asks for. A TV is used by a household: it is not asked for more.
const PURPOSE: &str = "personalisation";

/// The question, for a visitor who was not asked yet.
pub(super) fn question(ask: &Ask, choices: &Choices) -> Option<Rail> {
    choices
        .asks_for_consent()
        .then(|| rail(ask, "consent-title", &[("consent-yes", true), ("consent-no", false)]))
}

/// The way to be forgotten, for a visitor who is known.
pub(super) fn forget(ask: &Ask) -> Option<Rail> {
    ask.session().visitor.is_some().then(|| rail(ask, "consent-known", &[("consent-forget", false)]))
}

fn rail(ask: &Ask, title: &str, answers: &[(&str, bool)]) -> Rail {
    let addresses = Addresses::of(ask);
    let item = |(key, agrees): &(&str, bool)| {
        let purposes: Vec<Value> = agrees.then(|| Value::from(PURPOSE)).into_iter().collect();
        let to = addresses.screen("consent", &[]);
        let action = Action::Post { to, body: BTreeMap::from([("purposes", Value::from(purposes))]) };
        Item::new(*key, ItemKind::Button, ask.locale.text(key), action)
    };
    Rail {
        id: "consent".to_owned(),
        title: ask.locale.text(title).to_owned(),
        kind: RailKind::Chips,
        items: answers.iter().map(item).collect(),
        next: None,
    }
}

/// Takes what the visitor agrees to, `{"purposes": ["personalisation"]}`, and says what counts from now on; `[]`
/// erases what is known.
///
/// # Errors
/// `BadInput`, `UnsupportedMedia`; `Internal` when the store does not answer: then nothing has changed.
pub async fn agree(ask: &Ask) -> Result<Answer, Failure> {
    let session = ask.agree(ask.purposes()?).await?;
    // A browser that forbids it for every site has the last word.
    let key = if session.visitor.is_some() { "consent-given" } else { "consent-refused" };
    let cards = Cards::of(ask);
    let address = cards.addresses.screen("home", &[]);
    let deep_link = cards.addresses.deep_link(&address, "");
    let title = ask.locale.text(key);
    let home = Item::new("home", ItemKind::Button, ask.locale.text("error-home"), Action::open(address));
    let hero = Hero { title: title.to_owned(), actions: vec![home], ..Hero::default() };
    let dialog = screen(ask, Kind::Dialog, key.to_owned(), title, deep_link);
    Ok(fit(compose(dialog, Some(hero), Vec::new())).session(session))
}
