//! A value as it comes in, before its declared type is known.

use super::{Kind, Type};
use serde::{Deserialize, Serialize};

/// A value from JSON, a rule file or a profile, not yet trusted to be of the declared type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Reads a text where nothing but text can be written, such as a query or a command line: `true`, `3`, and
    /// items of a list with commas between them. What does not read so stays a text, for [`super::Value::read`] to
    /// refuse.
    pub fn of_text(declared: Type, text: &str) -> Self {
        let one = |kind: Kind, text: &str| {
            let read = match kind {
                Kind::Bool => text.parse().ok().map(Self::Bool),
                Kind::Int => text.parse().ok().map(Self::Int),
                Kind::Number => text.parse().ok().map(Self::Number),
                Kind::Text | Kind::Money | Kind::Time | Kind::Duration => None,
            };
            read.unwrap_or_else(|| Self::Text(text.to_owned()))
        };
        match declared {
            Type::One(kind) => one(kind, text),
            Type::List(_) if text.is_empty() => Self::List(Vec::new()),
            Type::List(kind) => Self::List(text.split(',').map(|item| one(kind, item.trim())).collect()),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::super::Value;
    use super::*;

    #[test]
    fn a_text_is_read_as_what_is_declared() {
        for (declared, text, expected) in [
            ("bool", "true", "true"),
            ("int", "-3", "-3"),
            ("number", "0.5", "0.5"),
            ("string", "3", r#""3""#),
            ("money", "GBP 35.00", r#""GBP 35.00""#),
            ("list<string>", "coats, scarves", r#"["coats","scarves"]"#),
            ("list<int>", "1,2", "[1,2]"),
            ("list<int>", "", "[]"),
        ] {
            let declared = Type::named(declared).unwrap();
            let raw = Raw::of_text(declared, text);
            assert_eq!(serde_json::to_string(&raw).unwrap(), expected);
            assert!(Value::read(declared, &raw).is_ok());
        }
        for (declared, text) in [("bool", "yes"), ("int", "3.0"), ("number", "NaN"), ("list<int>", "1,,2")] {
            let declared = Type::named(declared).unwrap();
            assert!(Value::read(declared, &Raw::of_text(declared, text)).is_err(), "{declared} {text}");
        }
    }
}
