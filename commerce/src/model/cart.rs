//! The cart and what can be done to it.

use super::{Address, CartId, Image, LineId, Money, Price, ProductId, StoreId, VariantId};
use serde::{Deserialize, Serialize};

/// A cart; private to the visitor who holds its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// The backend's identifier.
    pub id: CartId,
    /// Counts changes, where the backend tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// What is in it, in the order of adding.
    pub lines: Vec<CartLine>,
    /// How many pieces in all.
    pub quantity: u32,
    /// The lines' totals.
    pub subtotal: Money,
    /// Reductions, each a positive amount to subtract.
    #[serde(default)]
    pub discounts: Vec<Discount>,
    /// Codes that were given.
    #[serde(default)]
    pub codes: Vec<AppliedCode>,
    /// How it will reach the visitor, once chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// What delivery costs, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_price: Option<Money>,
    /// What is charged, tax included.
    pub total: Money,
}

/// One variant in a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartLine {
    /// Identifies the line in its cart.
    pub id: LineId,
    /// The product.
    pub product: ProductId,
    /// The product's part of an address.
    pub slug: String,
    /// The variant.
    pub variant: VariantId,
    /// The product's name in the market's language.
    pub name: String,
    /// What was chosen, in words: `Navy, M`; empty for a single variant.
    #[serde(default)]
    pub choices: String,
    /// A picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Pieces, from 1.
    pub quantity: u32,
    /// Of one piece.
    pub price: Price,
    /// Of all pieces.
    pub total: Money,
    /// The most pieces that can be had, where the backend tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<u32>,
}

/// A reduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// In the market's language.
    pub label: String,
    /// A positive amount that is subtracted.
    pub amount: Money,
}

/// A code in a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedCode {
    /// As the backend spells it.
    pub code: String,
    /// Whether it has an effect at the moment.
    pub active: bool,
}

/// How goods reach the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "Flat")]
pub enum Delivery {
    /// To an address.
    Ship {
        /// Where to; may wait until the order is placed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<Address>,
    },
    /// Collected from a store.
    Pickup {
        /// The store.
        store: StoreId,
    },
}

/// A [`Delivery`] as it is read: without the buffer through which serde reads a tagged enum, which doubles the
/// decoders of what is inside.
#[derive(Deserialize)]
struct Flat {
    kind: Kind,
    #[serde(default)]
    address: Option<Address>,
    #[serde(default)]
    store: Option<StoreId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Ship,
    Pickup,
}

impl TryFrom<Flat> for Delivery {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        match flat.kind {
            Kind::Ship => Ok(Self::Ship { address: flat.address }),
            Kind::Pickup => Ok(Self::Pickup { store: flat.store.ok_or("missing field `store`")? }),
        }
    }
}

/// One thing to do to a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum CartChange {
    /// Adds pieces of a variant to what is there.
    Add {
        /// The variant.
        variant: VariantId,
        /// Pieces, from 1.
        quantity: u32,
    },
    /// Sets a line's pieces; 0 removes it.
    Set {
        /// The line.
        line: LineId,
        /// Pieces.
        quantity: u32,
    },
    /// Removes a line.
    Remove {
        /// The line.
        line: LineId,
    },
    /// Gives a code.
    ApplyCode {
        /// As typed.
        code: String,
    },
    /// Takes a code back.
    RemoveCode {
        /// As the backend spells it.
        code: String,
    },
    /// Chooses how the goods arrive.
    ChooseDelivery {
        /// The choice.
        delivery: Delivery,
    },
}
