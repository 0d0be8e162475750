//! What comes back from the site.

use super::request::{name_of, strip_hop_by_hop};
use crate::rewrite::{Links, Packing};
use crate::visitor::SESSION_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The headers of an answer as the visitor may have them: of our connection and not of the site's, with its
/// addresses and cookies as they are seen through us.
pub(super) fn seen(mut headers: HeaderMap, links: &Links) -> HeaderMap {
    strip_hop_by_hop(&mut headers);
    for name in [header::LOCATION, header::CONTENT_LOCATION] {
        let seen = headers.get(&name).and_then(|value| value.to_str().ok()).and_then(|to| links.seen(to));
        if let Some(seen) = seen.and_then(|seen| HeaderValue::from_str(&seen).ok()) {
            headers.insert(name, seen);
        }
    }
    let cookies: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| HeaderValue::from_bytes(&cookie(value.as_bytes(), links)?).ok())
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers
}

/// A cookie as the visitor may keep it: for our host, below our path; `None` for one that would pass for ours. Its value
/// is whatever bytes the site gives it.
fn cookie(line: &[u8], links: &Links) -> Option<Vec<u8>> {
    let mut parts = line.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
    let pair = parts.next()?;
    if name_of(pair) == SESSION_COOKIE.as_bytes() {
        return None;
    }
    let mut seen = pair.to_vec();
    for part in parts {
        let (name, path) = (name_of(part).to_ascii_lowercase(), part.get(5..).unwrap_or_default());
        match name.as_slice() {
            // The site's own host is not the visitor's.
            b"domain" | b"" => {}
            // Browsers take such a cookie for the whole host or not at all.
            b"path" if pair.starts_with(b"__Host-") => seen.extend_from_slice(b"; Path=/"),
            b"path" => {
                let path = links.cookie_path(&String::from_utf8_lossy(path));
                seen.extend_from_slice(format!("; Path={path}").as_bytes());
            }
            _ => {
                seen.extend_from_slice(b"; ");
                seen.extend_from_slice(part);
            }
        }
    }
    Some(seen)
}

/// Headers that are true of the site's bytes and of no others, and what it tells caches of them: theirs come before
/// `Cache-Control` (RFC 9213), and our answer is another.
const OF_THE_BYTES: [HeaderName; 17] = [
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::ETAG,
    header::LAST_MODIFIED,
    header::ACCEPT_RANGES,
    header::EXPIRES,
    header::PRAGMA,
    header::AGE,
    header::ALT_SVC,
    HeaderName::from_static("surrogate-control"),
    HeaderName::from_static("surrogate-key"),
    HeaderName::from_static("cache-tag"),
    HeaderName::from_static("x-accel-expires"),
    HeaderName::from_static("edge-control"),
    HeaderName::from_static("content-md5"),
    HeaderName::from_static("digest"),
    HeaderName::from_static("repr-digest"),
];

/// Takes away what is no longer true of a body that is changed.
pub(super) fn strip_of_bytes(headers: &mut HeaderMap) {
    for name in &OF_THE_BYTES {
        headers.remove(name);
    }
    let named = |name: &&HeaderName| name.as_str().ends_with("-cache-control");
    let of_caches: Vec<HeaderName> = headers.keys().filter(named).cloned().collect();
    for name in of_caches {
        headers.remove(name);
    }
}

/// How a page is packed, when it is one that can be rewritten: HTML, in a packing that is understood.
pub(super) fn page(headers: &HeaderMap) -> Option<Packing> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (kind, _) = content_type(text(header::CONTENT_TYPE)?)?;
    let is_page = matches!(kind.as_str(), "text/html" | "application/xhtml+xml");
    let is_shown = text(header::CONTENT_DISPOSITION).is_none_or(|how| !how.starts_with("attachment"));
    Packing::named(text(header::CONTENT_ENCODING)).filter(|_| is_page && is_shown)
}

/// A `Content-Type`: the type in lower case, and the character encoding that it names.
pub(super) fn content_type(text: &str) -> Option<(String, Option<String>)> {
    let mut parts = text.split(';');
    let kind = parts.next()?.trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    Some((kind, charset))
}
