//! Narrowing a category: order and facets, as rows of choices.

use super::card::Cards;
use super::{Addresses, NAME};
use crate::screen::{Action, Item, ItemKind, RAIL_ITEMS, Rail, RailKind, cut};
use commerce::{Facet, FacetChoice, FacetValue, Listing, ListingQuery, Sort};
use kit::{Ask, Failure};

/// Facet values that one address may choose, and characters of each.
const MOST_CHOICES: usize = 20;
const LONGEST_CHOICE: usize = 80;
/// Pages beyond this are nobody's wish.
const LAST_PAGE: u32 = 1000;
/// Rows of facets on the refine screen.
const FACETS: usize = 6;

/// What an address asks of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) page: u32,
    pub(super) refine: bool,
    sort: Option<Sort>,
    facets: Vec<FacetChoice>,
}

impl Asked {
    pub(super) fn of(ask: &Ask) -> Result<Self, Failure> {
        let sort = match ask.query.get("sort") {
            Some(word) => Some(Sort::parse(word).ok_or_else(|| Failure::bad_input("sort"))?),
            None => None,
        };
        let mut facets = Vec::new();
        for (facet, value) in ask.query.beginning("facet.") {
            let long = facet.chars().count().max(value.chars().count()) > LONGEST_CHOICE;
            if facet.is_empty() || value.is_empty() || long || facets.len() >= MOST_CHOICES {
                return Err(Failure::bad_input(cut(&format!("facet.{facet}"), LONGEST_CHOICE)));
            }
            facets.push(FacetChoice { facet: facet.to_owned(), value: value.to_owned() });
        }
        let page = ask.query.number("page", 1..=LAST_PAGE, 1)?;
        Ok(Self { page, refine: ask.query.get("refine") == Some("1"), sort, facets })
    }

    pub(super) fn listing(&self, slug: &str) -> ListingQuery {
        ListingQuery {
            category: Some(slug.to_owned()),
            search: None,
            facets: self.facets.clone(),
            sort: self.sort,
            page: self.page,
            page_size: RAIL_ITEMS as u32,
        }
    }

    pub(super) fn turned(&self, page: u32) -> Self {
        Self { page, refine: false, ..self.clone() }
    }

    fn sorted(&self, sort: Sort) -> Self {
        Self { page: 1, refine: false, sort: Some(sort), facets: self.facets.clone() }
    }

    fn toggled(&self, facet: &str, value: &str) -> Self {
        let choice = FacetChoice { facet: facet.to_owned(), value: value.to_owned() };
        let mut facets = self.facets.clone();
        match facets.iter().position(|known| *known == choice) {
            Some(place) => drop(facets.remove(place)),
            None => facets.push(choice),
        }
        Self { page: 1, facets, ..self.clone() }
    }

    /// The address that asks this.
    pub(super) fn address(&self, addresses: &Addresses, slug: &str) -> String {
        let mut query: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: &str| query.push((name.to_owned(), value.to_owned()));
        if let Some(sort) = self.sort {
            add("sort", sort.as_str());
        }
        for choice in &self.facets {
            add(&format!("facet.{}", choice.facet), &choice.value);
        }
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        if self.refine {
            add("refine", "1");
        }
        let query: Vec<(&str, &str)> = query.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        addresses.category(slug, &query).unwrap_or_else(|| addresses.screen("home", &[]))
    }
}

/// The row above the products: refine, what is chosen (choosing it again takes it back), the orders.
pub(super) fn chips(cards: &Cards<'_>, slug: &str, asked: &Asked, listing: &Listing) -> Rail {
    let address = |asked: &Asked| asked.address(&cards.addresses, slug);
    let mut items = Vec::new();
    if listing.facets.iter().any(|facet| facet.values.len() > 1) {
        let refine = Asked { refine: true, page: 1, ..asked.clone() };
        let title = cards.locale.text("refine");
        items.push(Item::new("refine", ItemKind::Button, title, Action::open(address(&refine))));
    }
    for (facet, value) in chosen(listing) {
        let id = format!("facet.{}.{}", facet.id, value.id);
        let without = Action::swap(address(&asked.toggled(&facet.id, &value.id).turned(1)));
        let title = format!("{} ✕", cut(&value.name, NAME));
        items.push(Item::new(id, ItemKind::Choice, title, without));
    }
    if listing.total > 1 {
        for sort in listing.sorts.iter().take(6) {
            let title = cards.locale.text(&format!("sort-{}", sort.as_str())).to_owned();
            let action = Action::swap(address(&asked.sorted(*sort)));
            let mut item = Item::new(format!("sort.{}", sort.as_str()), ItemKind::Choice, title, action);
            item.selected = *sort == listing.sort;
            items.push(item);
        }
    }
    Rail { id: "order".to_owned(), title: String::new(), kind: RailKind::Chips, items, next: None }
}

fn chosen(listing: &Listing) -> impl Iterator<Item = (&Facet, &FacetValue)> {
    let values = listing.facets.iter().flat_map(|facet| facet.values.iter().map(move |value| (facet, value)));
    values.filter(|(_, value)| value.selected).take(MOST_CHOICES)
}

/// The refine screen: a button with what is left, then a row for each facet.
pub(super) fn facets(cards: &Cards<'_>, slug: &str, asked: &Asked, listing: &Listing) -> Vec<Rail> {
    let show = Item::new(
        "show",
        ItemKind::Button,
        cards.locale.count("show-results", listing.total),
        Action::open(asked.turned(1).address(&cards.addresses, slug)),
    );
    let row = |facet: &Facet| Rail {
        id: format!("facet.{}", cut(&facet.id, NAME)),
        title: cut(&facet.name, NAME),
        kind: RailKind::Chips,
        items: facet.values.iter().take(24).map(|value| choice(cards, slug, asked, facet, value)).collect(),
        next: None,
    };
    let done = Rail {
        id: "done".to_owned(),
        title: String::new(),
        kind: RailKind::Chips,
        items: vec![show],
        next: None,
    };
    let facets = listing.facets.iter().filter(|facet| !facet.values.is_empty()).take(FACETS).map(row);
    [done].into_iter().chain(facets).collect()
}

fn choice(cards: &Cards<'_>, slug: &str, asked: &Asked, facet: &Facet, value: &FacetValue) -> Item {
    let action = Action::swap(asked.toggled(&facet.id, &value.id).address(&cards.addresses, slug));
    let mut item = Item::new(cut(&value.id, NAME), ItemKind::Choice, cut(&value.name, NAME), action);
    item.subtitle = cards.locale.number(value.count);
    item.selected = value.selected;
    item.swatch = value.swatch.clone().filter(|swatch| is_colour(swatch));
    item
}

/// Whether a text is `#rrggbb`.
pub(super) fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}
