//! Products, their variants, and the card that stands for them in a list.

use super::{CategoryRef, ContentId, Image, Price, ProductId, VariantId, date};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How a product is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ProductKey {
    /// By its part of an address.
    Slug(String),
    /// By the backend's identifier.
    Id(ProductId),
}

/// Names a product to a backend that need not be the one it came from: there, the slug finds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProductRef {
    /// In the backend that gave the product.
    pub id: ProductId,
    /// The same in every backend of a shop.
    pub slug: String,
}

/// Names a variant to a backend that need not be the one it came from: there, slug and stock keeping unit
/// find it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VariantRef {
    /// In the backend that gave the product.
    pub id: VariantId,
    /// The same in every backend of a shop.
    pub sku: String,
    /// The product that it is a variant of.
    pub product: ProductRef,
}

/// A product as one market sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// The backend's identifier.
    pub id: ProductId,
    /// Its part of an address; unique in the shop.
    pub slug: String,
    /// In the market's language.
    pub name: String,
    /// One line.
    #[serde(default)]
    pub summary: String,
    /// Plain text, paragraphs parted by an empty line.
    #[serde(default)]
    pub description: String,
    /// Who makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Where it is found, the main category first.
    #[serde(default)]
    pub categories: Vec<CategoryRef>,
    /// Pictures, the main one first; may be empty.
    #[serde(default)]
    pub images: Vec<Image>,
    /// What the visitor chooses, such as size and colour; empty when there is one variant.
    #[serde(default)]
    pub options: Vec<ProductOption>,
    /// What can be bought; an empty list is a product that cannot.
    pub variants: Vec<Variant>,
    /// Facts for a table.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// Marks such as `new`, `bestseller`, `sale`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What reviewers say in sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Looks that it is part of.
    #[serde(default)]
    pub looks: Vec<ContentId>,
}

impl Product {
    /// Names it to any backend of the shop.
    pub fn reference(&self) -> ProductRef {
        ProductRef { id: self.id.clone(), slug: self.slug.clone() }
    }

    /// Names one of its variants to any backend of the shop.
    pub fn variant_reference(&self, variant: &Variant) -> VariantRef {
        VariantRef { id: variant.id.clone(), sku: variant.sku.clone(), product: self.reference() }
    }

    /// The card that stands for it in a list; `None` without a variant, since a card has a price.
    pub fn card(&self) -> Option<ProductCard> {
        let cheapest = self.variants.iter().min_by_key(|variant| variant.price.current.amount)?;
        let swatches = self.options.iter().flat_map(|option| &option.values);
        let only = match self.variants.as_slice() {
            [only] => Some(only.id.clone()),
            _ => None,
        };
        Some(ProductCard {
            id: self.id.clone(),
            slug: self.slug.clone(),
            name: self.name.clone(),
            summary: self.summary.clone(),
            brand: self.brand.clone(),
            image: self.images.first().cloned(),
            price: cheapest.price,
            price_varies: self.variants.iter().any(|v| v.price.current != cheapest.price.current),
            stock: self.variants.iter().map(|v| v.stock.level).max().unwrap_or(StockLevel::OutOfStock),
            only_variant: only,
            rating: self.rating,
            tags: self.tags.clone(),
            swatches: swatches.filter_map(|value| value.swatch.clone()).collect(),
        })
    }
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    /// Such as `size`.
    pub id: String,
    /// In the market's language.
    pub name: String,
    /// In the order to show.
    pub values: Vec<OptionValue>,
}

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValue {
    /// Such as `navy`.
    pub id: String,
    /// In the market's language.
    pub name: String,
    /// A colour as `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swatch: Option<String>,
}

/// What can be bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The backend's identifier.
    pub id: VariantId,
    /// The merchant's stock keeping unit.
    pub sku: String,
    /// What was chosen of each option, in the options' order.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// In the market's currency.
    pub price: Price,
    /// What can be delivered.
    pub stock: Stock,
}

/// A value chosen of an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// [`ProductOption::id`].
    pub option: String,
    /// [`OptionValue::id`].
    pub value: String,
}

/// What is there to sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// In a word; every backend has that.
    pub level: StockLevel,
    /// In pieces, where the backend tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// When that was so, where a backend gives a snapshot; else it is as of now.
    #[serde(
        default,
        rename = "asOf",
        deserialize_with = "date::moment_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub as_of: Option<Timestamp>,
}

impl Stock {
    /// In a word, without a number.
    pub const fn word(level: StockLevel) -> Self {
        Self { level, quantity: None, as_of: None }
    }

    /// From a number of pieces; up to 3 is low.
    pub const fn of(quantity: u32) -> Self {
        let level = match quantity {
            0 => StockLevel::OutOfStock,
            1..=3 => StockLevel::LowStock,
            _ => StockLevel::InStock,
        };
        Self { level, quantity: Some(quantity), as_of: None }
    }
}

/// Stock in a word, least first, so that the better of two is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockLevel {
    /// Cannot be bought.
    OutOfStock,
    /// The last few.
    LowStock,
    /// Enough.
    InStock,
}

/// A fact about a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Such as `material`.
    pub id: String,
    /// In the market's language.
    pub name: String,
    /// In the market's language.
    pub value: String,
}

/// What reviewers say in sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rating {
    /// The mean of 1 to 5 stars, in tenths: 43 is 4.3 stars.
    pub average_tenths: u8,
    /// How many reviews.
    pub count: u32,
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductCard {
    /// The backend's identifier.
    pub id: ProductId,
    /// Its part of an address.
    pub slug: String,
    /// In the market's language.
    pub name: String,
    /// One line.
    #[serde(default)]
    pub summary: String,
    /// Who makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The main picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The lowest price of its variants.
    pub price: Price,
    /// Whether other variants cost more ("from £20").
    #[serde(default)]
    pub price_varies: bool,
    /// The best of its variants' stock.
    pub stock: StockLevel,
    /// Set when there is just one variant, which can be bought without choosing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_variant: Option<VariantId>,
    /// What reviewers say in sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Marks such as `new`, `bestseller`, `sale`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Colours to show as dots, `#rrggbb`.
    #[serde(default)]
    pub swatches: Vec<String>,
}
