//! A visitor about to leave with goods in the cart: what is offered, and the taking of it.

use super::card::Cards;
use super::{NAME, TEXT, cart, compose, screen};
use crate::screen::{Action, Hero, Item, ItemKind, Kind, cut, fit};
use http::StatusCode;
use kit::answer::Keep;
use kit::decide::Topic;
use kit::{Answer, Ask, Failure};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The slot of the rules whose winner is offered.
const SLOT: &str = "exit";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Taking {
    grant: String,
}

/// What is offered to a visitor who goes back with goods in the cart: a dialog, or nothing (204). The TV reports the
/// key; what it means is decided here.
///
/// # Errors
/// None of its own.
pub async fn leaving(ask: &Ask) -> Result<Answer, Failure> {
    ask.reads.private();
    let cart = ask.cart_at_hand().await.filter(|cart| cart.quantity > 0);
    Ok(match cart {
        Some(_) => offered(ask).await.unwrap_or_else(nothing),
        None => nothing(),
    })
}

async fn offered(ask: &Ask) -> Option<Answer> {
    let choices = ask.choices_on(Some("exit_intent"), Topic::page("cart")).await;
    let offer = choices.offer(SLOT)?;
    let (phrase, grant) = (offer.phrase(&ask.locale)?, ask.grant(&offer)?);
    let cards = Cards::of(ask);
    let text = |key: &str| ask.locale.text(key).to_owned();
    let to = cards.addresses.screen("cart/offer", &[]);
    let take = Action::Post { to, body: BTreeMap::from([("grant", Value::from(grant))]) };
    let hero = Hero {
        kicker: text("offer-for-you"),
        title: cut(&phrase, NAME),
        text: cut(ask.locale.text("leaving-text"), TEXT),
        actions: vec![
            Item::new("take", ItemKind::Button, text("leaving-take"), take),
            Item::new("leave", ItemKind::Button, text("leaving-leave"), Action::Back),
        ],
        ..Hero::default()
    };
    let deep_link = cards.addresses.deep_link(&cards.addresses.screen("cart", &[]), "cart");
    let dialog = screen(ask, Kind::Dialog, "leaving".to_owned(), &phrase, deep_link);
    Some(fit(compose(dialog, Some(hero), Vec::new())))
}

fn nothing() -> Answer {
    let mut nothing = Answer::new("application/json", "").status(StatusCode::NO_CONTENT);
    nothing.keep = Keep::Never;
    nothing
}

/// Puts the offer into the cart: `{"grant": "…"}`; the answer is the cart's screen.
///
/// # Errors
/// `BadInput`, `UnsupportedMedia`; `BadCode` for what was not granted to this visitor or is over; the shop's refusals,
/// or whatever befalls the cart.
pub async fn take(ask: &Ask) -> Result<Answer, Failure> {
    let Taking { grant } = ask.json()?;
    let (taken, session) = ask.take(&grant).await?;
    Ok(fit(cart::show(ask, Some(&taken)).await).session(session))
}
