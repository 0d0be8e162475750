//! Vendure's expected refusals: HTTP 200 with a member of a union that has an `errorCode`.

use super::basket::Basket;
use crate::error::{Error, Kind, Refusal};
use crate::port::Capability;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// What a mutation gives: the order as it now is, or why not.
pub(super) enum Outcome {
    Done(Box<Basket>),
    Refused(Refused),
}

/// Why not.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refused {
    pub(super) error_code: String,
    /// Of `INSUFFICIENT_STOCK_ERROR`: how many were taken all the same.
    pub(super) quantity_available: Option<u32>,
    /// Of `ORDER_LIMIT_ERROR`.
    max_items: Option<u32>,
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        // An untagged enum would answer "no variant matched" and hide which field is missing.
        if value.get("errorCode").is_some() {
            return serde_json::from_value(value).map(Self::Refused).map_err(D::Error::custom);
        }
        serde_json::from_value(value).map(|basket| Self::Done(Box::new(basket))).map_err(D::Error::custom)
    }
}

impl Outcome {
    /// The order.
    ///
    /// # Errors
    /// As [`Refused::error`].
    pub(super) fn done(self, operation: &'static str) -> Result<Basket, Error> {
        match self {
            Self::Done(basket) => Ok(*basket),
            Self::Refused(refused) => Err(refused.error(operation)),
        }
    }
}

impl Refused {
    /// The refusal in the port's words (docs.vendure.io, `ErrorCode` of the Shop API).
    pub(super) fn error(&self, operation: &'static str) -> Error {
        let invalid = |field: &str| Kind::Refused(Refusal::Invalid { field: field.to_owned() });
        let kind = match self.error_code.as_str() {
            "INSUFFICIENT_STOCK_ERROR" => {
                Kind::Refused(Refusal::OutOfStock { available: self.quantity_available })
            }
            "ORDER_LIMIT_ERROR" => {
                Kind::Refused(Refusal::QuantityLimit { most: self.max_items.unwrap_or_default() })
            }
            // No promotion of the channel that is enabled has it.
            "COUPON_CODE_INVALID_ERROR" => Kind::Refused(Refusal::BadCode { exists: Some(false) }),
            "COUPON_CODE_EXPIRED_ERROR" | "COUPON_CODE_LIMIT_ERROR" => {
                Kind::Refused(Refusal::BadCode { exists: Some(true) })
            }
            "COUPON_REMOVED_DURING_CHECKOUT_ERROR" => Kind::Refused(Refusal::BadCode { exists: None }),
            "NO_ACTIVE_ORDER_ERROR" => Kind::Refused(Refusal::EmptyCart),
            "ORDER_MODIFICATION_ERROR" | "ORDER_STATE_TRANSITION_ERROR" | "ORDER_PAYMENT_STATE_ERROR" => {
                Kind::Refused(Refusal::Conflict)
            }
            "NEGATIVE_QUANTITY_ERROR" => invalid("quantity"),
            "INELIGIBLE_SHIPPING_METHOD_ERROR" => invalid("delivery"),
            "EMAIL_ADDRESS_CONFLICT_ERROR" | "GUEST_CHECKOUT_ERROR" => invalid("contact.email"),
            // Whoever may sign in is not told apart from who mistyped.
            "INVALID_CREDENTIALS_ERROR" | "NOT_VERIFIED_ERROR" => Kind::Refused(Refusal::BadCredentials),
            "INELIGIBLE_PAYMENT_METHOD_ERROR" | "PAYMENT_FAILED_ERROR" | "PAYMENT_DECLINED_ERROR" => {
                Kind::Unsupported(Capability::Checkout)
            }
            _ => Kind::BadAnswer,
        };
        Error::new(kind, operation, format!("Vendure says {}", self.error_code))
    }
}
