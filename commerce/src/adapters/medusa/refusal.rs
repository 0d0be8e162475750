//! What Medusa says when it says no: `{type, code?, message}` with a status that tells little. Some refusals
//! differ by their words only.

use super::super::wire::json;
use crate::error::{Error, Kind, Refusal, Subject};
use crate::upstream::failure;
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct No {
    #[serde(rename = "type", default)]
    class: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    message: String,
}

/// Reads a 2xx answer; anything else is the error that it tells, where `missing` is what a 404 means.
///
/// # Errors
/// The refusals of the port where Medusa's words are known, else as [`failure`].
pub(super) fn answer<T: DeserializeOwned>(
    operation: &'static str,
    response: &http::Response<Bytes>,
    missing: Subject,
) -> Result<T, Error> {
    if response.status().is_success() {
        return json::parse(operation, response.body());
    }
    Err(error(operation, response, missing))
}

fn error(operation: &'static str, response: &http::Response<Bytes>, missing: Subject) -> Error {
    let status = response.status();
    let no = serde_json::from_slice::<No>(response.body()).ok();
    let known = no.as_ref().filter(|_| status.is_client_error());
    let kind = known.and_then(|no| kind(status.as_u16(), no, missing));
    match (kind, no) {
        // The words name the visitor's own ids; type and code say enough.
        (Some(kind), Some(no)) => {
            Error::new(kind, operation, format!("{} {}", no.class, no.code.unwrap_or_default()).trim_end())
        }
        _ if missing == Subject::Customer && status.as_u16() == 401 => {
            Error::new(Kind::NotFound(missing), operation, "the sign-in has expired")
        }
        (_, Some(no)) => {
            let words = format!("{}: {}", no.class, withheld(&no.message));
            failure(operation, status, response.headers(), words.as_bytes())
        }
        _ => failure(operation, status, response.headers(), response.body()),
    }
}

fn kind(status: u16, no: &No, missing: Subject) -> Option<Kind> {
    let says = |words: &str| no.message.contains(words);
    let refused = |refusal| Some(Kind::Refused(refusal));
    let invalid = |field: &str| refused(Refusal::Invalid { field: field.to_owned() });
    match (status, no.code.as_deref(), no.class.as_str()) {
        (_, Some("insufficient_inventory"), _) => refused(Refusal::OutOfStock { available: None }),
        (400, _, _) if says("publishable key") || says("Publishable API key") => Some(Kind::Unauthorized),
        (404, _, "not_found") if says("Line item with id") => refused(Refusal::UnknownLine),
        (404, _, "not_found") => Some(Kind::NotFound(missing)),
        (409, _, _) | (_, _, "conflict") => refused(Refusal::Conflict),
        (400, _, "invalid_data") if says("is already completed") => Some(Kind::NotFound(missing)),
        // Said of a code that no promotion has; one that is over or not yet is taken, without effect.
        (400, _, "invalid_data") if says("The promotion code") => {
            refused(Refusal::BadCode { exists: Some(false) })
        }
        (400, _, "invalid_data") if says("Variants ") || says("Variant with id") => {
            refused(Refusal::UnknownVariant)
        }
        (400, _, "invalid_data") if says("is not within region") => invalid("delivery.address.country"),
        (400, _, "invalid_data") if says("field 'quantity'") => invalid("quantity"),
        (400, _, "invalid_data") if says("email") => invalid("contact.email"),
        _ => None,
    }
}

/// A message without what may be a visitor's: quoted parts and ids of carts.
fn withheld(message: &str) -> String {
    let hidden = |word: &str| word.contains("cart_") || word.contains('@') || word.contains("eyJ");
    message.split(' ').map(|word| if hidden(word) { "…" } else { word }).collect::<Vec<_>>().join(" ")
}
