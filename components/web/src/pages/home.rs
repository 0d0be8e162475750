//! A market's front page.

use super::framing::Framing;
use super::{Content, blocks, content, text};
use crate::links::Links;
use crate::structured;
use crate::view::{Banner, Frame, Look, Meta, Offer, Rail, Sheet, Tile, Use, tiles};
use commerce::{ContentBlock, ContentQuery};
use futures::future::select;
use kit::decide::{Choices, Topic};
use kit::{Answer, Ask, Failure};
use personalise::{Moment, choose, eligible};
use serde::Serialize;
use std::pin::pin;
use std::rc::Rc;

/// How many looks the front page shows.
const LOOKS: usize = 3;

#[derive(Default, Serialize)]
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

/// The front page. Nothing on it is required but one of its parts: without any content it still leads to departments
/// and search.
pub(crate) async fn answer(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let slots = ["home_hero", "home_promo", "offer_of_the_day", "home_rail", "look", "delivery_promise"];
    let query = ContentQuery { slots: slots.map(str::to_owned).to_vec(), ids: Vec::new() };
    let mut framing = Framing::asked(ask);
    let content = content(ask, query);
    let parts = framing.parts().with("content", &content);
    let parts = framing.decide(ask, Topic::page("home"), parts);
    parts.beside(one_of(&framing, &content)).await;
    let asked = ask.clone();
    let print = move || {
        let (ask, chrome) = (&*asked, framing.there());
        let tiles = tiles(&Links::of(ask), &chrome.categories);
        // What stands where is decided, too: it comes after the frame, and with it the decision.
        let page = match &chrome.choices {
            Some(choices) => view(ask, choices, blocks(&content.there()), tiles),
            None => Page::default(),
        };
        let meta = Meta {
            description: ask.locale.text("home-description").to_owned(),
            structured: structured::website(ask),
            ..Meta::default()
        };
        text("home.html", &Sheet { t: ask.locale.texts(), frame: Frame::of(ask, &chrome, meta), page })
    };
    parts.page(ask, print).await
}

/// Waits until there is something to show, or nothing to wait for.
async fn one_of(framing: &Framing, content: &Content) {
    let content_first = async {
        if content.wait().await.is_none() {
            framing.wait().await;
        }
    };
    let departments_first = async {
        if framing.wait().await.categories.is_empty() {
            content.wait().await;
        }
    };
    select(pin!(content_first), pin!(departments_first)).await;
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
