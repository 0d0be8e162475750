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

/// The cookies of a request that are the site's, in its order; ours are none of its business. Values may be any bytes.
fn cookies(headers: &HeaderMap) -> Vec<&[u8]> {
    let lines = headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes);
    let cookies = lines.flat_map(|line| line.split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    cookies.filter(|cookie| !cookie.is_empty() && name_of(cookie) != SESSION_COOKIE.as_bytes()).collect()
}

/// The name of a cookie, or of one of its attributes.
pub(super) fn name_of(pair: &[u8]) -> &[u8] {
    pair.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii()
}

/// Whether a request asks for a page as everybody does: nothing in it is a visitor's. `visitor_cookies` are the names
/// of those cookies that the site tells visitors by; without them, every cookie may be one.
pub(super) fn is_for_everyone(request: &Request<Bytes>, visitor_cookies: Option<&[String]>) -> bool {
    let headers = request.headers();
    let tells = |cookie: &&[u8]| match visitor_cookies {
        Some(names) => names.iter().any(|name| name.as_bytes() == name_of(cookie)),
        None => true,
    };
    let own = [header::AUTHORIZATION, header::RANGE, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE];
    request.method() == Method::GET
        && wants_page(headers)
        && !own.iter().any(|name| headers.contains_key(name))
        && !cookies(headers).iter().any(tells)
}

/// Whether a page is asked for, and not a picture or a script.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
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
        let line = cookies(headers).join(&b"; "[..]);
        if let Some(line) = HeaderValue::from_bytes(&line).ok().filter(|line| !line.is_empty()) {
            onward.insert(header::COOKIE, line);
        }
    } else {
        // Nothing of one visitor: what comes back is shown to others. A site that answers by these says so in `Vary`,
        // and is then asked with the visitor's own.
        onward.insert(header::USER_AGENT, HeaderValue::from_static("Mozilla/5.0 (compatible; Headwater)"));
        onward.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
    }
    // What we can unpack and the visitor as well: what is no page goes on as it comes.
    let packings: Vec<&str> = ["gzip", "br"].into_iter().filter(|name| takes(headers, name)).collect();
    let packings = if packings.is_empty() { "identity".to_owned() } else { packings.join(", ") };
    if let Ok(packings) = HeaderValue::from_str(&packings) {
        onward.insert(header::ACCEPT_ENCODING, packings);
    }
    onward
}

/// Whether a visitor takes a packing (RFC 9110, section 12.5.3).
fn takes(headers: &HeaderMap, packing: &str) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(packing));
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
        is_named && weight != Some(0.0)
    })
}

/// Tells the site how the visitor reached us and from where, as proxies do.
pub(super) fn reached(headers: &mut HeaderMap, request: &Request<Bytes>) {
    let site = crate::ask::site(request);
    let (scheme, host) = site.split_once("://").unwrap_or(("http", &site));
    let peer = request.headers().get("spin-client-addr").and_then(|peer| peer.to_str().ok());
    let peer =
        peer.and_then(|peer| peer.parse::<std::net::SocketAddr>().ok()).map(|peer| peer.ip().to_string());
    let chain = headers.get("x-forwarded-for").and_then(|chain| chain.to_str().ok()).map(str::to_owned);
    let chain = chain.into_iter().chain(peer).collect::<Vec<_>>().join(", ");
    for (name, value) in
        [("x-forwarded-proto", scheme), ("x-forwarded-host", host), ("x-forwarded-for", &chain)]
    {
        if let Some(value) = HeaderValue::from_str(value).ok().filter(|value| !value.is_empty()) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

const SESSION: HeaderName = SESSION_HEADER;
