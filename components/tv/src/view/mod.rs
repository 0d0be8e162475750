//! The shop turned into screens.

mod address;
mod card;
mod cart;
mod category;
mod consent;
mod failure;
mod given;
mod home;
mod keyboard;
mod leaving;
mod product;
mod refine;
mod search;

pub use address::Addresses;
pub use cart::{add, cart, set};
pub use category::category;
pub use consent::agree;
pub use failure::failure;
pub use home::home;
pub use leaving::{leaving, take};
pub use product::product;
pub use search::search;

use crate::screen::{AsOf, DeepLink, Focus, Hero, Kind, Rail, SCHEMA, Screen, cut};
use jiff::Timestamp;
use kit::Ask;

/// The parts of screens.
mod slot {
    use kit::Slot;

    pub(super) const PRODUCT: Slot = Slot::new("product");
    pub(super) const LISTING: Slot = Slot::new("listing");
    pub(super) const CART: Slot = Slot::new("cart");
    pub(super) const CATEGORIES: Slot = Slot::new("categories").undated();
    pub(super) const CATEGORIES_BESIDE: Slot = Slot::new("categories").share(37).undated();
    pub(super) const RECOMMENDATIONS: Slot = Slot::new("recommendations").share(37);
    pub(super) const RELATED: Slot = Slot::new("related").share(37);
    pub(super) const CONTENT: Slot = Slot::new("content").share(65);
}

/// The most characters of a name. Ten-foot type shows about forty on a card and ninety in a hero.
const NAME: usize = 90;
/// The most characters of a line below a name.
const SUBTITLE: usize = 120;
/// The most characters of a text: more is not read from a sofa.
const TEXT: usize = 280;

/// A screen with what all screens have.
fn screen(ask: &Ask, kind: Kind, id: String, title: &str, deep_link: DeepLink) -> Screen {
    Screen {
        schema: SCHEMA,
        kind,
        id,
        title: cut(title, NAME),
        language: ask.locale.tag().to_owned(),
        direction: ask.locale.direction(),
        deep_link,
        hero: None,
        rails: Vec::new(),
        focus: Focus { initial: String::new(), order: Vec::new() },
        given: None,
        keyboard: None,
        cart: None,
        checkout: None,
        error: None,
        as_of: ask.slots.stale_since().filter(|_| kind != Kind::Error).map(|at| as_of(ask, at)),
        trimmed: Vec::new(),
    }
}

/// That prices and stock are of an earlier time, since the shop does not say today's.
fn as_of(ask: &Ask, at: Timestamp) -> AsOf {
    let time = ask.locale.lately(at, ask.now);
    AsOf {
        at: Timestamp::from_second(at.as_second()).unwrap_or(at).to_string(),
        text: ask.locale.say("as-of", &[("time", time.into())]),
    }
}

/// With its parts, and the focus order that follows from them: hero, keyboard, rails; the first thing there
/// is to focus is where the remote control begins.
fn compose(mut screen: Screen, hero: Option<Hero>, rails: Vec<Rail>) -> Screen {
    let button = hero.as_ref().and_then(|hero| hero.actions.first());
    let key = screen.keyboard.as_ref().map(|_| "keyboard/0".to_owned());
    let first = button
        .map(|item| format!("hero/{}", item.id))
        .or(key)
        .or_else(|| rails.iter().find_map(|rail| Some(format!("{}/{}", rail.id, rail.items.first()?.id))));
    screen.focus.initial = first.unwrap_or_default();
    screen.focus.order.extend(button.map(|_| "hero".to_owned()));
    screen.focus.order.extend(screen.keyboard.as_ref().map(|_| "keyboard".to_owned()));
    screen.focus.order.extend(rails.iter().map(|rail| rail.id.clone()));
    screen.hero = hero;
    screen.rails = rails;
    screen
}
