//! What the cart holds.

use super::{address, glance, offer, picture};
use crate::glance::{Glance, Kind};
use commerce::Money;
use kit::decide::Topic;
use kit::{Ask, Failure, Slot};

/// The visitor's cart, with what it lacks until its delivery is free; an empty one is a glance too.
///
/// # Errors
/// When the cart cannot be had.
pub async fn cart(ask: &Ask) -> Result<Glance, Failure> {
    let cart = ask.slots.required(Slot::new("cart"), ask.cart()).await?.into_open();
    let title = ask.locale.text("cart-title");
    let tap = address::web(ask, "cart");
    let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else {
        let text = ask.locale.text("cart-empty").to_owned();
        let mut glance = glance(ask, Kind::Cart, title, text, tap, 5);
        glance.value = ask.locale.money(Money::zero(ask.market.currency()));
        return Ok(glance);
    };
    let text = ask.locale.count("items", cart.quantity);
    let mut glance = glance(ask, Kind::Cart, title, text, tap, 2);
    glance.value = ask.locale.money(cart.total);
    // What was put in last is what people remember it by.
    if let Some(line) = cart.lines.last() {
        glance.detail = line.name.clone();
        glance.image = line.image.as_ref().and_then(picture);
    }
    let choices = ask.choices(Topic::page("cart")).await;
    if let Some(lacks) = choices.offer(offer::OWN).and_then(|given| given.lacks(cart.subtotal)) {
        glance.detail = ask.locale.say("offer-lacks", &[("amount", ask.locale.money(lacks).into())]);
    }
    Ok(glance)
}
