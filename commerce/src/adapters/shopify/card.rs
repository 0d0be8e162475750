//! Products in lists; pure.

use super::product::Swatch;
use super::shape::{Cash, Meta, Nodes, Picture, lenient, price, rating, stock, text};
use crate::model::{ProductCard, ProductId, StockLevel, VariantId};
use serde::Deserialize;

/// `card.graphql`. It asks for 50 variants, which is what most products have at most; of more, the price
/// range still tells the lowest price.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Card {
    id: String,
    handle: String,
    title: String,
    #[serde(default)]
    vendor: String,
    #[serde(default)]
    tags: Vec<String>,
    summary: Option<Meta>,
    rating: Option<Meta>,
    rating_count: Option<Meta>,
    #[serde(default, deserialize_with = "lenient")]
    featured_image: Option<Picture>,
    #[serde(default)]
    options: Vec<Values>,
    price_range: Range,
    variants_count: Option<Count>,
    variants: Nodes<Sold>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    option_values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    swatch: Option<Swatch>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Range {
    min_variant_price: Cash,
    max_variant_price: Cash,
}

#[derive(Deserialize)]
struct Count {
    count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sold {
    id: String,
    available_for_sale: bool,
    quantity_available: Option<i64>,
    price: Cash,
    compare_at_price: Option<Cash>,
}

impl From<Card> for ProductCard {
    fn from(card: Card) -> Self {
        let lowest = card.price_range.min_variant_price;
        let cheapest = card.variants.nodes.iter().find(|sold| sold.price.0 == lowest.0);
        let only = card.variants_count.is_none_or(|variants| variants.count == 1);
        let stocks =
            card.variants.nodes.iter().map(|sold| stock(sold.available_for_sale, sold.quantity_available));
        let swatches = card.options.into_iter().flat_map(|option| option.option_values);
        Self {
            price: price(lowest, cheapest.and_then(|sold| sold.compare_at_price)),
            price_varies: card.price_range.max_variant_price.0 != lowest.0,
            stock: stocks.map(|stock| stock.level).max().unwrap_or(StockLevel::OutOfStock),
            only_variant: match card.variants.nodes.as_slice() {
                [sold] if only => Some(VariantId::new(sold.id.clone())),
                _ => None,
            },
            image: card.featured_image.map(|picture| picture.image(&card.title)),
            id: ProductId::new(card.id),
            slug: card.handle,
            name: card.title,
            summary: text(card.summary),
            brand: Some(card.vendor).filter(|vendor| !vendor.is_empty()),
            rating: rating(card.rating, card.rating_count),
            tags: card.tags,
            swatches: swatches.filter_map(|value| value.swatch?.color).collect(),
        }
    }
}

/// Those of a list that can be shown.
pub(super) fn cards(list: Vec<Card>) -> Vec<ProductCard> {
    list.into_iter().map(ProductCard::from).collect()
}
