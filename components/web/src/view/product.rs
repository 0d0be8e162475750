//! A product's own page.

use super::{AsOf, Picture, Stars, Tag, Use, paragraphs, tone};
use crate::links::Links;
use commerce::{Choice, Product, ProductOption, StockLevel, Variant};
use jiff::Timestamp;
use kit::Locale;
use kit::fields::Fields;
use serde::Serialize;

/// What the visitor chose of a product.
pub(crate) struct Chosen<'a> {
    choices: Vec<Choice>,
    /// The variant that has all of it; `None` when it is not made.
    pub(crate) variant: Option<&'a Variant>,
}

/// Reads the choice from a query or form: `variant=ID`, or `choice.OPTION=VALUE` for each option. What is not
/// said is taken from a variant that fits the rest, one in stock before others.
pub(crate) fn choose<'a>(product: &'a Product, fields: &Fields) -> Chosen<'a> {
    let wanted = |option: &ProductOption| {
        let value = fields.get(&format!("choice.{}", option.id))?;
        let known = option.values.iter().any(|known| known.id == value);
        known.then(|| Choice { option: option.id.clone(), value: value.to_owned() })
    };
    let said: Vec<Choice> = product.options.iter().filter_map(wanted).collect();
    let named = fields.get("variant").and_then(|id| product.variants.iter().find(|v| v.id.as_str() == id));
    let fits = |variant: &&Variant| said.iter().all(|choice| variant.choices.contains(choice));
    let in_stock = |variant: &&Variant| variant.stock.level != StockLevel::OutOfStock;
    let named = named.filter(fits);
    let variant = named
        .or_else(|| product.variants.iter().filter(fits).find(in_stock))
        .or_else(|| product.variants.iter().find(fits));
    let choices = variant.map_or(said, |variant| variant.choices.clone());
    Chosen { choices, variant }
}

/// A product as its page shows it.
#[derive(Serialize)]
pub(crate) struct Goods {
    slug: String,
    name: String,
    brand: String,
    summary: String,
    description: Vec<String>,
    gallery: Vec<Shot>,
    several: bool,
    price: Vec<Tag>,
    badges: Vec<super::card::Badge>,
    rating: Vec<Stars>,
    options: Vec<OptionView>,
    variant: String,
    sku: String,
    stock: String,
    stock_kind: &'static str,
    stock_as_of: Vec<AsOf>,
    buyable: bool,
    most: u32,
    quantity: String,
    facts: Vec<Fact>,
    has_facts: bool,
    show: String,
    add: String,
}

#[derive(Serialize)]
struct Shot {
    number: usize,
    picture: Picture,
}

#[derive(Serialize)]
struct OptionView {
    field: String,
    name: String,
    chosen: String,
    swatches: bool,
    values: Vec<ValueView>,
}

#[derive(Serialize)]
struct ValueView {
    id: String,
    anchor: String,
    name: String,
    swatch: Vec<String>,
    checked: bool,
    gone: bool,
}

#[derive(Serialize)]
struct Fact {
    name: String,
    value: String,
}

impl Goods {
    /// The page's main part. `quantity` is what the visitor asked for last.
    pub(crate) fn of(
        locale: &Locale,
        links: &Links,
        product: &Product,
        chosen: &Chosen<'_>,
        quantity: &str,
        now: Timestamp,
    ) -> Self {
        let (stock, stock_kind) = stock(locale, chosen.variant);
        let shown = chosen.variant.or_else(|| product.variants.first());
        let price: Vec<Tag> = shown.map(|variant| Tag::of(locale, &variant.price)).into_iter().collect();
        let reduced = price.iter().any(Tag::is_reduced);
        let all_gone = product.variants.iter().all(|v| v.stock.level == StockLevel::OutOfStock);
        let buyable = chosen.variant.is_some_and(|v| v.stock.level != StockLevel::OutOfStock);
        let left = chosen.variant.and_then(|v| v.stock.quantity).unwrap_or(u32::MAX);
        let pictures = product.images.iter().filter_map(|image| Picture::of(image, Use::Gallery));
        let gallery: Vec<Shot> =
            pictures.enumerate().map(|(at, picture)| Shot { number: at + 1, picture }).collect();
        let fact = |a: &commerce::Attribute| Fact { name: a.name.clone(), value: a.value.clone() };
        Self {
            slug: product.slug.clone(),
            name: product.name.clone(),
            brand: product.brand.clone().unwrap_or_default(),
            summary: product.summary.clone(),
            description: paragraphs(&product.description),
            several: gallery.len() > 1,
            gallery,
            badges: super::card::badges(locale, &product.tags, reduced, all_gone),
            rating: Stars::of(locale, product.rating),
            price,
            options: product.options.iter().map(|option| option_view(product, option, chosen)).collect(),
            variant: chosen.variant.map(|v| v.id.to_string()).unwrap_or_default(),
            sku: chosen.variant.map(|v| v.sku.clone()).unwrap_or_default(),
            stock,
            stock_kind,
            stock_as_of: AsOf::maybe(locale, "stock-as-of", shown.and_then(|v| v.stock.as_of), now),
            buyable,
            most: left.clamp(1, 20),
            quantity: quantity.to_owned(),
            facts: product.attributes.iter().map(fact).collect(),
            has_facts: !product.attributes.is_empty(),
            show: links.product(&product.slug),
            add: links.page("cart/add"),
        }
    }

    /// The main picture's address, for link previews.
    pub(crate) fn preview(&self) -> String {
        self.gallery.first().map(|shot| shot.picture.src().to_owned()).unwrap_or_default()
    }
}

fn stock(locale: &Locale, variant: Option<&Variant>) -> (String, &'static str) {
    match variant.map(|variant| variant.stock) {
        None => (locale.text("not-made").to_owned(), "out"),
        Some(stock) => words(locale, stock),
    }
}

/// Stock in words, and which colour they have.
pub(super) fn words(locale: &Locale, stock: commerce::Stock) -> (String, &'static str) {
    match (stock.level, stock.quantity) {
        (StockLevel::OutOfStock, _) => (locale.text("stock-out-of-stock").to_owned(), "out"),
        (StockLevel::LowStock, Some(left)) => (locale.count("stock-left", left), "low"),
        (StockLevel::LowStock, None) => (locale.text("stock-low-stock").to_owned(), "low"),
        (StockLevel::InStock, _) => (locale.text("stock-in-stock").to_owned(), "in"),
    }
}

fn option_view(product: &Product, option: &ProductOption, chosen: &Chosen<'_>) -> OptionView {
    let is_chosen = |value: &str| chosen.choices.iter().any(|c| c.option == option.id && c.value == value);
    // Gone with what else is chosen: it may still be chosen, to see when it is back or what goes with it.
    let is_gone = |value: &str| {
        let others = chosen.choices.iter().filter(|choice| choice.option != option.id);
        let own = Choice { option: option.id.clone(), value: value.to_owned() };
        let wanted: Vec<&Choice> = others.chain([&own]).collect();
        let fits = |v: &&Variant| wanted.iter().all(|choice| v.choices.contains(choice));
        !product.variants.iter().filter(fits).any(|v| v.stock.level != StockLevel::OutOfStock)
    };
    let values = option.values.iter().enumerate().map(|(at, value)| ValueView {
        id: value.id.clone(),
        anchor: format!(
            "choice-{}-{at}",
            product.options.iter().position(|o| o.id == option.id).unwrap_or(0)
        ),
        name: value.name.clone(),
        swatch: value.swatch.as_deref().and_then(tone).into_iter().collect(),
        checked: is_chosen(&value.id),
        gone: is_gone(&value.id),
    });
    let values: Vec<ValueView> = values.collect();
    let chosen = values.iter().find(|value| value.checked);
    OptionView {
        field: format!("choice.{}", option.id),
        name: option.name.clone(),
        chosen: chosen.map(|value| value.name.clone()).unwrap_or_default(),
        swatches: values.iter().any(|value| !value.swatch.is_empty()),
        values,
    }
}
