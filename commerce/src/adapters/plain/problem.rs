//! Errors of the plain form: `application/problem+json` (RFC 9457) with a `code`, both ways.

use crate::error::{Error, Kind, Refusal, Subject};
use crate::port::Capability;
use crate::upstream::failure;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The most characters of a detail, which may quote what a backend said.
const MOST_DETAIL: usize = 300;

const SUBJECTS: [(&str, Subject); 6] = [
    ("product", Subject::Product),
    ("category", Subject::Category),
    ("cart", Subject::Cart),
    ("order", Subject::Order),
    ("store", Subject::Store),
    ("customer", Subject::Customer),
];

/// What a backend of the plain form answers when it says no, or cannot say anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// One of the codes of `commerce/openapi.yaml`, such as `out_of_stock`.
    pub code: String,
    /// The HTTP status again.
    pub status: u16,
    /// For the operator.
    pub title: String,
    /// How many there are (`out_of_stock`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<u32>,
    /// The most a cart takes (`quantity_limit`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// Whether there is such a code (`bad_code`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exists: Option<bool>,
    /// The field that is wrong (`invalid`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What does not exist (`not_found`), where the address alone does not say it: `store`, `customer`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What cannot be asked (`unsupported`): [`Capability::as_str`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
    /// The status that a backend further behind answered with (`failed`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_status: Option<u16>,
    /// What happened behind, for the operator's log; never for a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Problem {
    /// A problem with nothing more to say.
    pub fn new(code: &str, status: u16, title: &str) -> Self {
        Self { code: code.to_owned(), status, title: title.to_owned(), ..Self::default() }
    }

    /// The problem that tells of a refusal.
    pub fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::OutOfStock { available } => Self {
                available: *available,
                ..Self::new("out_of_stock", 409, "There are not so many pieces.")
            },
            Refusal::QuantityLimit { most } => Self {
                most: Some(*most),
                ..Self::new("quantity_limit", 409, "More pieces than a cart takes.")
            },
            Refusal::UnknownVariant => Self::new("unknown_variant", 400, "There is no such variant."),
            Refusal::UnknownLine => Self::new("unknown_line", 404, "There is no such line in this cart."),
            Refusal::BadCode { exists } => Self {
                exists: *exists,
                ..Self::new("bad_code", 400, "The code is unknown, expired or not for this cart.")
            },
            Refusal::Conflict => Self::new("conflict", 409, "The cart was changed meanwhile; read it again."),
            Refusal::BadCredentials => {
                Self::new("bad_credentials", 401, "E-mail address or password is wrong.")
            }
            Refusal::EmptyCart => Self::new("empty_cart", 409, "There is nothing in the cart."),
            Refusal::Invalid { field } => Self {
                field: Some(field.clone()),
                ..Self::new("invalid", 400, "A value that the shop does not take.")
            },
        }
    }

    /// The problem that tells of any error, so that [`error`] makes the same kind of it again.
    pub fn telling(error: &Error) -> Self {
        let problem = match &error.kind {
            Kind::Refused(refusal) => Self::of(refusal),
            Kind::NotFound(subject) => {
                let word =
                    SUBJECTS.iter().find(|(_, known)| known == subject).map(|(word, _)| (*word).to_owned());
                Self { subject: word, ..Self::new("not_found", 404, "There is no such thing.") }
            }
            Kind::Unsupported(capability) => Self {
                capability: Some(capability.as_str().to_owned()),
                ..Self::new("unsupported", 501, "The backend has no such thing.")
            },
            Kind::Unreachable => Self::new("unreachable", 502, "The backend cannot be reached."),
            Kind::TimedOut => Self::new("timed_out", 504, "The backend was too late."),
            Kind::Overloaded { .. } => Self::new("overloaded", 503, "The backend asks to wait."),
            Kind::Unauthorized => {
                Self::new("unauthorized", 502, "The backend does not accept our credentials.")
            }
            Kind::Failed { status } => Self {
                upstream_status: Some(*status),
                ..Self::new("failed", 502, "The backend answered with a failure.")
            },
            Kind::BadAnswer => Self::new("bad_answer", 502, "The backend's answer cannot be understood."),
            Kind::TooLarge => Self::new("answer_too_large", 502, "The backend's answer is too large."),
            Kind::Internal => Self::new("misconfigured", 500, "The settings of the backend do not work."),
        };
        let said = match error.operation {
            "" => error.detail.clone(),
            operation => format!("{operation}: {}", error.detail),
        };
        Self { detail: Some(said.chars().take(MOST_DETAIL).collect()), ..problem }
    }

    fn refusal(&self) -> Option<Refusal> {
        Some(match self.code.as_str() {
            "out_of_stock" => Refusal::OutOfStock { available: self.available },
            "quantity_limit" => Refusal::QuantityLimit { most: self.most? },
            "unknown_variant" => Refusal::UnknownVariant,
            "unknown_line" => Refusal::UnknownLine,
            "bad_code" => Refusal::BadCode { exists: self.exists },
            "conflict" => Refusal::Conflict,
            "bad_credentials" => Refusal::BadCredentials,
            "empty_cart" => Refusal::EmptyCart,
            "invalid" => Refusal::Invalid { field: self.field.clone().unwrap_or_default() },
            _ => return None,
        })
    }

    /// What a 404 in our own form says does not exist.
    fn subject(&self, missing: Option<Subject>) -> Option<Subject> {
        let word = self.subject.as_deref().unwrap_or_default();
        SUBJECTS.iter().find(|(known, _)| *known == word).map(|(_, subject)| *subject).or(missing)
    }

    /// What failed behind the backend.
    fn fault(&self, retry_after: Option<Duration>) -> Option<Kind> {
        Some(match self.code.as_str() {
            "unsupported" => Kind::Unsupported(Capability::parse(self.capability.as_deref()?)?),
            "unreachable" => Kind::Unreachable,
            "timed_out" => Kind::TimedOut,
            "overloaded" => Kind::Overloaded { retry_after },
            "unauthorized" => Kind::Unauthorized,
            "failed" => Kind::Failed { status: self.upstream_status? },
            "bad_answer" => Kind::BadAnswer,
            "answer_too_large" => Kind::TooLarge,
            "misconfigured" => Kind::Internal,
            _ => return None,
        })
    }
}

/// The error of an answer with a failure status.
pub(super) fn error(
    operation: &'static str,
    status: StatusCode,
    headers: &http::HeaderMap,
    body: &[u8],
    missing: Option<Subject>,
) -> Error {
    let plain = || failure(operation, status, headers, body);
    let Ok(problem) = serde_json::from_slice::<Problem>(body) else { return plain() };
    let kind = if status.is_server_error() {
        problem.fault(crate::upstream::retry_after(headers))
    } else {
        // Only a 404 in our own form says "no such product"; a gateway's 404 page is an outage.
        let absent = status == StatusCode::NOT_FOUND && problem.code == "not_found";
        let subject = || problem.subject(missing).filter(|_| absent).map(Kind::NotFound);
        problem.refusal().filter(|_| status.is_client_error()).map(Kind::Refused).or_else(subject)
    };
    let Some(kind) = kind else { return plain() };
    let detail = problem.detail.filter(|detail| !detail.is_empty()).unwrap_or(problem.code);
    Error::new(kind, operation, detail.chars().take(MOST_DETAIL).collect::<String>())
}
