//! Identifiers: opaque, one type each, so that a variant is never mistaken for its product.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the backend's own identifier as it is.
            pub fn new(id: impl Into<String>) -> Self { Self(id.into()) }
            /// The backend's own identifier.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}

ids! {
    /// Identifies a product.
    ProductId;
    /// Identifies one buyable variant of a product.
    VariantId;
    /// Identifies a category.
    CategoryId;
    /// Identifies a cart; whoever knows it can read and change the cart, so it is private.
    CartId;
    /// Identifies a line within one cart.
    LineId;
    /// Identifies an order; unguessable, since it answers without a sign-in.
    OrderId;
    /// Identifies a store.
    StoreId;
    /// Identifies a content block or look.
    ContentId;
    /// Identifies a review.
    ReviewId;
    /// Identifies a customer.
    CustomerId;
}

/// Opens a customer's account for a time; as private as a password, so that a debug print withholds it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerToken(String);

impl CustomerToken {
    /// Takes the backend's own token as it is.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The backend's own token.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CustomerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomerToken(withheld)")
    }
}
