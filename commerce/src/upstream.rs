//! The seam to the network.

use crate::error::Error;
use crate::port::Pending;
use bytes::Bytes;
use std::time::Duration;

/// One call to a backend, complete but for the wire.
#[derive(Debug, Clone)]
pub struct Call {
    /// For traces and errors, such as `plain.product`.
    pub operation: &'static str,
    /// With an absolute address.
    pub request: http::Request<Bytes>,
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
