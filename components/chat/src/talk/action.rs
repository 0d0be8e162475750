//! What a button means: a typed payload, the same in every channel.

use super::flat::{FlatAction, FlatPurpose};
use commerce::{Choice, LineId, OrderId, ProductId, VariantId};
use serde::{Deserialize, Serialize};

/// The most pieces that one button or sentence may ask for.
pub const MOST_PIECES: u32 = 99;

/// What pressing a button asks for. It carries no authority: anyone may say the same in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", try_from = "FlatAction")]
pub enum Action {
    /// Products for words.
    Search {
        /// As typed.
        words: String,
        /// From 1.
        page: u32,
    },
    /// Products of a category.
    Department {
        /// Its part of an address.
        slug: String,
        /// From 1.
        page: u32,
    },
    /// All departments.
    Departments {},
    /// One product.
    Show {
        /// Which.
        product: ProductId,
    },
    /// A chosen variant into the cart.
    Add {
        /// Which.
        variant: VariantId,
        /// Pieces, from 1.
        quantity: u32,
    },
    /// One more choice on the way to a variant.
    Choose {
        /// Of which product.
        product: ProductId,
        /// What is chosen so far.
        choices: Vec<Choice>,
        /// What for.
        purpose: Purpose,
    },
    /// Another number of pieces.
    Set {
        /// Of which line.
        line: LineId,
        /// Pieces; 0 removes.
        quantity: u32,
    },
    /// A line out of the cart.
    Remove {
        /// Which.
        line: LineId,
    },
    /// The cart.
    Cart {},
    /// On to the web's checkout.
    Checkout {},
    /// The stores.
    Stores {
        /// Near which town.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        near: Option<String>,
    },
    /// An order; without an id the latest one.
    Order {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<OrderId>,
    },
    /// Today's offer.
    Offer {},
    /// What can be said here.
    Help {},
    /// A person.
    Person {},
    /// An offer that was shown, into the cart.
    Take {
        /// Sealed.
        grant: String,
    },
    /// To be remembered from one visit to the next.
    Remember {},
    /// To be forgotten, or not remembered.
    Forget {},
}

impl Action {
    /// Reads what a button sent back.
    ///
    /// # Errors
    /// The reason, for the log.
    pub fn read(json: &str) -> Result<Self, String> {
        // Always from bytes: each other way of reading would be a decoder of its own in the component.
        serde_json::from_slice(json.as_bytes()).map_err(|error| error.to_string())
    }
}

/// Why a variant is being chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case", try_from = "FlatPurpose")]
pub enum Purpose {
    /// To put it into the cart.
    Add {
        /// Pieces, from 1.
        quantity: u32,
    },
    /// To see which stores have it.
    Stock {
        /// Only near this town.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        town: Option<String>,
    },
}
