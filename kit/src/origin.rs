//! Protection of changes against other sites (cross-site request forgery).

use http::HeaderMap;

/// Whether a change was asked for by our own page: `Sec-Fetch-Site` where the browser sends it (W3C Fetch
/// Metadata), else `Origin` against `Host`. A request with neither does not come from a browser's form of
/// today; it may pass only when it names its session by header, which no foreign page can make it do.
pub fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => site == "same-origin" || site == "none",
        (None, Some(origin), Some(host)) => {
            origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) == Some(host)
        }
        (None, None, _) => headers.contains_key(crate::visitor::SESSION_HEADER),
        (None, Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_change_anything() {
        let asked = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_own(&headers)
        };
        assert!(asked(&[("sec-fetch-site", "same-origin")]));
        assert!(asked(&[("origin", "http://shop.test:3000"), ("host", "shop.test:3000")]));
        assert!(asked(&[("headwater-session", "")]));
        assert!(!asked(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://shop.test"),
            ("host", "shop.test")
        ]));
        assert!(!asked(&[("sec-fetch-site", "same-site")]));
        assert!(!asked(&[("origin", "http://evil.test"), ("host", "shop.test")]));
        assert!(!asked(&[("origin", "null"), ("host", "shop.test")]));
        assert!(!asked(&[("origin", "http://shop.test.evil"), ("host", "shop.test")]));
        assert!(!asked(&[]));
    }
}
