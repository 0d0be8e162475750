//! The seam to the network.

use crate::error::Error;
use crate::port::Pending;
use bytes::Bytes;
use std::time::Duration;

/// Whether a call may be sent again when nobody knows what became of it. Who builds a call says it, since a
/// request does not tell: a search may be a `POST`, and a backend may ignore a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It only reads (RFC 9110, section 9.2.1), whatever its method.
    Safe,
    /// A write that carries a key by which the backend documents that it knows the call again: however often
    /// it is sent, it is done once.
    Keyed,
    /// Any other write: sent again, it may be done twice.
    Never,
}

/// Whom a backend means that asks to wait (429, or 503 with `Retry-After`: RFC 6585, section 4; RFC 9110, section
/// 10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Whoever asks this of it: it has had enough for now.
    All,
    /// The one for whom the call is made, such as a customer who has tried too often to sign in: nobody else is to be
    /// kept from asking.
    One,
}

/// One call to a backend, complete but for the wire.
#[derive(Debug, Clone)]
pub struct Call {
    /// For traces and errors, such as `plain.product`.
    pub operation: &'static str,
    /// With an absolute address.
    pub request: http::Request<Bytes>,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    /// Whom it means when the backend asks to wait.
    pub limit: Limit,
}

impl Call {
    /// The same, as one that the backend limits for each customer or address by itself ([`Limit::One`]).
    #[must_use]
    pub fn for_one(self) -> Self {
        Self { limit: Limit::One, ..self }
    }
}

/// Carries calls to a backend. It owns the deadline, the size cap, the clock and the trace, so that an
/// adapter is free of them.
pub trait Upstream {
    /// Sends one call and gives the whole answer, whatever its status.
    ///
    /// # Errors
    /// `Unreachable`, `TimedOut` or `TooLarge`; an HTTP failure status is an answer, not an error.
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>>;

    /// How long the one who asks goes on waiting, for a backend that can make use of it.
    fn left(&self) -> Option<Duration> {
        None
    }

    /// What was kept under a key and is still good.
    fn recall(&self, _key: &str) -> Option<String> {
        None
    }

    /// Keeps what belongs to the shop, never to a visitor, for later requests: an access token of ours,
    /// the backend's id of a market. It may be forgotten at any time.
    fn keep(&self, _key: &str, _value: &str, _good_for: Duration) {}

    /// Tells the operator of what an answer could do without, such as rows of a file that cannot be read. It is
    /// logged, so nothing of a visitor belongs in it.
    fn note(&self, _operation: &'static str, _what: &str) {}

    /// A new, unguessable key for one write, of letters and digits; `None` where there is no chance to make
    /// one of. An adapter asks for it once for each question of the port, so that whatever is sent for that
    /// question has the same key, and the visitor's next tap has another.
    fn fresh_key(&self) -> Option<String> {
        None
    }
}

/// How long an overloaded backend asks to wait, where it says so in seconds.
pub(crate) fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    let seconds = headers.get(http::header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    seconds.map(Duration::from_secs)
}

/// The error of an answer that an adapter has no better word for, by its status (RFC 9110, section 15).
pub fn failure(
    operation: &'static str,
    status: http::StatusCode,
    headers: &http::HeaderMap,
    body: &[u8],
) -> Error {
    use crate::error::Kind;
    let kind = match status.as_u16() {
        401 | 403 => Kind::Unauthorized,
        429 | 503 => Kind::Overloaded { retry_after: retry_after(headers) },
        408 | 504 => Kind::TimedOut,
        other => Kind::Failed { status: other },
    };
    let start: String = String::from_utf8_lossy(body).chars().take(200).collect();
    Error::new(kind, operation, format!("HTTP {status}: {start}"))
}

/// Judges a call by what is sent, and by what for, apart from how it was built; every replay of the adapters' tests asks
/// it of every call.
#[cfg(test)]
pub(crate) fn assert_repeat(call: &Call) {
    let request = &call.request;
    let (method, path) = (request.method(), request.uri().path());
    let body = String::from_utf8_lossy(request.body());
    let document = path.ends_with("graphql.json") || path.ends_with("shop-api");
    let words = || body.split(|c: char| !c.is_alphanumeric());
    let grant = path == "/oauth/token";
    let reads = method == http::Method::GET
        || (document && !words().any(|word| word == "mutation"))
        || (!document && (grant || path.ends_with("/products/search")));
    let expected = match request.headers().contains_key("idempotency-key") {
        _ if reads => Repeat::Safe,
        true if call.operation.starts_with("plain.") => Repeat::Keyed,
        _ => Repeat::Never,
    };
    assert_eq!(call.repeat, expected, "{} {method} {path}", call.operation);
    let is_of_one = call.operation.ends_with(".sign_in");
    assert_eq!(call.limit == Limit::One, is_of_one, "{} {method} {path}", call.operation);
}
