//! Answers of the plain form: the model as JSON, or a problem; pure.

use super::read::Wrong;
use crate::adapters::plain::problem::Problem;
use crate::error::{Error, Kind, Refusal};
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// What a port said.
pub(super) fn told<T: Serialize>(status: StatusCode, said: Result<T, Error>) -> Response<Bytes> {
    let written = said.and_then(|value| {
        serde_json::to_vec(&value).map_err(|why| Error::new(Kind::Internal, "", why.to_string()))
    });
    match written {
        Ok(body) => with(status, "application/json", body),
        Err(error) => failed(&error),
    }
}

/// An error of a port, or one that kept it from being asked.
pub fn failed(error: &Error) -> Response<Bytes> {
    let mut response = write(&Problem::telling(error));
    if let Kind::Overloaded { retry_after: Some(wait) } = error.kind {
        // The header counts whole seconds (RFC 9110, section 10.2.3); sooner than asked would be wrong.
        let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A request that cannot be answered.
pub(super) fn wrong(wrong: &Wrong) -> Response<Bytes> {
    match wrong {
        Wrong::Invalid(field) => write(&Problem::of(&Refusal::Invalid { field: field.clone() })),
        Wrong::MediaType => {
            problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send application/json.")
        }
        Wrong::TooLarge => problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "A body has at most 64 KiB."),
    }
}

/// A path that takes other methods.
pub(super) fn method(allowed: &'static str) -> Response<Bytes> {
    let title = "The Allow header says what this path takes.";
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", title);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

/// A problem with nothing more to say.
pub(super) fn problem(status: StatusCode, code: &str, title: &str) -> Response<Bytes> {
    write(&Problem::new(code, status.as_u16(), title))
}

fn write(problem: &Problem) -> Response<Bytes> {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    with(status, "application/problem+json", serde_json::to_vec(problem).unwrap_or_default())
}

fn with(status: StatusCode, media: &'static str, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
