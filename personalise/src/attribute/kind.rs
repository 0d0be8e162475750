//! The types that an attribute may have.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What one value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A whole number of 64 bits with its sign.
    Int,
    /// A finite number of 64 bits with a binary point.
    Number,
    /// Text in UTF-8, compared byte for byte.
    Text,
    /// An amount of one currency.
    Money,
    /// A moment, to the nanosecond.
    Time,
    /// A length of time in whole seconds, either sign.
    Duration,
}

/// The type of an attribute or of an expression: one value, or a list of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// One value.
    One(Kind),
    /// A list whose items are all of one kind.
    List(Kind),
}

impl Kind {
    /// Every kind, with the word that the rule file has for it.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("bool", Self::Bool),
        ("int", Self::Int),
        ("number", Self::Number),
        ("string", Self::Text),
        ("money", Self::Money),
        ("time", Self::Time),
        ("duration", Self::Duration),
    ];

    /// Whether it is `int` or `number`; the two mix freely.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Int | Self::Number)
    }

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(word, _)| *word == name).map(|(_, kind)| kind)
    }
}

impl Type {
    /// Yes or no.
    pub const BOOL: Self = Self::One(Kind::Bool);

    /// Reads the word of a rule file: `int`, `list<string>`.
    pub fn named(name: &str) -> Option<Self> {
        match name.strip_prefix("list<").and_then(|rest| rest.strip_suffix('>')) {
            Some(item) => Kind::named(item).map(Self::List),
            None => Kind::named(name).map(Self::One),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::NAMES.into_iter().find(|(_, kind)| kind == self).map_or("", |(word, _)| word);
        f.write_str(word)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(kind) => kind.fmt(f),
            Self::List(kind) => write!(f, "list<{kind}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_is_read_as_it_is_written() {
        for (_, kind) in Kind::NAMES {
            for one in [Type::One(kind), Type::List(kind)] {
                assert_eq!(Type::named(&one.to_string()), Some(one));
            }
        }
        for wrong in ["", "Int", "list<>", "list<list<int>>", "list<int", "float"] {
            assert_eq!(Type::named(wrong), None, "{wrong}");
        }
    }
}
