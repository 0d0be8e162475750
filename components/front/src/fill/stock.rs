//! The product's stock in stores.

use super::{Scene, slot};
use crate::plan::Spot;
use commerce::{Capability, StockLevel};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    store: String,
    kind: &'static str,
    text: String,
}

pub(super) async fn fill(scene: &Scene, spot: &Spot) -> Option<String> {
    let product = scene.product().await?;
    let ask = &scene.ask;
    if !ask.shop.can(Capability::StoreStock) {
        return None;
    }
    // Of several sizes the first that can be had.
    let there = |variant: &&commerce::Variant| variant.stock.level != StockLevel::OutOfStock;
    let variant = product.variants.iter().find(there).or(product.variants.first())?;
    let variant = product.variant_reference(variant);
    let stock = ask.slots.optional(slot("stock"), ask.shop.store_stock(&variant)).await.ok()??;
    let locale = &*ask.locale;
    let row = |row: &commerce::StoreStock| {
        let kind = match row.stock.level {
            StockLevel::InStock => "in",
            StockLevel::LowStock => "low",
            StockLevel::OutOfStock => "out",
        };
        Row { store: row.store.name.clone(), kind, text: locale.text(&format!("stock-{kind}")).to_owned() }
    };
    let rows: Vec<Row> = stock.iter().map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        title: locale.text("stock-title").to_owned(),
        rows,
    };
    scene.print(spot, "stock.html", &view)
}
