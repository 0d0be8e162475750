//! Search results.

use super::framing::Framing;
use super::listing::{Page, asked, in_range};
use crate::links::Links;
use crate::pages::{slot, text};
use crate::view::{Frame, List, Meta, Rail, Sheet, tiles};
use commerce::{ContentBlock, ContentQuery, Listing, ListingQuery};
use kit::decide::Topic;
use kit::seams::Part;
use kit::visibility::Public;
use kit::{Answer, Ask, Failure};
use std::rc::Rc;

/// The longest search, in characters.
const WORDS: usize = 200;

/// A search whose results are printed.
struct Shown {
    ask: Rc<Ask>,
    words: String,
    /// What was found; `None` of a search without words.
    found: Option<(ListingQuery, Public<Listing>)>,
    framing: Framing,
    /// What is shown where nothing was found.
    rails: Part<Vec<ContentBlock>>,
}

/// The page of search results, which begins when they are there; without words, the way to search.
pub(crate) async fn answer(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let words = ask.query.get("q").unwrap_or_default().trim().to_owned();
    if words.chars().count() > WORDS {
        return Err(Failure::bad_input("q"));
    }
    let mut framing = Framing::asked(ask);
    let parts = framing.parts();
    let found = if words.is_empty() {
        // The departments are what this page is for.
        parts.beside(framing.wait()).await;
        None
    } else {
        let query = ListingQuery { search: Some(words.clone()), ..asked(ask)? };
        let listing = parts.beside(ask.slots.required(slot::LISTING, ask.shop.listing(&query))).await?;
        in_range(&listing, query.page)?;
        Some((query, listing))
    };
    let parts = framing.decide(ask, Topic::page("search"), parts);
    let (asking, is_nothing) = (ask.clone(), found.as_ref().is_some_and(|(_, listing)| listing.total == 0));
    let rails = Part::new(async move { if is_nothing { consolation(&asking).await } else { Vec::new() } });
    let parts = parts.with("rails", &rails);
    let shown = Shown { ask: ask.clone(), words, found, framing, rails };
    parts.page(ask, move || shown.print()).await
}

/// What to show where nothing was found.
async fn consolation(ask: &Ask) -> Vec<ContentBlock> {
    let query = ContentQuery { slots: vec!["home_rail".to_owned()], ids: Vec::new() };
    let blocks = ask.slots.optional(slot::CONTENT, ask.shop.content(&query)).await.ok().flatten();
    let blocks = blocks.unwrap_or_default();
    blocks.iter().filter(|block| !block.products.is_empty()).take(1).cloned().collect()
}

impl Shown {
    /// The page with what is there by now.
    fn print(&self) -> Result<String, Failure> {
        let Self { ask, words, .. } = self;
        let (locale, links, chrome) = (&*ask.locale, Links::of(ask), self.framing.there());
        let title = match &self.found {
            None => locale.text("search").to_owned(),
            Some((_, listing)) if listing.total == 0 => {
                locale.say("nothing-for", &[("words", words.as_str().into())])
            }
            Some(_) => locale.say("results-for", &[("words", words.as_str().into())]),
        };
        let empty = self.found.as_ref().is_none_or(|(_, listing)| listing.total == 0);
        // Of nothing at all there is no list; of nothing in a narrowed one there are filters to take away.
        let list = self.found.as_ref().filter(|(query, _)| !empty || !query.facets.is_empty());
        let list = list.map(|(query, listing)| List::of(locale, &links, query, listing));
        let meta = Meta {
            title: title.clone(),
            words: words.clone(),
            hidden: true,
            neighbours: list.as_ref().map(List::neighbours).unwrap_or_default(),
            ..Meta::default()
        };
        let rails = self.rails.there();
        let page = Page {
            description: if empty && self.found.is_some() {
                locale.text("nothing-hint").to_owned()
            } else {
                String::new()
            },
            title,
            searched: true,
            list: list.into_iter().collect(),
            suggestions: if empty { tiles(&links, &chrome.categories) } else { Vec::new() },
            rails: rails
                .iter()
                .flat_map(|blocks| blocks.iter())
                .map(|block| Rail::of(locale, &links, block))
                .collect(),
            ..Page::default()
        };
        text("listing.html", &Sheet { t: locale.texts(), frame: Frame::of(ask, &chrome, meta), page })
    }
}
