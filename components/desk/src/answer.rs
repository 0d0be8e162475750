//! Who may ask, and what is asked.

use crate::{codes, explain, goes_with, rules};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use kit::desk::problem;
use kit::edge::Edge;
use kit::proof;
use kit::rulebook::Shelf;
use kit::spin::{TooLarge, receive, respond};
use std::rc::Rc;

/// The word of the operator's proof.
const WORD: &str = "headwater-desk";
/// Of a body, in bytes: rules of 1 MiB in base64, and a visit.
const BODY_CAP: usize = 2 << 20;

/// Takes a request from the host; the body of a stranger's is not read.
pub(crate) async fn serve(edge: Rc<dyn Edge>, request: kit::spin::Request) -> kit::spin::Response {
    if !is_operator(&*edge, request.headers()).await {
        return respond(absent());
    }
    respond(match receive(request, BODY_CAP).await {
        Ok(request) => route(&edge, &request).await,
        Err(TooLarge) => too_large(BODY_CAP),
    })
}

/// Answers a request.
pub async fn answer(edge: Rc<dyn Edge>, request: &Request<Bytes>) -> Response<Bytes> {
    if !is_operator(&*edge, request.headers()).await {
        return absent();
    }
    if request.body().len() > BODY_CAP { too_large(BODY_CAP) } else { route(&edge, request).await }
}

async fn is_operator(edge: &dyn Edge, headers: &HeaderMap) -> bool {
    proof::is_given(edge, headers, WORD).await
}

async fn route(edge: &Rc<dyn Edge>, request: &Request<Bytes>) -> Response<Bytes> {
    let below = request.uri().path().strip_prefix("/_headwater/").unwrap_or_default();
    match (below, request.method()) {
        ("rules", method) => in_force(&**edge, Shelf::Rules, method, request).await,
        ("placements", method) => in_force(&**edge, Shelf::Placements, method, request).await,
        ("rules/rollback", &Method::POST) => rules::roll_back(&**edge, Shelf::Rules).await,
        ("placements/rollback", &Method::POST) => rules::roll_back(&**edge, Shelf::Placements).await,
        ("rules/rollback" | "placements/rollback", _) => not_allowed("POST"),
        ("goes-with", &Method::PUT) => goes_with::put(&**edge, request).await,
        ("goes-with", _) => not_allowed("PUT"),
        ("explain", &Method::GET) => explain::asked(edge, request).await,
        ("explain", &Method::POST) => explain::posted(edge, request.body()).await,
        ("explain", _) => not_allowed("GET, POST"),
        ("codes", &Method::POST) => codes::posted(edge, request.body()).await,
        ("codes", _) => not_allowed("POST"),
        _ => absent(),
    }
}

async fn in_force(
    edge: &dyn Edge,
    shelf: Shelf,
    method: &Method,
    request: &Request<Bytes>,
) -> Response<Bytes> {
    match *method {
        Method::GET => rules::shown(edge, shelf).await,
        Method::POST => rules::publish(edge, shelf, request).await,
        _ => not_allowed("GET, POST"),
    }
}

fn absent() -> Response<Bytes> {
    problem(StatusCode::NOT_FOUND, "not_found", "there is no such address")
}

fn not_allowed(allow: &'static str) -> Response<Bytes> {
    let detail = format!("this address takes {allow}");
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", &detail);
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allow));
    response
}

/// The problem of a body with more than so many bytes.
pub(crate) fn too_large(most: usize) -> Response<Bytes> {
    let detail = format!("the body is over {most} bytes; rules and placements have 1 MiB at most: use fewer");
    problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", &detail)
}

#[cfg(test)]
mod tests;
