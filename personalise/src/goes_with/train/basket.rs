//! What was bought together: one basket per order, with what it weighs.

use super::orders::{Head, Line, Orders};
use std::ops::Range;

/// The weight of an order: 1.
pub(super) const UNIT: u32 = 1 << 20;
/// One shopper's orders weigh as much as so many at most: a reseller, or a test account, is not the public.
const MOST_OF_ONE: u32 = 10;

/// The products of one order.
#[derive(Debug)]
pub(super) struct Basket {
    /// Who bought it; an order of nobody known has a number of its own.
    pub(super) shopper: u64,
    /// Of [`UNIT`].
    pub(super) weight: u32,
    /// Its part of [`Baskets::products`], at least two.
    pub(super) products: Range<usize>,
}

/// All orders of at least two products.
#[derive(Debug, Default)]
pub(super) struct Baskets {
    /// By shopper.
    pub(super) baskets: Vec<Basket>,
    /// The products of each basket, ascending.
    pub(super) products: Vec<u32>,
    /// How many times each product was bought, by its number.
    pub(super) bought: Vec<u64>,
    /// Orders with more different products than are believed.
    pub(super) too_large: u64,
}

impl Baskets {
    /// Puts the lines of each order together.
    pub(super) fn of(orders: &Orders, most_products: usize, half_life: Option<i64>) -> Self {
        let mut lines = orders.lines.clone();
        lines.sort_unstable();
        let mut baskets = Self { bought: vec![0; orders.products.len()], ..Self::default() };
        let newest = orders.heads.iter().filter_map(|head| head.time).max();
        let oldest = orders.heads.iter().filter_map(|head| head.time).min();
        for order in lines.chunk_by(|a, b| a.order == b.order) {
            let Some(first) = order.first() else { continue };
            let head = usize::try_from(first.order).ok().and_then(|place| orders.heads.get(place).copied());
            let Head { shopper, time } = head.unwrap_or_default();
            let age = newest.zip(time.or(oldest)).map_or(0, |(newest, time)| newest.saturating_sub(time));
            let unknown = (1 << 32) | u64::from(first.order);
            baskets.put(
                shopper.map_or(unknown, u64::from),
                decayed(age, half_life),
                order.chunk_by(|a, b| a.product == b.product).filter_map(kept),
                most_products,
            );
        }
        baskets.baskets.sort_by_key(|basket| basket.shopper);
        for of_one in baskets.baskets.chunk_by_mut(|a, b| a.shopper == b.shopper) {
            let orders = u32::try_from(of_one.len()).unwrap_or(u32::MAX);
            let share = |weight: u32| u64::from(weight) * u64::from(MOST_OF_ONE) / u64::from(orders);
            for basket in of_one {
                basket.weight = basket.weight.min(u32::try_from(share(basket.weight)).unwrap_or(u32::MAX));
            }
        }
        baskets
    }

    fn put(&mut self, shopper: u64, weight: u32, products: impl Iterator<Item = u32>, most: usize) {
        let start = self.products.len();
        self.products.extend(products);
        let bought = self.products.get(start..).unwrap_or_default();
        if bought.len() > most {
            self.too_large += 1;
            self.products.truncate(start);
            return;
        }
        for product in bought {
            let place = usize::try_from(*product).ok();
            if let Some(times) = place.and_then(|place| self.bought.get_mut(place)) {
                *times += 1;
            }
        }
        if bought.len() < 2 || weight == 0 {
            self.products.truncate(start);
        } else {
            self.baskets.push(Basket { shopper, weight, products: start..self.products.len() });
        }
    }
}

/// The product of all lines that one order has of it, unless it was sent back.
fn kept(lines: &[Line]) -> Option<u32> {
    let quantity: i64 = lines.iter().map(|line| i64::from(line.quantity)).sum();
    lines.first().filter(|_| quantity > 0).map(|line| line.product)
}

fn decayed(age: i64, half_life: Option<i64>) -> u32 {
    let Some(half_life) = half_life else { return UNIT };
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds are below 2^53; the weight is between 0 and UNIT"
    )]
    let weight = (f64::from(UNIT) * (-(age as f64) / half_life as f64).exp2()).round() as u32;
    weight
}
