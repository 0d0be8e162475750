//! Which of the products that came are shown, and in what order.

use super::{Decision, Pin, Pinned, Recommend, Visit};
use crate::condition::{Condition, Item, Scene};
use commerce::Money;

/// The most candidates that are looked at; those beyond are not shown.
pub const MAX_CANDIDATES: usize = 256;

/// A product that may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its slug.
    pub id: &'a str,
    /// The slugs of its categories, the main one first.
    pub categories: &'a [&'a str],
    /// What it costs; `None` where that is not known.
    pub price: Option<Money>,
    /// Whether it can be bought now.
    pub in_stock: bool,
    /// Its place in what the model said, 0 for the best; `None` for one that is shown only where it is pinned.
    pub rank: Option<u32>,
}

/// Why a product that came is not shown, whatever else came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It came before under the same slug.
    Twice,
    /// It is one of those that [`arrange`] is told to leave out.
    Named,
    /// It cannot be bought now.
    OutOfStock,
    /// The filter does not let it through for certain.
    Filter,
}

/// Why a candidate, by its place, is not shown; `None` where it is, unless others come first or it is pinned nowhere.
pub fn left_out_by(
    recommend: &Recommend,
    visit: &Visit<'_>,
    decision: &Decision,
    candidates: &[Candidate<'_>],
    place: usize,
    left_out: &[&str],
) -> Option<LeftOut> {
    let candidate = candidates.get(place)?;
    if candidates.iter().take(place).any(|before| before.id == candidate.id) {
        return Some(LeftOut::Twice);
    }
    if left_out.contains(&candidate.id) {
        return Some(LeftOut::Named);
    }
    if !candidate.in_stock {
        return Some(LeftOut::OutOfStock);
    }
    let passes = candidate.passes(recommend.filter.as_ref(), visit.scene(&decision.audiences));
    (!passes).then_some(LeftOut::Filter)
}

/// Puts the places of the candidates to be shown into `shown`, the first to be seen first, at most
/// [`Recommend::limit`]. Allocates nothing once `shown` has the room.
///
/// Pins come first, then the rest by rank. Left out are the products of `left_out` (by slug: what the visitor looks
/// at, what is in the cart), what is out of stock, what the filter does not let through for certain, and what came
/// before under the same slug.
pub fn arrange(
    recommend: &Recommend,
    visit: &Visit<'_>,
    decision: &Decision,
    candidates: &[Candidate<'_>],
    left_out: &[&str],
    shown: &mut Vec<usize>,
) {
    shown.clear();
    let limit = usize::from(recommend.limit);
    let mut open = Open::default();
    for place in 0..candidates.len().min(MAX_CANDIDATES) {
        if left_out_by(recommend, visit, decision, candidates, place, left_out).is_none() {
            open.add(place);
        }
    }
    for pin in recommend.pins.iter().filter(|pin| pin.applies(visit, decision)) {
        for _ in 0..pin.first {
            let pinned = |candidate: &Candidate<'_>| pin.what.is(candidate);
            let Some(place) = open.best(candidates, pinned).filter(|_| shown.len() < limit) else { break };
            open.remove(place);
            shown.push(place);
        }
    }
    while shown.len() < limit {
        let ranked = |candidate: &Candidate<'_>| candidate.rank.is_some();
        let Some(place) = open.best(candidates, ranked) else { break };
        open.remove(place);
        shown.push(place);
    }
}

impl Candidate<'_> {
    fn passes(&self, filter: Option<&Condition>, scene: Scene<'_>) -> bool {
        let category = self.categories.first().copied().unwrap_or_default();
        let item = Item { category, price: self.price, in_stock: self.in_stock };
        filter.is_none_or(|filter| filter.evaluate(Scene { item: Some(&item), ..scene }).holds())
    }
}

impl Pin {
    /// Whether it counts for a visit: what is pinned by others need not be fetched.
    pub fn applies(&self, visit: &Visit<'_>, decision: &Decision) -> bool {
        let scene = visit.scene(&decision.audiences);
        self.when.as_ref().is_none_or(|when| when.evaluate(scene).holds())
    }
}

impl Pinned {
    fn is(&self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::Category(slug) => candidate.categories.contains(&slug.as_ref()),
            Self::Product(slug) => candidate.id == slug.as_ref(),
        }
    }
}

/// The candidates that are still to be shown, a bit each.
#[derive(Default)]
struct Open([u64; MAX_CANDIDATES / 64]);

impl Open {
    fn add(&mut self, place: usize) {
        if let Some(bits) = self.0.get_mut(place / 64) {
            *bits |= 1 << (place % 64);
        }
    }

    fn remove(&mut self, place: usize) {
        if let Some(bits) = self.0.get_mut(place / 64) {
            *bits &= !(1 << (place % 64));
        }
    }

    fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// The one of the best rank; of equals the first, and one without a rank last.
    fn best(&self, candidates: &[Candidate<'_>], fits: impl Fn(&Candidate<'_>) -> bool) -> Option<usize> {
        let fit =
            candidates.iter().enumerate().filter(|(place, candidate)| self.has(*place) && fits(candidate));
        fit.min_by_key(|(_, candidate)| candidate.rank.map_or(u64::MAX, u64::from)).map(|(place, _)| place)
    }
}
