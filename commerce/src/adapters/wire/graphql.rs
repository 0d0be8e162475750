//! GraphQL over HTTP (the GraphQL specification, section 7, "Response").

use super::{json, operation};
use crate::error::{Error, Kind};
use crate::upstream::{Call, failure};
use bytes::Bytes;
use http::{HeaderName, Method};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use url::Url;

#[derive(Serialize)]
struct Question<'a, V> {
    query: &'a str,
    variables: V,
}

/// A call of a document; values go in `variables` only, never into the document. A query may be repeated, a
/// mutation never: GraphQL knows no keys, and no backend of ours documents any for its mutations.
///
/// # Errors
/// As [`json::send`].
pub(crate) fn call(
    operation: &'static str,
    endpoint: &Url,
    headers: &[(HeaderName, &str)],
    document: &str,
    variables: &impl Serialize,
) -> Result<Call, Error> {
    let question = Question { query: document, variables };
    match operation::only_reads(document) {
        true => json::search(operation, endpoint, headers, &question),
        false => json::send(operation, Method::POST, endpoint, headers, &question),
    }
}

#[derive(Deserialize)]
struct Answer<T> {
    data: Option<T>,
}

#[derive(Default, Deserialize)]
struct Complaints {
    #[serde(default)]
    errors: Vec<Complaint>,
    #[serde(default)]
    data: Option<BTreeMap<String, Option<IgnoredAny>>>,
}

impl Complaints {
    /// A field that may not be null takes its parents with it when it fails, up to the first level.
    fn is_fatal(&self, complaint: &Complaint) -> bool {
        let root = complaint.path.first().and_then(|root| self.data.as_ref()?.get(root.as_str()?));
        complaint.path.len() < 2 || matches!(root, Some(None))
    }
}

#[derive(Deserialize)]
struct Complaint {
    #[serde(default)]
    message: String,
    #[serde(default)]
    path: Vec<serde_json::Value>,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
struct Extensions {
    #[serde(default)]
    code: Option<String>,
}

/// Reads `data`. A complaint about the whole or about a field of the first level fails the call, as does one
/// that left `null` there, so that a backend's failure is never taken for "there is no such thing"; one about
/// a deeper field has left a `null` below, which the decoder of that part deals with.
///
/// # Errors
/// `Overloaded` for `THROTTLED`, `Unauthorized` for its codes, else `BadAnswer` with the message.
pub(crate) fn answer<T: DeserializeOwned>(
    operation: &'static str,
    response: &http::Response<Bytes>,
) -> Result<T, Error> {
    let (status, body) = (response.status(), response.body());
    let complaints = serde_json::from_slice::<Complaints>(body).unwrap_or_default();
    if let Some(complaint) = complaints.errors.iter().find(|complaint| complaints.is_fatal(complaint)) {
        return Err(error(operation, response, complaint));
    }
    if !status.is_success() {
        return Err(failure(operation, status, response.headers(), body));
    }
    let answer: Answer<T> = json::parse(operation, body)?;
    answer.data.ok_or_else(|| Error::bad_answer(operation, "data is null"))
}

fn error(operation: &'static str, response: &http::Response<Bytes>, complaint: &Complaint) -> Error {
    let status = response.status();
    let kind = match complaint.extensions.code.as_deref().unwrap_or_default() {
        "THROTTLED" => Kind::Overloaded { retry_after: None },
        "UNAUTHENTICATED" | "UNAUTHORIZED" | "ACCESS_DENIED" | "FORBIDDEN" => Kind::Unauthorized,
        _ if matches!(status.as_u16(), 401 | 403 | 429 | 503) => {
            return failure(operation, status, response.headers(), complaint.message.as_bytes());
        }
        _ => Kind::BadAnswer,
    };
    let message: String = complaint.message.chars().take(200).collect();
    Error::new(kind, operation, format!("GraphQL: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<serde_json::Value, Error> {
        let response = http::Response::builder().status(status).body(Bytes::from(body.to_owned())).unwrap();
        answer("test.product", &response)
    }

    #[test]
    fn a_failure_is_never_taken_for_nothing_there() {
        assert_eq!(read(200, r#"{"data":{"product":null}}"#).unwrap()["product"], serde_json::Value::Null);
        let failed =
            read(200, r#"{"data":{"product":null},"errors":[{"message":"boom","path":["product"]}]}"#);
        assert_eq!(failed.unwrap_err().kind, Kind::BadAnswer);
        let deeper =
            r#"{"data":{"product":{"image":null}},"errors":[{"message":"x","path":["product","image"]}]}"#;
        assert!(read(200, deeper).is_ok());
        let bubbled = r#"{"data":{"product":null},"errors":[{"message":"x","path":["product","price"]}]}"#;
        assert_eq!(read(200, bubbled).unwrap_err().kind, Kind::BadAnswer);
        assert!(read(200, r#"{"data":null}"#).is_err());
    }

    #[test]
    fn codes_become_kinds() {
        let kind = |status, code: &str| {
            read(status, &format!(r#"{{"errors":[{{"message":"no","extensions":{{"code":"{code}"}}}}]}}"#))
                .unwrap_err()
                .kind
        };
        assert_eq!(kind(200, "THROTTLED"), Kind::Overloaded { retry_after: None });
        assert_eq!(kind(200, "FORBIDDEN"), Kind::Unauthorized);
        assert_eq!(kind(401, ""), Kind::Unauthorized);
        assert_eq!(kind(400, "GRAPHQL_VALIDATION_FAILED"), Kind::BadAnswer);
    }
}
