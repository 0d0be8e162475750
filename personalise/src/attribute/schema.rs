//! Which attributes there are, and of what type.

use super::Type;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most attributes that a rule file may declare.
pub const MAX_ATTRIBUTES: usize = 1_024;

/// The place of an attribute in its [`Schema`]; good for that schema only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AttributeId(pub(crate) u16);

/// The declared attributes, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    declared: Vec<(Box<str>, Type)>,
}

/// Why a declaration is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaError {
    /// Not words of `a-z`, `0-9` and `_`, joined by points, of 128 bytes at most; or a word of the language.
    Name(String),
    /// Declared twice.
    Twice(String),
    /// More than [`MAX_ATTRIBUTES`].
    TooMany,
}

impl Schema {
    /// Takes declarations, in any order.
    ///
    /// # Errors
    /// [`SchemaError`] for the first that cannot be.
    pub fn new(declarations: impl IntoIterator<Item = (String, Type)>) -> Result<Self, SchemaError> {
        let mut declared: Vec<(Box<str>, Type)> = Vec::new();
        for (name, kind) in declarations {
            if declared.len() == MAX_ATTRIBUTES {
                return Err(SchemaError::TooMany);
            }
            if !is_name(&name) {
                return Err(SchemaError::Name(name));
            }
            declared.push((name.into(), kind));
        }
        declared.sort_by(|a, b| a.0.cmp(&b.0));
        match declared.windows(2).find_map(|pair| match pair {
            [a, b] if a.0 == b.0 => Some(a.0.to_string()),
            _ => None,
        }) {
            Some(name) => Err(SchemaError::Twice(name)),
            None => Ok(Self { declared }),
        }
    }

    /// Where an attribute is, and its type.
    pub fn find(&self, name: &str) -> Option<(AttributeId, Type)> {
        let place = self.declared.binary_search_by(|(known, _)| known.as_ref().cmp(name)).ok()?;
        let kind = self.declared.get(place)?.1;
        Some((AttributeId(u16::try_from(place).ok()?), kind))
    }

    /// The name of an attribute; empty for an id of another schema.
    pub fn name(&self, id: AttributeId) -> &str {
        self.declared.get(usize::from(id.0)).map_or("", |(name, _)| name)
    }

    /// Names and types, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Type)> {
        self.declared.iter().map(|(name, kind)| (name.as_ref(), *kind))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.declared.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.declared.is_empty()
    }
}

/// `audience.` is the place of audiences, `item.` that of products to be recommended, and `now` the moment of the decision.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let reserved = matches!(name, "true" | "false" | "null" | "in" | "now" | "audience");
    name.len() <= 128
        && name.split('.').all(is_word)
        && !reserved
        && !name.starts_with("audience.")
        && !name.starts_with("item.")
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => {
                let shown: String = name.chars().take(64).collect();
                write!(
                    f,
                    "{shown:?} cannot name an attribute: use words of a-z, 0-9 and _ joined by points, not `now`, `audience.…` or `item.…`"
                )
            }
            Self::Twice(name) => write!(f, "{name} is declared twice"),
            Self::TooMany => write!(f, "more than {MAX_ATTRIBUTES} attributes are declared"),
        }
    }
}

impl std::error::Error for SchemaError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute::Kind;

    fn schema(names: &[&str]) -> Result<Schema, SchemaError> {
        Schema::new(names.iter().map(|name| ((*name).to_owned(), Type::One(Kind::Int))))
    }

    #[test]
    fn names_are_found_and_told_back() {
        let schema = schema(&["visitor.visits", "cart.total", "a"]).unwrap();
        let (id, _) = schema.find("visitor.visits").unwrap();
        assert_eq!(schema.name(id), "visitor.visits");
        assert!(schema.find("visitor").is_none());
        assert_eq!(schema.len(), 3);
    }

    #[test]
    fn bad_names_doubles_and_floods_are_refused() {
        for name in
            ["", "A", "a.", ".a", "1a", "a-b", "now", "audience.x", "item.price", "in", &"a".repeat(129)]
        {
            assert_eq!(schema(&[name]), Err(SchemaError::Name(name.to_owned())));
        }
        assert_eq!(schema(&["a", "b", "a"]), Err(SchemaError::Twice("a".to_owned())));
        let many = (0..=MAX_ATTRIBUTES).map(|n| (format!("a{n}"), Type::BOOL));
        assert_eq!(Schema::new(many), Err(SchemaError::TooMany));
    }
}
