//! What backends said of a visitor who signed in: each field with which backend said it, and when.

use super::profile::Change;
use commerce::Customer;
use serde::{Deserialize, Serialize};

/// A backend is asked anew after so many seconds.
const GOOD_FOR: i64 = 24 * 60 * 60;
/// The most characters of a tier or a slug.
const LONGEST: usize = 100;

/// A value, who said it and when, in seconds since 1970.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said<T> {
    #[serde(rename = "v")]
    pub(super) value: T,
    #[serde(rename = "s")]
    pub(super) source: String,
    #[serde(rename = "a")]
    pub(super) at: i64,
}

/// What backends said; each field is missing until one did.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    #[serde(rename = "o", skip_serializing_if = "Option::is_none")]
    pub(super) orders: Option<Said<u32>>,
    /// Orders that heads saw since: a backend that is asked anew knows of them.
    #[serde(rename = "n", skip_serializing_if = "is_zero")]
    pub(super) orders_since: u32,
    #[serde(rename = "l", skip_serializing_if = "Option::is_none")]
    pub(super) ordered: Option<Said<i64>>,
    #[serde(rename = "e", skip_serializing_if = "Option::is_none")]
    pub(super) subscriber: Option<Said<bool>>,
    #[serde(rename = "t", skip_serializing_if = "Option::is_none")]
    pub(super) tier: Option<Said<String>>,
    #[serde(rename = "w", skip_serializing_if = "Option::is_none")]
    pub(super) wish_list: Option<Said<Vec<String>>>,
    /// When a backend was last asked, whatever came of it.
    #[serde(rename = "q", skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<i64>,
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// A customer as a backend has them just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquaintance {
    /// Which backend says so: `shop`, or `second` where that has the customers.
    pub source: &'static str,
    /// Their orders; `None` where they could not be had: then what was said before stays.
    pub orders: Option<Orders>,
    /// Whether the shop writes to them; `None` where the backend does not tell.
    pub subscriber: Option<bool>,
    /// Their loyalty tier; `None` where they have none.
    pub tier: Option<String>,
    /// Slugs of what is on their wish list, the latest first; `None` where the backend keeps none, or it could not be
    /// had: then what was said before stays.
    pub wish_list: Option<Vec<String>>,
}

/// A customer's orders in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orders {
    /// How many.
    pub count: u32,
    /// When the latest was placed, in seconds since 1970.
    pub latest: Option<i64>,
}

impl Told {
    /// Whether nobody said anything, or was asked.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes in what a backend says now.
    pub(super) fn take(&mut self, known: &Acquaintance, now: i64) {
        fn said<T>(value: T, known: &Acquaintance, at: i64) -> Said<T> {
            Said { value, source: known.source.to_owned(), at }
        }
        self.asked = Some(now);
        if let Some(orders) = known.orders {
            self.orders = Some(said(orders.count, known, now));
            self.orders_since = 0;
            self.ordered = orders.latest.map(|latest| said(latest, known, now));
        }
        if let Some(subscriber) = known.subscriber {
            self.subscriber = Some(said(subscriber, known, now));
        }
        if let Some(wishes) = &known.wish_list {
            let slugs = wishes.iter().take(Customer::MOST_WISHES).map(|slug| short(slug)).collect();
            self.wish_list = Some(said(slugs, known, now));
        }
        let tier = known.tier.as_ref().map(|tier| short(tier));
        self.tier = tier.map(|tier| said(tier, known, now));
    }

    /// Takes in that heads saw an order: the backend has more to say.
    pub(super) fn ordered(&mut self) {
        if self.orders.is_some() {
            self.orders_since = self.orders_since.saturating_add(1);
        }
        self.asked = None;
    }

    /// How many orders, with those that heads saw since.
    pub(super) fn order_count(&self) -> u32 {
        self.orders.as_ref().map_or(0, |orders| orders.value.saturating_add(self.orders_since))
    }

    /// Whether a backend is to be asked about who signed in at `since`: for the first time, after a day, or after an
    /// order.
    pub(super) fn is_due(&self, since: i64, now: i64) -> bool {
        self.asked.is_none_or(|at| at < since || now.saturating_sub(at) >= GOOD_FOR)
    }
}

impl From<Acquaintance> for Change {
    fn from(known: Acquaintance) -> Self {
        Self::Known(known)
    }
}
