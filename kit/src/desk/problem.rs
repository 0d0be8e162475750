//! What the desk answers: JSON, or a problem (RFC 9457) that says its cure.

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// An answer as JSON.
pub fn said(status: StatusCode, content: &Value) -> http::Response<Bytes> {
    with_type(status, "application/json", content)
}

/// A problem; `detail` says whose fault it is and the cure.
pub fn problem(status: StatusCode, code: &str, detail: &str) -> http::Response<Bytes> {
    let title = status.canonical_reason().unwrap_or_default();
    let content = json!({"code": code, "status": status.as_u16(), "title": title, "detail": detail});
    let mut response = with_type(status, "application/problem+json", &content);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// A problem that another component told, to pass on without what else stands in its answer.
pub(super) fn relayed(answer: &http::Response<Bytes>) -> http::Response<Bytes> {
    let content = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
    with_type(answer.status(), "application/problem+json", &content)
}

fn with_type(status: StatusCode, content_type: &'static str, content: &Value) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::from(content.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
