//! One thing to focus, and what happens when it is chosen.

use serde::Serialize;
use std::collections::BTreeMap;

/// What an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A product.
    Product,
    /// A category.
    Category,
    /// A promotion or a look.
    Banner,
    /// One of several to choose from.
    Choice,
    /// Something to do.
    Button,
    /// A line of the cart.
    Line,
}

/// One thing to focus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The same for the same thing at every call; unique in its row.
    pub id: String,
    /// What it stands for.
    pub kind: ItemKind,
    /// Its name.
    pub title: String,
    /// A line below.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// What it costs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub price: String,
    /// What it cost before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub was: String,
    /// A mark such as "New".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub badge: String,
    /// About 480 pixels wide, 640 for a wide card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Picture>,
    /// A colour, `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swatch: Option<String>,
    /// Whether it is the chosen one of its row.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub selected: bool,
    /// Whether it cannot be had at the moment.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sold_out: bool,
    /// Of a cart line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    /// What choosing it does.
    pub action: Action,
}

impl Item {
    /// An item with nothing but its name.
    pub fn new(
        id: impl Into<String>,
        kind: ItemKind,
        title: impl Into<String>,
        action: impl Into<Action>,
    ) -> Self {
        Self {
            id: id.into(),
            kind,
            title: title.into(),
            subtitle: String::new(),
            price: String::new(),
            was: String::new(),
            badge: String::new(),
            image: None,
            swatch: None,
            selected: false,
            sold_out: false,
            line: None,
            action: action.into(),
        }
    }
}

/// What a cart line has beyond an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Pieces.
    pub quantity: u32,
    /// Buttons beside it: less, more, remove.
    pub actions: Vec<Item>,
}

/// A picture in the size to show it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Absolute, or a path at this site.
    pub url: String,
    /// What it shows.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What choosing an item does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Shows another screen.
    Open {
        /// Its address.
        screen: String,
    },
    /// Shows another screen in place of this one, so that Back skips it.
    Swap {
        /// Its address.
        screen: String,
    },
    /// Changes something by a `POST` of JSON; the answer is the cart's screen, or a dialog that says what was done.
    Post {
        /// Where to.
        to: String,
        /// The JSON.
        body: BTreeMap<&'static str, serde_json::Value>,
    },
    /// Goes back, as the key does.
    Back,
    /// Asks for the same screen again.
    Retry,
    /// Does nothing: what is focused speaks for itself.
    None,
}

impl Action {
    /// Shows another screen.
    pub fn open(screen: impl Into<String>) -> Self {
        Self::Open { screen: screen.into() }
    }

    /// Shows another screen in place of this one.
    pub fn swap(screen: impl Into<String>) -> Self {
        Self::Swap { screen: screen.into() }
    }
}
