//! Categories, and what lists have in common.

use super::framing::Framing;
use super::{Content, blocks, content};
use crate::links::Links;
use crate::pages::{slot, text};
use crate::structured;
use crate::view::{Banner, Crumb, Frame, List, Meta, Rail, Sheet, Tile, Use, crumbs, shortened};
use commerce::{Category, ContentId, ContentQuery, FacetChoice, Listing, ListingQuery, Sort, Subject};
use kit::decide::Topic;
use kit::visibility::Public;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;
use std::rc::Rc;

/// Products a page: a multiple of 2, 3 and 4 columns.
const PAGE_SIZE: u32 = 24;
/// The most pages that are counted to.
const PAGES: u32 = 1000;
/// A category, or what a search found.
#[derive(Default, Serialize)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) crumbs: Vec<Crumb>,
    pub(super) children: Vec<Crumb>,
    pub(super) has_children: bool,
    pub(super) note: Vec<Banner>,
    pub(super) searched: bool,
    pub(super) list: Vec<List>,
    pub(super) suggestions: Vec<Tile>,
    pub(super) rails: Vec<Rail>,
}

/// A category whose page is printed.
struct Shown {
    ask: Rc<Ask>,
    slug: String,
    query: ListingQuery,
    listing: Public<Listing>,
    framing: Framing,
    note: Content,
}

/// A category's page: it begins when the list is there.
pub(crate) async fn category(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let slug = ask.part("slug").to_owned();
    let query = ListingQuery { category: Some(slug.clone()), ..asked(ask)? };
    let mut framing = Framing::asked(ask);
    let named = ContentQuery { slots: Vec::new(), ids: vec![ContentId::new(format!("note-{slug}"))] };
    let note = content(ask, named);
    let parts = framing.parts().with("note", &note);
    let listing = parts.beside(ask.slots.required(slot::LISTING, ask.shop.listing(&query))).await?;
    in_range(&listing, query.page)?;
    let parts = framing.decide(ask, Topic::category(&slug), parts);
    let shown = Shown { ask: ask.clone(), slug, query, listing, framing, note };
    parts.page(ask, move || shown.print()).await
}

impl Shown {
    /// The page with what is there by now.
    fn print(&self) -> Result<String, Failure> {
        let Self { ask, slug, query, listing, .. } = self;
        let chrome = self.framing.there();
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
        let page = Page {
            title,
            description,
            crumbs: way,
            has_children: !children.is_empty(),
            children,
            note: blocks(&note).iter().map(|block| Banner::of(locale, &links, block, Use::Half)).collect(),
            list: vec![list],
            ..Page::default()
        };
        text("listing.html", &Sheet { t: locale.texts(), frame: Frame::of(ask, &chrome, meta), page })
    }
}

/// What the query of the address asks of a list.
pub(super) fn asked(ask: &Ask) -> Result<ListingQuery, Failure> {
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
pub(super) fn in_range(listing: &Listing, page: u32) -> Result<(), Failure> {
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
