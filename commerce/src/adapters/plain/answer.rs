//! Answers of the plain form as the model; pure.

use super::problem;
use crate::adapters::wire::checked::checked;
use crate::adapters::wire::{Checked, json};
use crate::error::{Error, Subject};
use crate::model::Market;
use bytes::Bytes;

/// Reads an answer: a 2xx as the model, anything else as its error.
pub(super) fn decode<T: Checked>(
    operation: &'static str,
    market: &Market,
    response: &http::Response<Bytes>,
    missing: Option<Subject>,
) -> Result<T, Error> {
    let (status, body) = (response.status(), response.body());
    if !status.is_success() {
        return Err(problem::error(operation, status, response.headers(), body, missing));
    }
    checked(operation, market, json::parse(operation, body)?)
}
