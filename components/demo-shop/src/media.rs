//! The shop's pictures: drawings that are served in the size that is asked for.

mod size;

use crate::wire::{No, Query};
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use std::path::Path;

/// Answers a picture by its name, as it stands in the address.
///
/// # Errors
/// [`No::NotFound`] for any name that is not plainly a file of the folder; `invalid` for an odd size.
pub(crate) fn picture(
    folder: &Path,
    name: &str,
    query: &Query,
    asked: &HeaderMap,
) -> Result<Response<Bytes>, No> {
    if !is_name(name) {
        return Err(No::NotFound);
    }
    let width = query.first("w").map(|_| query.number("w", 0, 16..=2_000)).transpose()?;
    let drawing = std::fs::read_to_string(folder.join(name)).map_err(|_| No::NotFound)?;
    let sized = width.and_then(|width| size::sized(&drawing, width));
    let body = Bytes::from(sized.unwrap_or(drawing));

    let tag = format!("\"{:016x}\"", fingerprint(&body));
    let fresh = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|tags| {
        tags.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    });
    let mut response = match fresh {
        true => Response::new(Bytes::new()),
        false => Response::new(body),
    };
    *response.status_mut() = if fresh { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    // Opened by itself, a drawing is a document: it may style itself and nothing else.
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'"),
    );
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    Ok(response)
}

/// Only `[a-z0-9-]+.svg`: no such name leads out of its folder.
fn is_name(name: &str) -> bool {
    let stem = name.strip_suffix(".svg").unwrap_or_default();
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=100).contains(&stem.len()) && stem.bytes().all(plain)
}

/// FNV-1a, 64 bits (RFC 9923): the same on every host and in every version.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
