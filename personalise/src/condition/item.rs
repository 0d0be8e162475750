//! What is known of one product while products are picked: `item.…`, in the filter of a recommendation only.

use super::seen::Seen;
#[cfg(feature = "publish")]
use crate::attribute::{Kind, Type};
use commerce::Money;
use serde::{Deserialize, Serialize};

/// A product that may be recommended, as filters ask of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// The slug of its main category; empty where it has none.
    pub category: &'a str,
    /// What it costs; `None` where that is not known.
    pub price: Option<Money>,
    /// Whether it can be bought now.
    pub in_stock: bool,
}

/// One of the things that are known of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ItemPart {
    Category,
    InStock,
    Price,
}

impl ItemPart {
    /// Every part with its name and type.
    #[cfg(feature = "publish")]
    pub(crate) const NAMES: [(&'static str, Self, Type); 3] = [
        ("item.category", Self::Category, Type::One(Kind::Text)),
        ("item.in_stock", Self::InStock, Type::BOOL),
        ("item.price", Self::Price, Type::One(Kind::Money)),
    ];

    pub(crate) fn of<'a>(self, item: Option<&Item<'a>>) -> Seen<'a> {
        let Some(item) = item else { return Seen::Unknown };
        match self {
            Self::Category => Seen::Text(item.category),
            Self::InStock => Seen::Bool(item.in_stock),
            Self::Price => item.price.map_or(Seen::Unknown, Seen::Money),
        }
    }
}
