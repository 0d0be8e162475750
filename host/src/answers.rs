//! The host's own answers: small, plain, and without anything that is nobody's business.

use crate::runtime::Failure;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use wasmtime_wasi_http::WasiBody;

/// A body that is all there.
pub(crate) fn whole(bytes: impl Into<Bytes>) -> WasiBody {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// An error in the form that the client asked for: HTML when it accepts that, JSON otherwise.
pub(crate) fn error(status: StatusCode, asked: &HeaderMap) -> Response<WasiBody> {
    let title = status.canonical_reason().unwrap_or("Error");
    let text = explanation(status);
    let accept = asked.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (kind, body) = if accept.contains("text/html") {
        let body = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
             <title>{title}</title><style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;\
             padding:0 1rem;color:#222}}</style><h1>{title}</h1><p>{text}</p></html>"
        );
        ("text/html; charset=utf-8", body)
    } else {
        let body =
            serde_json::json!({ "error": { "status": status.as_u16(), "title": title, "detail": text } });
        ("application/json", body.to_string())
    };
    let mut response = Response::new(whole(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The answer in place of a component's.
pub(crate) fn failure(failure: Failure, asked: &HeaderMap) -> Response<WasiBody> {
    let status = match failure {
        Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Late => StatusCode::GATEWAY_TIMEOUT,
        Failure::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Failure::Loop => StatusCode::LOOP_DETECTED,
    };
    error(status, asked)
}

fn explanation(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "The request is not well-formed HTTP.",
        StatusCode::NOT_FOUND => "There is nothing at this address.",
        StatusCode::PAYLOAD_TOO_LARGE => "The request is larger than the 10 MiB that are accepted.",
        StatusCode::URI_TOO_LONG => "The address is longer than the 8,192 bytes that are accepted.",
        StatusCode::SERVICE_UNAVAILABLE => "Too many requests at the moment. Please try again shortly.",
        StatusCode::GATEWAY_TIMEOUT => "The answer took too long. Please try again.",
        StatusCode::LOOP_DETECTED => "The application called itself in a circle.",
        _ => "Something went wrong while making this answer. It has been noted; please try again.",
    }
}
