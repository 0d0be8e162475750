//! The model as finished strings, booleans and lists. A part that may be missing is a list of at most one,
//! so that a template needs nothing but loops; such fields are named as the thing itself.

mod account;
mod as_of;
mod basket;
mod block;
mod card;
mod frame;
mod listing;
mod order;
mod picture;
mod price;
mod product;
mod review;
mod ribbon;
mod stars;
mod store;
mod tone;

pub(crate) use account::{Door, OrderRow, named_tier};
pub(crate) use as_of::AsOf;
pub(crate) use basket::{Basket, Line, Notice, Totals, pickup};
pub(crate) use block::{Banner, Look, Offer, Rail, Tile};
pub(crate) use card::{Card, cards};
pub(crate) use frame::{Chrome, Crumb, Frame, Meta, Sheet, crumbs, tiles};
pub(crate) use listing::List;
pub(crate) use order::{Progress, progress};
pub(crate) use picture::{Picture, Use};
pub(crate) use price::{Tag, money};
pub(crate) use product::{Goods, choose};
pub(crate) use review::ReviewPage;
pub(crate) use ribbon::{Asking, Ribbon};
pub(crate) use stars::Stars;
pub(crate) use store::{Place, StockRow};
pub(crate) use tone::tone;

/// A text's paragraphs, parted by empty lines.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A text of at most `most` characters, for `description`.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start);
    format!("{whole_words}…")
}
