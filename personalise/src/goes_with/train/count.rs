//! How often each two products were in one order.

use super::basket::{Baskets, UNIT};

/// Counts are brought together when so many wait: bounds the memory that is used beside the pairs themselves.
const WAITING: usize = 4 << 20;

/// Two products, the lower number first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    /// Both numbers in one, for sorting.
    both: u64,
    /// The sum over orders, in [`UNIT`]s.
    pub(super) weight: u64,
    /// How many different shoppers bought them in one order.
    pub(super) shoppers: u32,
}

impl Count {
    /// Of two products, the lower number first.
    fn new(a: u32, b: u32, weight: u64) -> Self {
        Self { both: (u64::from(a) << 32) | u64::from(b), weight, shoppers: 1 }
    }

    /// Both products.
    pub(super) fn products(&self) -> (u32, u32) {
        let low = |number: u64| u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default();
        (low(self.both >> 32), low(self.both))
    }
}

/// All pairs that were bought.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Ascending by their products.
    pub(super) pairs: Vec<Count>,
    /// By a product's number: the weight of all pairs that it is in.
    pub(super) each: Vec<u64>,
    /// Of all products together.
    pub(super) total: u64,
}

impl Counts {
    pub(super) fn of(baskets: &Baskets) -> Self {
        let mut pairs: Vec<Count> = Vec::new();
        let mut limit = WAITING;
        let mut own = Vec::new();
        for of_one in baskets.baskets.chunk_by(|a, b| a.shopper == b.shopper) {
            own.clear();
            for basket in of_one {
                let products = baskets.products.get(basket.products.clone()).unwrap_or_default();
                let partners = u64::try_from(products.len().saturating_sub(1)).unwrap_or(u64::MAX);
                let weight = u64::from(basket.weight).checked_div(partners).unwrap_or_default();
                let mut rest = products;
                while let Some((a, others)) = rest.split_first() {
                    own.extend(others.iter().map(|b| Count::new(*a, *b, weight)));
                    rest = others;
                }
            }
            // One shopper is one, however often the two were bought.
            merge(&mut own, |_, _| 1);
            pairs.append(&mut own);
            if pairs.len() > limit {
                merge(&mut pairs, u32::saturating_add);
                limit = WAITING.max(pairs.len() * 2);
            }
        }
        merge(&mut pairs, u32::saturating_add);
        let mut each = vec![0; baskets.bought.len()];
        for pair in &pairs {
            let (a, b) = pair.products();
            for product in [a, b] {
                if let Some(sum) = usize::try_from(product).ok().and_then(|place| each.get_mut(place)) {
                    *sum += pair.weight;
                }
            }
        }
        let total = each.iter().sum();
        Self { pairs, each, total }
    }
}

/// Sorts, and makes one of those with the same products.
fn merge(counts: &mut Vec<Count>, shoppers: impl Fn(u32, u32) -> u32) {
    counts.sort_unstable_by_key(|count| count.both);
    counts.dedup_by(|next, first| {
        let same = next.both == first.both;
        if same {
            first.weight += next.weight;
            first.shoppers = shoppers(first.shoppers, next.shoppers);
        }
        same
    });
}

/// A weight as a number of orders.
#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 the last digit of a weight says nothing")]
pub(super) fn in_orders(weight: u64) -> f64 {
    weight as f64 / f64::from(UNIT)
}
