//! What can go wrong when a shop is asked, and whose fault it is.

use crate::port::Capability;
use std::fmt;
use std::time::Duration;

/// Whose fault an error is; decides between 4xx, 502/504 and 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The visitor asked for what cannot be.
    Visitor,
    /// The backend failed.
    Upstream,
    /// Headwater failed.
    Us,
}

/// An error of the port: a kind for the program, and a detail for the operator that no visitor sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What happened.
    pub kind: Kind,
    /// The call that failed, such as `plain.product`; empty when none was made.
    pub operation: &'static str,
    /// For the log; may hold upstream text, hence never for a page.
    pub detail: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// There is no such thing.
    NotFound(Subject),
    /// The shop says no: an expected answer, not a failure.
    Refused(Refusal),
    /// This backend cannot be asked that; the head leaves the part out.
    Unsupported(Capability),
    /// No connection.
    Unreachable,
    /// No whole answer within the deadline.
    TimedOut,
    /// The backend asks to wait (429 or 503).
    Overloaded {
        /// `Retry-After`, when it said so.
        retry_after: Option<Duration>,
    },
    /// The backend does not accept our credentials.
    Unauthorized,
    /// The backend answered with a failure.
    Failed {
        /// Its HTTP status.
        status: u16,
    },
    /// The answer cannot be understood.
    BadAnswer,
    /// The answer is larger than we take.
    TooLarge,
    /// Our own configuration or code.
    Internal,
}

/// What was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A product.
    Product,
    /// A category.
    Category,
    /// A cart; it may have expired.
    Cart,
    /// An order.
    Order,
    /// A store.
    Store,
    /// A customer; the sign-in may have expired.
    Customer,
}

/// Why the shop says no; the words for it are the head's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There are not so many.
    OutOfStock {
        /// How many there are, where the backend tells.
        available: Option<u32>,
    },
    /// More pieces than a cart takes.
    QuantityLimit {
        /// The most.
        most: u32,
    },
    /// No such variant.
    UnknownVariant,
    /// No such line in this cart.
    UnknownLine,
    /// The code is unknown, expired, or not for this cart.
    BadCode {
        /// Whether the shop has such a code; `None` where its answer does not tell. For the operator: a visitor who
        /// tries codes must not learn which ones there are.
        exists: Option<bool>,
    },
    /// Someone changed the cart meanwhile; read it again.
    Conflict,
    /// E-mail address or password is wrong; which of them is not told.
    BadCredentials,
    /// There is nothing in the cart.
    EmptyCart,
    /// A value that the shop does not take.
    Invalid {
        /// Which field, such as `contact.email`.
        field: String,
    },
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Product, Self::Category, Self::Cart, Self::Order, Self::Store, Self::Customer];
}

impl Error {
    /// An error of a call.
    pub fn new(kind: Kind, operation: &'static str, detail: impl Into<String>) -> Self {
        Self { kind, operation, detail: detail.into() }
    }

    /// The adapter cannot do that.
    pub fn unsupported(capability: Capability) -> Self {
        Self::new(Kind::Unsupported(capability), "", format!("the adapter has no {}", capability.as_str()))
    }

    /// An answer that cannot be understood.
    pub fn bad_answer(operation: &'static str, detail: impl fmt::Display) -> Self {
        Self::new(Kind::BadAnswer, operation, detail.to_string())
    }

    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        match self.kind {
            Kind::NotFound(_) | Kind::Refused(_) => Fault::Visitor,
            Kind::Unsupported(_) | Kind::Internal => Fault::Us,
            _ => Fault::Upstream,
        }
    }

    /// The HTTP status of an answer that cannot do without what failed.
    pub fn status(&self) -> u16 {
        match &self.kind {
            Kind::NotFound(_) => 404,
            Kind::Refused(Refusal::Invalid { .. } | Refusal::UnknownVariant | Refusal::BadCode { .. }) => 400,
            Kind::Refused(Refusal::UnknownLine) => 404,
            Kind::Refused(Refusal::BadCredentials) => 401,
            Kind::Refused(_) => 409,
            Kind::TimedOut => 504,
            Kind::Unsupported(_) => 501,
            Kind::Internal => 500,
            _ => 502,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = if self.operation.is_empty() { "shop" } else { self.operation };
        write!(f, "{operation}: {:?}: {}", self.kind, self.detail.escape_debug())
    }
}

impl std::error::Error for Error {}
