//! What is known of one visitor at one moment.

use super::{AttributeId, Raw, Schema, Value, ValueError};
use std::fmt;

/// The values of one visitor, by the places of a [`Schema`]; what is not set is unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    known: Vec<Option<Value>>,
}

/// Why a value was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValuesError {
    /// The schema declares no such attribute.
    Undeclared(String),
    /// The value does not fit the declaration.
    Value(String, ValueError),
}

impl Values {
    /// Nothing known yet.
    pub fn new(schema: &Schema) -> Self {
        Self { known: vec![None; schema.len()] }
    }

    /// Reads a value that came from outside; null makes it unknown.
    ///
    /// # Errors
    /// [`ValuesError`]; the former value stays.
    pub fn read(&mut self, schema: &Schema, name: &str, raw: &Raw) -> Result<(), ValuesError> {
        let (id, declared) =
            schema.find(name).ok_or_else(|| ValuesError::Undeclared(name.chars().take(128).collect()))?;
        let value = Value::read(declared, raw).map_err(|error| ValuesError::Value(name.to_owned(), error))?;
        self.put(id, value);
        Ok(())
    }

    /// Sets a value, or makes it unknown. Returns `false`, and takes nothing, when no such attribute is declared or
    /// it is of another type.
    #[must_use]
    pub fn set(&mut self, schema: &Schema, name: &str, value: Option<Value>) -> bool {
        match schema.find(name) {
            Some((id, declared))
                if value.as_ref().is_none_or(|value| value.is(declared) && is_sound(value)) =>
            {
                self.put(id, value);
                true
            }
            _ => false,
        }
    }

    /// The value, where it is known.
    pub fn get(&self, id: AttributeId) -> Option<&Value> {
        self.known.get(usize::from(id.0))?.as_ref()
    }

    fn put(&mut self, id: AttributeId, value: Option<Value>) {
        if let Some(place) = self.known.get_mut(usize::from(id.0)) {
            *place = value;
        }
    }
}

fn is_sound(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_finite(),
        Value::Text(text) => text.len() <= super::MAX_TEXT,
        Value::List(items) => items.len() <= super::MAX_ITEMS && items.iter().all(is_sound),
        _ => true,
    }
}

impl fmt::Display for ValuesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undeclared(name) => write!(f, "{name:?} is not declared under [attributes]"),
            Self::Value(name, error) => write!(f, "{name} {error}"),
        }
    }
}

impl std::error::Error for ValuesError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute::{Kind, Type};

    #[test]
    fn what_fits_is_kept_and_what_does_not_changes_nothing() {
        let schema = Schema::new([("n".to_owned(), Type::One(Kind::Number))]).unwrap();
        let (id, _) = schema.find("n").unwrap();
        let mut values = Values::new(&schema);
        assert_eq!(values.get(id), None);
        values.read(&schema, "n", &Raw::Int(2)).unwrap();
        assert_eq!(values.get(id), Some(&Value::Number(2.0)));
        let error = values.read(&schema, "n", &Raw::Bool(true)).unwrap_err();
        assert_eq!(error.to_string(), "n is declared number, but a bool was given");
        assert!(values.read(&schema, "m", &Raw::Null).unwrap_err().to_string().contains("\"m\""));
        assert!(!values.set(&schema, "n", Some(Value::Number(f64::NAN))));
        assert!(!values.set(&schema, "n", Some(Value::Int(1))));
        assert_eq!(values.get(id), Some(&Value::Number(2.0)));
        assert!(values.set(&schema, "n", None));
        assert_eq!(values.get(id), None);
    }
}
