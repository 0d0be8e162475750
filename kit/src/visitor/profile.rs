//! What is known of a visitor who agreed to be known, kept in key-value for every head.

use super::told::Told;
use super::{Acquaintance, Bought, Consents, VisitorId};
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
const LARGEST: usize = 32 << 10;

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
    /// How many orders heads saw.
    #[serde(rename = "o")]
    pub(super) own_orders: u32,
    /// When they saw the latest one.
    #[serde(rename = "l")]
    pub(super) own_ordered: Option<i64>,
    /// What backends said of the customer who signed in.
    #[serde(rename = "w", skip_serializing_if = "Told::is_empty")]
    pub(super) told: Told,
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
    /// They signed in, and a backend knows them.
    Known(Acquaintance),
    /// A backend is asked about them: not again for a while, whatever comes of it.
    Asked,
    /// They signed out: what backends said is no longer theirs.
    SignedOut,
}

impl Profile {
    /// What they agreed to.
    pub fn consents(&self) -> Consents {
        Consents::of_bits(self.consents)
    }

    /// How many orders: what heads saw or what a backend knows, whichever is more.
    pub fn orders(&self) -> u32 {
        self.own_orders.max(self.told.order_count())
    }

    /// When the latest order was placed, in seconds since 1970, as heads saw it or a backend knows it.
    pub fn ordered(&self) -> Option<i64> {
        self.own_ordered.max(self.told.ordered.as_ref().map(|said| said.value))
    }

    /// Whether the shop writes to them; `None` where no backend said so.
    pub fn subscriber(&self) -> Option<bool> {
        self.told.subscriber.as_ref().map(|said| said.value)
    }

    /// Their loyalty tier, such as `gold`; `None` where no backend said so.
    pub fn tier(&self) -> Option<&str> {
        self.told.tier.as_ref().map(|said| said.value.as_str())
    }

    /// Slugs of what is on their wish list, the latest first; `None` where no backend said so.
    pub fn wish_list(&self) -> Option<&[String]> {
        self.told.wish_list.as_ref().map(|said| said.value.as_slice())
    }

    /// Whether a backend is to be asked about who signed in at `since`, in seconds since 1970.
    pub(crate) fn is_due(&self, since: i64, now: Timestamp) -> bool {
        self.told.is_due(since, now.as_second())
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
                self.own_orders = self.own_orders.saturating_add(1);
                self.own_ordered = Some(now);
                self.told.ordered();
                offers.iter().for_each(|offer| self.mark(offer, now, true));
                products.iter().for_each(|product| self.bought.add(product));
            }
            Change::Agreed(consents) => self.consents = consents.bits(),
            Change::Known(known) => self.told.take(known, now),
            Change::Asked => self.told.asked = Some(now),
            Change::SignedOut => self.told = Told::default(),
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

    /// Takes in what was learned, and keeps it all under another number; nothing stays under the former one. Returns
    /// whether there was anything to keep: nothing is written of a visitor who has been erased meanwhile.
    ///
    /// # Errors
    /// When the store does not answer; then what is known may be under both numbers, or under the former one.
    pub(crate) async fn renumber(
        edge: &Rc<dyn Edge>,
        (from, to): (&VisitorId, &VisitorId),
        changes: &[Change],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let agrees = |change: &Change| matches!(change, Change::Agreed(_));
        let known = Self::read(&**edge, from).await?;
        let Some(mut profile) = known.or_else(|| changes.iter().any(agrees).then(Self::default)) else {
            return Ok(false);
        };
        changes.iter().for_each(|change| _ = profile.learn(change, now));
        let bytes = serde_json::to_vec(&profile).map_err(|error| StoreError(error.to_string()))?;
        edge.set(&to.key(), &bytes).await?;
        Self::erase(&**edge, from).await?;
        Ok(true)
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
mod tests;
