//! Orders, and how a cart becomes one.

use super::{CartLine, Delivery, Discount, Money, OrderId, Store, date};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An order, without personal data, since its id alone opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Opens the order; unguessable.
    pub id: OrderId,
    /// What people say on the phone; may be the same as the id.
    pub number: String,
    /// Where it is on its way.
    pub state: OrderState,
    /// When it was placed.
    #[serde(deserialize_with = "date::moment")]
    pub placed_at: Timestamp,
    /// What was bought.
    pub lines: Vec<CartLine>,
    /// How many pieces in all.
    pub quantity: u32,
    /// The lines' totals.
    pub subtotal: Money,
    /// Reductions.
    #[serde(default)]
    pub discounts: Vec<Discount>,
    /// What delivery cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_price: Option<Money>,
    /// What was charged.
    pub total: Money,
    /// The store to collect from, for a pickup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<Store>,
    /// When it is expected to be ready or delivered.
    #[serde(default, deserialize_with = "date::moment_or_none", skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<Timestamp>,
}

/// Where an order is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Taken, nothing done yet.
    Placed,
    /// Being packed.
    Packing,
    /// Waiting in the store.
    ReadyForPickup,
    /// With the carrier.
    Shipped,
    /// With the visitor.
    Delivered,
    /// Will not come.
    Cancelled,
}

/// Who orders and how it arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Who orders.
    pub contact: Contact,
    /// How it arrives; the address is required for shipping.
    pub delivery: Delivery,
}

/// Who orders; personal data, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Full name.
    pub name: String,
    /// Where the confirmation goes.
    pub email: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(withheld)")
    }
}

/// What becomes of a cart at checkout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "Flat")]
#[expect(clippy::large_enum_variant, reason = "made once a checkout, never stored in bulk")]
pub enum Checkout {
    /// The order stands.
    Placed {
        /// The order.
        order: Order,
    },
    /// The backend's own checkout takes over.
    Handover {
        /// An `https:` address.
        url: String,
    },
}

/// A [`Checkout`] as it is read. What serde makes of a tagged enum reads its content a second way, through a
/// buffer, which doubles the decoders of all that an order holds.
#[derive(Deserialize)]
struct Flat {
    kind: Kind,
    #[serde(default)]
    order: Option<Order>,
    #[serde(default)]
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Placed,
    Handover,
}

impl TryFrom<Flat> for Checkout {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        match flat.kind {
            Kind::Placed => Ok(Self::Placed { order: flat.order.ok_or("missing field `order`")? }),
            Kind::Handover => Ok(Self::Handover { url: flat.url.ok_or("missing field `url`")? }),
        }
    }
}
