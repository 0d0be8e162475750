//! `allowed_outbound_hosts`: where a component may send requests.
//!
//! The syntax is Spin's (spinframework.dev, "Granting Network Permissions to Components"): `scheme://host:port`,
//! where the scheme may be `*`, the host `*`, `*.example.com` or `self`, and the port `*` or a half-open range
//! `8000..9000`. One rule is this host's own: `*` means the world outside. A component of the same application has
//! to be named, as `http://NAME.spin.internal` or `http://*.spin.internal`.

use std::net::IpAddr;
use std::ops::Range;

/// The domain of the application's own components.
const INTERNAL: &str = "spin.internal";

/// One entry, parsed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    scheme: Option<String>,
    host: Host,
    ports: Option<Range<u32>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    Any,
    Itself,
    Subdomains(String),
    Named(String),
}

/// Where a request is going.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// This application's public routes (`http://self.alt/path`).
    Itself,
    /// A component of this application (`http://NAME.spin.internal/`).
    Component(String),
    /// Everything else.
    Outside,
}

impl Destination {
    /// Tells by the host name alone; it is lower case already.
    #[must_use]
    pub(crate) fn of(host: &str) -> Self {
        match host.strip_suffix(INTERNAL).and_then(|name| name.strip_suffix('.')) {
            Some(name) => Self::Component(name.to_owned()),
            None if host == "self.alt" || host == "self" => Self::Itself,
            None => Self::Outside,
        }
    }
}

/// Whether a request may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// No entry allows it.
    Refused,
    /// Allowed, as long as the name does not lead to a private address.
    Public,
    /// Allowed wherever it leads: the entry names this very address, or `localhost`.
    Named,
}

impl Entry {
    /// Parses one entry whose templates are filled in.
    ///
    /// # Errors
    /// What is wrong with it, worded to follow the quoted entry.
    pub(crate) fn parse(entry: &str) -> Result<Self, String> {
        if entry == "self" {
            return Ok(Self { scheme: None, host: Host::Itself, ports: None });
        }
        let Some((scheme, rest)) = entry.split_once("://") else {
            return Err("needs a scheme, as in `https://example.com`".to_owned());
        };
        if scheme.is_empty() || !scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.*".contains(c)) {
            return Err("has a scheme that cannot be read".to_owned());
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '@', ' ']) {
            return Err("must end after the host and port: it allows hosts, not paths or logins".to_owned());
        }
        let (host, port) = split_port(rest);
        let host = host.to_ascii_lowercase();
        let host = match host.as_str() {
            "" => return Err("has no host".to_owned()),
            "*" => Host::Any,
            "self" | "self.alt" => Host::Itself,
            _ => match host.strip_prefix("*.") {
                Some(domain) if !domain.is_empty() && !domain.contains('*') => {
                    Host::Subdomains(format!(".{domain}"))
                }
                None if !host.contains('*') => Host::Named(host.trim_matches(['[', ']']).to_owned()),
                _ => {
                    return Err(
                        "may have `*` only as the whole host or as its first label (`*.example.com`)"
                            .to_owned(),
                    );
                }
            },
        };
        let scheme = (scheme != "*").then(|| scheme.to_ascii_lowercase());
        let ports = match port {
            Some("*") => None,
            Some(port) => Some(ports(port)?),
            None if host == Host::Itself => None,
            None => match scheme.as_deref().map(default_port) {
                Some(Some(port)) => Some(u32::from(port)..u32::from(port) + 1),
                Some(None) | None => {
                    return Err(
                        "needs a port: its scheme has no usual one (`:*` allows every port)".to_owned()
                    );
                }
            },
        };
        Ok(Self { scheme, host, ports })
    }

    fn allows(&self, scheme: &str, host: &str, port: u16) -> bool {
        let host_fits = match &self.host {
            Host::Any => Destination::of(host) == Destination::Outside,
            Host::Itself => Destination::of(host) == Destination::Itself,
            Host::Subdomains(suffix) => host.ends_with(suffix.as_str()),
            Host::Named(name) => name == host,
        };
        host_fits
            && self.scheme.as_deref().is_none_or(|allowed| allowed == scheme)
            && self.ports.as_ref().is_none_or(|ports| ports.contains(&u32::from(port)))
    }

    fn names_address(&self) -> bool {
        match &self.host {
            Host::Named(name) => {
                name.parse::<IpAddr>().is_ok() || name == "localhost" || name.ends_with(".localhost")
            }
            _ => false,
        }
    }
}

/// Judges a request against all entries of its component.
#[must_use]
pub(crate) fn judge(entries: &[Entry], scheme: &str, host: &str, port: u16) -> Verdict {
    let mut verdict = Verdict::Refused;
    for entry in entries.iter().filter(|entry| entry.allows(scheme, host, port)) {
        if entry.names_address() {
            return Verdict::Named;
        }
        verdict = Verdict::Public;
    }
    verdict
}

/// 80 and 443 by scheme.
#[must_use]
pub(crate) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn ports(text: &str) -> Result<Range<u32>, String> {
    let wrong = || "has a port that is neither a number, `*` nor a range such as `8000..9000`".to_owned();
    let number = |text: &str| text.parse::<u16>().map(u32::from).map_err(|_| wrong());
    match text.split_once("..") {
        Some((from, to)) => {
            let range = number(from)?..number(to)?;
            if range.is_empty() { Err(wrong()) } else { Ok(range) }
        }
        None => number(text).map(|port| port..port + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Named, Public, Refused};

    #[test]
    fn the_table_of_what_is_allowed() {
        let table = [
            ("https://example.com", "https", "example.com", 443, Public),
            ("https://example.com/", "https", "example.com", 443, Public),
            ("https://example.com", "http", "example.com", 80, Refused),
            ("https://example.com", "https", "example.com", 8443, Refused),
            ("https://example.com", "https", "www.example.com", 443, Refused),
            ("https://example.com", "https", "example.com.evil.test", 443, Refused),
            ("https://*.example.com", "https", "a.b.example.com", 443, Public),
            ("https://*.example.com", "https", "example.com", 443, Refused),
            ("https://*.example.com", "https", "evilexample.com", 443, Refused),
            ("https://*:*", "https", "anything.test", 9, Public),
            ("https://*:*", "http", "anything.test", 9, Refused),
            ("*://*:*", "http", "anything.test", 9, Public),
            ("*://*:*", "http", "web.spin.internal", 80, Refused),
            ("*://*:*", "http", "self.alt", 80, Refused),
            ("http://x.test:8000..8002", "http", "x.test", 8001, Public),
            ("http://x.test:8000..8002", "http", "x.test", 8002, Refused),
            ("http://127.0.0.1:9000", "http", "127.0.0.1", 9000, Named),
            ("http://localhost:9000", "http", "localhost", 9000, Named),
            ("http://[::1]:9000", "http", "::1", 9000, Named),
            ("http://*:9000", "http", "127.0.0.1", 9000, Public),
            ("http://web.spin.internal", "http", "web.spin.internal", 80, Public),
            ("http://web.spin.internal", "http", "tv.spin.internal", 80, Refused),
            ("http://*.spin.internal", "http", "tv.spin.internal", 80, Public),
            ("http://self", "http", "self.alt", 80, Public),
            ("self", "http", "self.alt", 80, Public),
            ("HTTP://Example.COM:80", "http", "example.com", 80, Public),
            ("redis://cache.test:6379", "http", "cache.test", 6379, Refused),
        ];
        for (entry, scheme, host, port, wanted) in table {
            let entries = [Entry::parse(entry).unwrap()];
            assert_eq!(judge(&entries, scheme, host, port), wanted, "{entry} {scheme} {host} {port}");
        }
        assert_eq!(judge(&[], "https", "example.com", 443), Refused);
    }

    #[test]
    fn malformed_entries_say_why() {
        for entry in [
            "example.com",
            "",
            "https://",
            "https://a/path",
            "https://u@a",
            "https://a:port",
            "https://a:9..3",
            "*://example.com",
            "https://a*.test",
            "https://*.*.test",
            "redis://cache.test",
            "https://a:70000",
        ] {
            assert!(Entry::parse(entry).is_err(), "{entry}");
        }
    }
}
