//! What a visitor bought, so that it is not recommended to them again.

use commerce::ProductId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Products that are remembered, the oldest going first: some 700 bytes of a profile.
const MOST: usize = 64;

/// Products that a visitor ordered, the latest last: 32 bits of each id's SHA-256, so that they are short whatever a
/// backend's ids look like. Two products share them by a chance of one in four thousand million.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bought(Vec<u32>);

impl Bought {
    /// Adds a product; one that was bought before becomes the latest.
    pub(super) fn add(&mut self, product: &ProductId) {
        let mark = mark(product);
        self.0.retain(|known| *known != mark);
        self.0.push(mark);
        let beyond = self.0.len().saturating_sub(MOST);
        self.0.drain(..beyond);
    }

    /// Whether a product is among them.
    pub fn has(&self, product: &ProductId) -> bool {
        !self.0.is_empty() && self.0.contains(&mark(product))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn mark(product: &ProductId) -> u32 {
    let digest: [u8; 32] = Sha256::digest(product.as_str()).into();
    let [a, b, c, d, ..] = digest;
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(n: usize) -> ProductId {
        ProductId::new(format!("gid://shop/Product/{n}"))
    }

    #[test]
    fn the_oldest_goes_first_and_what_is_bought_again_is_the_latest() {
        let mut bought = Bought::default();
        assert!(!bought.has(&product(0)) && bought.is_empty());
        (0..MOST).for_each(|n| bought.add(&product(n)));
        bought.add(&product(0));
        assert_eq!(bought.len(), MOST, "once each");
        bought.add(&product(MOST));
        let known: Vec<usize> = (0..=MOST).filter(|n| bought.has(&product(*n))).collect();
        assert_eq!(known, Vec::from_iter([0].into_iter().chain(2..=MOST)));
    }

    #[test]
    fn it_is_short_in_a_profile() {
        let mut bought = Bought::default();
        (0..1_000).for_each(|n| bought.add(&product(n)));
        let bytes = serde_json::to_vec(&bought).unwrap();
        assert!(bytes.len() <= 11 * MOST + 1, "{} bytes", bytes.len());
        assert!(serde_json::from_slice::<Bought>(&bytes).unwrap() == bought);
    }
}
