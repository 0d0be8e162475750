//! Everything that can go wrong with a request, for a head to say in its channel's own form.

use commerce::{Error, Fault, Kind, Refusal, Subject};
use http::StatusCode;

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
            Trouble::UpstreamFailed => "upstream-failed",
            Trouble::UpstreamLate => "upstream-late",
            Trouble::Internal => "internal",
        }
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
            _ if fault == Fault::Upstream => Trouble::UpstreamFailed,
            _ => Trouble::Internal,
        };
        Self { trouble, detail }
    }
}
