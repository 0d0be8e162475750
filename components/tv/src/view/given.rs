//! What the shop gives a visitor: a line on a screen, and a card of its own.

use super::SUBTITLE;
use super::card::Cards;
use crate::screen::{Action, Given, Item, ItemKind, cut};
use commerce::Cart;
use kit::Ask;
use kit::decide;

/// The slot of the rules whose winner is shown.
pub(super) const SLOT: &str = "offer";

/// The line; `None` where nothing of the offer is meant for this market. A cart says what it still lacks.
pub(super) fn line(ask: &Ask, offer: &decide::Given<'_>, cart: Option<&Cart>) -> Option<Given> {
    let lacks = cart.filter(|cart| cart.quantity > 0).and_then(|cart| offer.lacks(cart.subtotal));
    let detail = match lacks {
        Some(lacks) => ask.locale.say("offer-lacks", &[("amount", ask.locale.money(lacks).into())]),
        None => ask.locale.text("offer-in-basket").to_owned(),
    };
    Some(Given { text: cut(&offer.phrase(&ask.locale)?, SUBTITLE), detail: cut(&detail, SUBTITLE) })
}

/// The card, which leads to the cart.
pub(super) fn item(cards: &Cards<'_>, offer: &decide::Given<'_>, line: &Given) -> Item {
    let cart = Action::open(cards.addresses.screen("cart", &[]));
    let mut item = Item::new(format!("offer.{}", offer.name), ItemKind::Banner, line.text.clone(), cart);
    item.subtitle = line.detail.clone();
    item.badge = cards.locale.text("offer-for-you").to_owned();
    item
}
