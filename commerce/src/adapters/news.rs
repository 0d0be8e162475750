//! News from a backend: what it says has changed, as tags to purge. A sender proves itself with a secret that it
//! shares with us. A message that was heard twice purges twice, which harms nothing, so none is refused for its
//! age; no vendor here signs the time.

use super::plain;
use super::registry::UnknownAdapter;
use crate::model::Tag;
use http::{HeaderMap, header};
use serde_json::Value;
use std::fmt;
use subtle::ConstantTimeEq as _;

/// Tags of one message; when a backend names more, everything has changed.
pub const MOST_TAGS: usize = 500;

/// Reads one message: secret, headers, body.
type Read = fn(&str, &HeaderMap, &[u8]) -> Result<Vec<Tag>, NewsRefused>;

/// How each adapter's backend tells its news.
const NEWS: &[(&str, Read)] = &[
    // Whoever writes the file tells in the plain form that there is a new one.
    #[cfg(feature = "batch")]
    ("batch", plain::news),
    #[cfg(feature = "commercetools")]
    ("commercetools", super::commercetools::news),
    #[cfg(feature = "medusa")]
    ("medusa", super::medusa::news),
    ("plain", plain::news),
    #[cfg(feature = "shopify")]
    ("shopify", super::shopify::news),
    #[cfg(feature = "strapi")]
    ("strapi", super::strapi::news),
    #[cfg(feature = "vendure")]
    ("vendure", super::vendure::news),
];

/// What a backend says has changed: at most [`MOST_TAGS`] tags, each once. None for a message about something
/// that no answer shows, or of a kind that this version does not know.
///
/// # Errors
/// [`NewsRefused`]; nobody's secret is in it.
pub fn news(adapter: &str, secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Tag>, NewsRefused> {
    let Some((_, read)) = NEWS.iter().find(|(known, _)| *known == adapter) else {
        let unknown = UnknownAdapter { prefix: "shop", name: adapter.to_owned() };
        return Err(NewsRefused::UnknownAdapter(unknown));
    };
    // An empty secret is one that everybody knows.
    if secret.is_empty() {
        return Err(NewsRefused::Unproven);
    }
    let mut tags = read(secret, headers, body)?;
    tags.sort();
    tags.dedup();
    Ok(if tags.len() > MOST_TAGS { vec![Tag::shop()] } else { tags })
}

/// Why nothing was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsRefused {
    /// No adapter of that name is built in.
    UnknownAdapter(UnknownAdapter),
    /// The sender does not prove to know the secret.
    Unproven,
    /// The message is not what such a backend sends; what is wrong with it.
    NotUnderstood(String),
}

impl fmt::Display for NewsRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAdapter(unknown) => unknown.fmt(f),
            Self::Unproven => f.write_str("the sender does not prove to know the secret"),
            Self::NotUnderstood(why) => write!(f, "the message is not understood: {why}"),
        }
    }
}

impl std::error::Error for NewsRefused {}

/// That the sender gives the secret as `Authorization: Bearer SECRET`.
pub(super) fn bearer(secret: &str, headers: &HeaderMap) -> Result<(), NewsRefused> {
    let given = headers.get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes).unwrap_or_default();
    let given = given.strip_prefix(b"Bearer ").unwrap_or_default();
    if bool::from(given.ct_eq(secret.as_bytes())) { Ok(()) } else { Err(NewsRefused::Unproven) }
}

/// The body as JSON.
pub(super) fn json(body: &[u8]) -> Result<Value, NewsRefused> {
    serde_json::from_slice(body).map_err(|error| NewsRefused::NotUnderstood(format!("not JSON: {error}")))
}

/// A text of a message that it cannot do without.
#[allow(dead_code, reason = "which is used depends on the adapters that are built in")]
pub(super) fn word<'a>(message: &'a Value, name: &str) -> Result<&'a str, NewsRefused> {
    let missing = || NewsRefused::NotUnderstood(format!("it has no text `{name}`"));
    message.get(name).and_then(Value::as_str).ok_or_else(missing)
}

/// An id or slug of a message, which some backends write as a number; `None` when it is missing or empty.
#[allow(dead_code, reason = "which is used depends on the adapters that are built in")]
pub(super) fn name(message: &Value, name: &str) -> Option<String> {
    match message.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A thing, or each of several.
#[allow(dead_code, reason = "which is used depends on the adapters that are built in")]
pub(super) fn each(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(several)) => several,
        Some(one) => std::slice::from_ref(one),
    }
}
