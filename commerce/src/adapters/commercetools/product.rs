//! Product projections as the model.
//! <https://docs.commercetools.com/api/projects/productProjections>

use super::attribute::{self, Attribute};
use super::lenient;
use super::money::Offered;
use super::picture::{Asset, Picture, images};
use super::schema::Schema;
use super::text::{Localized, said};
use crate::adapters::wire::checked::checked;
use crate::error::Error;
use crate::model::{
    CategoryId, CategoryRef, ContentId, Market, OptionValue, Product, ProductId, ProductOption, Rating,
    Stock, StockLevel, Variant, VariantId,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A projection, with prices selected and categories expanded.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Projection {
    pub(super) id: String,
    slug: Localized,
    name: Localized,
    #[serde(default)]
    description: Option<Localized>,
    #[serde(default, deserialize_with = "lenient::list")]
    categories: Vec<Placed>,
    #[serde(default, deserialize_with = "lenient::list")]
    attributes: Vec<Attribute>,
    master_variant: WireVariant,
    #[serde(default)]
    variants: Vec<WireVariant>,
    #[serde(default)]
    pub(super) review_rating_statistics: Option<Statistics>,
}

#[derive(Debug, Deserialize)]
struct Placed {
    id: String,
    obj: Named,
}

#[derive(Debug, Deserialize)]
struct Named {
    slug: Localized,
    name: Localized,
}

#[derive(Debug, Deserialize)]
struct WireVariant {
    sku: Option<String>,
    #[serde(default)]
    price: Option<Offered>,
    #[serde(default, deserialize_with = "lenient::list")]
    attributes: Vec<Attribute>,
    #[serde(default, deserialize_with = "lenient::list")]
    images: Vec<Picture>,
    #[serde(default, deserialize_with = "lenient::list")]
    assets: Vec<Asset>,
    #[serde(default)]
    availability: Option<Availability>,
}

/// Stock without a channel, which is what the shop sends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Availability {
    #[serde(default)]
    is_on_stock: Option<bool>,
    #[serde(default)]
    available_quantity: Option<i64>,
}

/// <https://docs.commercetools.com/api/projects/reviews#reviewratingstatistics>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Statistics {
    average_rating: f64,
    count: u32,
    #[serde(default)]
    ratings_distribution: BTreeMap<String, u32>,
}

impl Statistics {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and five stars are 50 tenths"
    )]
    pub(super) fn rating(&self) -> Rating {
        Rating { average_tenths: (self.average_rating * 10.0).round() as u8, count: self.count }
    }

    /// How many gave 1 to 5 stars.
    pub(super) fn distribution(&self) -> [u32; 5] {
        ["1", "2", "3", "4", "5"].map(|s| self.ratings_distribution.get(s).copied().unwrap_or_default())
    }
}

/// What is left, where stock is kept for a variant at all; without an entry it is sold without end.
fn stock(availability: Option<&Availability>) -> Stock {
    let Some(availability) = availability else {
        return Stock::word(StockLevel::InStock);
    };
    match (availability.available_quantity, availability.is_on_stock) {
        // More may be sold than there was (`TrackOnly`), and then the number is below zero.
        (Some(quantity), _) => Stock::of(u32::try_from(quantity.max(0)).unwrap_or(u32::MAX)),
        (None, Some(true)) => Stock::word(StockLevel::InStock),
        // Stock in channels only: there is none to send.
        (None, _) => Stock::of(0),
    }
}

impl Projection {
    /// References to the products that go with it.
    pub(super) fn related(&self) -> Vec<String> {
        attribute::set(self.attribute("related"))
    }

    fn attribute(&self, name: &str) -> Option<&serde_json::Value> {
        let own = attribute::find(&self.attributes, name);
        own.or_else(|| attribute::find(&self.master_variant.attributes, name))
    }

    /// The product. Variants without a price in this market cannot be bought in it and are left out.
    ///
    /// # Errors
    /// `BadAnswer` when a price is in another currency.
    pub(super) fn product(
        &self,
        operation: &'static str,
        market: &Market,
        schema: &Schema,
    ) -> Result<Product, Error> {
        let say = |name| attribute::words(self.attribute(name)?, market);
        let name = said(&self.name, market);
        let all = || std::iter::once(&self.master_variant).chain(&self.variants);
        let category = |placed: &Placed| CategoryRef {
            id: CategoryId::new(placed.id.clone()),
            slug: said(&placed.obj.slug, market),
            name: said(&placed.obj.name, market),
        };
        let variants: Vec<Variant> = all().filter_map(|wire| variant(wire, schema)).collect();
        let product = Product {
            id: ProductId::new(self.id.clone()),
            slug: said(&self.slug, market),
            summary: say("summary").unwrap_or_default(),
            description: self.description.as_ref().map(|text| said(text, market)).unwrap_or_default(),
            brand: say("brand"),
            categories: self.categories.iter().map(category).collect(),
            images: images(&self.master_variant.images, &self.master_variant.assets, market, &name),
            name,
            options: options(all(), schema, market),
            variants,
            attributes: self.facts(schema, market),
            tags: attribute::set(self.attribute("tags")),
            rating: self.review_rating_statistics.as_ref().map(Statistics::rating),
            looks: attribute::set(self.attribute("looks")).into_iter().map(ContentId::new).collect(),
        };
        checked(operation, market, product)
    }

    /// In the order in which the product has them.
    fn facts(&self, schema: &Schema, market: &Market) -> Vec<crate::model::Attribute> {
        let all = self.attributes.iter().chain(&self.master_variant.attributes);
        let facts = all.filter_map(|attribute| {
            let definition = schema.find(&attribute.name).filter(|definition| definition.is_fact())?;
            Some(crate::model::Attribute {
                id: definition.fact_id().to_owned(),
                name: said(&definition.label, market),
                value: attribute::words(&attribute.value, market)?,
            })
        });
        facts.collect()
    }
}

fn variant(wire: &WireVariant, schema: &Schema) -> Option<Variant> {
    // Carts take a variant by its SKU; one without cannot be named.
    let sku = wire.sku.clone()?;
    Some(Variant {
        id: VariantId::new(sku.clone()),
        sku,
        choices: attribute::choices(&wire.attributes, schema).into_iter().map(|(choice, _)| choice).collect(),
        price: wire.price?.price(),
        stock: stock(wire.availability.as_ref()),
    })
}

/// Options with their values in the order in which the variants bring them.
fn options<'a>(
    variants: impl Iterator<Item = &'a WireVariant>,
    schema: &Schema,
    market: &Market,
) -> Vec<ProductOption> {
    let mut options: Vec<ProductOption> = schema
        .options()
        .map(|d| ProductOption { id: d.name.clone(), name: said(&d.label, market), values: Vec::new() })
        .collect();
    for (choice, value) in variants.flat_map(|variant| attribute::choices(&variant.attributes, schema)) {
        let Some(option) = options.iter_mut().find(|option| option.id == choice.option) else { continue };
        if !option.values.iter().any(|known| known.id == choice.value) {
            let swatch = schema.swatch(&option.id, &choice.value);
            option.values.push(OptionValue { id: choice.value, name: value.label.said(market), swatch });
        }
    }
    options.retain(|option| !option.values.is_empty());
    options
}
