//! Products as Medusa keeps them. What it has no field for is metadata under these keys: `brand`, `attributes`
//! (`[{id, name, value}]`), `rating` (`{average, count}`), `related` (handles), `looks`, `main_category` (a handle); of an image `alt`; of an
//! option `code` and `rank`; of an option's value `code` and `swatch`.

use super::amount::{Half, decimal, money};
use super::words::{list, or_empty, picture, readable, text, word};
use crate::error::Error;
use crate::model::{
    Attribute, CategoryId, CategoryRef, Choice, ContentId, Image, Market, OptionValue, Price, Product,
    ProductCard, ProductId, ProductOption, Rating, Stock, StockLevel, Variant, VariantId,
};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

/// Medusa knows no picture's size: portrait, as shops take them, so that a page keeps the room.
pub(super) const SIZE: (u32, u32) = (1200, 1500);

/// What Medusa's admin pages write for a product without a choice.
const NO_CHOICE: &str = "Default option";

#[derive(Deserialize)]
pub(super) struct Products {
    pub(super) products: Vec<Record>,
    #[serde(default)]
    pub(super) count: u32,
}

#[derive(Deserialize)]
pub(super) struct Record {
    id: String,
    handle: String,
    title: String,
    #[serde(default, deserialize_with = "or_empty")]
    subtitle: String,
    #[serde(default, deserialize_with = "or_empty")]
    description: String,
    #[serde(default)]
    metadata: Value,
    #[serde(default, deserialize_with = "or_empty")]
    tags: Vec<Value>,
    #[serde(default, deserialize_with = "or_empty")]
    images: Vec<Value>,
    #[serde(default, deserialize_with = "or_empty")]
    categories: Vec<Value>,
    #[serde(default, deserialize_with = "or_empty")]
    options: Vec<OptionRecord>,
    #[serde(default, deserialize_with = "or_empty")]
    variants: Vec<VariantRecord>,
}

#[derive(Deserialize)]
struct Tag {
    #[serde(default)]
    id: String,
    value: String,
}

#[derive(Deserialize)]
struct ImageRecord {
    url: String,
    #[serde(default)]
    rank: i64,
    #[serde(default)]
    metadata: Value,
}

#[derive(Deserialize)]
pub(super) struct CategoryRecord {
    id: String,
    handle: String,
    name: String,
}

#[derive(Deserialize)]
struct OptionRecord {
    id: String,
    title: String,
    #[serde(default)]
    metadata: Value,
    #[serde(default, deserialize_with = "or_empty")]
    values: Vec<ValueRecord>,
}

#[derive(Deserialize)]
struct ValueRecord {
    id: String,
    value: String,
    #[serde(default)]
    rank: Option<i64>,
    #[serde(default)]
    metadata: Value,
}

#[derive(Deserialize)]
struct VariantRecord {
    id: String,
    #[serde(default, deserialize_with = "or_empty")]
    sku: String,
    #[serde(default, deserialize_with = "or_empty")]
    variant_rank: i64,
    #[serde(default, deserialize_with = "or_empty")]
    manage_inventory: bool,
    #[serde(default, deserialize_with = "or_empty")]
    allow_backorder: bool,
    #[serde(default)]
    inventory_quantity: Option<Number>,
    #[serde(default, deserialize_with = "or_empty")]
    options: Vec<Chosen>,
    /// `null` for what is not sold in the region; it must be there, since it was asked for.
    #[serde(deserialize_with = "asked_for")]
    calculated_price: Option<PriceRecord>,
}

fn asked_for<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PriceRecord>, D::Error> {
    Option::deserialize(deserializer)
}

#[derive(Deserialize)]
struct Chosen {
    id: String,
}

#[derive(Deserialize)]
struct PriceRecord {
    currency_code: String,
    calculated_amount: Option<Box<RawValue>>,
    #[serde(default)]
    calculated_amount_with_tax: Option<Box<RawValue>>,
    #[serde(default)]
    original_amount: Option<Box<RawValue>>,
    #[serde(default)]
    original_amount_with_tax: Option<Box<RawValue>>,
}

impl Record {
    /// Handles of products that the merchant says go with it.
    pub(super) fn related(&self) -> Vec<String> {
        list(&self.metadata, "related")
    }

    pub(super) fn slug(&self) -> &str {
        &self.handle
    }

    /// Where it is found, the main category first.
    pub(super) fn category_refs(&self) -> Vec<CategoryRef> {
        let mut found: Vec<CategoryRecord> = readable(self.categories.clone());
        let main = word(&self.metadata, "main_category");
        found.sort_by_key(|category| Some(category.handle.as_str()) != main);
        found.into_iter().map(CategoryRecord::reference).collect()
    }

    /// The product as a market sees it, without the variants that are not sold there.
    pub(super) fn product(self, operation: &'static str, market: &Market) -> Result<Product, Error> {
        let language = market.language();
        let categories = self.category_refs();
        let mut options = self.options;
        options.retain(|option| option.title != NO_CHOICE);
        options.sort_by_key(|option| option.metadata.get("rank").and_then(Value::as_i64));
        for option in &mut options {
            option.values.sort_by_key(|value| value.rank);
        }
        let mut records = self.variants;
        records.sort_by_key(|variant| variant.variant_rank);
        let mut variants = Vec::with_capacity(records.len());
        for (at, record) in records.iter().enumerate() {
            variants.extend(variant(operation, market, &options, record, at)?);
        }
        let mut images: Vec<ImageRecord> = readable(self.images);
        images.sort_by_key(|image| image.rank);
        // Medusa gives them in any order; their ids keep the order in which the merchant made them.
        let mut tags: Vec<Tag> = readable(self.tags);
        tags.sort_by(|one, other| one.id.cmp(&other.id));
        let attributes = self.metadata.get("attributes").and_then(Value::as_array).into_iter().flatten();
        Ok(Product {
            brand: word(&self.metadata, "brand").map(str::to_owned),
            categories,
            images: images.iter().filter_map(|image| shown(image, language, &self.title)).collect(),
            attributes: attributes.filter_map(|fact| attribute(fact, language)).collect(),
            tags: tags.into_iter().map(|tag| tag.value).collect(),
            rating: rating(&self.metadata),
            looks: list(&self.metadata, "looks").into_iter().map(ContentId::new).collect(),
            options: options.into_iter().map(option).collect(),
            variants,
            id: ProductId::new(self.id),
            slug: self.handle,
            name: self.title,
            summary: self.subtitle,
            description: self.description,
        })
    }

    /// The card of what can be bought in a market.
    pub(super) fn card(self, operation: &'static str, market: &Market) -> Result<Option<ProductCard>, Error> {
        Ok(self.product(operation, market)?.card())
    }
}

impl CategoryRecord {
    fn reference(self) -> CategoryRef {
        CategoryRef { id: CategoryId::new(self.id), slug: self.handle, name: self.name }
    }
}

/// Without a code of the merchant's, Medusa's id: it is the same in every language, unlike the words.
fn code(metadata: &Value, id: &str) -> String {
    word(metadata, "code").unwrap_or(id).to_owned()
}

fn option(record: OptionRecord) -> ProductOption {
    let value = |value: ValueRecord| OptionValue {
        id: code(&value.metadata, &value.id),
        swatch: word(&value.metadata, "swatch").filter(|swatch| is_colour(swatch)).map(str::to_owned),
        name: value.value,
    };
    ProductOption {
        id: code(&record.metadata, &record.id),
        name: record.title,
        values: record.values.into_iter().map(value).collect(),
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn variant(
    operation: &'static str,
    market: &Market,
    options: &[OptionRecord],
    record: &VariantRecord,
    at: usize,
) -> Result<Option<Variant>, Error> {
    let Some(price) = &record.calculated_price else { return Ok(None) };
    let field = |name: &str| format!("variants[{at}].calculated_price.{name}");
    let currency = market.currency();
    if !price.currency_code.eq_ignore_ascii_case(currency.code()) {
        let odd: String = price.currency_code.chars().take(3).collect();
        let fault = format!("{} is {odd} where {currency} was asked for", field("currency_code"));
        return Err(Error::bad_answer(operation, fault));
    }
    let now = price.calculated_amount_with_tax.as_ref().or(price.calculated_amount.as_ref());
    let Some(now) = now else { return Ok(None) };
    let current = money(operation, &field("calculated_amount"), now, currency, Half::Up)?;
    if current.amount < 0 {
        return Err(Error::bad_answer(operation, format!("{} is negative", field("calculated_amount"))));
    }
    let before = price.original_amount_with_tax.as_ref().or(price.original_amount.as_ref());
    let before = before.map(|raw| money(operation, &field("original_amount"), raw, currency, Half::Up));
    let was = before.transpose()?.filter(|before| before.amount > current.amount);
    let choice = |option: &OptionRecord| {
        let value = option.values.iter().find(|v| record.options.iter().any(|chosen| chosen.id == v.id))?;
        Some(Choice { option: code(&option.metadata, &option.id), value: code(&value.metadata, &value.id) })
    };
    Ok(Some(Variant {
        id: VariantId::new(record.id.clone()),
        sku: record.sku.clone(),
        choices: options.iter().filter_map(choice).collect(),
        price: Price { current, was },
        stock: stock(record),
    }))
}

/// What is not counted, or may be sold before it is there, can be bought.
fn stock(record: &VariantRecord) -> Stock {
    if !record.manage_inventory || record.allow_backorder {
        return Stock::word(StockLevel::InStock);
    }
    let count = record.inventory_quantity.as_ref().and_then(Number::as_i64).unwrap_or_default();
    Stock::of(u32::try_from(count.max(0)).unwrap_or(u32::MAX))
}

fn shown(record: &ImageRecord, language: &str, name: &str) -> Option<Image> {
    let alt = record.metadata.get("alt").and_then(|alt| text(alt, language));
    Some(Image {
        url: picture(&record.url)?.to_owned(),
        alt: alt.unwrap_or_else(|| name.to_owned()),
        width: SIZE.0,
        height: SIZE.1,
        renditions: Vec::new(),
    })
}

/// What a reviews service keeps there: a mean of 1 to 5 and how many.
fn rating(metadata: &Value) -> Option<Rating> {
    let rating = metadata.get("rating")?;
    let average = decimal(&rating.get("average")?.to_string(), 1, Half::Up)?;
    let count = u32::try_from(rating.get("count")?.as_u64()?).ok()?;
    let average_tenths = u8::try_from(average).ok().filter(|tenths| (10..=50).contains(tenths))?;
    Some(Rating { average_tenths, count })
}

fn attribute(fact: &Value, language: &str) -> Option<Attribute> {
    Some(Attribute {
        id: word(fact, "id")?.to_owned(),
        name: text(fact.get("name")?, language)?,
        value: text(fact.get("value")?, language)?,
    })
}
