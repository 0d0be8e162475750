//! Lists of products with what they can be narrowed by.

use super::{Card, Use, cards, tone};
use crate::links::{Links, Turn};
use commerce::{Facet, FacetChoice, Listing, ListingQuery, Sort};
use kit::Locale;
use serde::Serialize;

/// How many numbered pages are offered on either side of this one.
const AROUND: u32 = 2;

/// One page of a list.
#[derive(Serialize)]
pub(crate) struct List {
    action: String,
    words: String,
    has_words: bool,
    total: String,
    empty: bool,
    cards: Vec<Card>,
    facets: Vec<FacetView>,
    has_facets: bool,
    chips: Vec<Chip>,
    narrowed: bool,
    whole: String,
    sorts: Vec<SortView>,
    paged: bool,
    position: String,
    previous: Vec<String>,
    next: Vec<String>,
    pages: Vec<PageView>,
}

#[derive(Serialize)]
struct FacetView {
    field: String,
    anchor: String,
    name: String,
    chosen: Vec<String>,
    values: Vec<ValueView>,
}

#[derive(Serialize)]
struct ValueView {
    id: String,
    anchor: String,
    name: String,
    count: String,
    selected: bool,
    none: bool,
    swatch: Vec<String>,
}

/// A choice that can be taken back.
#[derive(Serialize)]
struct Chip {
    facet: String,
    name: String,
    href: String,
}

#[derive(Serialize)]
struct SortView {
    id: &'static str,
    name: String,
    selected: bool,
}

#[derive(Serialize)]
struct PageView {
    number: String,
    label: String,
    href: String,
    current: bool,
    /// Whether pages before it are left out.
    gap: bool,
}

impl List {
    pub(crate) fn of(locale: &Locale, links: &Links, query: &ListingQuery, listing: &Listing) -> Self {
        let turn = Turn::of(links, query);
        let (page, pages) = (listing.page, listing.pages());
        let number = |n: u32| locale.number(n);
        let place = [("page", number(page).into()), ("pages", number(pages).into())];
        Self {
            action: links.list(query),
            words: query.search.clone().unwrap_or_default(),
            has_words: query.search.is_some(),
            total: locale.count("results", listing.total),
            empty: listing.items.is_empty(),
            cards: cards(locale, links, &listing.items, Use::FirstCard),
            facets: listing.facets.iter().enumerate().map(|(at, f)| facet(locale, at, f)).collect(),
            has_facets: !listing.facets.is_empty(),
            chips: query.facets.iter().map(|choice| chip(&turn, &listing.facets, choice)).collect(),
            narrowed: !query.facets.is_empty(),
            whole: turn.whole(),
            sorts: sorts(locale, listing),
            paged: pages > 1,
            position: locale.say("page-of", &place),
            previous: (page > 1).then(|| turn.page(page - 1)).into_iter().collect(),
            next: (page < pages).then(|| turn.page(page + 1)).into_iter().collect(),
            pages: numbered(locale, &turn, page, pages),
        }
    }

    /// The neighbours in the series, for `link rel`.
    pub(crate) fn neighbours(&self) -> Vec<(&'static str, String)> {
        let previous = self.previous.iter().map(|href| ("prev", href.clone()));
        previous.chain(self.next.iter().map(|href| ("next", href.clone()))).collect()
    }
}

fn facet(locale: &Locale, at: usize, facet: &Facet) -> FacetView {
    let value = |(nth, value): (usize, &commerce::FacetValue)| ValueView {
        id: value.id.clone(),
        anchor: format!("facet-{at}-{nth}"),
        name: value.name.clone(),
        count: locale.number(value.count),
        selected: value.selected,
        none: value.count == 0 && !value.selected,
        swatch: value.swatch.as_deref().and_then(tone).into_iter().collect(),
    };
    let chosen = facet.values.iter().filter(|value| value.selected).count();
    let chosen = u32::try_from(chosen).ok().filter(|count| *count > 0);
    FacetView {
        field: format!("facet.{}", facet.id),
        anchor: format!("facet-{at}"),
        name: facet.name.clone(),
        chosen: chosen.map(|count| locale.number(count)).into_iter().collect(),
        values: facet.values.iter().enumerate().map(value).collect(),
    }
}

fn chip(turn: &Turn<'_>, facets: &[Facet], choice: &FacetChoice) -> Chip {
    let facet = facets.iter().find(|facet| facet.id == choice.facet);
    let value = facet.and_then(|facet| facet.values.iter().find(|value| value.id == choice.value));
    Chip {
        facet: facet.map_or_else(|| choice.facet.clone(), |facet| facet.name.clone()),
        name: value.map_or_else(|| choice.value.clone(), |value| value.name.clone()),
        href: turn.without(choice),
    }
}

fn sorts(locale: &Locale, listing: &Listing) -> Vec<SortView> {
    let view = |sort: &Sort| SortView {
        id: sort.as_str(),
        name: locale.text(&format!("sort-{}", sort.as_str())).to_owned(),
        selected: *sort == listing.sort,
    };
    listing.sorts.iter().map(view).collect()
}

fn numbered(locale: &Locale, turn: &Turn<'_>, page: u32, pages: u32) -> Vec<PageView> {
    let near = page.saturating_sub(AROUND)..=page.saturating_add(AROUND);
    let mut shown: Vec<u32> = near.filter(|n| (1..=pages).contains(n)).collect();
    shown.extend([1, pages]);
    shown.sort_unstable();
    shown.dedup();
    let mut last = 0;
    let mut view = Vec::new();
    for n in shown {
        let number = locale.number(n);
        view.push(PageView {
            label: locale.say("page-number", &[("page", number.as_str().into())]),
            number,
            href: turn.page(n),
            current: n == page,
            gap: n > last + 1,
        });
        last = n;
    }
    view
}
