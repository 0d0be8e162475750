//! JSON over HTTP.

use super::place::place;
use crate::error::{Error, Kind};
use crate::upstream::{Call, Limit, Repeat, failure};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

/// By which a backend knows a write again. It is a plain text, as in the plain form, not the quoted one of
/// the draft of the IETF (draft-ietf-httpapi-idempotency-key-header).
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A read without a body. Headers are marked sensitive, since they may hold credentials.
///
/// # Errors
/// `Internal` when a header value cannot be sent.
pub(crate) fn get(operation: &'static str, url: &Url, headers: &[(HeaderName, &str)]) -> Result<Call, Error> {
    build(operation, Method::GET, url, headers, None, Repeat::Safe)
}

/// A read that asks with a JSON body, such as a search.
///
/// # Errors
/// As [`send`].
pub(crate) fn search(
    operation: &'static str,
    url: &Url,
    headers: &[(HeaderName, &str)],
    body: &impl Serialize,
) -> Result<Call, Error> {
    build(operation, Method::POST, url, headers, Some(written(operation, body)?), Repeat::Safe)
}

/// A write with a key that the backend documents to honour; without a key it is never repeated.
///
/// # Errors
/// As [`send`].
pub(crate) fn keyed(
    operation: &'static str,
    url: &Url,
    headers: &[(HeaderName, &str)],
    key: Option<&str>,
    body: &impl Serialize,
) -> Result<Call, Error> {
    let repeat = if key.is_some() { Repeat::Keyed } else { Repeat::Never };
    let key = key.map(|key| (IDEMPOTENCY_KEY, key));
    let headers: Vec<_> = headers.iter().cloned().chain(key).collect();
    build(operation, Method::POST, url, &headers, Some(written(operation, body)?), repeat)
}

/// A write with a JSON body, which is never repeated.
///
/// # Errors
/// `Internal` when the body or a header value cannot be written.
pub(crate) fn send(
    operation: &'static str,
    method: Method,
    url: &Url,
    headers: &[(HeaderName, &str)],
    body: &impl Serialize,
) -> Result<Call, Error> {
    build(operation, method, url, headers, Some(written(operation, body)?), Repeat::Never)
}

fn written(operation: &'static str, body: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(body).map_err(|e| Error::new(Kind::Internal, operation, e.to_string()))
}

fn build(
    operation: &'static str,
    method: Method,
    url: &Url,
    headers: &[(HeaderName, &str)],
    body: Option<Vec<u8>>,
    repeat: Repeat,
) -> Result<Call, Error> {
    let internal = |e: String| Error::new(Kind::Internal, operation, e);
    let mut request =
        http::Request::builder().method(method).uri(url.as_str()).header(header::ACCEPT, "application/json");
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in headers {
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| internal(format!("the value of {name} cannot be sent in a header")))?;
        value.set_sensitive(true);
        request = request.header(name, value);
    }
    let body = Bytes::from(body.unwrap_or_default());
    let request = request.body(body).map_err(|e| internal(e.to_string()))?;
    Ok(Call { operation, request, repeat, limit: Limit::All })
}

/// Reads a 2xx answer; anything else is the [`failure`] of its status.
///
/// # Errors
/// As [`failure`], and `BadAnswer` naming the place in the JSON.
pub(crate) fn answer<T: DeserializeOwned>(
    operation: &'static str,
    response: &http::Response<Bytes>,
) -> Result<T, Error> {
    if !response.status().is_success() {
        return Err(failure(operation, response.status(), response.headers(), response.body()));
    }
    parse(operation, response.body())
}

/// Reads JSON.
///
/// # Errors
/// `BadAnswer` naming the place in the JSON, without its values, which may be a visitor's; an answer that
/// is not JSON at all is quoted from its start.
pub(crate) fn parse<T: DeserializeOwned>(operation: &'static str, body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|e| Error::bad_answer(operation, explain(&e, body)))
}

fn explain(error: &serde_json::Error, body: &[u8]) -> String {
    let start = body.trim_ascii_start();
    if !matches!(start.first(), Some(b'{' | b'[')) {
        let start: String = String::from_utf8_lossy(start).chars().take(80).collect();
        return format!("not JSON; the answer starts with `{start}`");
    }
    // The library's own words may quote a value; the kind and the place say enough.
    let what = match error.classify() {
        serde_json::error::Category::Eof => "ends too early",
        serde_json::error::Category::Data => return format!("{} ({})", place(body, error), reason(error)),
        _ => "is not JSON",
    };
    format!("the answer {what} at {}", place(body, error))
}

/// Only the start of serde's message, which names types and fields, never the value.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(", expected ") {
        Some((_, expected)) => {
            format!("expected {}", expected.split(" at line ").next().unwrap_or_default())
        }
        None => text.split(" at line ").next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Item {
        #[expect(dead_code, reason = "only decoded")]
        price: u32,
    }

    #[derive(Debug, Deserialize)]
    struct List {
        #[expect(dead_code, reason = "only decoded")]
        items: Vec<Item>,
    }

    #[test]
    fn what_cannot_be_read_names_its_place_and_never_its_value() {
        let said = |body: &str| parse::<List>("test.list", body.as_bytes()).unwrap_err().detail;
        let wrong = said(r#"{"items":[{"price":1},{"price":"ada@example.test"}]}"#);
        assert_eq!(wrong, "items[1].price (expected u32)");
        assert!(said(r#"{"items":[{"prise":1}]}"#).contains("missing field `price`"));
        assert!(said(r#"{"items":[{"pri"#).contains("ends too early at items[0]"));
        assert!(said("<html>busy").contains("starts with `<html>busy`"));
        assert!(!said(r#"{"items":["secret"]}"#).contains("secret"));
    }
}
