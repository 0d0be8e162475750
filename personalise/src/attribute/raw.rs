//! A value as it comes in, before its declared type is known.

use serde::Deserialize;

/// A value from JSON, a rule file or a profile, not yet trusted to be of the declared type.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Raw {
    /// Nothing is known.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Number(f64),
    /// Text; also money (`GBP 35.00`), a time (RFC 3339) or a duration (`7 days`).
    Text(String),
    /// A list.
    List(Vec<Raw>),
}

impl Raw {
    /// What it is, in a word for an error.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a bool",
            Self::Int(_) => "a whole number",
            Self::Number(_) => "a number with a point or beyond 64 bits",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
        }
    }
}
