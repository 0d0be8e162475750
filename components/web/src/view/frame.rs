//! What stands around every page: head, header, navigation, footer.

use super::{AsOf, Asking, Door, Ribbon, Tile};
use crate::assets;
use crate::links::{Links, with_query};
use crate::structured;
use commerce::{Cart, Category};
use kit::decide::Choices;
use kit::visibility::Public;
use kit::visitor::MarketChoice;
use kit::{Ask, Locale};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A whole page for a template.
#[derive(Serialize)]
pub(crate) struct Sheet<'a, P> {
    /// Interface texts.
    pub(crate) t: &'a BTreeMap<String, String>,
    /// What stands around.
    pub(crate) frame: Frame,
    /// What the page is about.
    pub(crate) page: P,
}

/// What the shop gave for the frame; each part may be missing.
#[derive(Default)]
pub(crate) struct Chrome {
    /// The departments.
    pub(crate) categories: Public<Vec<Category>>,
    /// The visitor's basket.
    pub(crate) cart: Option<Cart>,
    /// What was decided for the page; `None` for a page that shows no offers.
    pub(crate) choices: Option<Rc<Choices>>,
}

/// What a page says of itself.
#[derive(Default)]
pub(crate) struct Meta {
    /// Without the shop's name.
    pub(crate) title: String,
    /// For search engines and previews; may be empty.
    pub(crate) description: String,
    /// The preview's picture, as a path or address; may be empty.
    pub(crate) picture: String,
    /// The part of the query that makes another page, such as `page=2`.
    pub(crate) query: Vec<(&'static str, String)>,
    /// Whether search engines should leave it out.
    pub(crate) hidden: bool,
    /// Slug of the department that is marked in the navigation.
    pub(crate) department: String,
    /// Words in the search box.
    pub(crate) words: String,
    /// JSON-LD blocks.
    pub(crate) structured: Vec<Value>,
    /// The neighbours in a series of pages: `prev` or `next`, and the address.
    pub(crate) neighbours: Vec<(&'static str, String)>,
}

/// What stands around a page.
#[derive(Serialize)]
pub(crate) struct Frame {
    lang: String,
    dir: &'static str,
    title: String,
    description: String,
    canonical: String,
    picture: String,
    hidden: bool,
    structured: Vec<String>,
    alternates: Vec<Alternate>,
    neighbours: Vec<Neighbour>,
    style: String,
    script: String,
    home: String,
    search: String,
    words: String,
    cart: String,
    stores: String,
    order: String,
    badge: Vec<Badge>,
    account: Vec<Door>,
    nav: Vec<NavItem>,
    year: String,
    as_of: Vec<AsOf>,
    given: Vec<Ribbon>,
    consent: Vec<Asking>,
    privacy: String,
    leaving: Vec<String>,
}

#[derive(Serialize)]
struct Alternate {
    hreflang: String,
    absolute: String,
    href: String,
    name: String,
    current: bool,
}

#[derive(Serialize)]
struct Neighbour {
    rel: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Badge {
    number: String,
    label: String,
}

#[derive(Serialize)]
struct NavItem {
    href: String,
    name: String,
    current: bool,
    children: Vec<Crumb>,
    has_children: bool,
}

/// A name with its address.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub(crate) href: String,
    pub(crate) name: String,
}

impl Frame {
    /// The frame of a page.
    pub(crate) fn of(ask: &Ask, chrome: &Chrome, meta: Meta) -> Self {
        let (links, site, locale) = (Links::of(ask), ask.site(), &*ask.locale);
        let shop = locale.text("shop-name");
        let rest = rest(ask);
        let own: Vec<(&str, &str)> = meta.query.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let absolute = |market: &str| {
            let path = format!("{site}/{market}{rest}");
            if own.is_empty() { path } else { with_query(&path, &own) }
        };
        let picture = match meta.picture.as_str() {
            path if path.starts_with('/') => format!("{site}{path}"),
            other => other.to_owned(),
        };
        Self {
            lang: locale.tag().to_owned(),
            dir: locale.direction(),
            title: if meta.title.is_empty() { shop.to_owned() } else { format!("{} – {shop}", meta.title) },
            description: meta.description,
            canonical: absolute(&ask.market.id()),
            picture,
            hidden: meta.hidden,
            structured: meta.structured.iter().map(kit::template::script_json).collect(),
            alternates: alternates(ask, &rest, absolute),
            neighbours: meta
                .neighbours
                .into_iter()
                .map(|(rel, path)| Neighbour { rel, href: format!("{site}{path}") })
                .collect(),
            style: format!("/assets/{}", assets::STYLE),
            script: format!("/assets/{}", assets::SCRIPT),
            home: links.home(),
            search: links.page("search"),
            words: meta.words,
            cart: links.page("cart"),
            stores: links.page("stores"),
            order: links.page("order"),
            badge: chrome.cart.iter().filter(|cart| cart.quantity > 0).map(|c| badge(locale, c)).collect(),
            account: Door::of(ask).into_iter().collect(),
            nav: chrome
                .categories
                .iter()
                .map(|category| nav_item(&links, category, &meta.department))
                .collect(),
            year: ask.now.to_zoned(locale.time_zone()).year().to_string(),
            given: chrome.choices.iter().filter_map(|choices| Ribbon::of(ask, chrome, choices)).collect(),
            consent: chrome.choices.iter().filter_map(|choices| Asking::of(ask, choices)).collect(),
            privacy: links.page("privacy"),
            leaving: chrome
                .choices
                .iter()
                .filter(|_| chrome.cart.is_some())
                .map(|_| links.page("leaving"))
                .collect(),
            as_of: AsOf::maybe(locale, "as-of", ask.slots.stale_since(), ask.now),
        }
    }
}

/// The address after its market. A failure at an address that cannot be asked for again stands at home.
fn rest(ask: &Ask) -> String {
    let path = ask.path();
    let stays = ask.method().is_safe() && ask.market_choice == MarketChoice::Named;
    let rest = path.strip_prefix('/').and_then(|path| path.split_once('/')).filter(|_| stays);
    rest.map_or_else(|| "/".to_owned(), |(_, rest)| format!("/{rest}"))
}

fn alternates(ask: &Ask, rest: &str, absolute: impl Fn(&str) -> String) -> Vec<Alternate> {
    // What the page was asked for stays in another language; what nobody looked for (an advertisement's mark) does not.
    let query = match ask.address().split_once('?') {
        Some((_, query)) if ask.method().is_safe() => format!("?{query}"),
        _ => String::new(),
    };
    let all = ask.markets.iter().map(|market| {
        let id = market.id();
        Alternate {
            hreflang: market.locale().to_owned(),
            absolute: absolute(&id),
            href: format!("/{id}{rest}{query}"),
            name: language_name(market.language(), market.locale()),
            current: *market == ask.market,
        }
    });
    all.collect()
}

/// A language in its own words, as its speakers look for it.
fn language_name(language: &str, locale: &str) -> String {
    match language {
        "en" => "English",
        "de" => "Deutsch",
        "ar" => "العربية",
        "ja" => "日本語",
        "fr" => "Français",
        _ => locale,
    }
    .to_owned()
}

fn badge(locale: &Locale, cart: &Cart) -> Badge {
    Badge { number: locale.number(cart.quantity), label: locale.count("items", cart.quantity) }
}

fn nav_item(links: &Links, category: &Category, department: &str) -> NavItem {
    let children: Vec<Crumb> = category
        .children
        .iter()
        .map(|c| Crumb { href: links.category(&c.slug), name: c.name.clone() })
        .collect();
    NavItem {
        href: links.category(&category.slug),
        name: category.name.clone(),
        current: category.slug == department,
        has_children: !children.is_empty(),
        children,
    }
}

/// The way from home to a category, both included, and its JSON-LD.
pub(crate) fn crumbs(ask: &Ask, chrome: &Chrome, slug: &str, name: &str) -> (Vec<Crumb>, Value, String) {
    let links = Links::of(ask);
    let mut way = vec![Crumb { href: links.home(), name: ask.locale.text("home").to_owned() }];
    let found = chrome.categories.iter().map(|c| c.path_to(slug)).find(|path| !path.is_empty());
    let path = found.unwrap_or_default();
    let department = path.first().map(|c| c.slug.clone()).unwrap_or_default();
    way.extend(path.iter().map(|c| Crumb { href: links.category(&c.slug), name: c.name.clone() }));
    if path.is_empty() && !name.is_empty() {
        way.push(Crumb { href: links.category(slug), name: name.to_owned() });
    }
    let json = structured::breadcrumbs(&ask.site(), &way);
    (way, json, department)
}

/// The departments with their pictures.
pub(crate) fn tiles(links: &Links, categories: &[Category]) -> Vec<Tile> {
    categories.iter().map(|category| Tile::of(links, category)).collect()
}
