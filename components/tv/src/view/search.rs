//! Search: keys to type with, what the letters may become, and what they find.

use super::card::Cards;
use super::{Addresses, compose, keyboard, screen, slot};
use crate::screen::{Item, Keyboard, Kind, RAIL_ITEMS, Rail, RailKind, Screen};
use commerce::{Category, Listing, ListingQuery};
use kit::{Ask, Failure};

/// The longest search (`commerce::ListingQuery`).
const LONGEST: usize = 200;
/// As many suggestions as fit one row.
const SUGGESTIONS: usize = 8;

/// The search screen; without `q` it has only keys and suggestions.
///
/// # Errors
/// `BadInput` for words that are too long; whatever befalls the listing.
pub async fn search(ask: &Ask) -> Result<Screen, Failure> {
    let words = ask.query.get("q").unwrap_or_default().trim().to_owned();
    if words.chars().count() > LONGEST {
        return Err(Failure::bad_input("q"));
    }
    let page = ask.query.number("page", 1..=1000, 1)?;
    let query = ListingQuery {
        search: Some(words.clone()),
        page,
        page_size: RAIL_ITEMS as u32,
        ..ListingQuery::default()
    };
    let categories = ask.slots.optional(slot::CATEGORIES_BESIDE, ask.shop.categories());
    let (listing, categories) = if words.is_empty() {
        (None, categories.await?)
    } else {
        let listing = ask.slots.required(slot::LISTING, ask.shop.listing(&query));
        let (listing, categories) = futures::try_join!(listing, categories)?;
        (Some(listing), categories)
    };
    Ok(show(ask, &words, listing.as_deref(), &categories.unwrap_or_default()))
}

fn show(ask: &Ask, words: &str, listing: Option<&Listing>, categories: &[Category]) -> Screen {
    let cards = Cards::of(ask);
    let address = cards.addresses.screen("search", &[("q", words)]);
    let deep_link = cards.addresses.deep_link(&address, &Addresses::web_search(words));
    let mut empty = screen(ask, Kind::Search, "search".to_owned(), ask.locale.text("search"), deep_link);
    empty.keyboard = Some(Keyboard {
        text: words.to_owned(),
        hint: ask.locale.text("search-hint").to_owned(),
        search: format!("{}&q=", cards.addresses.screen("search", &[])),
        rows: keyboard::rows(ask.market.language()),
    });
    let mut rails = vec![Rail {
        id: "suggestions".to_owned(),
        title: ask.locale.text("suggestions").to_owned(),
        kind: RailKind::Chips,
        items: suggestions(&cards, words, categories),
        next: None,
    }];
    if let Some(listing) = listing {
        let more = listing.page < listing.pages();
        let page = (listing.page + 1).to_string();
        rails.push(Rail {
            id: "results".to_owned(),
            title: ask.locale.count("results", listing.total),
            kind: RailKind::Grid,
            items: cards.products(&listing.items, RAIL_ITEMS),
            next: more.then(|| cards.addresses.screen("search", &[("q", words), ("page", &page)])),
        });
    }
    rails.retain(|rail| !rail.items.is_empty() || rail.id == "results");
    compose(empty, None, rails)
}

/// Categories with a word that begins as the last one typed; without words, the departments.
fn suggestions(cards: &Cards<'_>, words: &str, categories: &[Category]) -> Vec<Item> {
    let prefix = words.split_whitespace().last().unwrap_or_default().to_lowercase();
    let begins = |category: &&Category| {
        category.name.split(|c: char| !c.is_alphanumeric()).any(|w| w.to_lowercase().starts_with(&prefix))
    };
    let all = categories.iter().chain(categories.iter().flat_map(|department| &department.children));
    let mut items: Vec<Item> = all.filter(begins).filter_map(|category| cards.category(category)).collect();
    items.truncate(SUGGESTIONS);
    items.iter_mut().for_each(|item| item.image = None);
    items
}
