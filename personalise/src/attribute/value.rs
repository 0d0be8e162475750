//! A value of a declared type.

use super::{Kind, Raw, Type, seconds};
use commerce::{Currency, Money};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most bytes that a text may have.
pub const MAX_TEXT: usize = 4_096;
/// The most items that a list may have.
pub const MAX_ITEMS: usize = 1_024;

/// A value that is known. What is missing or null has no value: it is unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A finite number.
    Number(f64),
    /// Text.
    Text(Box<str>),
    /// Money.
    Money(Money),
    /// A moment.
    Time(#[serde(with = "super::exact")] Timestamp),
    /// Whole seconds.
    Duration(i64),
    /// Items of one kind.
    List(#[serde(deserialize_with = "super::items::deserialize")] Box<[Value]>),
}

/// Why a value is refused: what was sent does not fit the declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueError {
    /// Another type than declared.
    Type {
        /// The declared type.
        expected: Type,
        /// What came.
        found: &'static str,
    },
    /// NaN or infinite.
    NotFinite,
    /// A text of so many bytes.
    TooLong(usize),
    /// A list of so many items.
    TooMany(usize),
    /// Not of the form that the kind is written in.
    Form(Kind),
}

impl Value {
    /// Reads what came as the declared type. `Ok(None)` for null: unknown.
    ///
    /// # Errors
    /// [`ValueError`] when it does not fit; nothing is converted but an int to a number, and the texts of money,
    /// time and duration.
    pub fn read(declared: Type, raw: &Raw) -> Result<Option<Self>, ValueError> {
        match (declared, raw) {
            (_, Raw::Null) => Ok(None),
            (Type::One(kind), raw) => Self::one(kind, raw, declared).map(Some),
            (Type::List(kind), Raw::List(items)) if items.len() <= MAX_ITEMS => {
                let item = |raw| Self::one(kind, raw, Type::One(kind));
                items.iter().map(item).collect::<Result<_, _>>().map(Self::List).map(Some)
            }
            (Type::List(_), Raw::List(items)) => Err(ValueError::TooMany(items.len())),
            (expected, raw) => Err(ValueError::Type { expected, found: raw.word() }),
        }
    }

    fn one(kind: Kind, raw: &Raw, expected: Type) -> Result<Self, ValueError> {
        let form = || ValueError::Form(kind);
        match (kind, raw) {
            (_, Raw::Number(number)) if !number.is_finite() => Err(ValueError::NotFinite),
            (_, Raw::Text(text)) if text.len() > MAX_TEXT => Err(ValueError::TooLong(text.len())),
            (Kind::Bool, Raw::Bool(bool)) => Ok(Self::Bool(*bool)),
            (Kind::Int, Raw::Int(int)) => Ok(Self::Int(*int)),
            (Kind::Number, Raw::Number(number)) => Ok(Self::Number(*number)),
            // Beyond 2^53 the nearest double is taken, as JSON readers do.
            #[expect(clippy::cast_precision_loss, reason = "the nearest double is meant")]
            (Kind::Number, Raw::Int(int)) => Ok(Self::Number(*int as f64)),
            (Kind::Text, Raw::Text(text)) => Ok(Self::Text(text.as_str().into())),
            (Kind::Money, Raw::Text(text)) => money(text).map(Self::Money).ok_or_else(form),
            (Kind::Time, Raw::Text(text)) => text.parse().map(Self::Time).map_err(|_| form()),
            (Kind::Duration, Raw::Text(text)) => seconds(text).map(Self::Duration).ok_or_else(form),
            _ => Err(ValueError::Type { expected, found: raw.word() }),
        }
    }

    /// Whether it is of the type. An empty list is of every list type.
    pub fn is(&self, declared: Type) -> bool {
        match (declared, self) {
            (Type::List(kind), Self::List(items)) => items.iter().all(|item| item.is(Type::One(kind))),
            (Type::One(kind), one) => one.kind() == Some(kind),
            _ => false,
        }
    }

    /// The kind of one value; `None` for a list.
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
            Self::Money(_) => Kind::Money,
            Self::Time(_) => Kind::Time,
            Self::Duration(_) => Kind::Duration,
            Self::List(_) => return None,
        })
    }
}

/// Reads `GBP 35.00`: a currency, one space, a decimal of major units.
pub fn money(text: &str) -> Option<Money> {
    let (code, decimal) = text.split_once(' ')?;
    Money::from_decimal(decimal, Currency::new(code).ok()?).ok()
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { expected, found } => write!(f, "is declared {expected}, but {found} was given"),
            Self::NotFinite => f.write_str("is not a finite number; leave it out when it is not known"),
            Self::TooLong(bytes) => write!(f, "has {bytes} bytes; a string may have {MAX_TEXT}"),
            Self::TooMany(items) => write!(f, "has {items} items; a list may have {MAX_ITEMS}"),
            Self::Form(Kind::Money) => f.write_str("is no money; write it as \"GBP 35.00\""),
            Self::Form(Kind::Time) => f.write_str("is no time; write it as \"2026-11-27T09:00:00Z\""),
            Self::Form(Kind::Duration) => f.write_str("is no duration; write it as \"7 days\" or \"1h30m\""),
            Self::Form(kind) => write!(f, "is no {kind}"),
        }
    }
}

impl std::error::Error for ValueError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(declared: &str, json: &str) -> Result<Option<Value>, String> {
        let raw: Raw = serde_json::from_str(json).unwrap();
        Value::read(Type::named(declared).unwrap(), &raw).map_err(|error| error.to_string())
    }

    #[test]
    fn values_are_read_as_declared_and_null_is_unknown() {
        assert_eq!(read("int", "3"), Ok(Some(Value::Int(3))));
        assert_eq!(read("number", "3"), Ok(Some(Value::Number(3.0))));
        assert_eq!(read("bool", "null"), Ok(None));
        assert_eq!(read("money", r#""GBP 35.5""#), Ok(Some(Value::Money(Money::new(3550, Currency::GBP)))));
        assert_eq!(read("duration", r#""2h""#), Ok(Some(Value::Duration(7_200))));
        assert_eq!(read("list<int>", "[1]"), Ok(Some(Value::List([Value::Int(1)].into()))));
        assert!(read("time", r#""2026-11-27T09:00:00Z""#).unwrap().unwrap().is(Type::One(Kind::Time)));
    }

    #[test]
    fn what_does_not_fit_is_refused_in_words() {
        for (declared, json, words) in [
            ("int", "3.0", "is declared int, but a number"),
            ("int", "99999999999999999999", "beyond 64 bits"),
            ("int", r#""3""#, "but a string was given"),
            ("bool", "1", "is declared bool, but a whole number"),
            ("string", "[]", "but a list was given"),
            ("list<string>", r#""a""#, "is declared list<string>, but a string"),
            ("list<string>", r#"["a",1]"#, "is declared string, but a whole number"),
            ("list<string>", "[null]", "but null was given"),
            ("money", r#""GBP 1.234""#, "GBP 35.00"),
            ("money", r#""gbp 1""#, "GBP 35.00"),
            ("time", r#""tomorrow""#, "is no time"),
        ] {
            let error = read(declared, json).unwrap_err();
            assert!(error.contains(words), "{declared} {json}: {error}");
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let read = Value::read(Type::One(Kind::Number), &Raw::Number(number));
            assert_eq!(read, Err(ValueError::NotFinite));
        }
    }

    #[test]
    fn what_is_huge_is_refused() {
        let text = |bytes| Value::read(Type::One(Kind::Text), &Raw::Text("x".repeat(bytes)));
        assert!(text(MAX_TEXT).is_ok());
        assert_eq!(text(1 << 20), Err(ValueError::TooLong(1 << 20)));
        let list = |items| Value::read(Type::List(Kind::Int), &Raw::List(vec![Raw::Int(1); items]));
        assert!(list(MAX_ITEMS).is_ok());
        assert_eq!(list(MAX_ITEMS + 1), Err(ValueError::TooMany(MAX_ITEMS + 1)));
    }
}
