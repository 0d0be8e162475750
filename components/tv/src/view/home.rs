//! Home: a hero, what is on today, and the departments.

use super::card::{Cards, HERO, picture};
use super::{NAME, TEXT, compose, consent, given, screen, slot};
use crate::screen::{Action, Hero, Item, ItemKind, Kind, RAIL_ITEMS, Rail, RailKind, Screen, cut};
use commerce::{Capability, Category, ContentBlock, ContentKind, ContentQuery};
use kit::decide::{Choices, Topic};
use kit::{Ask, Failure};
use personalise::{Moment, choose, eligible};

/// A merchandiser's rails beyond this many are left out; the departments follow.
const RAILS: usize = 6;
/// The slot of promotions.
const PROMOTIONS: &str = "home_promo";
/// Departments whose products are fetched when the remote control comes near.
const DEPARTMENTS: usize = 6;

/// The home screen.
///
/// # Errors
/// When the categories cannot be had: without them there is no way on.
pub async fn home(ask: &Ask) -> Result<Screen, Failure> {
    let slots = ["home_hero", "offer_of_the_day", "home_promo", "home_rail", "look"];
    let query = ContentQuery { slots: slots.map(str::to_owned).into(), ids: Vec::new() };
    let categories = ask.slots.required(slot::CATEGORIES, ask.shop.categories());
    // A shop without a CMS shows its departments.
    let gathered = async {
        if ask.shop.can(Capability::Content) {
            let content = ask.slots.optional(slot::CONTENT, ask.shop.content(&query));
            futures::try_join!(categories, content)
        } else {
            Ok((categories.await?, None))
        }
    };
    let (gathered, choices) = futures::join!(gathered, ask.choices(Topic::page("home")));
    let (categories, blocks) = gathered?;
    Ok(compose_home(ask, &choices, &categories, &blocks.unwrap_or_default()))
}

fn compose_home(ask: &Ask, choices: &Choices, categories: &[Category], blocks: &[ContentBlock]) -> Screen {
    let cards = Cards::of(ask);
    let moment = Moment { now: ask.now, zone: ask.locale.time_zone() };
    let address = cards.addresses.screen("home", &[]);
    let title = ask.locale.text("home-title");
    let mut empty =
        screen(ask, Kind::Home, "home".to_owned(), title, cards.addresses.deep_link(&address, ""));
    let offer = choices.offer(given::SLOT);
    empty.given = offer.as_ref().and_then(|offer| given::line(ask, offer, None));

    let hero = choices.block(blocks, "home_hero", &moment).and_then(|block| content_hero(&cards, block));
    // What leads nowhere on a TV gives way to what would stand there without rules.
    let hero = hero.or_else(|| content_hero(&cards, choose(blocks, "home_hero", &moment)?));
    let hero = hero.or_else(|| department_hero(&cards, categories.first()?));
    let offer = offer.zip(empty.given.as_ref()).map(|(offer, line)| given::item(&cards, &offer, line));
    let mut rails: Vec<Rail> = consent::question(ask, choices).into_iter().collect();
    rails.push(today(&cards, offer, choices.content(PROMOTIONS), blocks, &moment));
    let known = |block: &&ContentBlock| block.kind == ContentKind::Rail;
    rails.extend(eligible(blocks, "home_rail", &moment).filter(known).take(RAILS).map(|b| rail(&cards, b)));
    let tiles = categories.iter().flat_map(|department| [department].into_iter().chain(&department.children));
    rails.push(Rail {
        id: "departments".to_owned(),
        title: ask.locale.text("home-departments").to_owned(),
        kind: RailKind::Wide,
        items: tiles.filter_map(|c| cards.category(c)).take(RAIL_ITEMS).collect(),
        next: None,
    });
    rails.push(looks(&cards, blocks, &moment));
    rails.retain(|rail| !rail.items.is_empty());
    rails.extend(categories.iter().take(DEPARTMENTS).filter_map(|d| lazy(&cards, d)));
    compose(empty, hero, rails)
}

fn content_hero(cards: &Cards<'_>, block: &ContentBlock) -> Option<Hero> {
    let screen = cards.addresses.link(block.link.as_ref()?)?;
    let label = if block.link_label.is_empty() { cards.locale.text("open") } else { &block.link_label };
    Some(Hero {
        title: cut(&block.title, NAME),
        text: cut(&block.body, TEXT),
        image: block.image.as_ref().and_then(|image| picture(image, HERO)),
        actions: vec![Item::new("open", ItemKind::Button, cut(label, NAME), Action::open(screen))],
        ..Hero::default()
    })
}

fn department_hero(cards: &Cards<'_>, department: &Category) -> Option<Hero> {
    let screen = cards.addresses.category(&department.slug, &[])?;
    Some(Hero {
        title: cut(&department.name, NAME),
        text: cut(&department.description, TEXT),
        image: department.image.as_ref().and_then(|image| picture(image, HERO)),
        actions: vec![Item::new("open", ItemKind::Button, cards.locale.text("open"), Action::open(screen))],
        ..Hero::default()
    })
}

/// What this visitor is given, the offer of the day, then the promotions.
fn today(
    cards: &Cards<'_>,
    own: Option<Item>,
    promoted: Option<&str>,
    blocks: &[ContentBlock],
    moment: &Moment,
) -> Rail {
    let offer = choose(blocks, "offer_of_the_day", moment);
    let offer = offer.and_then(|block| cards.block(block, cards.locale.text("badge-today")));
    let mut promotions: Vec<&ContentBlock> = eligible(blocks, PROMOTIONS, moment).collect();
    // The one that rules choose comes first; the others stay as they were.
    promotions.sort_by_key(|block| promoted != Some(block.id.as_str()));
    let promotions = promotions.into_iter().filter_map(|block| cards.block(block, ""));
    Rail {
        id: "today".to_owned(),
        title: cards.locale.text("home-today").to_owned(),
        kind: RailKind::Wide,
        items: own.into_iter().chain(offer).chain(promotions).take(RAIL_ITEMS).collect(),
        next: None,
    }
}

fn rail(cards: &Cards<'_>, block: &ContentBlock) -> Rail {
    Rail {
        id: cut(block.id.as_str(), NAME),
        title: cut(&block.title, NAME),
        kind: RailKind::Products,
        items: cards.products(&block.products, RAIL_ITEMS),
        next: None,
    }
}

fn looks(cards: &Cards<'_>, blocks: &[ContentBlock], moment: &Moment) -> Rail {
    Rail {
        id: "looks".to_owned(),
        title: cards.locale.text("home-looks").to_owned(),
        kind: RailKind::Wide,
        items: eligible(blocks, "look", moment)
            .filter_map(|block| cards.block(block, ""))
            .take(RAIL_ITEMS)
            .collect(),
        next: None,
    }
}

/// A department's row, empty until it is near: its screen has a row of the same id.
fn lazy(cards: &Cards<'_>, department: &Category) -> Option<Rail> {
    Some(Rail {
        id: super::category::grid_id(&department.slug),
        title: cut(&department.name, NAME),
        kind: RailKind::Products,
        items: Vec::new(),
        next: Some(cards.addresses.category(&department.slug, &[])?),
    })
}
