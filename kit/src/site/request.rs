//! What goes on to the site.

use crate::visitor::{SESSION_COOKIE, SESSION_HEADER};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};

/// Headers of one connection alone (RFC 9110, section 7.6.1), besides those that `Connection` names.
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Takes away what holds for one connection alone.
pub(super) fn strip_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
}

/// The cookies of a request that are the site's, in its order; ours are none of its business.
fn cookies(headers: &HeaderMap) -> Vec<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let cookies = lines.flat_map(|line| line.split(';')).map(str::trim).filter(|cookie| !cookie.is_empty());
    cookies.filter(|cookie| name_of(cookie) != SESSION_COOKIE).collect()
}

fn name_of(cookie: &str) -> &str {
    cookie.split_once('=').map_or(cookie, |(name, _)| name).trim()
}

/// Whether a request asks for a page as everybody does: nothing in it is a visitor's. `visitor_cookies` are the names
/// of those cookies that the site tells visitors by; without them, every cookie may be one.
pub(super) fn is_for_everyone(request: &Request<Bytes>, visitor_cookies: Option<&[String]>) -> bool {
    let headers = request.headers();
    let tells = |cookie: &&str| match visitor_cookies {
        Some(names) => names.iter().any(|name| name == name_of(cookie)),
        None => true,
    };
    let own = [header::AUTHORIZATION, header::RANGE, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE];
    request.method() == Method::GET
        && wants_page(headers)
        && !own.iter().any(|name| headers.contains_key(name))
        && !cookies(headers).iter().any(tells)
}

/// Whether a page is asked for, and not a picture or a script.
fn wants_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-dest"), text("accept")) {
        (Some(what), _) => matches!(what, "document" | "iframe"),
        (None, Some(accept)) => accept == "*/*" || accept.contains("text/html"),
        (None, None) => true,
    }
}

/// The headers that go on. Without `with_visitor` they are the same for everyone.
pub(super) fn onward(headers: &HeaderMap, with_visitor: bool) -> HeaderMap {
    let mut onward = HeaderMap::new();
    if with_visitor {
        onward = headers.clone();
        strip_hop_by_hop(&mut onward);
        let ours = |name: &str| name.starts_with("spin-") || name.starts_with("headwater-");
        let names: Vec<HeaderName> = onward.keys().filter(|name| ours(name.as_str())).cloned().collect();
        for name in names.iter().chain([&header::HOST, &header::CONTENT_LENGTH, &header::COOKIE, &SESSION]) {
            onward.remove(name);
        }
        let line = cookies(headers).join("; ");
        if let Some(line) = HeaderValue::from_str(&line).ok().filter(|line| !line.is_empty()) {
            onward.insert(header::COOKIE, line);
        }
    } else {
        // A site that answers by these says so in `Vary`, and then its pages are not shared.
        for name in [header::USER_AGENT, header::ACCEPT_LANGUAGE, header::ACCEPT] {
            if let Some(value) = headers.get(&name) {
                onward.insert(name, value.clone());
            }
        }
    }
    // What we can unpack; anything else is passed on only when it is not a page.
    onward.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
    onward
}

const SESSION: HeaderName = SESSION_HEADER;
