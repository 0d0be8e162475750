//! Categories and search results.

use crate::links::Links;
use crate::pages::{chrome, print, slot, text};
use crate::structured;
use crate::view::{
    Banner, Chrome, Crumb, Frame, List, Meta, Rail, Sheet, Tile, Use, crumbs, shortened, tiles,
};
use commerce::{
    Category, ContentBlock, ContentId, ContentQuery, FacetChoice, Listing, ListingQuery, Sort, Subject,
};
use futures::try_join;
use kit::decide::{Choices, Topic};
use kit::seams::{Part, Parts};
use kit::visibility::Public;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;
use std::rc::Rc;

/// Products a page: a multiple of 2, 3 and 4 columns.
const PAGE_SIZE: u32 = 24;
/// The most pages that are counted to.
const PAGES: u32 = 1000;
/// The longest search, in characters.
const WORDS: usize = 200;

#[derive(Serialize)]
struct Page {
    title: String,
    description: String,
    crumbs: Vec<Crumb>,
    children: Vec<Crumb>,
    has_children: bool,
    note: Vec<Banner>,
    searched: bool,
    list: Vec<List>,
    suggestions: Vec<Tile>,
    rails: Vec<Rail>,
}

/// A category whose page is printed.
struct Shown {
    ask: Rc<Ask>,
    slug: String,
    query: ListingQuery,
    listing: Public<Listing>,
    chrome: Part<Chrome>,
    choices: Part<Choices>,
    note: Part<Option<Public<Vec<ContentBlock>>>>,
}

/// A category's page: it begins when the list is there.
pub(crate) async fn category(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let slug = ask.part("slug").to_owned();
    let query = ListingQuery { category: Some(slug.clone()), ..asked(ask)? };
    let asking = ask.clone();
    let chrome = Part::new(async move { chrome(&asking).await.unwrap_or_default() });
    let (asking, topic) = (ask.clone(), Topic::category(&slug));
    let choices = Part::new(async move { asking.choices(topic).await });
    let asking = ask.clone();
    let named = ContentQuery { slots: Vec::new(), ids: vec![ContentId::new(format!("note-{slug}"))] };
    let note = Part::new(async move {
        asking.slots.optional(slot::CONTENT, asking.shop.content(&named)).await.ok().flatten()
    });
    let parts = Parts::new().with("chrome", &chrome).with("note", &note);
    let listing = parts.beside(ask.slots.required(slot::LISTING, ask.shop.listing(&query))).await?;
    in_range(&listing, query.page)?;
    let parts = parts.with("chrome", &choices);
    let shown = Shown { ask: ask.clone(), slug, query, listing, chrome, choices, note };
    parts.page(ask, move || shown.print()).await
}

impl Shown {
    /// The page with what is there by now.
    fn print(&self) -> Result<String, Failure> {
        let Self { ask, slug, query, listing, .. } = self;
        let chrome = self.chrome.there();
        let chrome = Chrome {
            categories: chrome.as_ref().map(|chrome| chrome.categories.clone()).unwrap_or_default(),
            cart: chrome.as_ref().and_then(|chrome| chrome.cart.clone()),
            choices: self.choices.there(),
        };
        let named = listing.category.as_ref().map(|category| category.name.clone()).unwrap_or_default();
        let (way, json, department) = crumbs(ask, &chrome, slug, &named);
        let own = find(&chrome.categories, slug);
        let title = own.map_or(named, |category| category.name.clone());
        let description = own.map(|category| category.description.clone()).unwrap_or_default();
        let (locale, links) = (&*ask.locale, Links::of(ask));
        let children = own.map(|category| category.children.as_slice()).unwrap_or_default();
        let children: Vec<Crumb> =
            children.iter().map(|c| Crumb { href: links.category(&c.slug), name: c.name.clone() }).collect();
        let list = List::of(locale, &links, query, listing);
        let meta = Meta {
            title: title.clone(),
            description: shortened(&description, 160),
            query: page_query(query.page),
            // Narrowed and sorted lists are the same products again.
            hidden: !query.facets.is_empty() || query.sort.is_some(),
            department,
            structured: vec![json, structured::list(ask, listing)],
            neighbours: list.neighbours(),
            ..Meta::default()
        };
        let note = self.note.there();
        let note = note.iter().filter_map(|note| note.as_ref().as_ref()).flat_map(|blocks| blocks.iter());
        let page = Page {
            title,
            description,
            crumbs: way,
            has_children: !children.is_empty(),
            children,
            note: note.map(|block| Banner::of(locale, &links, block, Use::Half)).collect(),
            searched: false,
            list: vec![list],
            suggestions: Vec::new(),
            rails: Vec::new(),
        };
        text("listing.html", &Sheet { t: locale.texts(), frame: Frame::of(ask, &chrome, meta), page })
    }
}

/// The page of search results; without words, the way to search.
pub(crate) async fn search(ask: &Ask) -> Result<Answer, Failure> {
    let words = ask.query.get("q").unwrap_or_default().trim().to_owned();
    if words.chars().count() > WORDS {
        return Err(Failure::bad_input("q"));
    }
    if words.is_empty() {
        let chrome =
            Chrome { choices: Some(Rc::new(ask.choices(Topic::page("search")).await)), ..chrome(ask).await? };
        return results(ask, &chrome, &words, None, Vec::new());
    }
    let query = ListingQuery { search: Some(words.clone()), ..asked(ask)? };
    let listing = ask.slots.required(slot::LISTING, ask.shop.listing(&query));
    let (chrome, listing) = try_join!(chrome(ask), listing)?;
    in_range(&listing, query.page)?;
    let chrome = Chrome { choices: Some(Rc::new(ask.choices(Topic::page("search")).await)), ..chrome };
    let rails = if listing.total == 0 { consolation(ask).await? } else { Vec::new() };
    results(ask, &chrome, &words, Some((&query, &listing)), rails)
}

/// What to show where nothing was found.
async fn consolation(ask: &Ask) -> Result<Vec<ContentBlock>, Failure> {
    let query = ContentQuery { slots: vec!["home_rail".to_owned()], ids: Vec::new() };
    let blocks = ask.slots.optional(slot::CONTENT, ask.shop.content(&query)).await?;
    let blocks = blocks.unwrap_or_default();
    Ok(blocks.iter().filter(|block| !block.products.is_empty()).take(1).cloned().collect())
}

fn results(
    ask: &Ask,
    chrome: &Chrome,
    words: &str,
    found: Option<(&ListingQuery, &Listing)>,
    rails: Vec<ContentBlock>,
) -> Result<Answer, Failure> {
    let (locale, links) = (&*ask.locale, Links::of(ask));
    let title = match found {
        None => locale.text("search").to_owned(),
        Some((_, listing)) if listing.total == 0 => locale.say("nothing-for", &[("words", words.into())]),
        Some(_) => locale.say("results-for", &[("words", words.into())]),
    };
    let empty = found.is_none_or(|(_, listing)| listing.total == 0);
    // Of nothing at all there is no list; of nothing in a narrowed one there are filters to take away.
    let list = found.filter(|(query, _)| !empty || !query.facets.is_empty());
    let list = list.map(|(query, listing)| List::of(locale, &links, query, listing));
    let meta = Meta {
        title: title.clone(),
        words: words.to_owned(),
        hidden: true,
        neighbours: list.as_ref().map(List::neighbours).unwrap_or_default(),
        ..Meta::default()
    };
    let page = Page {
        description: if empty && found.is_some() {
            locale.text("nothing-hint").to_owned()
        } else {
            String::new()
        },
        title,
        crumbs: Vec::new(),
        children: Vec::new(),
        has_children: false,
        note: Vec::new(),
        searched: true,
        list: list.into_iter().collect(),
        suggestions: if empty { tiles(&links, &chrome.categories) } else { Vec::new() },
        rails: rails.iter().map(|block| Rail::of(locale, &links, block)).collect(),
    };
    print(ask, "listing.html", chrome, meta, page)
}

/// What the query of the address asks of a list.
fn asked(ask: &Ask) -> Result<ListingQuery, Failure> {
    let sort = match ask.query.get("sort").filter(|word| !word.is_empty()) {
        None => None,
        Some(word) => Some(Sort::parse(word).ok_or_else(|| Failure::bad_input("sort"))?),
    };
    let chosen = ask.query.beginning("facet.");
    let mut facets: Vec<FacetChoice> = chosen
        .map(|(facet, value)| FacetChoice { facet: facet.to_owned(), value: value.to_owned() })
        .collect();
    facets.dedup();
    if facets.len() > 40 || facets.iter().any(|c| c.facet.is_empty() || c.facet.len() + c.value.len() > 200) {
        return Err(Failure::bad_input("facet"));
    }
    let page = ask.query.number("page", 1..=PAGES, 1)?;
    Ok(ListingQuery { facets, sort, page, page_size: PAGE_SIZE, ..ListingQuery::default() })
}

/// A page after the last one is not there.
fn in_range(listing: &Listing, page: u32) -> Result<(), Failure> {
    if page > 1 && page > listing.pages() {
        return Err(Failure::new(Trouble::NotFound(Subject::Category)));
    }
    Ok(())
}

fn page_query(page: u32) -> Vec<(&'static str, String)> {
    (page > 1).then(|| ("page", page.to_string())).into_iter().collect()
}

fn find<'a>(categories: &'a [Category], slug: &str) -> Option<&'a Category> {
    categories.iter().find_map(|category| category.path_to(slug).last().copied())
}
