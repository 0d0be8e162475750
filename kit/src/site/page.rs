//! A page that the site shows to everyone.

use super::response::content_type;
use crate::cache::lives::Lives;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use commerce::{Tag, Tagged};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The largest page of which a copy is kept, in bytes.
pub(super) const LARGEST: usize = 384 << 10;

/// A page that is the same for everyone, by the site's own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePage {
    headers: Vec<(String, String)>,
    body: Text,
    fresh_s: u32,
    stale_s: u32,
    error_s: u32,
}

/// Bytes that mostly are UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Text {
    Utf8(String),
    Base64(String),
}

/// Caching headers, which we derive ourselves, and what belongs to one visitor's answer alone.
const NOT_KEPT: [HeaderName; 12] = [
    header::CACHE_CONTROL,
    header::EXPIRES,
    header::AGE,
    header::DATE,
    header::PRAGMA,
    header::VARY,
    header::SET_COOKIE,
    HeaderName::from_static("server-timing"),
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("traceparent"),
    HeaderName::from_static("tracestate"),
    HeaderName::from_static("traceresponse"),
];

impl SitePage {
    /// A page of an answer with its body, unpacked. `headers` are those that the visitor would see.
    pub(super) fn of(headers: &HeaderMap, body: &[u8], shared: Shared) -> Self {
        let kept = headers.iter().filter(|(name, _)| !NOT_KEPT.contains(name));
        let kept = kept
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let body = match std::str::from_utf8(body) {
            Ok(text) => Text::Utf8(text.to_owned()),
            Err(_) => Text::Base64(BASE64_STANDARD.encode(body)),
        };
        Self {
            headers: kept.collect(),
            body,
            fresh_s: shared.fresh_s,
            stale_s: shared.stale_s,
            error_s: shared.error_s,
        }
    }

    /// The page as an answer.
    #[must_use]
    pub fn response(&self) -> Response<Bytes> {
        let body = match &self.body {
            Text::Utf8(text) => Bytes::from(text.clone()),
            Text::Base64(text) => BASE64_STANDARD.decode(text).unwrap_or_default().into(),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::OK;
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }

    /// The character encoding that the site names.
    #[must_use]
    pub fn charset(&self) -> Option<String> {
        let (_, named) = self.headers.iter().find(|(name, _)| name == header::CONTENT_TYPE.as_str())?;
        content_type(named)?.1
    }

    pub(super) fn lives(&self) -> Lives {
        let time = |s: u32| Duration::from_secs(s.into());
        let fresh = time(self.fresh_s);
        let stale = fresh + time(self.stale_s);
        Lives { fresh, stale, error: stale.max(fresh + time(self.error_s)) }
    }
}

impl Tagged for SitePage {
    fn tags(&self, _into: &mut Vec<Tag>) {}
}

/// How long a site says that others may keep its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shared {
    fresh_s: u32,
    stale_s: u32,
    error_s: u32,
}

/// A day: how long an old page stands in for a site that is down, when the site does not say.
const DAY: u32 = 24 * 60 * 60;

impl Shared {
    /// What the headers of an answer say; `None` when it is not for everyone: no word that it is, a cookie, or an
    /// answer that turns with the request (RFC 9111, sections 3 and 4.1; RFC 5861).
    pub(super) fn said(headers: &HeaderMap) -> Option<Self> {
        let mut age = None;
        let mut by_us = None;
        let (mut stale_s, mut error_s) = (0, DAY);
        let lines = headers.get_all(header::CACHE_CONTROL).iter();
        for line in lines {
            for directive in line.to_str().ok()?.split(',') {
                let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
                let seconds = || value.trim().trim_matches('"').parse::<u32>().ok();
                match name.trim().to_ascii_lowercase().as_str() {
                    "no-store" | "private" | "no-cache" => return None,
                    "max-age" => age = seconds(),
                    "s-maxage" => by_us = seconds(),
                    "stale-while-revalidate" => stale_s = seconds()?,
                    "stale-if-error" => error_s = seconds()?,
                    "must-revalidate" | "proxy-revalidate" => (stale_s, error_s) = (0, 0),
                    _ => {}
                }
            }
        }
        let passed = headers.get(header::AGE).and_then(|age| age.to_str().ok()?.parse::<u32>().ok());
        let fresh_s = by_us.or(age)?.saturating_sub(passed.unwrap_or(0));
        let turns = headers.get_all(header::VARY).iter().any(|value| {
            let names = value.to_str().unwrap_or("*").split(',');
            names.map(str::trim).any(|name| !name.eq_ignore_ascii_case("accept-encoding"))
        });
        let is_shared = fresh_s > 0 && !turns && !headers.contains_key(header::SET_COOKIE);
        is_shared.then_some(Self { fresh_s, stale_s, error_s })
    }
}
