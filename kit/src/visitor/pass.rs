//! What a session keeps of a customer who signed in.

use commerce::CustomerToken;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most characters of a name that are kept: enough to greet by.
const LONGEST_NAME: usize = 24;

/// A customer who signed in, as their session keeps it: sealed, like all of it. A debug print withholds it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    #[serde(rename = "t")]
    token: CustomerToken,
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(rename = "a")]
    at: i64,
}

impl Pass {
    /// The customer whom a token opens, with their full name; `at` is when they signed in, in seconds since 1970.
    pub fn new(token: CustomerToken, name: &str, at: i64) -> Self {
        let first = name.split_whitespace().next().unwrap_or_default();
        Self { token, name: first.chars().take(LONGEST_NAME).collect(), at }
    }

    /// Opens the customer.
    pub fn token(&self) -> &CustomerToken {
        &self.token
    }

    /// The first word of their name, to greet them by; empty where the shop did not tell it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When they signed in, in seconds since 1970.
    pub fn at(&self) -> i64 {
        self.at
    }
}

impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pass(withheld)")
    }
}
