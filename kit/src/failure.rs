//! Everything that can go wrong with a request, for a head to say in its channel's own form.

use commerce::{Error, Fault, Kind, Refusal, Subject};
use http::StatusCode;
use std::time::Duration;

/// When to come back, where no backend says.
const SOON: Duration = Duration::from_secs(5);
/// The longest that a visitor is sent away for, whatever a backend says.
const LATEST: Duration = Duration::from_secs(60 * 60);

/// A request that gets no ordinary answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is the matter.
    pub trouble: Trouble,
    /// For the log only.
    pub detail: String,
}

/// What is the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No such address.
    UnknownRoute,
    /// The address takes other methods; the value of `Allow`.
    MethodNotAllowed(String),
    /// No such market.
    UnknownMarket,
    /// The address is fine, the thing does not exist.
    NotFound(Subject),
    /// A parameter or field cannot be read; its name.
    BadInput(String),
    /// A change that another site asked for.
    CrossSite,
    /// The body is over the cap; bytes.
    BodyTooLarge(usize),
    /// The body's type is not taken; the type that is.
    UnsupportedMedia(&'static str),
    /// The shop says no.
    Refused(Refusal),
    /// This shop has no such feature.
    Unsupported,
    /// A backend failed.
    UpstreamFailed,
    /// A backend has too much to do (429 or 503), and asks to be left alone for so long.
    UpstreamBusy(Duration),
    /// A backend was too late.
    UpstreamLate,
    /// Our own fault.
    Internal,
}

impl Failure {
    /// A failure without more to say.
    pub fn new(trouble: Trouble) -> Self {
        Self { trouble, detail: String::new() }
    }

    /// A parameter or field that cannot be read.
    pub fn bad_input(name: impl Into<String>) -> Self {
        Self::new(Trouble::BadInput(name.into()))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match &self.trouble {
            Trouble::UnknownRoute | Trouble::UnknownMarket | Trouble::NotFound(_) => StatusCode::NOT_FOUND,
            Trouble::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::BadInput(_) => StatusCode::BAD_REQUEST,
            Trouble::CrossSite => StatusCode::FORBIDDEN,
            Trouble::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::UnsupportedMedia(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Trouble::Refused(Refusal::Invalid { .. } | Refusal::BadCode { .. } | Refusal::UnknownVariant) => {
                StatusCode::BAD_REQUEST
            }
            Trouble::Refused(Refusal::UnknownLine) => StatusCode::NOT_FOUND,
            Trouble::Refused(Refusal::BadCredentials) => StatusCode::UNAUTHORIZED,
            Trouble::Refused(_) => StatusCode::CONFLICT,
            Trouble::Unsupported => StatusCode::NOT_IMPLEMENTED,
            Trouble::UpstreamFailed => StatusCode::BAD_GATEWAY,
            Trouble::UpstreamBusy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::UpstreamLate => StatusCode::GATEWAY_TIMEOUT,
            Trouble::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A stable word for machines, such as `not_found`; also the key of its text in `texts/*.ftl`.
    pub fn code(&self) -> &'static str {
        match &self.trouble {
            Trouble::UnknownRoute | Trouble::NotFound(_) => "not-found",
            Trouble::UnknownMarket => "unknown-market",
            Trouble::MethodNotAllowed(_) => "method-not-allowed",
            Trouble::BadInput(_) => "bad-input",
            Trouble::CrossSite => "cross-site",
            Trouble::BodyTooLarge(_) => "body-too-large",
            Trouble::UnsupportedMedia(_) => "unsupported-media",
            Trouble::Refused(refusal) => match refusal {
                Refusal::OutOfStock { .. } => "out-of-stock",
                Refusal::QuantityLimit { .. } => "quantity-limit",
                Refusal::UnknownVariant => "unknown-variant",
                Refusal::UnknownLine => "unknown-line",
                Refusal::BadCode { .. } => "bad-code",
                Refusal::Conflict => "conflict",
                Refusal::BadCredentials => "bad-credentials",
                Refusal::EmptyCart => "empty-cart",
                Refusal::Invalid { .. } => "invalid",
            },
            Trouble::Unsupported => "unsupported",
            Trouble::UpstreamFailed | Trouble::UpstreamBusy(_) => "upstream-failed",
            Trouble::UpstreamLate => "upstream-late",
            Trouble::Internal => "internal",
        }
    }

    /// When it is worth asking again, in whole seconds (`Retry-After`); `None` where that changes nothing.
    pub fn retry_after(&self) -> Option<u64> {
        let wait = match &self.trouble {
            Trouble::UpstreamBusy(wait) => *wait,
            Trouble::UpstreamFailed | Trouble::UpstreamLate => SOON,
            _ => return None,
        };
        let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Some(whole.clamp(1, LATEST.as_secs()))
    }

    /// Whether the operator should look at it.
    pub fn is_ours(&self) -> bool {
        self.status().is_server_error()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        let fault = error.fault();
        let trouble = match error.kind {
            Kind::NotFound(subject) => Trouble::NotFound(subject),
            Kind::Refused(refusal) => Trouble::Refused(refusal),
            Kind::Unsupported(_) => Trouble::Unsupported,
            Kind::TimedOut => Trouble::UpstreamLate,
            Kind::Overloaded { retry_after } => Trouble::UpstreamBusy(retry_after.unwrap_or(SOON)),
            _ if fault == Fault::Upstream => Trouble::UpstreamFailed,
            _ => Trouble::Internal,
        };
        Self { trouble, detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_comes_back_when_the_backend_says_within_an_hour() {
        let busy = |seconds: Option<f64>| {
            let retry_after = seconds.map(Duration::from_secs_f64);
            let failure =
                Failure::from(Error::new(Kind::Overloaded { retry_after }, "plain.product", "busy"));
            (failure.status().as_u16(), failure.retry_after())
        };
        assert_eq!(busy(Some(42.0)), (503, Some(42)));
        assert_eq!(busy(Some(1.2)), (503, Some(2)));
        assert_eq!(busy(Some(0.0)), (503, Some(1)));
        assert_eq!(busy(Some(1e9)), (503, Some(3600)));
        assert_eq!(busy(None), (503, Some(5)));
        assert_eq!(Failure::new(Trouble::UpstreamLate).retry_after(), Some(5));
        assert_eq!(Failure::new(Trouble::Internal).retry_after(), None);
    }
}
