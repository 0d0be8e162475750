//! A category: what lies below it, ways to narrow it, and its products row by row.

use super::card::{Cards, HERO, picture};
use super::refine::{Asked, chips, facets};
use super::{Addresses, NAME, TEXT, compose, screen, slot};
use crate::screen::{Hero, Kind, RAIL_ITEMS, Rail, RailKind, Screen, cut};
use commerce::{Category, Listing, Subject};
use kit::{Ask, Failure, Trouble};

/// The row with a category's products.
pub(super) fn grid_id(slug: &str) -> String {
    format!("category-{}", cut(slug, NAME))
}

/// A category's screen: its products, or with `refine=1` the ways to narrow them.
///
/// # Errors
/// `BadInput` for a page, order or facet that cannot be read; `NotFound`; whatever befalls the listing.
pub async fn category(ask: &Ask) -> Result<Screen, Failure> {
    let slug = ask.part("slug");
    let asked = Asked::of(ask)?;
    let query = asked.listing(slug);
    let listing = ask.slots.required(slot::LISTING, ask.shop.listing(&query));
    let tree = ask.slots.optional(slot::CATEGORIES_BESIDE, ask.shop.categories());
    let (listing, tree) = futures::try_join!(listing, tree)?;
    if asked.page > 1 && listing.items.is_empty() {
        return Err(Failure::new(Trouble::NotFound(Subject::Category)));
    }
    let tree = tree.unwrap_or_default();
    let path = tree.iter().map(|root| root.path_to(slug)).find(|path| !path.is_empty()).unwrap_or_default();
    Ok(show(ask, slug, &asked, &listing, path.last().copied()))
}

fn show(ask: &Ask, slug: &str, asked: &Asked, listing: &Listing, known: Option<&Category>) -> Screen {
    let cards = Cards::of(ask);
    let name = listing.category.as_ref().map(|category| category.name.as_str());
    let name = name.or(known.map(|category| category.name.as_str())).unwrap_or(slug);
    let address = asked.address(&cards.addresses, slug);
    let deep_link = cards.addresses.deep_link(&address, &Addresses::web_category(slug));
    let empty = screen(ask, Kind::Category, grid_id(slug), name, deep_link);

    let hero = Hero {
        kicker: ask.locale.count("results", listing.total),
        title: cut(name, NAME),
        text: known.map(|category| cut(&category.description, TEXT)).unwrap_or_default(),
        image: known.and_then(|category| picture(category.image.as_ref()?, HERO)),
        ..Hero::default()
    };
    if asked.refine {
        return compose(empty, Some(hero), facets(&cards, slug, asked, listing));
    }
    let children = known.map(|category| category.children.as_slice()).unwrap_or_default();
    let below = Rail {
        id: "below".to_owned(),
        title: String::new(),
        kind: RailKind::Wide,
        items: children.iter().filter_map(|child| cards.category(child)).take(RAIL_ITEMS).collect(),
        next: None,
    };
    let more = listing.page < listing.pages();
    let grid = Rail {
        id: grid_id(slug),
        title: String::new(),
        kind: RailKind::Grid,
        items: cards.products(&listing.items, RAIL_ITEMS),
        next: more.then(|| asked.turned(listing.page + 1).address(&cards.addresses, slug)),
    };
    // A following page is asked for its row alone.
    let mut rails =
        if asked.page > 1 { vec![grid] } else { vec![below, chips(&cards, slug, asked, listing), grid] };
    rails.retain(|rail| !rail.items.is_empty());
    compose(empty, Some(hero), rails)
}
