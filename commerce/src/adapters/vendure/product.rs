//! Products of Vendure as the model.
//!
//! The facet `brand` is the brand, the facet `tag` are the marks; option codes are the options' ids.

use super::ask::{Extra, Question};
use super::found::{
    Asset, Collection, FacetValue, FoundProduct, FoundVariant, Group, GroupOption, ProductFields, readable,
};
use super::price::{money, price, stock};
use super::{Answered, Vendure};
use crate::adapters::wire::checked::checked;
use crate::adapters::wire::markup;
use crate::error::{Error, Kind, Subject};
use crate::model::{
    Attribute, CategoryId, CategoryRef, Choice, ContentId, Image, Market, OptionValue, Product, ProductCard,
    ProductId, ProductKey, ProductOption, ProductRef, Rating, Variant, VariantId,
};
use crate::port::Capability;
use serde::Deserialize;
use serde_json::json;

const OPERATION: &str = "vendure.product";
const MOST_RELATED: usize = 12;

/// The fragment of cards, and what it needs.
const CARD: &str = include_str!("graphql/card.graphql");
const CARD_EXTRAS: [Extra; 3] = [Extra::Product, Extra::Variant, Extra::Option];

#[derive(Deserialize)]
struct Found<T> {
    product: Option<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relations {
    custom_fields: Option<Related>,
}

#[derive(Deserialize)]
struct Related {
    #[serde(default, deserialize_with = "readable")]
    related: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    id: String,
}

#[derive(Deserialize)]
struct Cards {
    products: Items,
}

#[derive(Deserialize)]
struct Items {
    items: Vec<FoundProduct>,
}

/// A picture; one without a web address is none. Vendure has no words for pictures but their name, which is
/// the file's until someone writes a better one.
pub(super) fn image(asset: &Asset, name: &str) -> Option<Image> {
    let file = asset.name.rsplit_once('.').is_some_and(|(_, ending)| (3..=4).contains(&ending.len()));
    let alt = if file || asset.name.is_empty() { name } else { &asset.name };
    let on_the_web = ["https://", "http://", "/"].iter().any(|start| asset.preview.starts_with(start));
    on_the_web.then(|| Image {
        url: asset.preview.clone(),
        alt: alt.to_owned(),
        width: asset.width,
        height: asset.height,
        renditions: Vec::new(),
    })
}

/// A found product as the model.
///
/// # Errors
/// `BadAnswer` for a price in another currency.
pub(super) fn product(
    operation: &'static str,
    market: &Market,
    found: FoundProduct,
) -> Result<Product, Error> {
    let fields = found.custom_fields.into_iter().next();
    let pictures: Vec<Asset> = found.featured_asset.into_iter().chain(found.assets).collect();
    let mut images: Vec<Image> = Vec::new();
    for image in pictures.iter().filter_map(|asset| image(asset, &found.name)) {
        if !images.iter().any(|known| known.url == image.url) {
            images.push(image);
        }
    }
    let facet = |code: &'static str| found.facet_values.iter().filter(move |v| v.facet.code == code);
    let known = |code: &str| matches!(code, "brand" | "tag");
    let told = |v: &&FacetValue| {
        !known(&v.facet.code) && !found.option_groups.iter().any(|group| group.code == v.facet.code)
    };
    let facts = fields.as_ref().and_then(|fields| serde_json::from_str(fields.attributes.as_deref()?).ok());
    let mut attributes: Vec<Attribute> = facts.unwrap_or_default();
    attributes.extend(found.facet_values.iter().filter(told).map(|v| Attribute {
        id: v.facet.code.clone(),
        name: v.facet.name.clone(),
        value: v.name.clone(),
    }));
    let variants = found.variants.iter().map(|v| variant(v, &found.option_groups)).collect();
    let product = Product {
        brand: facet("brand").next().map(|value| value.name.clone()),
        tags: facet("tag").map(|value| value.code.clone()).collect(),
        categories: deepest(&found.collections),
        options: options(&found.option_groups, &found.variants),
        description: markup::plain(&found.description),
        summary: fields.as_ref().and_then(|fields| fields.summary.clone()).unwrap_or_default(),
        rating: fields.as_ref().and_then(rating),
        looks: fields.iter().flat_map(|fields| &fields.looks).map(ContentId::new).collect(),
        id: ProductId::new(found.id),
        slug: found.slug,
        name: found.name,
        images,
        variants,
        attributes,
    };
    checked(operation, market, product)
}

fn variant(found: &FoundVariant, groups: &[Group]) -> Variant {
    let choices = groups.iter().filter_map(|group| {
        let chosen = found.options.iter().find(|option| option.group.code == group.code)?;
        Some(Choice { option: group.code.clone(), value: chosen.code.clone() })
    });
    Variant {
        id: VariantId::new(&found.id),
        sku: found.sku.clone(),
        choices: choices.collect(),
        price: price(money(found.price_with_tax, found.currency_code), &found.custom_fields),
        stock: stock(&found.stock_level),
    }
}

/// Groups may be shared by products, so only values that a variant has are there to choose.
fn options(groups: &[Group], variants: &[FoundVariant]) -> Vec<ProductOption> {
    let used = |group: &str, code: &str| {
        let mut options = variants.iter().flat_map(|variant| &variant.options);
        options.any(|option| option.group.code == group && option.code == code)
    };
    let value = |option: &GroupOption| OptionValue {
        id: option.code.clone(),
        name: option.name.clone(),
        swatch: option.custom_fields.iter().find_map(|fields| fields.swatch.clone()),
    };
    let option = |group: &Group| ProductOption {
        id: group.code.clone(),
        name: group.name.clone(),
        values: group.options.iter().filter(|option| used(&group.code, &option.code)).map(value).collect(),
    };
    groups.iter().map(option).collect()
}

/// Vendure names a product's departments too; the model only the categories that it is in itself.
fn deepest(collections: &[Collection]) -> Vec<CategoryRef> {
    let above = |id: &str| {
        let mut others = collections.iter().filter(|other| other.id != id);
        others.any(|other| other.breadcrumbs.iter().any(|crumb| crumb.id == id))
    };
    let own = collections.iter().filter(|collection| !above(&collection.id));
    let reference = |c: &Collection| CategoryRef {
        id: CategoryId::new(&c.id),
        slug: c.slug.clone(),
        name: c.name.clone(),
    };
    own.map(reference).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 50 fits")]
fn rating(fields: &ProductFields) -> Option<Rating> {
    let tenths = (fields.review_rating? * 10.0).round();
    let count = fields.review_count.filter(|count| *count > 0)?;
    (0.0..=50.0).contains(&tenths).then_some(Rating { average_tenths: tenths as u8, count })
}

impl Vendure {
    pub(super) async fn read_product(&self, market: &Market, key: &ProductKey) -> Result<Product, Error> {
        let missing = || Error::new(Kind::NotFound(Subject::Product), OPERATION, "no such product");
        let (name, value) = match key {
            ProductKey::Slug(slug) => ("slug", slug.as_str()),
            ProductKey::Id(id) => ("id", id.as_str()),
        };
        if value.is_empty() {
            return Err(missing());
        }
        let answer: Answered<Found<FoundProduct>> = self
            .send(Question {
                operation: OPERATION,
                market,
                session: None,
                document: &[include_str!("graphql/product.graphql"), CARD],
                extras: &CARD_EXTRAS,
                variables: json!({ name: value }),
            })
            .await?;
        product(OPERATION, market, answer.found.product.ok_or_else(missing)?)
    }

    /// The merchant's choice, in a custom field; a shop without it has no related products.
    pub(super) async fn read_related(
        &self,
        market: &Market,
        of: &ProductRef,
    ) -> Result<Vec<ProductCard>, Error> {
        let operation = "vendure.related";
        let answer: Answered<Found<Relations>> = self
            .send(Question {
                operation,
                market,
                session: None,
                document: &[include_str!("graphql/related.graphql")],
                extras: &[Extra::Related],
                variables: json!({ "slug": of.slug }),
            })
            .await?;
        let missing = || Error::new(Kind::NotFound(Subject::Product), operation, "no such product");
        let fields = answer.found.product.ok_or_else(missing)?.custom_fields;
        let related = fields.ok_or_else(|| Error::unsupported(Capability::Related))?.related;
        // Only the ids: nested any deeper, Vendure joins every variant with every other.
        let ids: Vec<String> = related.into_iter().take(MOST_RELATED).map(|product| product.id).collect();
        self.read_cards(operation, market, &ids).await
    }

    /// The cards of some products, in the order of their ids; one without a variant cannot be bought and is
    /// left out.
    pub(super) async fn read_cards(
        &self,
        operation: &'static str,
        market: &Market,
        ids: &[String],
    ) -> Result<Vec<ProductCard>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let answer: Answered<Cards> = self
            .send(Question {
                operation,
                market,
                session: None,
                document: &[include_str!("graphql/cards.graphql"), CARD],
                extras: &CARD_EXTRAS,
                variables: json!({ "ids": ids, "take": ids.len() }),
            })
            .await?;
        let mut found = answer.found.products.items;
        found.sort_by_key(|product| ids.iter().position(|id| *id == product.id));
        let cards = found.into_iter().map(|found| Ok(product(operation, market, found)?.card()));
        cards.filter_map(Result::transpose).collect()
    }
}
