//! Rows of a stock file: what a store, or the warehouse, has of what; pure.

use super::offer::quantity;
use super::table::{Faults, Row, Table};
use crate::model::Stock;
use jiff::Timestamp;
use std::collections::HashMap;

/// What there is.
#[derive(Debug, Default)]
pub(super) struct Stocks {
    /// By stock keeping unit: what can be delivered. The file says so by leaving the store empty.
    delivered: HashMap<String, Stock>,
    /// By stock keeping unit: store and stock, in the file's order.
    in_stores: HashMap<String, Vec<(String, Stock)>>,
}

impl Stocks {
    /// Reads the rows; `as_of` is when the file was made. Gives what is wrong with those that are left out.
    pub(super) fn of(table: Table, as_of: Option<Timestamp>) -> (Self, Faults) {
        let (mut stocks, mut faults) = (Self::default(), table.faults);
        for row in &table.rows {
            if let Some((sku, store, stock)) = faults.keep(read(row, as_of)) {
                match store {
                    Some(store) => stocks.in_stores.entry(sku).or_default().push((store, stock)),
                    None => drop(stocks.delivered.insert(sku, stock)),
                }
            }
        }
        (stocks, faults)
    }

    /// Whether any row could be read.
    pub(super) fn is_empty(&self) -> bool {
        self.delivered.is_empty() && self.in_stores.is_empty()
    }

    pub(super) fn delivered(&self, sku: &str) -> Option<Stock> {
        self.delivered.get(sku).copied()
    }

    /// Stores by id, and what they have; the last row of a store counts.
    pub(super) fn in_store(&self, sku: &str, store: &str) -> Option<Stock> {
        let rows = self.in_stores.get(sku)?;
        rows.iter().rev().find(|(known, _)| known == store).map(|(_, stock)| *stock)
    }
}

fn read(row: &Row, as_of: Option<Timestamp>) -> Result<(String, Option<String>, Stock), String> {
    let sku = row.needed(&["sku", "id"])?.to_owned();
    let store = row.get("store").or_else(|| row.get("store_code")).map(str::to_owned);
    let as_of = row.moment("as_of")?.or(as_of);
    Ok((sku, store, Stock { as_of, ..Stock::of(quantity(row)?) }))
}
