//! Errors of the plain form: `application/problem+json` (RFC 9457) with a `code`.

use crate::error::{Error, Kind, Refusal, Subject};
use crate::upstream::failure;
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// What a backend of the plain form answers when it says no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The field that is wrong (`invalid`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Problem {
    /// The problem that tells of a refusal.
    pub fn of(refusal: &Refusal) -> Self {
        let base = |code: &str, status, title: &str| Self {
            code: code.to_owned(),
            status,
            title: title.to_owned(),
            available: None,
            most: None,
            field: None,
        };
        match refusal {
            Refusal::OutOfStock { available } => {
                Self { available: *available, ..base("out_of_stock", 409, "There are not so many pieces.") }
            }
            Refusal::QuantityLimit { most } => {
                Self { most: Some(*most), ..base("quantity_limit", 409, "More pieces than a cart takes.") }
            }
            Refusal::UnknownVariant => base("unknown_variant", 400, "There is no such variant."),
            Refusal::UnknownLine => base("unknown_line", 404, "There is no such line in this cart."),
            Refusal::BadCode => base("bad_code", 400, "The code is unknown, expired or not for this cart."),
            Refusal::Conflict => base("conflict", 409, "The cart was changed meanwhile; read it again."),
            Refusal::BadCredentials => base("bad_credentials", 401, "E-mail address or password is wrong."),
            Refusal::EmptyCart => base("empty_cart", 409, "There is nothing in the cart."),
            Refusal::Invalid { field } => Self {
                field: Some(field.clone()),
                ..base("invalid", 400, "A value that the shop does not take.")
            },
        }
    }

    fn refusal(self) -> Option<Refusal> {
        Some(match self.code.as_str() {
            "out_of_stock" => Refusal::OutOfStock { available: self.available },
            "quantity_limit" => Refusal::QuantityLimit { most: self.most? },
            "unknown_variant" => Refusal::UnknownVariant,
            "unknown_line" => Refusal::UnknownLine,
            "bad_code" => Refusal::BadCode,
            "conflict" => Refusal::Conflict,
            "bad_credentials" => Refusal::BadCredentials,
            "empty_cart" => Refusal::EmptyCart,
            "invalid" => Refusal::Invalid { field: self.field.unwrap_or_default() },
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
    let known = serde_json::from_slice::<Problem>(body).ok().filter(|_| status.is_client_error());
    let code = known.as_ref().map(|problem| problem.code.clone()).unwrap_or_default();
    match (known.and_then(Problem::refusal), missing) {
        (Some(refusal), _) => Error::new(Kind::Refused(refusal), operation, code),
        // Only a 404 in our own form says "no such product"; a gateway's 404 page is an outage.
        (None, Some(subject)) if status == StatusCode::NOT_FOUND && code == "not_found" => {
            Error::new(Kind::NotFound(subject), operation, code)
        }
        _ => failure(operation, status, headers, body),
    }
}
