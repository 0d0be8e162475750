//! The cart: its lines, its sum, and the way to the phone.

use super::card::{CARD, Cards, picture};
use super::{Addresses, NAME, SUBTITLE, compose, consent, given, screen, slot};
use crate::handover;
use crate::screen::{
    Action, CartSum, Checkout, Hero, Item, ItemKind, Kind, Line, Rail, RailKind, Screen, SumRow, cut,
};
use commerce::{Cart, CartChange, CartLine, LineId, Money, ProductCard, Refusal, VariantId};
use kit::decide::{Choices, Topic};
use kit::{Answer, Ask, Failure, Trouble};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The most pieces of one line that a remote control can ask for.
const MOST: u32 = 99;
/// Lines that one screen shows; the rest is seen on the phone.
const LINES: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Addition {
    variant: VariantId,
    quantity: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quantity {
    quantity: u32,
}

/// The cart's screen.
///
/// # Errors
/// When the cart cannot be had.
pub async fn cart(ask: &Ask) -> Result<Screen, Failure> {
    let cart = ask.slots.required(slot::CART, ask.cart()).await?;
    Ok(show(ask, cart.open().as_ref()).await)
}

/// Adds pieces of a variant: `{"variant": "…", "quantity": 1}`.
///
/// # Errors
/// `BadInput`, `UnsupportedMedia`, the shop's refusals, or whatever befalls the cart.
pub async fn add(ask: &Ask) -> Result<Answer, Failure> {
    let Addition { variant, quantity } = ask.json()?;
    if !(1..=MOST).contains(&quantity) {
        return Err(Failure::bad_input("quantity"));
    }
    change(ask, &CartChange::Add { variant, quantity }).await
}

/// Sets the pieces of a line: `{"quantity": 2}`; 0 removes it.
///
/// # Errors
/// As [`add`].
pub async fn set(ask: &Ask) -> Result<Answer, Failure> {
    let Quantity { quantity } = ask.json()?;
    if quantity > MOST {
        return Err(Failure::bad_input("quantity"));
    }
    // Without a cart there is no such line, and none is to be made for it.
    if ask.session().cart.is_none() {
        return Err(Failure::new(Trouble::Refused(Refusal::UnknownLine)));
    }
    let line = LineId::new(ask.part("id"));
    change(ask, &CartChange::Set { line, quantity }).await
}

async fn change(ask: &Ask, change: &CartChange) -> Result<Answer, Failure> {
    let (cart, session) = ask.change_cart(change).await?;
    Ok(crate::screen::fit(show(ask, Some(&cart)).await).session(session))
}

/// What a button does that adds one piece.
pub(super) fn add_action(addresses: &Addresses, variant: &VariantId) -> Action {
    let body = [("variant", Value::from(variant.as_str())), ("quantity", Value::from(1))];
    Action::Post { to: addresses.screen("cart/lines", &[]), body: BTreeMap::from(body) }
}

fn set_action(addresses: &Addresses, line: &str, quantity: u32) -> Action {
    let to = addresses.screen(&format!("cart/lines/{line}"), &[]);
    Action::Post { to, body: BTreeMap::from([("quantity", Value::from(quantity))]) }
}

pub(super) async fn show(ask: &Ask, cart: Option<&Cart>) -> Screen {
    let choices = ask.choices(Topic::page("cart")).await;
    let cart = cart.filter(|cart| !cart.lines.is_empty());
    let beside = match cart {
        Some(cart) => beside(ask, &choices, cart).await,
        None => Vec::new(),
    };
    let cards = Cards::of(ask);
    let address = cards.addresses.screen("cart", &[]);
    let deep_link = cards.addresses.deep_link(&address, "cart");
    let mut empty = screen(ask, Kind::Cart, "cart".to_owned(), ask.locale.text("cart"), deep_link);
    empty.cart = Some(sum(ask, cart));
    empty.given = choices.offer(given::SLOT).and_then(|offer| given::line(ask, &offer, cart));
    let forget = consent::forget(ask).into_iter();
    let Some(cart) = cart else {
        let title = ask.locale.text("start-shopping");
        let home = Action::open(cards.addresses.screen("home", &[]));
        let hero = Hero {
            title: ask.locale.text("cart-empty").to_owned(),
            text: ask.locale.text("cart-empty-text").to_owned(),
            actions: vec![Item::new("home", ItemKind::Button, title, home)],
            ..Hero::default()
        };
        return compose(empty, Some(hero), forget.collect());
    };
    empty.checkout = checkout(ask, &cards.addresses, cart);
    let lines = Rail {
        id: "lines".to_owned(),
        title: ask.locale.count("items", cart.quantity),
        kind: RailKind::Lines,
        items: cart.lines.iter().take(LINES).filter_map(|l| line(&cards, l)).collect(),
        next: None,
    };
    let beside = Some(cards.beside("cart-beside", &beside)).filter(|rail| !rail.items.is_empty());
    compose(empty, None, [lines].into_iter().chain(beside).chain(forget).collect())
}

/// What the rules recommend beside what is in the cart.
async fn beside(ask: &Ask, choices: &Choices, cart: &Cart) -> Vec<ProductCard> {
    let seeds: Vec<&str> = cart.lines.iter().map(|line| line.slug.as_str()).collect();
    let rules = ask.recommend(choices, slot::RECOMMENDATIONS, "cart", None, &seeds).await;
    rules.unwrap_or_default().cards
}

fn line(cards: &Cards<'_>, line: &CartLine) -> Option<Item> {
    let open = cards.addresses.product(&line.slug, &[]).map_or(Action::None, Action::open);
    let id = super::address::part(line.id.as_str())?;
    let mut item = Item::new(line.id.as_str(), ItemKind::Line, cut(&line.name, NAME), open);
    item.subtitle = cut(&line.choices, SUBTITLE);
    item.price = cards.locale.money(line.total);
    item.image = line.image.as_ref().and_then(|image| picture(image, CARD / 2));
    let button = |name: &str, quantity| {
        let title = cards.locale.say(&format!("cart-{name}"), &[("product", cut(&line.name, 40).into())]);
        Item::new(name, ItemKind::Button, title, set_action(&cards.addresses, &id, quantity))
    };
    let less = (line.quantity > 1).then(|| button("less", line.quantity - 1));
    let room = line.quantity < line.available.unwrap_or(MOST).min(MOST);
    let more = room.then(|| button("more", line.quantity + 1));
    let actions = less.into_iter().chain(more).chain([button("remove", 0)]).collect();
    item.line = Some(Line { quantity: line.quantity, actions });
    Some(item)
}

fn sum(ask: &Ask, cart: Option<&Cart>) -> CartSum {
    let money = |money| ask.locale.money(money);
    let Some(cart) = cart else {
        let total = money(Money::zero(ask.market.currency()));
        return CartSum { count: 0, total, rows: Vec::new() };
    };
    let row = |label: &str, value| SumRow { label: cut(label, NAME), value };
    let mut rows = vec![row(ask.locale.text("cart-subtotal"), money(cart.subtotal))];
    for discount in cart.discounts.iter().take(4) {
        let negative = Money::new(discount.amount.amount.saturating_neg(), discount.amount.currency);
        rows.push(row(&discount.label, money(negative)));
    }
    if let Some(price) = cart.delivery_price {
        rows.push(row(ask.locale.text("cart-delivery"), money(price)));
    }
    CartSum { count: cart.quantity, total: money(cart.total), rows }
}

fn checkout(ask: &Ask, addresses: &Addresses, cart: &Cart) -> Option<Checkout> {
    let ticket = handover::Ticket::new(&cart.id, ask.now, ask.edge().random());
    let token = ticket.close(ask.seal(), ask.edge().random());
    let url = addresses.absolute(&format!("/tv/continue/{token}?market={}", ask.market.id()));
    Some(Checkout {
        title: ask.locale.text("checkout-title").to_owned(),
        text: ask.locale.text("checkout-text").to_owned(),
        qr: handover::qr(&url),
        url,
        code: ticket.code.clone(),
        valid_until: ticket.until()?.to_string(),
    })
}
