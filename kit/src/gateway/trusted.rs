//! Whose word counts about where a request came from.

use crate::edge::Edge;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, header};
use std::net::{IpAddr, SocketAddr};
use url::Url;

/// What proxies tell of a request (RFC 7239, and the older names for the same).
const TOLD: [HeaderName; 6] = [
    header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-real-ip"),
];

/// What nearly every proxy sets by itself.
const DEFAULT: &str = "x-forwarded-for x-forwarded-proto";

/// A request as it was sent to the outermost proxy that the operator trusts (the variable `trusted_proxies`: addresses
/// and networks such as `10.0.0.0/8`, or `*` where the platform lets nobody else in). Of what they tell, that counts which they set themselves (`trusted_headers`). From anybody else, what is told
/// of a request is taken away: it could say anything.
pub(crate) async fn settle(edge: &dyn Edge, mut request: Request<Bytes>) -> Request<Bytes> {
    if !TOLD.iter().any(|name| request.headers().contains_key(name)) {
        return request;
    }
    let trusted = edge.instance().variable(edge, "trusted_proxies").await.unwrap_or_default();
    let trusted = Trusted(&trusted);
    let peer = text(request.headers(), "spin-client-addr").and_then(address);
    if !trusted.takes(peer) {
        for name in &TOLD {
            request.headers_mut().remove(name);
        }
        return request;
    }
    // A header that the proxies do not set themselves is a visitor's own, whoever passed it on.
    let set_by_them = edge.instance().variable(edge, "trusted_headers").await;
    let set_by_them = set_by_them.unwrap_or_else(|| DEFAULT.to_owned()).to_ascii_lowercase();
    let is_set = |name: &HeaderName| set_by_them.split([',', ' ']).any(|set| set.trim() == name.as_str());
    for name in TOLD.iter().filter(|name| !is_set(name)) {
        request.headers_mut().remove(name);
    }
    let told = told(request.headers());
    // The last was told by our peer, the one before it by whom the last one names, and so on.
    let mut believed = None;
    for hop in told.iter().rev() {
        believed = Some(hop);
        if !trusted.takes(hop.sender.as_deref().and_then(address)) {
            break;
        }
    }
    if let Some(hop) = believed {
        let full = text(request.headers(), "spin-full-url").and_then(|url| Url::parse(url).ok());
        let host = text(request.headers(), "host").unwrap_or("localhost").to_owned();
        let full = full.or_else(|| Url::parse(&format!("http://{host}{}", request.uri())).ok());
        if let Some(full) = full.and_then(|full| hop.seen(full)) {
            set(request.headers_mut(), header::HOST, &authority(&full));
            set(request.headers_mut(), HeaderName::from_static("spin-full-url"), full.as_str());
        }
    }
    request
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// What one proxy told of whom it was asked by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Hop {
    sender: Option<String>,
    scheme: Option<String>,
    host: Option<String>,
}

impl Hop {
    /// An address as it was asked of that proxy; `None` when what it told makes none.
    fn seen(&self, mut url: Url) -> Option<Url> {
        if let Some(host) = &self.host {
            let odd = |c: char| !(c.is_ascii_alphanumeric() || "-.:[]_".contains(c));
            let named = Url::parse(&format!("http://{host}/")).ok().filter(|_| !host.contains(odd))?;
            url.set_host(named.host_str()).ok()?;
            url.set_port(named.port()).ok()?;
        }
        match self.scheme.as_deref() {
            Some(scheme @ ("http" | "https")) => url.set_scheme(scheme).ok()?,
            Some(_) => return None,
            None => {}
        }
        Some(url)
    }
}

/// The hops that the headers tell of, the outermost first. `Forwarded` is exact; of the older names each is a list, or
/// one value for all.
fn told(headers: &HeaderMap) -> Vec<Hop> {
    let lines = |name: &str| -> Vec<String> {
        let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).map(|part| part.trim().to_owned()).collect()
    };
    let exact = lines("forwarded");
    if !exact.is_empty() {
        return exact.iter().map(|element| forwarded(element)).collect();
    }
    let (senders, hosts, schemes) =
        (lines("x-forwarded-for"), lines("x-forwarded-host"), lines("x-forwarded-proto"));
    let count = senders.len().max(1);
    let of = |list: &[String], at: usize| match list.len() == count {
        true => list.get(at).cloned(),
        false => list.last().cloned(),
    };
    let hop = |at| Hop { sender: senders.get(at).cloned(), host: of(&hosts, at), scheme: of(&schemes, at) };
    (0..count).map(hop).collect()
}

/// An element of `Forwarded`: `for=192.0.2.60;proto=https;host=shop.example`.
fn forwarded(element: &str) -> Hop {
    let mut hop = Hop::default();
    for pair in element.split(';') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = Some(value.trim().trim_matches('"').to_owned());
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => hop.sender = value,
            "proto" => hop.scheme = value.map(|scheme| scheme.to_ascii_lowercase()),
            "host" => hop.host = value,
            _ => {}
        }
    }
    hop
}

/// An address with or without a port; in brackets when it is of version 6 and has one.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip()).ok();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().ok().or_else(with_port).map(|address| address.to_canonical())
}

/// The proxies that are trusted, as the variable names them.
struct Trusted<'a>(&'a str);

impl Trusted<'_> {
    fn takes(&self, address: Option<IpAddr>) -> bool {
        let named = self.0.split([',', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty());
        named.into_iter().any(|part| part == "*" || address.is_some_and(|address| is_in(part, address)))
    }
}

/// Whether an address is the one named, or of the network named.
fn is_in(named: &str, asked: IpAddr) -> bool {
    let (base, length) = match named.split_once('/') {
        Some((base, length)) => (base, length.parse::<u32>().ok()),
        None => (named, Some(128)),
    };
    let (Some(base), Some(length)) = (address(base), length) else { return false };
    match (base, asked) {
        (IpAddr::V4(base), IpAddr::V4(asked)) => {
            let shift = 32_u32.saturating_sub(length);
            u32::from(base).checked_shr(shift) == u32::from(asked).checked_shr(shift)
        }
        (IpAddr::V6(base), IpAddr::V6(asked)) => {
            let shift = 128_u32.saturating_sub(length);
            u128::from(base).checked_shr(shift) == u128::from(asked).checked_shr(shift)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearsal::World;

    fn settled(trusted: &str, peer: &str, pairs: &[(&'static str, &str)]) -> (String, String, HeaderMap) {
        let set: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
        settled_with(&set.join(", "), trusted, peer, pairs)
    }

    fn settled_with(
        set: &str,
        trusted: &str,
        peer: &str,
        pairs: &[(&'static str, &str)],
    ) -> (String, String, HeaderMap) {
        let world = World::new();
        world.variables.borrow_mut().insert("trusted_headers".into(), set.into());
        world.variables.borrow_mut().insert("trusted_proxies".into(), trusted.into());
        let mut request = Request::get("/en-gb/?a=1")
            .header("host", "inner.test")
            .header("spin-full-url", "http://inner.test/en-gb/?a=1")
            .header("spin-client-addr", peer)
            .body(Bytes::new())
            .unwrap();
        for (name, value) in pairs {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        let request = world.run(settle(&*world, request));
        let text = |name: &str| text(request.headers(), name).unwrap_or_default().to_owned();
        (text("spin-full-url"), text("host"), request.headers().clone())
    }

    const FORGED: [(&str, &str); 3] =
        [("x-forwarded-host", "evil.test"), ("x-forwarded-proto", "https"), ("x-forwarded-for", "1.2.3.4")];

    #[test]
    fn a_stranger_s_word_is_taken_away() {
        for trusted in ["", "10.0.0.0/8", "garbage", "10.0.0.0/x", "203.0.113.8"] {
            let (full, host, headers) = settled(trusted, "203.0.113.7:5000", &FORGED);
            assert_eq!(
                (full.as_str(), host.as_str()),
                ("http://inner.test/en-gb/?a=1", "inner.test"),
                "{trusted}"
            );
            assert!(FORGED.iter().all(|(name, _)| !headers.contains_key(*name)));
        }
    }

    #[test]
    fn a_trusted_proxy_says_how_the_visitor_asked() {
        let told = [("x-forwarded-host", "shop.example:8443"), ("x-forwarded-proto", "https")];
        for trusted in ["203.0.113.7", "10.0.0.1, 203.0.113.0/24", "*", "::ffff:203.0.113.7"] {
            let (full, host, _) = settled(trusted, "203.0.113.7:5000", &told);
            assert_eq!(full, "https://shop.example:8443/en-gb/?a=1", "{trusted}");
            assert_eq!(host, "shop.example:8443");
        }
        let standard = [("forwarded", "for=\"[2001:db8::1]:4711\";proto=https;host=shop.example")];
        assert_eq!(
            settled("2001:db8:f::/48", "[2001:db8:f::9]:80", &standard).0,
            "https://shop.example/en-gb/?a=1"
        );
    }

    #[test]
    fn a_visitor_cannot_speak_past_a_trusted_proxy() {
        // The proxy sets two headers, and passes on what else the visitor sent.
        let told = [
            ("x-forwarded-for", "9.9.9.9"),
            ("x-forwarded-proto", "https"),
            ("forwarded", "for=1.1.1.1;proto=http;host=evil.test"),
            ("x-forwarded-host", "evil.test"),
        ];
        let (full, host, headers) = settled_with("", "10.0.0.0/8", "10.0.0.2:1", &told);
        assert_eq!((full.as_str(), host.as_str()), ("https://inner.test/en-gb/?a=1", "inner.test"));
        assert!(!headers.contains_key("forwarded") && !headers.contains_key("x-forwarded-host"));
    }

    #[test]
    fn of_a_chain_the_outermost_trusted_one_is_believed() {
        // The visitor forged the first; the trusted 10.0.0.2 was asked by the trusted 10.0.0.1, which was asked by 9.9.9.9.
        let chain = [(
            "forwarded",
            "for=1.1.1.1;proto=http;host=forged.test, for=9.9.9.9;proto=https;host=shop.example, for=10.0.0.1;proto=http;host=mid.test",
        )];
        assert_eq!(settled("10.0.0.0/8", "10.0.0.2:1", &chain).0, "https://shop.example/en-gb/?a=1");
        let lists = [
            ("x-forwarded-for", "1.1.1.1, 9.9.9.9, 10.0.0.1"),
            ("x-forwarded-host", "forged.test, shop.example, mid.test"),
            ("x-forwarded-proto", "http, https, http"),
        ];
        assert_eq!(settled("10.0.0.0/8", "10.0.0.2:1", &lists).0, "https://shop.example/en-gb/?a=1");
    }

    #[test]
    fn a_host_that_is_none_changes_nothing() {
        for bad in ["evil.test/path", "a b", "user@evil.test", "evil.test#", "", "evil.test:99999"] {
            let told = [("x-forwarded-host", bad), ("x-forwarded-proto", "https")];
            assert_eq!(settled("*", "1.1.1.1:1", &told).1, "inner.test", "{bad:?}");
        }
        assert_eq!(settled("*", "1.1.1.1:1", &[("x-forwarded-proto", "javascript")]).1, "inner.test");
    }
}
