//! Which pairs are kept, and what each product keeps of them.

use super::count::{Counts, in_orders};
use super::learn::{Pair, Training};
use super::significance::Together;
use crate::goes_with::layout::FULL_SCORE;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a product keeps: slugs with their scores in 65,535ths, the strongest first.
pub(super) type Lists<'n> = BTreeMap<&'n str, Vec<(&'n str, u16)>>;

/// The pairs that are no chance, the strongest first; of equals, those whose slugs are first.
pub(super) fn significant(counts: &Counts, names: &[&str], how: &Training) -> Vec<Pair> {
    let at = |product: u32| usize::try_from(product).ok();
    let mut kept = Vec::new();
    for count in counts.pairs.iter().filter(|count| count.shoppers >= how.least_shoppers) {
        let (a, b) = count.products();
        let each =
            |product| at(product).and_then(|place| counts.each.get(place)).copied().unwrap_or_default();
        let together = Together {
            shoppers: f64::from(count.shoppers),
            both: in_orders(count.weight),
            a: in_orders(each(a)),
            b: in_orders(each(b)),
            all: in_orders(counts.total),
        };
        let significance = together.significance();
        let name = |product| at(product).and_then(|place| names.get(place)).copied();
        if let (true, Some(a), Some(b)) = (significance >= how.significance, name(a), name(b)) {
            let products = if a < b { [a, b] } else { [b, a] }.map(str::to_owned);
            kept.push(Pair { products, shoppers: count.shoppers, significance, score: together.score() });
        }
    }
    kept.sort_unstable_by(strongest);
    kept
}

fn strongest(a: &Pair, b: &Pair) -> Ordering {
    b.score.total_cmp(&a.score).then_with(|| a.products.cmp(&b.products))
}

/// What each product keeps of the pairs: at most `most`. A product that is only a neighbour has no list.
pub(super) fn lists(pairs: &[Pair], most: usize) -> Lists<'_> {
    let mut lists = Lists::new();
    for Pair { products: [a, b], score, .. } in pairs {
        let score = sixteen_bits(*score);
        for (product, neighbour) in [(a, b), (b, a)] {
            let list = lists.entry(product.as_str()).or_default();
            if list.len() < most {
                list.push((neighbour.as_str(), score));
            }
        }
    }
    lists
}

/// A score that is kept is never 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the score is between 0 and 1")]
fn sixteen_bits(score: f64) -> u16 {
    ((score * f64::from(FULL_SCORE)).round() as u16).max(1)
}
