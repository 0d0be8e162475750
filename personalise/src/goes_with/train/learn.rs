//! From orders to the table.

use super::basket::Baskets;
use super::count::Counts;
use super::fault::TrainError;
use super::keep::{lists, significant};
use super::orders::Orders;
use super::write::write;
use crate::goes_with::MAX_NEIGHBOURS;
use std::time::Duration;

/// When a table does not fit, products keep fewer neighbours, down to this many: a row of them on a page.
const LEAST_NEIGHBOURS: usize = 4;

/// How to learn. The default suits most shops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Training {
    /// A pair counts when so many different shoppers bought both in one order, at least 1 [default: 5]. So the table
    /// also tells nothing of one person.
    pub least_shoppers: u32,
    /// The least log-likelihood ratio of a pair, at least 0 [default: 15.14, which chance reaches once in 10,000].
    pub significance: f64,
    /// The most neighbours that a product keeps, 1 to [`MAX_NEIGHBOURS`] [default: 20].
    pub neighbours: usize,
    /// Orders with more different products are left out, at least 2 [default: 40]: bots, stock-takes and resellers.
    pub most_products: usize,
    /// After this time an order weighs half, counted back from the newest; not at all when `None` [default]. An order
    /// without a time then weighs as the oldest.
    pub half_life: Option<Duration>,
}

impl Default for Training {
    fn default() -> Self {
        let (neighbours, most_products) = (MAX_NEIGHBOURS, 40);
        Self { least_shoppers: 5, significance: 15.14, neighbours, most_products, half_life: None }
    }
}

/// Two products that are bought together by more than chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Their slugs, ascending.
    pub products: [String; 2],
    /// How many different shoppers bought both in one order.
    pub shoppers: u32,
    /// Dunning's log-likelihood ratio.
    pub significance: f64,
    /// What the pair is ranked by, between 0 and 1.
    pub score: f64,
}

/// What was learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Trained {
    /// The table, for [`GoesWith::open`](crate::goes_with::GoesWith::open).
    pub table: Vec<u8>,
    /// How many different orders were read.
    pub orders: usize,
    /// How many of them had more products than are believed, and were left out.
    pub too_large: u64,
    /// How many different products were bought in the others.
    pub products: usize,
    /// How many different pairs were bought in one order.
    pub pairs: usize,
    /// Those that are kept, the strongest first.
    pub kept: Vec<Pair>,
    /// The most neighbours that a product has: fewer than were asked for when the table would not fit otherwise.
    pub neighbours: usize,
    /// Products without a neighbour, ascending by slug.
    pub alone: Vec<String>,
}

/// Learns what goes with what. The same orders give the same table, in whatever order their lines come.
///
/// # Errors
/// [`TrainError`].
pub fn train(orders: &Orders, how: &Training) -> Result<Trained, TrainError> {
    let half_life = limits(how)?;
    if orders.lines.is_empty() {
        return Err(TrainError::NoOrders);
    }
    let names = orders.products.list();
    let baskets = Baskets::of(orders, how.most_products, half_life);
    let counts = Counts::of(&baskets);
    let kept = significant(&counts, &names, how);
    let fewest = how.neighbours.min(LEAST_NEIGHBOURS);
    let fit = (fewest..=how.neighbours).rev().find_map(|most| Some((most, write(&lists(&kept, most))?)));
    let every = lists(&kept, fewest);
    let (neighbours, table) = fit.ok_or(TrainError::TooLarge { products: every.len() })?;
    let bought = names.iter().zip(&baskets.bought).filter(|(_, times)| **times > 0).map(|(name, _)| *name);
    let mut alone: Vec<String> =
        bought.clone().filter(|name| !every.contains_key(name)).map(str::to_owned).collect();
    alone.sort_unstable();
    Ok(Trained {
        table,
        orders: orders.orders.len(),
        too_large: baskets.too_large,
        products: bought.count(),
        pairs: counts.pairs.len(),
        neighbours,
        alone,
        kept,
    })
}

/// Checks the settings; the half-life in seconds.
fn limits(how: &Training) -> Result<Option<i64>, TrainError> {
    if how.least_shoppers < 1 {
        return Err(TrainError::Setting("the least number of shoppers is 1"));
    }
    if !(how.significance >= 0.0 && how.significance.is_finite()) {
        return Err(TrainError::Setting("the significance is a number from 0"));
    }
    if !(1..=MAX_NEIGHBOURS).contains(&how.neighbours) {
        return Err(TrainError::Setting("a product has 1 to 20 neighbours"));
    }
    if how.most_products < 2 {
        return Err(TrainError::Setting("orders of 2 products must be allowed"));
    }
    let Some(half_life) = how.half_life else { return Ok(None) };
    let seconds = i64::try_from(half_life.as_secs()).ok().filter(|seconds| *seconds > 0);
    seconds.map(Some).ok_or(TrainError::Setting("the half-life is at least a second"))
}
