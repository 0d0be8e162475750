//! A cart that began in another channel, taken over by the browser that pays for it.
//!
//! The link holds the cart's id sealed, and opens for an hour. It changes nothing by itself: the visitor
//! presses a button on our own page, so that no foreign page can slip a cart into someone's browser.

use super::view::{HANDOVER, TEMPLATES};
use commerce::{CartId, Market, Subject, date};
use jiff::{SignedDuration, Timestamp};
use kit::answer::Keep;
use kit::seal::Seal;
use kit::template::Templates;
use kit::visitor::Session;
use kit::{Answer, Ask, Failure, Slot, Trouble};
use serde::{Deserialize, Serialize};

const PURPOSE: &str = "chat-basket";
/// How long a link opens.
const OPEN: SignedDuration = SignedDuration::from_hours(1);

#[derive(Serialize, Deserialize)]
struct Handover {
    cart: CartId,
    #[serde(deserialize_with = "date::moment")]
    until: Timestamp,
    market: String,
}

/// The path of a link that hands a cart over.
pub fn link(seal: &Seal, cart: &CartId, market: &Market, now: Timestamp, chance: [u8; 16]) -> String {
    let until = now.checked_add(OPEN).unwrap_or(now);
    let handover = Handover { cart: cart.clone(), until, market: market.id() };
    let sealed = seal.close(PURPOSE, &serde_json::to_vec(&handover).unwrap_or_default(), chance);
    format!("/chat/basket?market={}&cart={sealed}", market.id())
}

/// Shows what is to be taken over.
///
/// # Errors
/// `NotFound` for a link that is none or is too old; whatever the shop has.
pub async fn show(ask: &Ask) -> Result<Answer, Failure> {
    let sealed = ask.query.get("cart").unwrap_or_default();
    let handover = open(ask, sealed)?;
    let cart = ask.slots.required(Slot::new("cart"), ask.shop.cart(&handover.cart)).await?.into_open();
    let items = ask.locale.count("items", cart.quantity);
    let sum = ask
        .locale
        .say("cart-sum", &[("items", items.into()), ("total", ask.locale.money(cart.total).into())]);
    let view = serde_json::json!({
        "language": ask.locale.tag(),
        "direction": ask.locale.direction(),
        "market": ask.market.id(),
        "text": ask.locale.texts(),
        "version": super::VERSION.as_str(),
        "sum": sum,
        "cart": sealed,
    });
    let (templates, _) = Templates::new(TEMPLATES);
    let mut answer = Answer::html(templates.print(HANDOVER, &view)?);
    answer.keep = Keep::Never;
    Ok(answer)
}

/// Takes it over and goes on to the web's cart.
///
/// # Errors
/// `NotFound` for a link that is none or is too old.
pub fn take(ask: &Ask) -> Result<Answer, Failure> {
    let fields = ask.form()?;
    let handover = open(ask, fields.get("cart").unwrap_or_default())?;
    let session = Session { cart: Some(handover.cart), ..ask.session().clone() };
    Ok(Answer::see_other(&format!("/{}/cart", handover.market)).session(session))
}

fn open(ask: &Ask, sealed: &str) -> Result<Handover, Failure> {
    let stale = || Failure::new(Trouble::NotFound(Subject::Cart));
    let plain = ask.seal().open(PURPOSE, sealed).ok_or_else(stale)?;
    let handover: Handover = serde_json::from_slice(&plain).map_err(|_| stale())?;
    (handover.until > ask.now).then_some(handover).ok_or_else(stale)
}
