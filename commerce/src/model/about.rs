//! What a backend says of itself.

use super::Currency;
use serde::{Deserialize, Serialize};

/// What a backend says of itself; every part may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The shop's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The version of the shop or its API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What it sells in.
    pub currencies: Vec<Currency>,
}
