//! Products as the model; pure.

use super::shape::{Cash, Maybe, Meta, Nodes, Picture, handle, json, price, rating, stock, text};
use crate::adapters::wire::markup;
use crate::model::{
    Attribute, CategoryId, CategoryRef, Choice, ContentId, OptionValue, Product, ProductId, ProductOption,
    Variant, VariantId,
};
use serde::Deserialize;
use std::collections::HashMap;

/// Shopify's name for the one value of a product without options.
const NO_CHOICE: &str = "Default Title";

/// The answer of `product.graphql`.
#[derive(Deserialize)]
pub(super) struct Answer {
    product: Option<Found>,
    menu: Option<Menu>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    id: String,
    handle: String,
    title: String,
    #[serde(default)]
    description_html: String,
    #[serde(default)]
    vendor: String,
    #[serde(default)]
    tags: Vec<String>,
    summary: Option<Meta>,
    rating: Option<Meta>,
    rating_count: Option<Meta>,
    looks: Option<Meta>,
    attributes: Option<Linked>,
    #[serde(default)]
    images: Nodes<Maybe<Picture>>,
    #[serde(default)]
    options: Vec<Opt>,
    variants: Nodes<Sold>,
    #[serde(default)]
    collections: Nodes<Collection>,
}

#[derive(Deserialize)]
struct Linked {
    references: Option<Nodes<Maybe<Fact>>>,
}

#[derive(Deserialize)]
struct Fact {
    id: Meta,
    name: Meta,
    value: Meta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opt {
    id: String,
    name: String,
    option_values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    id: String,
    name: String,
    #[serde(default)]
    swatch: Option<Swatch>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Swatch {
    pub(super) color: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sold {
    id: String,
    sku: Option<String>,
    available_for_sale: bool,
    quantity_available: Option<i64>,
    price: Cash,
    compare_at_price: Option<Cash>,
    selected_options: Vec<Selected>,
}

#[derive(Deserialize)]
struct Selected {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Collection {
    id: String,
    handle: String,
    title: String,
}

#[derive(Deserialize)]
struct Menu {
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    resource_id: Option<String>,
    #[serde(default)]
    items: Vec<Item>,
}

/// The answer of `options.graphql`: names in the shop's own language, by the ids of options and values.
#[derive(Default, Deserialize)]
pub(super) struct Names {
    product: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    options: Vec<Opt>,
}

impl Names {
    fn by_id(self) -> HashMap<String, String> {
        let options = self.product.into_iter().flat_map(|product| product.options);
        let pairs = options.flat_map(|option| {
            let own = (option.id, option.name);
            option.option_values.into_iter().map(|value| (value.id, value.name)).chain([own])
        });
        pairs.collect()
    }
}

/// The product, if there is one. What is chosen from is named by the shop's own language, so that a link or
/// a rule that names `navy` holds in every market; without `names`, by the market's.
pub(super) fn product(answer: Answer, names: Names) -> Option<Product> {
    let (found, names) = (answer.product?, names.by_id());
    let own = |id: &str, name: &str| handle(names.get(id).map_or(name, String::as_str));
    let chosen_from: Vec<Opt> =
        found.options.into_iter().filter(|option| is_choice(option, &names)).collect();
    let variants = found.variants.nodes.into_iter().map(|sold| {
        let choices = sold.selected_options.iter().filter_map(|selected| {
            let option = chosen_from.iter().find(|option| option.name == selected.name)?;
            let value = option.option_values.iter().find(|value| value.name == selected.value)?;
            Some(Choice { option: own(&option.id, &option.name), value: own(&value.id, &value.name) })
        });
        Variant {
            choices: choices.collect(),
            id: VariantId::new(sold.id),
            sku: sold.sku.unwrap_or_default(),
            price: price(sold.price, sold.compare_at_price),
            stock: stock(sold.available_for_sale, sold.quantity_available),
        }
    });
    let options = chosen_from.iter().map(|option| ProductOption {
        id: own(&option.id, &option.name),
        name: option.name.clone(),
        values: option
            .option_values
            .iter()
            .map(|value| OptionValue {
                id: own(&value.id, &value.name),
                name: value.name.clone(),
                swatch: value.swatch.as_ref().and_then(|swatch| swatch.color.clone()),
            })
            .collect(),
    });
    let facts = found.attributes.and_then(|linked| linked.references).unwrap_or_default().nodes;
    let pictures = found.images.nodes.into_iter().filter_map(|picture| picture.0);
    Some(Product {
        variants: variants.collect(),
        options: options.collect(),
        images: pictures.map(|picture| picture.image(&found.title)).collect(),
        categories: categories(found.collections.nodes, answer.menu),
        attributes: facts.into_iter().filter_map(|fact| Some(attribute(fact.0?))).collect(),
        id: ProductId::new(found.id),
        slug: found.handle,
        name: found.title,
        summary: text(found.summary),
        description: markup::plain(&found.description_html),
        brand: Some(found.vendor).filter(|vendor| !vendor.is_empty()),
        tags: found.tags,
        rating: rating(found.rating, found.rating_count),
        looks: json::<Vec<String>>(found.looks).unwrap_or_default().into_iter().map(ContentId::new).collect(),
    })
}

fn attribute(fact: Fact) -> Attribute {
    Attribute { id: text(Some(fact.id)), name: text(Some(fact.name)), value: text(Some(fact.value)) }
}

fn is_choice(option: &Opt, names: &HashMap<String, String>) -> bool {
    let none = |value: &Value| names.get(&value.id).unwrap_or(&value.name) == NO_CHOICE;
    !matches!(option.option_values.as_slice(), [only] if none(only))
}

/// The collections that the menu shows, in its order, but for those above another one: a smart collection of
/// a department holds what its categories hold. A shop without the menu has all of them.
fn categories(collections: Vec<Collection>, menu: Option<Menu>) -> Vec<CategoryRef> {
    let reference = |c: &Collection| CategoryRef {
        id: CategoryId::new(c.id.clone()),
        slug: c.handle.clone(),
        name: c.title.clone(),
    };
    let Some(menu) = menu else { return collections.iter().map(reference).collect() };
    let is_in = |id: &str| collections.iter().any(|collection| collection.id == id);
    let mut lowest = Vec::new();
    menu.items.iter().for_each(|item| walk(item, &is_in, &mut lowest));
    lowest.iter().filter_map(|id| collections.iter().find(|c| c.id == *id)).map(reference).collect()
}

/// Notes the lowest collections of an item that the product is in: itself only when none below is.
fn walk(item: &Item, is_in: &dyn Fn(&str) -> bool, lowest: &mut Vec<String>) {
    let known = lowest.len();
    item.items.iter().for_each(|item| walk(item, is_in, lowest));
    let here = item.resource_id.as_deref().filter(|id| is_in(id));
    lowest.extend(here.filter(|_| lowest.len() == known).map(str::to_owned));
}
