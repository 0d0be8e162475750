//! What the project's product types say of its attributes.
//! <https://docs.commercetools.com/api/projects/productTypes>

use super::lenient;
use super::text::{Localized, best, said};
use crate::adapters::wire::json;
use crate::error::Error;
use crate::model::Market;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Attributes that the adapter knows by name; none of them is a fact to show in a table.
const KNOWN: [&str; 6] = ["brand", "summary", "keywords", "tags", "related", "looks"];

/// All attributes of the project, in the order in which the merchant keeps them.
#[derive(Debug, Default)]
pub(super) struct Schema {
    pub(super) definitions: Vec<Definition>,
    /// Attribute → enum key → `#rrggbb`.
    swatches: BTreeMap<String, BTreeMap<String, String>>,
}

/// One attribute.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Definition {
    pub(super) name: String,
    #[serde(default)]
    pub(super) label: Localized,
    #[serde(rename = "type")]
    kind: AttributeKind,
    #[serde(default)]
    attribute_constraint: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    is_searchable: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct AttributeKind {
    name: String,
    #[serde(default, deserialize_with = "lenient::list")]
    values: Vec<EnumValue>,
}

/// A value of an enum attribute, as its product type and as a product hold it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct EnumValue {
    pub(super) key: String,
    pub(super) label: Label,
}

/// A plain enum has one label, a localized one has one for each locale.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Label {
    One(String),
    Each(Localized),
}

impl Label {
    pub(super) fn said(&self, market: &Market) -> String {
        match self {
            Self::One(label) => label.clone(),
            Self::Each(labels) => said(labels, market),
        }
    }
}

impl Definition {
    /// What the visitor chooses: enums that tell variants apart.
    pub(super) fn is_option(&self) -> bool {
        self.is_enum() && self.attribute_constraint == "CombinationUnique"
    }

    /// What a list can be narrowed by.
    pub(super) fn is_facet(&self) -> bool {
        self.is_enum() && self.is_searchable && self.level != "Product"
    }

    fn is_enum(&self) -> bool {
        matches!(self.kind.name.as_str(), "enum" | "lenum")
    }

    /// What is shown in a table: texts that are the same for all variants.
    pub(super) fn is_fact(&self) -> bool {
        matches!(self.kind.name.as_str(), "ltext" | "text" | "number")
            && self.name != RANK
            && !KNOWN.contains(&self.name.as_str())
    }

    /// The fact's name; `fact-` sets one apart from an option of the same name, since an attribute's name
    /// has one type in a project.
    pub(super) fn fact_id(&self) -> &str {
        self.name.strip_prefix("fact-").unwrap_or(&self.name)
    }

    /// The `fieldType` of the search query language.
    pub(super) fn field_type(&self) -> &str {
        &self.kind.name
    }

    pub(super) fn values(&self) -> &[EnumValue] {
        &self.kind.values
    }
}

/// A number by which the merchant orders products wherever no category does.
const RANK: &str = "rank";

impl Schema {
    /// Reads the product types, and the custom objects of the container `swatches`: one for each enum
    /// attribute, under the attribute's name, from value key to `#rrggbb`.
    pub(super) fn read(operation: &'static str, types: &str, swatches: &str) -> Result<Self, Error> {
        let types: Page<ProductType> = json::parse(operation, types.as_bytes())?;
        let swatches: Page<CustomObject> = json::parse(operation, swatches.as_bytes())?;
        let mut definitions: Vec<Definition> = Vec::new();
        for definition in types.results.into_iter().flat_map(|one| one.attributes) {
            // An attribute's name means the same in all product types, but its enum values may differ.
            match definitions.iter_mut().find(|known| known.name == definition.name) {
                Some(known) => {
                    let new = |value: &EnumValue| !known.kind.values.iter().any(|v| v.key == value.key);
                    let more: Vec<EnumValue> = definition.kind.values.into_iter().filter(new).collect();
                    known.kind.values.extend(more);
                }
                None => definitions.push(definition),
            }
        }
        let swatches = swatches.results.into_iter().map(|object| (object.key, object.value)).collect();
        Ok(Self { definitions, swatches })
    }

    pub(super) fn find(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }

    pub(super) fn options(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter().filter(|definition| definition.is_option())
    }

    pub(super) fn facets(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter().filter(|definition| definition.is_facet())
    }

    pub(super) fn swatch(&self, attribute: &str, key: &str) -> Option<String> {
        self.swatches.get(attribute)?.get(key).cloned()
    }

    pub(super) fn has_swatches(&self, attribute: &str) -> bool {
        self.swatches.contains_key(attribute)
    }

    /// The project's locale that a market reads, as far as labels tell.
    pub(super) fn locale<'a>(&'a self, market: &'a Market) -> &'a str {
        let labels = self.definitions.iter().flat_map(|definition| definition.label.keys());
        best(market, labels.map(String::as_str)).unwrap_or(market.language())
    }

    /// Localized texts of variants to search in.
    pub(super) fn searched(&self) -> impl Iterator<Item = &Definition> {
        let texts = |d: &&Definition| d.kind.name == "ltext" && d.is_searchable && d.level != "Product";
        self.definitions.iter().filter(texts)
    }

    /// The field by which products are ordered, when the project has one.
    pub(super) fn rank(&self) -> Option<String> {
        let rank = self.find(RANK).filter(|d| d.kind.name == "number" && d.is_searchable);
        rank.map(|definition| format!("variants.attributes.{}", definition.name))
    }
}

/// A page of a query.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub(super) results: Vec<T>,
    /// How many there are on all pages.
    #[serde(default)]
    pub(super) total: Option<u32>,
}

#[derive(Deserialize)]
struct ProductType {
    #[serde(default, deserialize_with = "lenient::list")]
    attributes: Vec<Definition>,
}

#[derive(Deserialize)]
struct CustomObject {
    key: String,
    #[serde(default)]
    value: BTreeMap<String, String>,
}
