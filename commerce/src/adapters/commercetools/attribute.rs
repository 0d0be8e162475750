//! The attributes of a product and of its variants.

use super::schema::{EnumValue, Schema};
use super::text::{Localized, said};
use crate::model::{Choice, Market};
use serde::Deserialize;
use serde_json::Value;

/// A name and whatever its type makes of a value.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) value: Value,
}

pub(super) fn find<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Value> {
    attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &attribute.value)
}

/// A value in words, for values that have words.
pub(super) fn words(value: &Value, market: &Market) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(_) => match Localized::deserialize(value) {
            Ok(text) if !text.contains_key("key") => Some(said(&text, market)),
            _ => Some(EnumValue::deserialize(value).ok()?.label.said(market)),
        },
        _ => None,
    }
    .filter(|words| !words.is_empty())
}

/// The keys, texts or ids of a set.
pub(super) fn set(value: Option<&Value>) -> Vec<String> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    let one = |value: &Value| {
        let inner = value.get("key").or_else(|| value.get("id")).unwrap_or(value);
        inner.as_str().map(str::to_owned)
    };
    all.filter_map(one).collect()
}

/// What a variant is of each option, in the options' order.
pub(super) fn choices(attributes: &[Attribute], schema: &Schema) -> Vec<(Choice, EnumValue)> {
    let chosen = schema.options().filter_map(|option| {
        let value = EnumValue::deserialize(find(attributes, &option.name)?).ok()?;
        Some((Choice { option: option.name.clone(), value: value.key.clone() }, value))
    });
    chosen.collect()
}

/// The same in words: `Navy, M`.
pub(super) fn choices_in_words(attributes: &[Attribute], schema: &Schema, market: &Market) -> String {
    let comma = if market.language() == "ar" { "، " } else { ", " };
    let words: Vec<String> =
        choices(attributes, schema).iter().map(|(_, value)| value.label.said(market)).collect();
    words.join(comma)
}
