//! What is known of a visitor who agreed to be known, kept in key-value for every head.

use super::{Bought, Consents, VisitorId};
use crate::edge::{Edge, StoreError};
use commerce::ProductId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A visit ends after so many seconds without a page.
const VISIT: i64 = 30 * 60;
/// Categories that are remembered, the latest first.
const CATEGORIES: usize = 8;
/// Things that happened with offers, the latest last.
const HISTORY: usize = 24;
/// The most bytes that a profile may have.
const LARGEST: usize = 16 << 10;

/// What is known of a visitor. Seconds are those since 1970.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    #[serde(rename = "c")]
    consents: u8,
    /// How many visits, the one that goes on counted.
    #[serde(rename = "v")]
    pub visits: u32,
    /// When a page was last asked for, to half a visit.
    #[serde(rename = "s")]
    pub seen: i64,
    /// Slugs of the categories that were looked at, the latest first.
    #[serde(rename = "k")]
    pub categories: Vec<String>,
    /// How many orders.
    #[serde(rename = "o")]
    pub orders: u32,
    /// When the latest one was placed.
    #[serde(rename = "l")]
    pub ordered: Option<i64>,
    /// Whether the shop writes to them; `None` where no backend said so.
    #[serde(rename = "e")]
    pub subscriber: Option<bool>,
    /// Their loyalty tier, such as `gold`; `None` where no backend said so.
    #[serde(rename = "t")]
    pub tier: Option<String>,
    /// What happened with offers.
    #[serde(rename = "h")]
    pub history: Vec<Mark>,
    /// What they ordered.
    #[serde(rename = "b", skip_serializing_if = "Bought::is_empty")]
    pub bought: Bought,
}

/// Something that happened with an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The offer's name.
    #[serde(rename = "o")]
    pub offer: String,
    /// When.
    #[serde(rename = "a")]
    pub at: i64,
    /// Whether an order was placed with it; else it was shown.
    #[serde(rename = "u", default)]
    pub used: bool,
    /// In which visit.
    #[serde(rename = "v", default)]
    pub visit: u32,
}

/// Something that a head learns of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// They asked for something.
    Seen,
    /// They looked at a category, by slug.
    Viewed(String),
    /// They were shown an offer, by name.
    Shown(String),
    /// They placed an order.
    Ordered {
        /// With these offers, by name.
        offers: Vec<String>,
        /// Of these products.
        products: Vec<ProductId>,
    },
    /// They agreed to this, and to nothing else.
    Agreed(Consents),
    /// A backend knows them: so many orders, the latest then, in these groups.
    Known {
        /// How many orders the backend knows of.
        orders: u32,
        /// When the latest was placed.
        ordered: Option<Timestamp>,
        /// Whether the shop writes to them.
        subscriber: bool,
        /// Their loyalty tier.
        tier: Option<String>,
    },
}

impl Profile {
    /// What they agreed to.
    pub fn consents(&self) -> Consents {
        Consents::of_bits(self.consents)
    }

    /// Takes in what was learned. Returns whether anything changed.
    pub fn learn(&mut self, change: &Change, now: Timestamp) -> bool {
        let (before, now) = (self.clone(), now.as_second());
        match change {
            Change::Seen => {
                let since = now.saturating_sub(self.seen);
                if since >= VISIT || self.visits == 0 {
                    self.visits = self.visits.saturating_add(1);
                }
                // Half a visit is exact enough, and spares the store a write for every page.
                if since >= VISIT / 2 {
                    self.seen = now;
                }
            }
            Change::Viewed(category) => {
                if self.categories.first() != Some(category) {
                    self.categories.retain(|known| known != category);
                    self.categories.insert(0, category.chars().take(100).collect());
                    self.categories.truncate(CATEGORIES);
                }
            }
            Change::Shown(offer) => self.mark(offer, now, false),
            Change::Ordered { offers, products } => {
                self.orders = self.orders.saturating_add(1);
                self.ordered = Some(now);
                offers.iter().for_each(|offer| self.mark(offer, now, true));
                products.iter().for_each(|product| self.bought.add(product));
            }
            Change::Agreed(consents) => self.consents = consents.bits(),
            Change::Known { orders, ordered, subscriber, tier } => {
                self.orders = self.orders.max(*orders);
                self.ordered = self.ordered.max(ordered.map(Timestamp::as_second));
                (self.subscriber, self.tier) = (Some(*subscriber), tier.clone());
            }
        }
        *self != before
    }

    fn mark(&mut self, offer: &str, at: i64, used: bool) {
        // One showing in a visit tells as much as ten.
        self.history.retain(|mark| used || mark.used || mark.offer != offer || mark.visit != self.visits);
        self.history.push(Mark { offer: offer.chars().take(100).collect(), at, used, visit: self.visits });
        // What was used is never forgotten before what was shown.
        while self.history.len() > HISTORY {
            let at = self.history.iter().position(|mark| !mark.used).unwrap_or(0);
            self.history.remove(at);
        }
    }

    /// Reads a profile; `None` when there is none, or none that can be read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(crate) async fn read(edge: &dyn Edge, id: &VisitorId) -> Result<Option<Self>, StoreError> {
        let bytes = edge.get(&id.key()).await?;
        Ok(bytes.filter(|bytes| bytes.len() <= LARGEST).and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Takes in what was learned, on top of what other heads have written since. Nothing is written of a visitor who
    /// has been erased meanwhile, unless they agree anew.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(crate) async fn write(
        edge: &Rc<dyn Edge>,
        id: &VisitorId,
        changes: &[Change],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let agrees = |change: &Change| matches!(change, Change::Agreed(_));
        let known = Self::read(&**edge, id).await?;
        let Some(mut profile) = known.or_else(|| changes.iter().any(agrees).then(Self::default)) else {
            return Ok(());
        };
        let mut changed = false;
        changes.iter().for_each(|change| changed |= profile.learn(change, now));
        match serde_json::to_vec(&profile) {
            Ok(bytes) if changed => edge.set(&id.key(), &bytes).await,
            _ => Ok(()),
        }
    }

    /// Erases what is known of a visitor.
    ///
    /// # Errors
    /// When the store does not answer; then it may still be there.
    pub(crate) async fn erase(edge: &dyn Edge, id: &VisitorId) -> Result<(), StoreError> {
        edge.delete(&id.key()).await
    }
}

/// A log must not hold it.
impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Profile(withheld)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_visit_ends_after_half_an_hour_of_rest() {
        let mut profile = Profile::default();
        let mut visits = |second| {
            profile.learn(&Change::Seen, at(second));
            profile.visits
        };
        assert_eq!([visits(0), visits(60), visits(1_000), visits(2_700), visits(4_600)], [1, 1, 1, 1, 2]);
        let mut profile = Profile::default();
        assert!(profile.learn(&Change::Seen, at(0)));
        assert!(!profile.learn(&Change::Seen, at(899)), "no write for every page");
        assert!(profile.learn(&Change::Seen, at(900)));
    }

    #[test]
    fn what_was_used_is_kept_longest_and_lists_are_short() {
        let mut profile = Profile::default();
        profile.learn(&Change::Ordered { offers: vec!["welcome".to_owned()], products: Vec::new() }, at(0));
        for n in 0..100 {
            profile.learn(&Change::Shown(format!("offer-{n}")), at(n));
            profile.learn(&Change::Viewed(format!("category-{n}")), at(n));
        }
        profile.learn(&Change::Viewed("category-97".to_owned()), at(200));
        assert_eq!(profile.history.len(), HISTORY);
        assert!(profile.history.iter().any(|mark| mark.used && mark.offer == "welcome"));
        assert_eq!(profile.categories[..3], ["category-97", "category-99", "category-98"]);
        assert_eq!((profile.categories.len(), profile.orders, profile.ordered), (8, 1, Some(1_800_000_000)));
        assert!(!profile.learn(&Change::Viewed("category-97".to_owned()), at(201)));
        let shown = profile.history.len();
        profile.learn(&Change::Shown("offer-99".to_owned()), at(300));
        assert_eq!(profile.history.len(), shown, "one showing a visit");
    }

    #[test]
    fn a_backend_adds_to_what_heads_saw_and_takes_nothing_away() {
        let mut profile = Profile::default();
        profile.learn(&Change::Ordered { offers: Vec::new(), products: Vec::new() }, at(100));
        let tier = Some("gold".to_owned());
        let known = Change::Known { orders: 0, ordered: Some(at(5)), subscriber: true, tier: tier.clone() };
        assert!(profile.learn(&known, at(200)));
        assert_eq!((profile.orders, profile.ordered), (1, Some(1_800_000_100)));
        assert_eq!((profile.subscriber, &profile.tier), (Some(true), &tier));
        assert!(!profile.learn(&known, at(300)));
    }
}
