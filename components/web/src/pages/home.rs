//! A market's front page.

use crate::links::Links;
use crate::pages::{chrome, print, slot};
use crate::structured;
use crate::view::{Banner, Chrome, Look, Meta, Offer, Rail, Tile, Use, tiles};
use commerce::{ContentBlock, ContentQuery};
use futures::try_join;
use kit::decide::{Choices, Topic};
use kit::{Answer, Ask, Failure};
use personalise::{Moment, choose, eligible};
use serde::Serialize;
use std::rc::Rc;

/// How many looks the front page shows.
const LOOKS: usize = 3;

#[derive(Serialize)]
struct Page {
    hero: Vec<Banner>,
    promos: Vec<Banner>,
    has_promos: bool,
    offer: Vec<Offer>,
    rails: Vec<Rail>,
    later_rails: Vec<Rail>,
    looks: Vec<Look>,
    has_looks: bool,
    tiles: Vec<Tile>,
    has_tiles: bool,
    promise: Vec<Banner>,
}

/// The front page. Nothing on it is required: without any content it still leads to departments and search.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let slots = ["home_hero", "home_promo", "offer_of_the_day", "home_rail", "look", "delivery_promise"];
    let query = ContentQuery { slots: slots.map(str::to_owned).to_vec(), ids: Vec::new() };
    let content = ask.slots.optional(slot::CONTENT, ask.shop.content(&query));
    let (chrome, content) = try_join!(chrome(ask), content)?;
    let blocks = content.unwrap_or_default();
    let choices = ask.choices(Topic::page("home")).await;
    let page = view(ask, &choices, &blocks, tiles(&Links::of(ask), &chrome.categories));
    let chrome = Chrome { choices: Some(Rc::new(choices)), ..chrome };
    let meta = Meta {
        description: ask.locale.text("home-description").to_owned(),
        structured: structured::website(ask),
        ..Meta::default()
    };
    print(ask, "home.html", &chrome, meta, page)
}

fn view(ask: &Ask, choices: &Choices, blocks: &[ContentBlock], tiles: Vec<Tile>) -> Page {
    let (locale, links) = (&*ask.locale, Links::of(ask));
    let moment = Moment { now: ask.now, zone: locale.time_zone() };
    let one = |slot: &'static str, place| {
        choices
            .block(blocks, slot, &moment)
            .map(|block| Banner::of(locale, &links, block, place))
            .into_iter()
            .collect()
    };
    let due = |slot| eligible(blocks, slot, &moment);
    // The one that the rules choose comes first.
    let chosen = choices.content("home_promo");
    let is_chosen = |block: &&ContentBlock| chosen == Some(block.id.as_str());
    let first = due("home_promo").find(is_chosen);
    let others = due("home_promo").filter(|block| !is_chosen(block));
    let promos = first.into_iter().chain(others).take(3);
    let promos: Vec<Banner> = promos.map(|block| Banner::of(locale, &links, block, Use::Half)).collect();
    let looks: Vec<Look> = due("look").take(LOOKS).map(|block| Look::of(locale, &links, block)).collect();
    let with_products = due("home_rail").filter(|block| !block.products.is_empty());
    let mut rails: Vec<Rail> = with_products.map(|block| Rail::of(locale, &links, block)).collect();
    let later_rails = rails.split_off(rails.len().min(2));
    Page {
        hero: one("home_hero", Use::Hero),
        has_promos: !promos.is_empty(),
        promos,
        offer: choose(blocks, "offer_of_the_day", &moment)
            .map(|block| Offer::of(locale, &links, block))
            .into_iter()
            .collect(),
        rails,
        later_rails,
        has_looks: !looks.is_empty(),
        looks,
        has_tiles: !tiles.is_empty(),
        tiles,
        promise: one("delivery_promise", Use::Half),
    }
}
