//! The items of a list as they are sent. Lists hold no lists: what is sent cannot nest, and so needs no stack.

use super::{MAX_ITEMS, Value};
use commerce::Money;
use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// The kinds of [`Value`] that are one value, in the same order.
#[derive(Deserialize)]
enum Item {
    Bool(bool),
    Int(i64),
    Number(f64),
    Text(Box<str>),
    Money(Money),
    Time(#[serde(with = "super::exact")] Timestamp),
    Duration(i64),
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<[Value]>, D::Error> {
    let items = Vec::<Item>::deserialize(from)?;
    if items.len() > MAX_ITEMS {
        return Err(D::Error::custom("a list of too many items"));
    }
    Ok(items.into_iter().map(Value::from).collect())
}

impl From<Item> for Value {
    fn from(item: Item) -> Self {
        match item {
            Item::Bool(bool) => Self::Bool(bool),
            Item::Int(int) => Self::Int(int),
            Item::Number(number) => Self::Number(number),
            Item::Text(text) => Self::Text(text),
            Item::Money(money) => Self::Money(money),
            Item::Time(time) => Self::Time(time),
            Item::Duration(seconds) => Self::Duration(seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_lists_are_refused_however_deep() {
        let one = Value::List([Value::Int(1), Value::Text("a".into())].into());
        let sent = postcard::to_allocvec(&one).unwrap();
        assert_eq!(postcard::from_bytes::<Value>(&sent), Ok(one.clone()));
        let nested = postcard::to_allocvec(&Value::List([one].into())).unwrap();
        assert!(postcard::from_bytes::<Value>(&nested).is_err());
        // 7 is a list, 1 its length: half a million of them would take all the stack there is.
        assert!(postcard::from_bytes::<Value>(&[7, 1].repeat(500_000)).is_err());
        let json = format!("{}{}", r#"{"List":["#.repeat(100_000), r#"]}"#.repeat(100_000));
        assert!(serde_json::from_str::<Value>(&json).is_err());
    }
}
