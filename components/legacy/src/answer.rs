//! One request and its answer.

use crate::basket::{Basket, Put};
use crate::page;
use crate::prices::Prices;
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use std::path::Path;

/// The most bytes of a body: the form of one product is far below.
pub const BODY_LIMIT: usize = 2 * 1024;

const ROOT: &str = "/legacy/";
const BASKET: &str = "/legacy/basket";

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum No {
    NotFound,
    Method(&'static str),
    TooLarge,
    MediaType,
    Form,
}

/// Answers a request; `folder` holds the site's files.
pub fn answer(folder: &Path, request: &Request<Bytes>) -> Response<Bytes> {
    // HEAD is answered like GET: the host leaves the body out and keeps its length.
    ask(folder, request).unwrap_or_else(|no| refuse(folder, no))
}

/// The answer to a body over [`BODY_LIMIT`], of which the rest is not read.
pub fn too_large() -> Response<Bytes> {
    refuse(Path::new(""), No::TooLarge)
}

fn ask(folder: &Path, request: &Request<Bytes>) -> Result<Response<Bytes>, No> {
    if request.body().len() > BODY_LIMIT {
        return Err(No::TooLarge);
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match (request.uri().path(), reads) {
        (BASKET, true) => basket(folder, request.headers()),
        (BASKET, false) if *request.method() == Method::POST => put(folder, request),
        (BASKET, false) => Err(No::Method("GET, HEAD, POST")),
        ("/legacy", true) => Ok(elsewhere(StatusCode::MOVED_PERMANENTLY, ROOT)),
        ("/legacy", false) => Err(No::Method("GET, HEAD")),
        (path, reads) => {
            let name = path.strip_prefix(ROOT).ok_or(No::NotFound)?;
            let page = page::page(folder, name, request.headers()).ok_or(No::NotFound)?;
            if reads { Ok(page) } else { Err(No::Method("GET, HEAD")) }
        }
    }
}

/// What is in the visitor's basket.
fn basket(folder: &Path, asked: &HeaderMap) -> Result<Response<Bytes>, No> {
    let prices = Prices::read(folder);
    let page = visit(&prices, asked).page(folder, &prices).ok_or(No::NotFound)?;
    Ok(with(StatusCode::OK, page, &[(CONTENT_TYPE, "text/html"), (CACHE_CONTROL, "private")]))
}

/// Puts something in, or takes it out.
fn put(folder: &Path, request: &Request<Bytes>) -> Result<Response<Bytes>, No> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(No::MediaType);
    }
    let prices = Prices::read(folder);
    let put = Put::read(&prices, request.body()).ok_or(No::Form)?;
    let mut basket = visit(&prices, request.headers());
    basket.put(&put);
    let mut response = elsewhere(StatusCode::SEE_OTHER, BASKET);
    let cookie = HeaderValue::try_from(format!("visit={}; Path=/legacy", basket.cookie()));
    response.headers_mut().insert(SET_COOKIE, cookie.map_err(|_| No::Form)?);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private"));
    Ok(response)
}

/// The basket of the cookie `visit`, the first that is sent.
fn visit(prices: &Prices, asked: &HeaderMap) -> Basket {
    let cookies = asked.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).map(str::trim);
    let value = pairs.find_map(|pair| pair.strip_prefix("visit="));
    Basket::read(prices, value.unwrap_or_default())
}

fn elsewhere(status: StatusCode, place: &'static str) -> Response<Bytes> {
    with(status, Bytes::new(), &[(LOCATION, place)])
}

fn refuse(folder: &Path, no: No) -> Response<Bytes> {
    let plain = |status, words: &'static str| {
        with(status, Bytes::from_static(words.as_bytes()), &[(CONTENT_TYPE, "text/plain")])
    };
    match no {
        No::NotFound => page::not_found(folder),
        No::Method(allowed) => {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "This page is there to be read.\n");
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
            response
        }
        No::TooLarge => plain(StatusCode::PAYLOAD_TOO_LARGE, "That is more than our form sends.\n"),
        No::MediaType => {
            plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Please send it by the form on the page.\n")
        }
        No::Form => plain(
            StatusCode::BAD_REQUEST,
            "We do not know that item or that quantity. Please go back and use the form on its page.\n",
        ),
    }
}

fn with(
    status: StatusCode,
    body: impl Into<Bytes>,
    headers: &[(HeaderName, &'static str)],
) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
pub(crate) mod tests;
