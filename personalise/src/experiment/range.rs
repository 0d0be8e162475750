//! Ranges of buckets: which variation a bucket belongs to.

use serde::{Deserialize, Serialize};

/// Buckets from `start` (included) to `end` (excluded). One that ends before it starts, or holds a NaN, holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The first bucket in it.
    pub start: f64,
    /// The first bucket after it.
    pub end: f64,
}

impl Range {
    /// Holds no bucket.
    pub const NOTHING: Self = Self { start: 0.0, end: 0.0 };

    /// Whether `bucket` is in it.
    pub fn contains(&self, bucket: f64) -> bool {
        self.start <= bucket && bucket < self.end
    }
}

/// Equal shares for `variations` variations, each 0 to 1.
pub fn equal_weights(variations: usize) -> Vec<f64> {
    vec![1.0 / variations as f64; variations]
}

/// The range of each of `variations` variations: it starts where the shares before it end, and `coverage` (0 to 1)
/// of its share is used. So less coverage takes visitors out and moves none to another variation.
///
/// Never fails: a coverage outside 0 to 1 is brought to the nearer end (NaN to 0); weights that are missing,
/// negative, not numbers, of another count than the variations, or whose sum is not within 0.99 to 1.01 are replaced
/// by equal ones.
pub fn bucket_ranges(variations: usize, coverage: f64, weights: Option<&[f64]>) -> Vec<Range> {
    let coverage = if coverage.is_nan() { 0.0 } else { coverage.clamp(0.0, 1.0) };
    let weights = weights.filter(|weights| are_usable(weights, variations));
    let mut start = 0.0;
    let mut next = |weight: f64| {
        let range = Range { start, end: start + coverage * weight };
        start += weight;
        range
    };
    match weights {
        Some(weights) => weights.iter().copied().map(&mut next).collect(),
        None => equal_weights(variations).into_iter().map(&mut next).collect(),
    }
}

/// Whether `weights` split the traffic of `variations` variations.
pub(super) fn are_usable(weights: &[f64], variations: usize) -> bool {
    weights.len() == variations
        && weights.iter().all(|weight| *weight >= 0.0)
        && (0.99..=1.01).contains(&weights.iter().sum::<f64>())
}

/// The variation whose range holds `bucket`; where ranges overlap, the first.
pub fn choose_variation(bucket: f64, ranges: &[Range]) -> Option<usize> {
    ranges.iter().position(|range| range.contains(bucket))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_gives_equal_weights_or_nobody() {
        let equal = bucket_ranges(2, 1.0, None);
        for weights in [[f64::NAN, 0.5], [f64::INFINITY, 0.0], [-0.5, 1.5], [0.0, 0.0], [9.0, 9.0]] {
            assert_eq!(bucket_ranges(2, 1.0, Some(&weights)), equal, "{weights:?}");
        }
        assert_eq!(bucket_ranges(2, f64::INFINITY, None), equal);
        assert_eq!(bucket_ranges(2, f64::NAN, None), bucket_ranges(2, 0.0, None));
        assert_eq!(choose_variation(0.0, &bucket_ranges(2, 0.0, None)), None);
        assert_eq!(bucket_ranges(0, 1.0, Some(&[])), []);
        assert_eq!(choose_variation(f64::NAN, &equal), None);
    }

    #[test]
    fn the_first_of_overlapping_ranges_wins() {
        let ranges = [
            Range { start: 0.9, end: 0.1 },
            Range { start: f64::NAN, end: 1.0 },
            Range { start: 0.0, end: 0.6 },
            Range { start: 0.4, end: 1.0 },
        ];
        assert_eq!(choose_variation(0.5, &ranges), Some(2));
        assert_eq!(choose_variation(0.7, &ranges), Some(3));
    }
}
