//! Versions of software, as texts that sort in their order.

use serde_json::Value;

use super::value::text;

/// The version `value` in a form that sorts as text: without a leading `v` and without build notes, each number filled
/// up to five places, and `~` behind three parts, so that `1.0.0` comes after `1.0.0-beta`. What is no version is `0`.
///
/// Numbers of more than five digits sort as GrowthBook sorts them, which is not by size.
pub(super) fn sortable(value: &Value) -> String {
    let version = match value {
        Value::String(text) if text.is_empty() => "0".into(),
        Value::String(_) | Value::Number(_) => text(value).unwrap_or_default(),
        _ => "0".into(),
    };
    let version = version.strip_prefix('v').unwrap_or(&version);
    let version = version.split_once('+').map_or(version, |(version, _)| version);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let part = |part: &str| if is_number(part) { format!("{part:>5}") } else { part.to_owned() };
    let mut parts = version.split(['-', '.']).map(part).collect::<Vec<_>>();
    if parts.len() == 3 {
        parts.push("~".to_owned());
    }
    parts.join("-")
}
