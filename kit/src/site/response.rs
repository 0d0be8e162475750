//! What comes back from the site.

use super::request::strip_hop_by_hop;
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
        .filter_map(|value| HeaderValue::from_str(&cookie(value.to_str().ok()?, links)?).ok())
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers
}

/// A cookie as the visitor may keep it: for our host, below our path; `None` for one that would pass for ours.
fn cookie(line: &str, links: &Links) -> Option<String> {
    let mut parts = line.split(';');
    let pair = parts.next()?.trim();
    if pair.split_once('=').map_or(pair, |(name, _)| name).trim() == SESSION_COOKIE {
        return None;
    }
    let mut seen = pair.to_owned();
    for part in parts {
        let (name, value) = part.split_once('=').map_or((part.trim(), ""), |(n, v)| (n.trim(), v.trim()));
        match name.to_ascii_lowercase().as_str() {
            // The site's own host is not the visitor's.
            "domain" | "" => {}
            "path" => seen.push_str(&format!("; Path={}", links.cookie_path(value))),
            _ if value.is_empty() => seen.push_str(&format!("; {name}")),
            _ => seen.push_str(&format!("; {name}={value}")),
        }
    }
    Some(seen)
}

/// Headers that are true of the site's bytes and of no others.
const OF_THE_BYTES: [HeaderName; 8] = [
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::ETAG,
    header::LAST_MODIFIED,
    header::ACCEPT_RANGES,
    HeaderName::from_static("content-md5"),
    HeaderName::from_static("digest"),
    HeaderName::from_static("repr-digest"),
];

/// Takes away what is no longer true of a body that is changed.
pub(super) fn strip_of_bytes(headers: &mut HeaderMap) {
    for name in &OF_THE_BYTES {
        headers.remove(name);
    }
}

/// How a page is packed, when it is one that can be rewritten: HTML, in a packing that is understood.
pub(super) fn page(headers: &HeaderMap) -> Option<Packing> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (kind, _) = content_type(headers)?;
    let is_page = matches!(kind.as_str(), "text/html" | "application/xhtml+xml");
    let is_shown = text(header::CONTENT_DISPOSITION).is_none_or(|how| !how.starts_with("attachment"));
    Packing::named(text(header::CONTENT_ENCODING)).filter(|_| is_page && is_shown)
}

/// A `Content-Type`: the type in lower case, and the character encoding that it names.
pub(super) fn content_type(headers: &HeaderMap) -> Option<(String, Option<String>)> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let mut parts = text.split(';');
    let kind = parts.next()?.trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    Some((kind, charset))
}
