//! What an attempt says about the backend, whatever it says to the visitor.

use crate::edge::FetchError;
use bytes::Bytes;
use http::{HeaderMap, Response, header};
use jiff::Timestamp;
use std::fmt;
use std::time::{Duration, SystemTime};

/// Who is given less than this cannot be called slow: the visitor had no more time left.
const FAIR: Duration = Duration::from_millis(200);

/// What came of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The backend answered: a refusal and an answer that is too large are answers, too.
    Answered,
    /// It failed.
    Failed(Trouble),
    /// It asks to be left alone for a time (429 or 503 with `Retry-After`).
    Overloaded {
        /// 429 or 503.
        status: u16,
        /// For how long; never zero.
        wait: Duration,
    },
    /// It was cut off before anything can be said.
    Unknown,
}

/// How it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No connection, or it broke.
    Unreachable,
    /// No whole answer within a fair time.
    TimedOut,
    /// The status of the answer.
    Status(u16),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("unreachable"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Status(status) => write!(f, "HTTP {status}"),
        }
    }
}

impl Outcome {
    /// The outcome of an attempt that could take as long as `given`.
    pub(super) fn of(fetched: &Result<Response<Bytes>, FetchError>, given: Duration, now: Timestamp) -> Self {
        match fetched {
            Err(FetchError::Unreachable(_)) => Self::Failed(Trouble::Unreachable),
            Err(FetchError::TimedOut) => Self::cut_off(given),
            Err(FetchError::TooLarge) => Self::Answered,
            Ok(answer) => Self::said(answer.status().as_u16(), answer.headers(), now),
        }
    }

    /// The same of a call that the backend limits for each customer, or each address: that this one is to wait says
    /// nothing of the others, so nobody else may be kept from trying.
    pub(super) fn of_one(self) -> Self {
        match self {
            Self::Overloaded { .. } | Self::Failed(Trouble::Status(429)) => Self::Answered,
            other => other,
        }
    }

    /// The outcome of an attempt that somebody gave up after a time: the deadline, or a slot that had less.
    pub(super) fn cut_off(after: Duration) -> Self {
        if after < FAIR { Self::Unknown } else { Self::Failed(Trouble::TimedOut) }
    }

    fn said(status: u16, headers: &HeaderMap, now: Timestamp) -> Self {
        match (status, retry_after(headers, now)) {
            (429 | 503, Some(wait)) if !wait.is_zero() => Self::Overloaded { status, wait },
            // "No such thing here" is an answer, today as tomorrow.
            (501, _) => Self::Answered,
            (429 | 500.., _) => Self::Failed(Trouble::Status(status)),
            _ => Self::Answered,
        }
    }
}

/// `Retry-After` in either of its forms, seconds or a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(then.saturating_sub(Duration::try_from(now.as_duration()).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(1);
    const NOW: Timestamp = Timestamp::constant(1_795_262_400, 0);

    fn answer(status: u16, retry_after: &str) -> Outcome {
        let mut answer = Response::builder().status(status);
        if !retry_after.is_empty() {
            answer = answer.header("retry-after", retry_after);
        }
        Outcome::of(&Ok(answer.body(Bytes::new()).unwrap()), LONG, NOW)
    }

    #[test]
    fn a_refusal_is_an_answer_and_a_failure_is_none() {
        for status in [200, 201, 302, 304, 400, 401, 404, 409, 422, 501] {
            assert_eq!(answer(status, "7"), Outcome::Answered, "{status}");
        }
        for status in [429, 500, 502, 503, 504, 599] {
            assert_eq!(answer(status, ""), Outcome::Failed(Trouble::Status(status)));
        }
        let of = |error| Outcome::of(&Err(error), LONG, NOW);
        assert_eq!(of(FetchError::TooLarge), Outcome::Answered);
        assert_eq!(of(FetchError::Unreachable(String::new())), Outcome::Failed(Trouble::Unreachable));
    }

    #[test]
    fn a_customer_who_is_to_wait_keeps_nobody_else_waiting() {
        for (status, wait) in [(429, "7"), (429, ""), (503, "7")] {
            assert_eq!(answer(status, wait).of_one(), Outcome::Answered, "{status} {wait}");
        }
        assert_eq!(answer(503, "").of_one(), Outcome::Failed(Trouble::Status(503)), "this is an outage");
        assert_eq!(Outcome::cut_off(LONG).of_one(), Outcome::Failed(Trouble::TimedOut));
    }

    #[test]
    fn who_was_given_no_time_is_not_slow() {
        let of = |given| Outcome::of(&Err(FetchError::TimedOut), given, NOW);
        assert_eq!(of(FAIR), Outcome::Failed(Trouble::TimedOut));
        assert_eq!(of(FAIR - Duration::from_millis(1)), Outcome::Unknown);
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let wait = |seconds| Duration::from_secs(seconds);
        assert_eq!(answer(429, "7"), Outcome::Overloaded { status: 429, wait: wait(7) });
        let date = "Sat, 21 Nov 2026 12:00:09 GMT";
        assert_eq!(answer(503, date), Outcome::Overloaded { status: 503, wait: wait(9) });
        for nothing in ["0", "-1", "soon", "Sat, 21 Nov 2026 11:59:59 GMT", "1.5", "9999999999999999999999"] {
            assert_eq!(answer(429, nothing), Outcome::Failed(Trouble::Status(429)), "{nothing}");
        }
        assert_eq!(answer(500, "7"), Outcome::Failed(Trouble::Status(500)));
    }
}
