//! An order as it is kept: what was bought and for how much, and nothing of who bought it.

use super::past;
use super::progress::{expected, state};
use crate::cart::label;
use crate::catalogue::{Catalogue, Lens};
use crate::show::{choices_in_words, main_image, store};
use crate::token::is_token;
use crate::wire::No;
use commerce::{CartLine, Discount, Money, Order, OrderId};
use jiff::Timestamp;
use kit::Edge;
use serde::{Deserialize, Serialize};

/// The shape of what is kept.
pub(crate) const SCHEMA: u32 = 1;

/// What is kept under `order:{id}`. Amounts are in the currency in which it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredOrder {
    pub(crate) schema: u32,
    pub(crate) placed_at: Timestamp,
    pub(crate) lines: Vec<CartLine>,
    pub(crate) subtotal: Money,
    pub(crate) code: Option<String>,
    pub(crate) off: Money,
    pub(crate) delivery_price: Option<Money>,
    pub(crate) total: Money,
    /// The store to collect from.
    pub(crate) pickup: Option<String>,
}

pub(crate) fn key(id: &str) -> String {
    format!("order:{id}")
}

/// What people say on the phone. It tells 40 of the id's 128 bits, so 88 stay unguessable.
pub(crate) fn number(id: &str) -> String {
    let letters: Vec<char> = id.chars().rev().take(8).map(|c| c.to_ascii_uppercase()).collect();
    let part = |letters: Option<&[char]>| letters.unwrap_or_default().iter().collect::<String>();
    format!("LF-{}-{}", part(letters.get(..4)), part(letters.get(4..8)))
}

/// An order as it is now, in the market's words.
///
/// # Errors
/// [`No::NotFound`] when there is none.
pub(crate) async fn read(
    catalogue: &Catalogue,
    edge: &dyn Edge,
    lens: &Lens<'_>,
    id: &str,
) -> Result<Order, No> {
    if !is_token(id) {
        return Err(No::NotFound);
    }
    let Some(bytes) = edge.get(&key(id)).await? else {
        return past::find(catalogue, lens, id, edge.now()).ok_or(No::NotFound);
    };
    let stored: StoredOrder =
        serde_json::from_slice(&bytes).map_err(|e| No::Broken(format!("an order: {e}")))?;
    if stored.schema != SCHEMA {
        return Err(No::Broken(format!("an order of schema {}", stored.schema)));
    }
    Ok(show(catalogue, lens, id, stored, edge.now()))
}

pub(crate) fn show(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    id: &str,
    stored: StoredOrder,
    now: Timestamp,
) -> Order {
    let pickup = stored.pickup.is_some();
    let discount = |code: &String| Discount { label: label(lens.language(), code), amount: stored.off };
    let discounts = stored.code.iter().filter(|_| stored.off.amount > 0).map(discount).collect();
    let lines: Vec<CartLine> = stored.lines.into_iter().map(|line| in_words(catalogue, lens, line)).collect();
    Order {
        id: OrderId::new(id),
        number: number(id),
        state: state(stored.placed_at, pickup, now),
        placed_at: stored.placed_at,
        quantity: lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add),
        lines,
        subtotal: stored.subtotal,
        discounts,
        delivery_price: stored.delivery_price,
        total: stored.total,
        pickup: stored.pickup.and_then(|id| Some(store(lens, catalogue.store(&id)?))),
        expected_at: expected(stored.placed_at, pickup),
    }
}

/// Words follow the reader's language; prices stay what was paid. What is no longer sold keeps its words.
fn in_words(catalogue: &Catalogue, lens: &Lens<'_>, line: CartLine) -> CartLine {
    let Some((product, variant)) = catalogue.variant(line.variant.as_str()) else { return line };
    CartLine {
        slug: product.slug.clone(),
        name: lens.text(&product.name),
        choices: choices_in_words(lens, product, variant),
        image: main_image(lens, product),
        ..line
    }
}
