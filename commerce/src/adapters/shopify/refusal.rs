//! What Shopify says no to: 200 with `userErrors`, or 200 with the deed half done and `warnings`; pure.

use crate::error::{Error, Kind, Refusal, Subject};
use serde::Deserialize;

/// `CartUserError`, without its message, which may quote the cart's id.
#[derive(Debug, Deserialize)]
pub(super) struct UserError {
    code: Option<String>,
    field: Option<Vec<String>>,
}

/// `CartWarning`.
#[derive(Debug, Deserialize)]
pub(super) struct Warning {
    pub(super) code: String,
}

impl Warning {
    /// Whether a quantity was cut to what is left.
    pub(super) fn is_of_stock(&self) -> bool {
        matches!(self.code.as_str(), "MERCHANDISE_NOT_ENOUGH_STOCK" | "MERCHANDISE_OUT_OF_STOCK")
    }

    /// The refusal of a code that can do nothing for this visitor whatever they put in the cart. The other warnings
    /// wait for goods that fit, a larger sum or a sign-in, and the code stays, without effect.
    /// <https://shopify.dev/docs/api/storefront/latest/enums/CartWarningCode>
    pub(super) fn of_bad_code(&self) -> Option<Refusal> {
        let exists = match self.code.as_str() {
            "DISCOUNT_NOT_FOUND" => Some(false),
            "DISCOUNT_CURRENTLY_INACTIVE"
            | "DISCOUNT_CUSTOMER_NOT_ELIGIBLE"
            | "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED"
            | "DISCOUNT_USAGE_LIMIT_REACHED" => Some(true),
            "DISCOUNT_CODE_NOT_HONOURED" => None,
            _ => return None,
        };
        Some(Refusal::BadCode { exists })
    }
}

/// A no of our own, found out before anything was written.
pub(super) fn refused(operation: &'static str, refusal: Refusal) -> Error {
    Error::new(Kind::Refused(refusal), operation, "refused")
}

/// A field that the shop does not take.
pub(super) fn invalid(operation: &'static str, field: &str) -> Error {
    refused(operation, Refusal::Invalid { field: field.to_owned() })
}

impl UserError {
    /// The error of the port. `most` is what a line takes at most, where that is known.
    pub(super) fn error(&self, operation: &'static str, most: Option<u32>) -> Error {
        let code = self.code.as_deref().unwrap_or_default();
        let last = self.field.iter().flatten().next_back().map(String::as_str).unwrap_or_default();
        let field = |name: &str| Kind::Refused(Refusal::Invalid { field: name.to_owned() });
        let kind = match (code, last) {
            (_, "cartId") => Kind::NotFound(Subject::Cart),
            ("SERVICE_UNAVAILABLE", _) => Kind::Failed { status: 503 },
            ("INVALID_MERCHANDISE_LINE", _) => Kind::Refused(Refusal::UnknownLine),
            ("INVALID" | "MERCHANDISE_NOT_APPLICABLE", "merchandiseId") => {
                Kind::Refused(Refusal::UnknownVariant)
            }
            ("MAXIMUM_EXCEEDED" | "LESS_THAN", _) => match most {
                Some(most) => Kind::Refused(Refusal::QuantityLimit { most }),
                None => field("quantity"),
            },
            (_, "address1" | "address2") => field("delivery.address.street"),
            (_, "zip") => field("delivery.address.postcode"),
            (_, "city") => field("delivery.address.city"),
            (_, "countryCode" | "provinceCode") => field("delivery.address.country"),
            (_, "firstName" | "lastName" | "company") => field("delivery.address.name"),
            (_, "email") => field("contact.email"),
            ("INVALID_DELIVERY_OPTION" | "INVALID_DELIVERY_GROUP" | "PENDING_DELIVERY_GROUPS", _) => {
                field("delivery")
            }
            (code, "") => field(&code.to_ascii_lowercase()),
            (_, other) => field(other),
        };
        Error::new(kind, operation, format!("userErrors: {code} at {last}"))
    }
}
