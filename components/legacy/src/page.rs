//! The files of the site, and what a browser that has one already may skip.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=60");
/// The first second of the year 10000, which an HTTP date cannot tell (RFC 9110, section 5.6.7).
const END: u64 = 253_402_300_800;

/// Answers a file by its name below `/legacy/`, as it stands in the address; `None` for any name that is not plainly
/// a file of the site.
pub(crate) fn page(folder: &Path, name: &str, asked: &HeaderMap) -> Option<Response<Bytes>> {
    let name = if name.is_empty() { "index.html" } else { name };
    let kind = kind(name)?;
    let path = folder.join(name);
    let body = Bytes::from(std::fs::read(&path).ok()?);
    let modified = std::fs::metadata(&path).and_then(|file| file.modified()).ok().and_then(whole_second);
    let tag = format!("W/\"{:016x}\"", fingerprint(&body));
    let fresh = is_fresh(asked, &tag, modified);
    let mut response = Response::new(if fresh { Bytes::new() } else { body });
    *response.status_mut() = if fresh { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, KEEP);
    headers.insert(ETAG, HeaderValue::try_from(tag).ok()?);
    if let Some(date) = modified {
        headers.insert(LAST_MODIFIED, HeaderValue::try_from(httpdate::fmt_http_date(date)).ok()?);
    }
    if !fresh {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    Some(response)
}

/// The page that says that there is no such page.
pub(crate) fn not_found(folder: &Path) -> Response<Bytes> {
    let body = std::fs::read(folder.join("404.html")).unwrap_or_else(|_| b"There is no such page.\n".into());
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response.headers_mut().insert(CACHE_CONTROL, KEEP);
    response
}

/// The content type of a name of at most one folder and a known ending, of `[a-z0-9-]` else: no such name leads out of
/// the folder. Pages say their character set themselves, except for the one that is older than the others.
fn kind(name: &str) -> Option<&'static str> {
    let (folder, file) = name.split_once('/').unwrap_or(("x", name));
    let (stem, ending) = file.split_once('.')?;
    let plain = crate::prices::is_slug(folder) && crate::prices::is_slug(stem);
    match ending {
        _ if !plain => None,
        "html" if name == "delivery.html" => Some("text/html; charset=windows-1252"),
        "html" => Some("text/html"),
        "css" => Some("text/css"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

/// Whether what the asker has is what would be sent (RFC 9110, section 13.2.2): tags go before dates.
fn is_fresh(asked: &HeaderMap, tag: &str, modified: Option<SystemTime>) -> bool {
    if asked.contains_key(IF_NONE_MATCH) {
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let lists = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut known = lists.flat_map(|list| list.split(','));
        return known.any(|known| known.trim() == "*" || opaque(known) == opaque(tag));
    }
    let since = asked.get(IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let since = since.and_then(|date| httpdate::parse_http_date(date).ok());
    matches!((since, modified), (Some(since), Some(modified)) if modified <= since)
}

/// A date that a header can tell.
fn whole_second(time: SystemTime) -> Option<SystemTime> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    (seconds < END).then(|| UNIX_EPOCH + Duration::from_secs(seconds))
}

/// FNV-1a, 64 bits (RFC 9923): the same on every host and in every version.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
