//! The card that stands for a product in a list.

use super::{Picture, Stars, Tag, Use, tone};
use crate::links::Links;
use commerce::{ProductCard, StockLevel};
use kit::Locale;
use serde::Serialize;

/// How many colours a card shows as dots.
const DOTS: usize = 5;

/// A product in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Card {
    href: String,
    name: String,
    brand: String,
    summary: String,
    picture: Vec<Picture>,
    price: Tag,
    badges: Vec<Badge>,
    rating: Vec<Stars>,
    dots: Vec<String>,
    has_dots: bool,
    more_dots: Vec<String>,
    colours: String,
    sold_out: bool,
}

/// A mark on a card.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Badge {
    kind: &'static str,
    text: String,
}

/// Cards for a row of products.
pub(crate) fn cards(locale: &Locale, links: &Links, products: &[ProductCard], place: Use) -> Vec<Card> {
    products
        .iter()
        .enumerate()
        .map(|(at, product)| {
            // What lies below the first row is fetched when it comes into view.
            let place = if place == Use::FirstCard && at >= 4 { Use::Card } else { place };
            Card::of(locale, links, product, place)
        })
        .collect()
}

impl Card {
    /// A product's card.
    pub(crate) fn of(locale: &Locale, links: &Links, product: &ProductCard, place: Use) -> Self {
        let price = if product.price_varies {
            Tag::from(locale, &product.price)
        } else {
            Tag::of(locale, &product.price)
        };
        let dots: Vec<String> = product.swatches.iter().filter_map(|swatch| tone(swatch)).collect();
        let hidden = dots.len().saturating_sub(DOTS);
        let count = u32::try_from(dots.len()).unwrap_or(u32::MAX);
        let sold_out = product.stock == StockLevel::OutOfStock;
        Self {
            href: links.product(&product.slug),
            name: product.name.clone(),
            brand: product.brand.clone().unwrap_or_default(),
            summary: product.summary.clone(),
            // The name follows at once; reading the picture's words too would say everything twice.
            picture: Picture::maybe(product.image.as_ref(), place).into_iter().map(Picture::silent).collect(),
            badges: badges(locale, &product.tags, price.is_reduced(), sold_out),
            rating: Stars::of(locale, product.rating),
            colours: locale.count("colours-count", count),
            has_dots: dots.len() > 1,
            more_dots: (hidden > 0).then(|| format!("+{hidden}")).into_iter().collect(),
            dots: dots.into_iter().take(DOTS).collect(),
            price,
            sold_out,
        }
    }
}

/// At most two marks: what matters most to a buyer first. Unknown tags are the merchant's own business.
pub(crate) fn badges(locale: &Locale, tags: &[String], reduced: bool, sold_out: bool) -> Vec<Badge> {
    let has = |tag: &str| tags.iter().any(|known| known == tag);
    let marks = [
        ("sold-out", sold_out),
        ("sale", !sold_out && (reduced || has("sale"))),
        ("new", has("new")),
        ("bestseller", has("bestseller")),
        ("sustainable", has("sustainable")),
    ];
    let due = marks.into_iter().filter(|(_, due)| *due).take(2);
    due.map(|(kind, _)| Badge { kind, text: locale.text(&format!("badge-{kind}")).to_owned() }).collect()
}
