//! What is left: the catalogue's pieces less what was sold here.
//!
//! `sold:{variant}` counts the pieces of one variant and is what carts and orders go by. `sold` is a copy
//! of all counts, so that a list of products costs one read; it is only for showing.
//!
//! Key-value has no compare-and-set: two orders in the same instant may each read a count before the other
//! writes it, and then one of the two sales is not counted. A demo shop can live with a piece too many; a
//! shop with real goods keeps stock where a count can be changed atomically.

use crate::catalogue::record::VariantRecord;
use crate::wire::No;
use kit::Edge;
use std::collections::BTreeMap;

const ALL: &str = "sold";

/// Pieces sold, by variant.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Sold(BTreeMap<String, u32>);

impl Sold {
    /// What can still be bought online.
    pub(crate) fn left(&self, variant: &VariantRecord) -> u32 {
        let sold = self.0.get(&variant.id).copied().unwrap_or_default();
        variant.stock.get("online").copied().unwrap_or_default().saturating_sub(sold)
    }

    /// All counts, for showing. A store that fails shows the catalogue's stock rather than no shop.
    pub(crate) async fn shown(edge: &dyn Edge) -> Self {
        let kept = match edge.get(ALL).await {
            Ok(kept) => kept,
            Err(error) => {
                edge.log(&format!("demo-shop: stock is shown as if nothing were sold: {error}"));
                None
            }
        };
        Self(kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    /// The counts of some variants, for deciding.
    pub(crate) async fn counted<'a>(
        edge: &dyn Edge,
        variants: impl Iterator<Item = &'a str>,
    ) -> Result<Self, No> {
        let mut counts = BTreeMap::new();
        for variant in variants {
            let kept = edge.get(&key(variant)).await?;
            let count =
                kept.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok()).unwrap_or_default();
            counts.insert(variant.to_owned(), count);
        }
        Ok(Self(counts))
    }

    /// Counts a sale.
    pub(crate) async fn sell(edge: &dyn Edge, pieces: &[(&str, u32)]) -> Result<(), No> {
        let before = Self::counted(edge, pieces.iter().map(|(variant, _)| *variant)).await?;
        let mut all = Self::shown(edge).await;
        for (variant, quantity) in pieces {
            let count = before.0.get(*variant).copied().unwrap_or_default().saturating_add(*quantity);
            edge.set(&key(variant), count.to_string().as_bytes()).await?;
            all.0.insert((*variant).to_owned(), count);
        }
        let bytes = serde_json::to_vec(&all.0).map_err(|e| No::Broken(e.to_string()))?;
        Ok(edge.set(ALL, &bytes).await?)
    }
}

fn key(variant: &str) -> String {
    format!("sold:{variant}")
}
