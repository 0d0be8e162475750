//! A cart as it is kept: variants and quantities, no words and no prices, so that it follows the market.

use super::turn::alone;
use crate::once::{Once, Remembered};
use crate::token::{is_token, token};
use crate::wire::No;
use commerce::Delivery;
use kit::Edge;
use serde::{Deserialize, Serialize};

/// The shape of what is kept; a cart of another shape is treated as expired.
const SCHEMA: u32 = 1;

/// What is kept under `cart:{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredCart {
    schema: u32,
    /// Counts changes.
    pub(crate) version: u64,
    pub(crate) lines: Vec<StoredLine>,
    /// Counts lines that ever were, so that no line takes the id of another.
    pub(crate) line_count: u64,
    /// The one code in force.
    pub(crate) code: Option<String>,
    /// With the address, when one was given: it goes with the cart when the order is placed.
    pub(crate) delivery: Option<Delivery>,
    /// Which changes were made by key.
    #[serde(default)]
    pub(crate) done: Remembered,
}

/// One variant of a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredLine {
    pub(crate) id: String,
    pub(crate) variant: String,
    pub(crate) quantity: u32,
}

impl StoredCart {
    pub(crate) fn empty() -> Self {
        Self {
            schema: SCHEMA,
            version: 0,
            lines: Vec::new(),
            line_count: 0,
            code: None,
            delivery: None,
            done: Remembered::default(),
        }
    }
}

/// Whether a text can be a cart's id; anything else never reaches a key.
pub(crate) fn is_cart_id(id: &str) -> bool {
    is_token(id)
}

fn key(id: &str) -> String {
    format!("cart:{id}")
}

/// What is kept under `begun:{key}`.
#[derive(Serialize, Deserialize)]
struct Begun {
    once: Once,
    cart: String,
}

/// A new cart under an unguessable id; with a key that began one before, that one as it is now.
///
/// # Errors
/// [`No::NotFound`] when the cart of that key is gone; `conflict` while another with that key is at work.
pub(crate) async fn create(edge: &dyn Edge, once: Option<Once>) -> Result<(String, StoredCart), No> {
    let Some(once) = once else { return begin(edge).await };
    let key = once.key().to_owned();
    alone(edge, &key, async {
        let kept = format!("begun:{}", once.key());
        if let Some(bytes) = edge.get(&kept).await? {
            let begun: Begun = serde_json::from_slice(&bytes).map_err(|e| No::Broken(e.to_string()))?;
            once.repeats(&begun.once)?;
            let cart = load(edge, &begun.cart).await?;
            return Ok((begun.cart, cart));
        }
        let (cart, stored) = begin(edge).await?;
        let begun = Begun { once, cart: cart.clone() };
        let bytes = serde_json::to_vec(&begun).map_err(|e| No::Broken(e.to_string()))?;
        edge.set(&kept, &bytes).await?;
        Ok((cart, stored))
    })
    .await
}

async fn begin(edge: &dyn Edge) -> Result<(String, StoredCart), No> {
    let (id, cart) = (token(edge.random()), StoredCart::empty());
    save(edge, &id, &cart).await?;
    Ok((id, cart))
}

/// A kept cart.
///
/// # Errors
/// [`No::NotFound`] for one that never was, is gone, or has another schema.
pub(crate) async fn load(edge: &dyn Edge, id: &str) -> Result<StoredCart, No> {
    if !is_cart_id(id) {
        return Err(No::NotFound);
    }
    let bytes = edge.get(&key(id)).await?.ok_or(No::NotFound)?;
    let cart: Option<StoredCart> = serde_json::from_slice(&bytes).ok();
    cart.filter(|cart| cart.schema == SCHEMA).ok_or(No::NotFound)
}

pub(crate) async fn save(edge: &dyn Edge, id: &str, cart: &StoredCart) -> Result<(), No> {
    let bytes = serde_json::to_vec(cart).map_err(|e| No::Broken(e.to_string()))?;
    Ok(edge.set(&key(id), &bytes).await?)
}

pub(crate) async fn forget(edge: &dyn Edge, id: &str) -> Result<(), No> {
    Ok(edge.delete(&key(id)).await?)
}
