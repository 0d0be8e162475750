//! What merchants keep in Medusa's metadata: words, perhaps in every language, and lists.
//!
//! Medusa translates its own fields by the `locale` of a request and leaves metadata as it is. So a text there is
//! either one string or an object of strings by ISO 639 language.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The text in a language, or else in the first one there is.
pub(super) fn text(value: &Value, language: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(texts) => {
            let text = texts.get(language).and_then(Value::as_str);
            text.or_else(|| texts.values().find_map(Value::as_str)).map(str::to_owned)
        }
        _ => None,
    }
}

/// The strings of a list under a key; empty when there is no such list.
pub(super) fn list(metadata: &Value, key: &str) -> Vec<String> {
    let items = metadata.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The string under a key.
pub(super) fn word<'a>(metadata: &'a Value, key: &str) -> Option<&'a str> {
    metadata.get(key).and_then(Value::as_str)
}

/// An address that a browser may fetch a picture from.
pub(super) fn picture(address: &str) -> Option<&str> {
    let fetched = address.starts_with("https://") || address.starts_with("http://");
    Some(address).filter(|_| fetched)
}

/// Reads `null` as nothing: Medusa sends it for empty relations and fields alike.
pub(super) fn or_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// The entries of an optional list that can be read; a broken one does not cost the others.
pub(super) fn readable<T: serde::de::DeserializeOwned>(entries: Vec<Value>) -> Vec<T> {
    entries.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect()
}
