//! The hash that turns a visitor's id into a bucket.

use serde::{Deserialize, Serialize};

/// Which of GrowthBook's two hashes an experiment uses. A running experiment must keep its version: another one
/// moves its visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HashVersion {
    /// 1,000 buckets; two experiments with similar keys can correlate. For experiments that began with it.
    V1,
    /// 10,000 buckets, hashed twice against that correlation.
    V2,
}

impl HashVersion {
    /// The version that a definition numbers `number`; none for a number that GrowthBook does not define.
    pub fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::V1),
            2 => Some(Self::V2),
            _ => None,
        }
    }
}

/// The bucket of `value` (a visitor's id) under `seed`: at least 0, less than 1, in steps of 0.001 (version 1) or
/// 0.0001 (version 2). Does not allocate.
///
/// The bytes of the UTF-8 text are hashed, as FNV-1a is defined and as GrowthBook's server SDKs do; its browser SDK
/// hashes UTF-16 units, which is the same for ASCII ids only.
pub fn bucket(seed: &str, value: &str, version: HashVersion) -> f64 {
    match version {
        HashVersion::V1 => v1(&[value, seed]),
        HashVersion::V2 => {
            let mut again = Fnv1a::default();
            again.add_decimal(fnv1a(&[seed, value]));
            f64::from(again.0 % 10_000) / 10_000.0
        }
    }
}

/// Version 1 of the hash over `parts`, as if they were one text.
pub(super) fn v1(parts: &[&str]) -> f64 {
    f64::from(fnv1a(parts) % 1_000) / 1_000.0
}

/// FNV-1a with 32 bits (<https://datatracker.ietf.org/doc/html/rfc9923>).
fn fnv1a(parts: &[&str]) -> u32 {
    let mut hash = Fnv1a::default();
    parts.iter().for_each(|part| hash.add(part));
    hash.0
}

struct Fnv1a(u32);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Fnv1a {
    fn add(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.add_byte(byte));
    }

    fn add_byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }

    /// The number as it is written, without the formatter: that takes longer than all the rest.
    fn add_decimal(&mut self, number: u32) {
        let (mut digits, mut left) = ([0_u8; 10], number);
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (left % 10) as u8;
            left /= 10;
        }
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        digits.iter().skip(zeros.min(digits.len() - 1)).for_each(|digit| self.add_byte(*digit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // Values of the FNV authors' own test vectors.
        assert_eq!(fnv1a(&[""]), 0x811c_9dc5);
        assert_eq!(fnv1a(&["a"]), 0xe40c_292c);
        assert_eq!(fnv1a(&["foo", "bar"]), 0xbf9c_f968);
    }

    #[test]
    fn a_number_is_hashed_as_it_is_written() {
        for number in [0, 7, 9, 10, 99, 100, 1_000_000_000, 2_147_483_648, u32::MAX - 1, u32::MAX] {
            let mut hash = Fnv1a::default();
            hash.add_decimal(number);
            assert_eq!(hash.0, fnv1a(&[&number.to_string()]), "{number}");
        }
    }

    #[test]
    fn a_version_that_nobody_defined_has_no_hash() {
        assert_eq!(HashVersion::from_number(2), Some(HashVersion::V2));
        assert_eq!([0, 3, 99].map(HashVersion::from_number), [None; 3]);
    }

    #[test]
    fn two_equal_arms_get_equal_shares() {
        const IDS: u32 = 1_000_000;
        let low = (0..IDS).filter(|id| bucket("hero", &id.to_string(), HashVersion::V2) < 0.5).count() as f64;
        let half = f64::from(IDS) / 2.0;
        // Chi-square with one degree of freedom; a sample-ratio mismatch is called at p < 0.001 (10.83).
        let chi_square = 2.0 * (low - half).powi(2) / half;
        assert!(chi_square < 10.83, "{low} of {IDS} ids fell below 0.5, chi-square {chi_square:.2}");
    }
}
