//! Answers: JSON, and problems.

use super::No;
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use serde::Serialize;

/// Who may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The same for everyone in a market; a minute old is good enough, since stock changes.
    Everyone,
    /// A visitor's own.
    Nobody,
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, keep: Keep, value: &impl Serialize) -> Result<Response<Bytes>, No> {
    let body = serde_json::to_vec(value).map_err(|e| No::Broken(e.to_string()))?;
    let keep = match keep {
        Keep::Everyone => "public, max-age=60",
        Keep::Nobody => "no-store",
    };
    Ok(with(status, "application/json", keep, body))
}

/// An answer that says no.
pub(crate) fn problem(no: &No) -> Response<Bytes> {
    let problem = no.problem();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = with(status, "application/problem+json", "no-store", body);
    match no {
        No::Method(allowed) => response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed)),
        No::Store(_) => response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1")),
        _ => None,
    };
    response
}

fn with(status: StatusCode, kind: &'static str, keep: &'static str, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
