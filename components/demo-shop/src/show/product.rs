//! Products, and the cards that stand for them.

use super::{category_ref, image};
use crate::catalogue::record::{OptionRecord, ProductRecord, ValueRecord, VariantRecord};
use crate::catalogue::{Catalogue, Lens};
use commerce::{
    Attribute, Choice, ContentId, Image, OptionValue, Product, ProductCard, ProductId, ProductOption,
    StockLevel, Variant, VariantId,
};

/// As the port says.
const MOST_RELATED: usize = 12;

/// A product with all that is known of it.
pub(crate) fn product(catalogue: &Catalogue, lens: &Lens<'_>, record: &ProductRecord) -> Product {
    let categories = record.categories.iter().filter_map(|id| catalogue.category(id));
    Product {
        id: ProductId::new(record.id.clone()),
        slug: record.slug.clone(),
        name: lens.text(&record.name),
        summary: lens.text(&record.summary),
        description: lens.text(&record.description),
        brand: Some(record.brand.clone()),
        categories: categories.map(|c| category_ref(lens, c)).collect(),
        images: record.pictures.iter().map(|p| image(&p.file, lens.language().of(&p.alt))).collect(),
        options: record.options.iter().map(|o| option(lens, o)).collect(),
        variants: record.variants.iter().map(|v| variant(lens, record, v)).collect(),
        attributes: record
            .attributes
            .iter()
            .map(|a| Attribute { id: a.id.clone(), name: lens.text(&a.name), value: lens.text(&a.value) })
            .collect(),
        tags: record.tags.clone(),
        rating: catalogue.rating(&record.id),
        looks: record.looks.iter().map(|id| ContentId::new(id.clone())).collect(),
    }
}

fn option(lens: &Lens<'_>, record: &OptionRecord) -> ProductOption {
    let value = |v: &ValueRecord| OptionValue {
        id: v.id.clone(),
        name: lens.text(&v.name),
        swatch: v.swatch.clone(),
    };
    ProductOption {
        id: record.id.clone(),
        name: lens.text(&record.name),
        values: record.values.iter().map(value).collect(),
    }
}

fn variant(lens: &Lens<'_>, product: &ProductRecord, record: &VariantRecord) -> Variant {
    let chosen = product.options.iter().filter_map(|option| {
        Some(Choice { option: option.id.clone(), value: record.options.get(&option.id)?.clone() })
    });
    Variant {
        id: VariantId::new(record.id.clone()),
        sku: record.sku.clone(),
        choices: chosen.collect(),
        price: lens.price(record),
        stock: lens.stock(record),
    }
}

/// What a variant is of each option, in the market's words: `S, Navy`.
pub(crate) fn choices_in_words(lens: &Lens<'_>, product: &ProductRecord, variant: &VariantRecord) -> String {
    let words = product.options.iter().filter_map(|option| {
        let chosen = variant.options.get(&option.id)?;
        Some(lens.language().of(&option.values.iter().find(|v| v.id == *chosen)?.name))
    });
    words.collect::<Vec<_>>().join(lens.language().pick(", ", ", ", "، "))
}

/// The picture that stands for a product.
pub(crate) fn main_image(lens: &Lens<'_>, record: &ProductRecord) -> Option<Image> {
    record.pictures.first().map(|p| image(&p.file, lens.language().of(&p.alt)))
}

/// A product in a list.
pub(crate) fn card(catalogue: &Catalogue, lens: &Lens<'_>, record: &ProductRecord) -> ProductCard {
    let prices = || record.variants.iter().map(|v| lens.price(v));
    let lowest = prices().min_by_key(|price| price.current.amount);
    let price = lowest.unwrap_or(commerce::Price { current: lens.money(0), was: None });
    let mut variants = record.variants.iter();
    let only = variants.next().filter(|_| variants.next().is_none());
    ProductCard {
        id: ProductId::new(record.id.clone()),
        slug: record.slug.clone(),
        name: lens.text(&record.name),
        summary: lens.text(&record.summary),
        brand: Some(record.brand.clone()),
        image: main_image(lens, record),
        price_varies: prices().any(|other| other.current != price.current),
        price,
        stock: record.variants.iter().map(|v| lens.stock(v).level).max().unwrap_or(StockLevel::OutOfStock),
        only_variant: only.map(|v| VariantId::new(v.id.clone())),
        rating: catalogue.rating(&record.id),
        tags: record.tags.clone(),
        swatches: record.options.iter().flat_map(|o| &o.values).filter_map(|v| v.swatch.clone()).collect(),
    }
}

/// Products that go with one: the merchandiser's choice, or else its neighbours of the same category.
pub(crate) fn related(catalogue: &Catalogue, lens: &Lens<'_>, record: &ProductRecord) -> Vec<ProductCard> {
    let chosen = record.related.iter().filter_map(|id| catalogue.product(id)).take(MOST_RELATED);
    let chosen: Vec<ProductCard> = chosen.map(|other| card(catalogue, lens, other)).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let main = record.categories.first();
    let beside = catalogue.products().iter().filter(|p| p.id != record.id && p.categories.first() == main);
    beside.take(MOST_RELATED).map(|other| card(catalogue, lens, other)).collect()
}
