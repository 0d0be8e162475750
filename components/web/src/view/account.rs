//! The way to a customer's account, and their orders in rows.

use super::{money, order::state};
use crate::links::{Links, with_query};
use commerce::{Capability, Order};
use kit::{Ask, Locale};
use serde::Serialize;

/// The way to the account, on every page.
#[derive(Serialize)]
pub(crate) struct Door {
    href: String,
    text: String,
}

impl Door {
    /// The way to a customer's account by their name, or to sign in and back again; `None` where the shop has no
    /// customers. Who is signed in gets pages of their own, as who has a basket does; anybody else gets everybody's.
    pub(crate) fn of(ask: &Ask) -> Option<Self> {
        if !ask.shop.can(Capability::Customer) {
            return None;
        }
        let (locale, links) = (&*ask.locale, Links::of(ask));
        let account = links.page("account");
        Some(match ask.signed_in().map(kit::visitor::Pass::name) {
            Some("") => Self { href: account, text: locale.text("account").to_owned() },
            Some(name) => Self { href: account, text: locale.say("greeting", &[("name", name.into())]) },
            None => {
                let address = ask.address();
                let path = links.page("account/sign-in");
                let comes_back = ask.method().is_safe() && !address.starts_with(&account);
                let href = if comes_back { with_query(&path, &[("back", &address)]) } else { path };
                Self { href, text: locale.text("sign-in").to_owned() }
            }
        })
    }
}

/// An order in a row.
#[derive(Serialize)]
pub(crate) struct OrderRow {
    href: String,
    number: String,
    placed: String,
    state: String,
    items: String,
    total: String,
}

impl OrderRow {
    pub(crate) fn of(locale: &Locale, links: &Links, order: &Order) -> Self {
        Self {
            href: links.order(order.id.as_str()),
            number: order.number.clone(),
            placed: locale.date(order.placed_at.to_zoned(locale.time_zone()).date()),
            state: locale.text(state(order)).to_owned(),
            items: locale.count("items", order.quantity),
            total: money(locale, order.total),
        }
    }
}

/// A loyalty tier in the visitor's language, where there is a word for it.
pub(crate) fn named_tier(locale: &Locale, tier: &str) -> String {
    locale.texts().get(&format!("tier-{tier}")).map_or(tier, String::as_str).to_owned()
}
