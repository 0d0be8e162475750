//! Lists of which one broken entry must not spoil the others.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

/// The entries that can be read; `null` is an empty list.
pub(super) fn list<'de, T: DeserializeOwned, D: Deserializer<'de>>(input: D) -> Result<Vec<T>, D::Error> {
    let all: Option<Vec<Value>> = Option::deserialize(input)?;
    Ok(all.unwrap_or_default().into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect())
}
