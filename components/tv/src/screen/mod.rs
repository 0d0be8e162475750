//! The form of a screen, as `schema/screen.schema.json` has it.

mod fit;
mod item;

pub use fit::{LIMIT, fit};
pub use item::{Action, Item, ItemKind, Line, Picture};
pub use kit::words::cut;

use serde::Serialize;

/// The name and version of the form.
pub const SCHEMA: &str = "headwater.tv/1";

/// The most items of a rail in one answer; the rest is fetched by [`Rail::next`].
pub const RAIL_ITEMS: usize = 10;

/// What a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The way in.
    Home,
    /// The products of a category.
    Category,
    /// One product.
    Product,
    /// Words to search for, and what they find.
    Search,
    /// The visitor's cart.
    Cart,
    /// A question or a message over whatever is shown; its answers are the hero's buttons.
    Dialog,
    /// What went wrong.
    Error,
}

/// Everything that a TV needs to show and to move on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Screen {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What it shows.
    pub kind: Kind,
    /// The same for the same screen at every call.
    pub id: String,
    /// Its name, for a heading and for a screen reader.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`: in the latter, the left key goes forward.
    pub direction: &'static str,
    /// Where the same is found from outside.
    pub deep_link: DeepLink,
    /// The large part at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hero: Option<Hero>,
    /// Rows of items, from top to bottom.
    pub rails: Vec<Rail>,
    /// Where the remote control begins and which row follows which.
    pub focus: Focus,
    /// What the shop gives this visitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// Keys to type with, on a search screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyboard: Option<Keyboard>,
    /// What the cart comes to; only on a cart screen, since all others are the same for everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cart: Option<CartSum>,
    /// How to go on by phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkout: Option<Checkout>,
    /// What went wrong, on an error screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Mishap>,
    /// Since when prices and stock are known, when the shop does not say today's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
    /// What was cut to keep to [`LIMIT`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trimmed: Vec<&'static str>,
}

/// What the shop gives a visitor, in a line of the hero, or below the title where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// Such as `10% off`; at most 120 characters.
    pub text: String,
    /// How to come by it, or what is still missing; at most 120 characters.
    pub detail: String,
}

/// Where a screen is found from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeepLink {
    /// On a TV: a path at this site; a TV app puts its own scheme before it.
    pub tv: String,
    /// On the web: absolute.
    pub web: String,
}

/// The large part at the top of a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hero {
    /// A few words above the title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kicker: String,
    /// Large.
    pub title: String,
    /// A sentence or two.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What it costs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub price: String,
    /// What it cost before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub was: String,
    /// Short facts: stock, reviews.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// At most 1920×1080.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Picture>,
    /// Buttons; they are the row `hero` of the focus order.
    pub actions: Vec<Item>,
}

/// How a row is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RailKind {
    /// Upright cards in one row.
    Products,
    /// Upright cards in several rows.
    Grid,
    /// Wide cards in one row.
    Wide,
    /// Small words to choose from.
    Chips,
    /// Lines of a cart, one below the other.
    Lines,
}

/// A row of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rail {
    /// The same for the same row at every call.
    pub id: String,
    /// May be empty where the layout speaks for itself.
    pub title: String,
    /// How it is laid out.
    pub kind: RailKind,
    /// At most [`RAIL_ITEMS`] products; none while the row is to be fetched by `next`.
    pub items: Vec<Item>,
    /// The address of a screen whose row of the same id holds the items that follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Where the remote control begins and which row follows which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Focus {
    /// `row/item`; empty when there is nothing to focus.
    pub initial: String,
    /// Ids of rows from top to bottom; `hero` and `keyboard` are rows too.
    pub order: Vec<String>,
}

/// Keys to type with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Keyboard {
    /// What was typed.
    pub text: String,
    /// The words of an empty field.
    pub hint: String,
    /// The address that searches; the text is added to it, encoded.
    pub search: String,
    /// Letters, row by row.
    pub rows: Vec<Vec<String>>,
}

/// What a cart comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CartSum {
    /// Pieces.
    pub count: u32,
    /// Printed.
    pub total: String,
    /// Subtotal, reductions and delivery, printed.
    pub rows: Vec<SumRow>,
}

/// One row of the sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SumRow {
    /// Its words.
    pub label: String,
    /// Its amount, printed.
    pub value: String,
}

/// How to go on by phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkout {
    /// What to do.
    pub title: String,
    /// How.
    pub text: String,
    /// Absolute; opens the cart elsewhere.
    pub url: String,
    /// The phone shows the same when it asks, so that people know it is their TV's cart.
    pub code: String,
    /// The QR code of `url`, row by row, `1` is dark; without the quiet zone (4 modules) around.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub qr: Vec<String>,
    /// When the address stops working, RFC 3339.
    pub valid_until: String,
}

/// Since when what is shown is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// RFC 3339.
    pub at: String,
    /// The same for people.
    pub text: String,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mishap {
    /// The status of the answer.
    pub status: u16,
    /// A word for machines.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}
