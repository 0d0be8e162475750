//! Errors of commercetools: `{"statusCode", "message", "errors": [{"code", …}]}`.
//! <https://docs.commercetools.com/api/errors>

use crate::error::{Error, Kind, Refusal, Subject};
use crate::upstream::failure;
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    errors: Vec<Fault>,
    /// As the token service says it (RFC 6749, section 5.2).
    #[serde(default)]
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fault {
    code: String,
    #[serde(default)]
    max_cart_quantity: Option<u32>,
    /// Of `DiscountCodeNonApplicable`: `DoesNotExist` or `TimeRangeNonApplicable`.
    #[serde(default)]
    reason: Option<String>,
}

/// The error of an answer with a failure status. `subject` is what a "not found" is about. The detail holds
/// the code only: messages quote identifiers of carts and what visitors typed.
pub(super) fn error(
    operation: &'static str,
    response: &http::Response<Bytes>,
    subject: Option<Subject>,
) -> Error {
    let (status, headers, body) = (response.status(), response.headers(), response.body());
    let Ok(problem) = serde_json::from_slice::<Problem>(body) else {
        return failure(operation, status, headers, body);
    };
    let codes = || problem.errors.iter().map(|fault| fault.code.as_str()).chain(problem.error.as_deref());
    let said: Vec<&str> = codes().collect();
    let said = said.join(", ");
    if let Some(refusal) = problem.errors.iter().find_map(refusal).or_else(|| codes().find_map(by_code)) {
        return Error::new(Kind::Refused(refusal), operation, said);
    }
    match subject {
        // A gateway's 404 has no such code and is an outage.
        Some(subject) if status == StatusCode::NOT_FOUND && codes().any(|c| c == "ResourceNotFound") => {
            Error::new(Kind::NotFound(subject), operation, said)
        }
        _ => failure(operation, status, headers, said.as_bytes()),
    }
}

fn refusal(fault: &Fault) -> Option<Refusal> {
    match fault.code.as_str() {
        "LineItemQuantityAboveLimit" => Some(Refusal::QuantityLimit { most: fault.max_cart_quantity? }),
        "DiscountCodeNonApplicable" => {
            let exists = fault.reason.as_deref().map(|reason| reason != "DoesNotExist");
            Some(Refusal::BadCode { exists })
        }
        code => by_code(code),
    }
}

fn by_code(code: &str) -> Option<Refusal> {
    Some(match code {
        "ConcurrentModification" => Refusal::Conflict,
        "OutOfStock" => Refusal::OutOfStock { available: None },
        "DiscountCodeNonApplicable" => Refusal::BadCode { exists: None },
        "InvalidCredentials" | "invalid_customer_account_credentials" => Refusal::BadCredentials,
        "MatchingPriceNotFound" => Refusal::UnknownVariant,
        _ => return None,
    })
}
