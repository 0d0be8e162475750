//! The basket.

use super::{Picture, Tag, Use, money};
use crate::links::Links;
use commerce::{Cart, CartLine, Delivery, Discount, Money};
use kit::{Ask, Failure, Locale, Trouble};
use serde::Serialize;

/// A message on a page.
#[derive(Clone, Serialize)]
pub(crate) struct Notice {
    /// Whether something went wrong.
    bad: bool,
    text: String,
}

impl Notice {
    /// Good news.
    pub(crate) fn good(text: &str) -> Self {
        Self { bad: false, text: text.to_owned() }
    }

    /// Bad news.
    pub(crate) fn bad(text: &str) -> Self {
        Self { bad: true, text: text.to_owned() }
    }

    /// Whether something went wrong.
    pub(crate) fn is_bad(&self) -> bool {
        self.bad
    }

    /// Why the shop said no.
    pub(crate) fn refused(locale: &Locale, failure: &Failure) -> Self {
        let text = locale.text(&format!("failure-{}", failure.code())).to_owned();
        let left = match &failure.trouble {
            Trouble::Refused(commerce::Refusal::OutOfStock { available: Some(left @ 1..) }) => {
                Some(locale.count("stock-left", *left))
            }
            Trouble::Refused(commerce::Refusal::QuantityLimit { most }) => {
                Some(locale.count("most-pieces", *most))
            }
            _ => None,
        };
        Self { bad: true, text: left.map_or_else(|| text.clone(), |left| format!("{text} {left}")) }
    }
}

/// A basket as its page shows it.
#[derive(Serialize)]
pub(crate) struct Basket {
    empty: bool,
    items: String,
    lines: Vec<Line>,
    totals: Totals,
    codes: Vec<Code>,
    typed: String,
    bad_code: bool,
    change: String,
    remove: String,
    code: String,
    checkout: String,
}

/// One variant in a basket or order.
#[derive(Serialize)]
pub(crate) struct Line {
    id: String,
    anchor: usize,
    href: String,
    name: String,
    choices: String,
    picture: Vec<Picture>,
    quantity: String,
    pieces: String,
    most: u32,
    price: Tag,
    several: bool,
    total: String,
    low: Vec<String>,
}

#[derive(Serialize)]
struct Code {
    code: String,
    active: bool,
}

/// The sums.
#[derive(Serialize)]
pub(crate) struct Totals {
    subtotal: String,
    discounts: Vec<Row>,
    delivery: Vec<String>,
    total: String,
}

#[derive(Serialize)]
struct Row {
    label: String,
    amount: String,
}

impl Basket {
    /// `typed` is a code that was refused.
    pub(crate) fn of(ask: &Ask, cart: Option<&Cart>, typed: &str) -> Self {
        let (locale, links) = (&*ask.locale, Links::of(ask));
        let lines = cart.map(|cart| cart.lines.as_slice()).unwrap_or_default();
        let zero = Money::zero(ask.market.currency());
        let totals = match cart {
            Some(cart) => Totals::of(locale, cart.subtotal, &cart.discounts, cart.delivery_price, cart.total),
            None => Totals::of(locale, zero, &[], None, zero),
        };
        let code = |code: &commerce::AppliedCode| Code { code: code.code.clone(), active: code.active };
        Self {
            empty: lines.is_empty(),
            items: locale.count("items", cart.map_or(0, |cart| cart.quantity)),
            lines: lines.iter().enumerate().map(|(at, line)| Line::of(locale, &links, at, line)).collect(),
            totals,
            codes: cart.map(|cart| cart.codes.iter().map(code).collect()).unwrap_or_default(),
            bad_code: !typed.is_empty(),
            typed: typed.to_owned(),
            change: links.page("cart/change"),
            remove: links.page("cart/remove"),
            code: links.page("cart/code"),
            checkout: links.page("checkout"),
        }
    }
}

impl Line {
    pub(crate) fn of(locale: &Locale, links: &Links, at: usize, line: &CartLine) -> Self {
        let picture = Picture::maybe(line.image.as_ref(), Use::Thumb);
        let few = line.available.filter(|available| *available <= line.quantity.max(3));
        Self {
            id: line.id.to_string(),
            anchor: at + 1,
            href: links.product(&line.slug),
            name: line.name.clone(),
            choices: line.choices.clone(),
            picture: picture.into_iter().map(Picture::silent).collect(),
            // As a form field's value: plain digits.
            quantity: line.quantity.to_string(),
            pieces: locale.number(line.quantity),
            most: line.available.unwrap_or(99).clamp(line.quantity.max(1), 999),
            price: Tag::of(locale, &line.price),
            several: line.quantity > 1,
            total: money(locale, line.total),
            low: few.map(|left| locale.count("stock-left", left)).into_iter().collect(),
        }
    }
}

impl Totals {
    pub(crate) fn of(
        locale: &Locale,
        subtotal: Money,
        discounts: &[Discount],
        delivery: Option<Money>,
        total: Money,
    ) -> Self {
        let free = |price: Money| match price.amount {
            0 => locale.text("free").to_owned(),
            _ => money(locale, price),
        };
        let less = |off: Money| money(locale, Money { amount: off.amount.saturating_neg(), ..off });
        let row = |discount: &Discount| Row { label: discount.label.clone(), amount: less(discount.amount) };
        Self {
            subtotal: money(locale, subtotal),
            discounts: discounts.iter().map(row).collect(),
            delivery: delivery.map(free).into_iter().collect(),
            total: money(locale, total),
        }
    }
}

/// The store that a basket is to be collected from.
pub(crate) fn pickup(cart: &Cart) -> Option<&str> {
    match &cart.delivery {
        Some(Delivery::Pickup { store }) => Some(store.as_str()),
        _ => None,
    }
}
