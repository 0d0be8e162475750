//! Customers: visitors whom the shop knows.

use super::{CartId, CustomerId, CustomerToken, Order, ProductCard};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a visitor types to sign in; never logged, never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// E-mail address.
    pub email: String,
    /// As typed.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(withheld)")
    }
}

/// A visitor who signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// Opens the customer; as private as a password.
    pub token: CustomerToken,
    /// The cart from now on, when signing in changed it; else the one they had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<CartId>,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn(withheld)")
    }
}

/// What the shop knows of a visitor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The backend's identifier.
    pub id: CustomerId,
    /// Full name; may be empty.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Groups that the merchant put them in, such as `loyalty-gold`.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Whether they agreed that the shop writes to them; `None` where the backend does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber: Option<bool>,
    /// How many orders they placed in all; `None` where the backend does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_count: Option<u32>,
    /// Their orders, latest first, at most 10; `None` where they could not be had, though the customer could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders: Option<Vec<Order>>,
    /// What is on their wish list, latest first, at most [`Customer::MOST_WISHES`]; `None` where the backend keeps
    /// none, or it could not be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish_list: Option<Vec<ProductCard>>,
}

/// How a group's name begins that is a loyalty tier.
const TIER: &str = "loyalty-";

impl Customer {
    /// The most products of a wish list.
    pub const MOST_WISHES: usize = 20;

    /// Their loyalty tier, such as `gold`: the first of their groups that is named `loyalty-…`.
    pub fn tier(&self) -> Option<&str> {
        self.groups.iter().find_map(|group| group.strip_prefix(TIER)).filter(|tier| !tier.is_empty())
    }
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Customer(withheld)")
    }
}
