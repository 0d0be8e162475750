//! What a backend says of itself.

use super::Currency;
use serde::Deserialize;

/// What a backend says of itself; every part may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct About {
    /// The shop's name.
    pub name: Option<String>,
    /// The version of the shop or its API.
    pub version: Option<String>,
    /// What it sells in.
    pub currencies: Vec<Currency>,
}
