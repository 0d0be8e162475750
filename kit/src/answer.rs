//! What a head gives back. A head never writes a caching header: they follow from what was read.

use crate::body::Chunks;
use crate::visitor::Session;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use std::fmt;

/// How long the answer may be kept by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// As what was read allows.
    Derived,
    /// For ever: the address changes with the content.
    Immutable,
    /// For an hour: part of the component, under a fixed address.
    Hour,
    /// Never.
    Never,
    /// As its own headers say: another's answer, passed on untouched.
    AsGiven,
}

/// A head's answer.
#[derive(Debug)]
pub struct Answer {
    /// The status; 200 unless set.
    pub status: StatusCode,
    /// The head's own headers.
    pub headers: HeaderMap,
    /// The body; its beginning where a rest is on its way.
    pub body: Bytes,
    /// What comes after it.
    pub rest: Option<Rest>,
    /// How long it may be kept.
    pub keep: Keep,
    /// A session for the visitor to keep from now on.
    pub session: Option<Session>,
}

/// The rest of a body that has begun.
pub struct Rest(pub Chunks);

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rest")
    }
}

/// No inline script, nothing from elsewhere but pictures, forms to ourselves only, never in a frame.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self' https: data:; connect-src 'self'; manifest-src 'self'; form-action 'self' https:; base-uri 'none'; \
    frame-ancestors 'none'";

impl Answer {
    /// An answer with a body of a type.
    pub fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self {
            status: StatusCode::OK,
            headers,
            body: body.into(),
            rest: None,
            keep: Keep::Derived,
            session: None,
        }
    }

    /// A page, with a policy that lets no inline script run.
    pub fn html(page: String) -> Self {
        let answer = Self::new("text/html; charset=utf-8", page);
        answer.header(header::CONTENT_SECURITY_POLICY, PAGE_POLICY).header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(self)",
        )
    }

    /// A value as JSON; one that cannot be written is `null`, which no schema of ours takes.
    pub fn json(value: &impl Serialize) -> Self {
        Self::new("application/json", serde_json::to_vec(value).unwrap_or_else(|_| b"null".to_vec()))
    }

    /// "See there": the answer to a form, so that reloading repeats nothing. `path` is one of our own.
    pub fn see_other(path: &str) -> Self {
        let mut answer = Self::new("text/plain; charset=utf-8", Bytes::new());
        answer.status = StatusCode::SEE_OTHER;
        answer.keep = Keep::Never;
        answer.header(header::LOCATION, path)
    }

    /// Part of the component itself, such as a style sheet.
    pub fn asset(content_type: &'static str, body: &'static [u8], keep: Keep) -> Self {
        Self { keep, ..Self::new(content_type, Bytes::from_static(body)) }
    }

    /// With a header; a value that is none (a control character) is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// With a status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With a rest that comes in chunks, after the body.
    #[must_use]
    pub fn rest(mut self, rest: Chunks) -> Self {
        self.rest = Some(Rest(rest));
        self
    }

    /// With a session for the visitor to keep.
    #[must_use]
    pub fn session(mut self, session: Session) -> Self {
        self.session = Some(session);
        self
    }
}
