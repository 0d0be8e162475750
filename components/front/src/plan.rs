//! The file `rewrite.toml`: what stands where in the pages of the site.

use http::Method;
use kit::rewrite::{Placed, Put};
use kit::template::Templates;
use kit::{Ask, Routes};
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

/// Where the file lies unless the variable `rewrite_file` says otherwise.
const PATH: &str = "/rewrite/rewrite.toml";
/// How old our view of the file may be.
const CHECK: Duration = Duration::from_secs(1);
/// The largest file, in bytes.
const LARGEST: usize = 256 << 10;

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    market: Option<String>,
    visitor_cookies: Option<Vec<String>>,
    #[serde(default)]
    links: Links,
    #[serde(default)]
    place: Vec<Place>,
}

/// The site's own addresses, below its path: `/products/{slug}.html`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// What paths here are below.
    #[serde(default)]
    pub from: From,
    /// Of a product.
    pub product: Option<String>,
    /// Of a category.
    pub category: Option<String>,
    /// Of a search; `{words}` are the words.
    pub search: Option<String>,
}

/// What paths are below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// The site, as it is seen through us.
    #[default]
    Site,
    /// The host that shows us, such as for pages of another head.
    Host,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    name: Option<String>,
    #[serde(default = "every_page")]
    pages: Vec<String>,
    selector: String,
    put: Put,
    #[serde(default)]
    every: bool,
    show: Option<String>,
    slot: Option<String>,
    html: Option<String>,
}

fn every_page() -> Vec<String> {
    vec!["/".to_owned(), "/{*path}".to_owned()]
}

/// What a slot says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Show {
    /// The offer that the rules give.
    Offer,
    /// The question what the visitor agrees to.
    Consent,
    /// Content of a slot, as the rules choose it.
    Banner(&'static str),
    /// Products beside that of the page, or for the front page.
    Recommendations,
    /// The product's price in the visitor's market.
    Price,
    /// The product's stock in stores.
    Stock,
    /// The file's own HTML and nothing else.
    Html,
}

/// A place of the file.
pub struct Spot {
    /// What the operator's log calls it.
    pub name: String,
    /// What it says.
    pub show: Show,
    /// The file's own HTML for it.
    pub html: Option<String>,
    placed: Placed,
    pages: Routes<()>,
}

/// The file, read.
#[derive(Default)]
pub struct Plan {
    /// The market of the site's pages; `None`: the visitor's.
    pub market: Option<String>,
    /// The cookies that the site tells visitors by.
    pub visitor_cookies: Option<Vec<String>>,
    /// The site's own addresses.
    pub links: Links,
    spots: Vec<Rc<Spot>>,
}

/// What stands on one page.
#[derive(Default)]
pub struct Chosen {
    /// The places, numbered as the spots are.
    pub places: Rc<[Placed]>,
    /// What stands there.
    pub spots: Vec<Rc<Spot>>,
    /// The slug of the product that the address names.
    pub product: Option<String>,
}

impl Plan {
    /// Reads the file's text; `templates` know how HTML is printed.
    ///
    /// # Errors
    /// What is wrong, where, and what would be right.
    pub fn parse(text: &str, templates: &Templates) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut spots = Vec::new();
        for (at, place) in file.place.into_iter().enumerate() {
            let name = place.name.clone().unwrap_or_else(|| format!("place {}", at + 1));
            let spot = spot(place, &name, &file.links, templates).map_err(|why| format!("{name}: {why}"))?;
            spots.push(Rc::new(spot));
        }
        Ok(Self { market: file.market, visitor_cookies: file.visitor_cookies, links: file.links, spots })
    }

    /// What stands on a page of the site, by its path there.
    pub fn on(&self, path: &str) -> Chosen {
        let mut chosen = Chosen::default();
        let mut places = Vec::new();
        for spot in &self.spots {
            let Ok(found) = spot.pages.find(&Method::GET, path) else { continue };
            let product = found.parts.into_iter().find(|(name, _)| name == "product");
            chosen.product = chosen.product.or(product.map(|(_, slug)| slug));
            places.push(spot.placed.filled_by(chosen.spots.len()));
            chosen.spots.push(spot.clone());
        }
        chosen.places = places.into();
        chosen
    }
}

fn spot(place: Place, name: &str, links: &Links, templates: &Templates) -> Result<Spot, String> {
    let show = match (place.show.as_deref(), &place.slot, &place.html) {
        (Some("offer"), None, _) => Show::Offer,
        (Some("consent"), None, _) => Show::Consent,
        (Some("recommendations"), None, _) if links.product.is_none() => {
            return Err(
                "recommendations lead to products: say where they are, [links] product = \"/…/{slug}\""
                    .into(),
            );
        }
        (Some("recommendations"), None, _) => Show::Recommendations,
        (Some("price"), None, _) => Show::Price,
        (Some("stock"), None, _) => Show::Stock,
        (Some("banner"), Some(slot), _) => Show::Banner(known(slot)),
        (Some("banner"), None, _) => {
            return Err("a banner needs its slot, such as slot = \"home_hero\"".into());
        }
        (Some(_), Some(_), _) => return Err("slot goes with show = \"banner\" only".into()),
        (Some(other), None, _) => {
            return Err(format!(
                "show = {other:?} is not known; take offer, banner, recommendations, price, stock or consent"
            ));
        }
        (None, _, Some(_)) => Show::Html,
        (None, ..) => return Err("say what to show, show = \"offer\", or give its html".into()),
    };
    if let Some(html) = &place.html {
        templates.check(html)?;
    }
    let mut placed = Placed::new(&place.selector, place.put, 0)
        .map_err(|why| format!("selector {:?}: {why}", place.selector))?;
    placed.every = place.every;
    if let Some(page) = place.pages.iter().find(|page| !page.starts_with('/')) {
        return Err(format!("pages begin with a slash: {page:?}"));
    }
    let table: Vec<_> = place.pages.iter().map(|page| (Method::GET, page.as_str(), ())).collect();
    let (pages, clashes) = Routes::new(&table);
    match clashes.first() {
        Some(clash) => Err(format!("pages: {clash}")),
        None => Ok(Spot { name: name.to_owned(), show, html: place.html, placed, pages }),
    }
}

thread_local! {
    /// Slots' names live as long as the instance: the kit tells decisions apart by them.
    static NAMES: RefCell<BTreeMap<String, &'static str>> = RefCell::default();
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// A slot's name that lives on. There are as many as the files of this instance's life ever named.
fn known(name: &str) -> &'static str {
    NAMES
        .with_borrow_mut(|names| *names.entry(name.to_owned()).or_insert_with_key(|name| name.clone().leak()))
}

/// The file as it was last seen.
#[derive(Default)]
struct Known {
    looked: Option<Duration>,
    text: Option<String>,
    /// Whether the operator was told that it is not there.
    is_missed: bool,
    plan: Rc<Plan>,
}

/// The plan in force. A file that cannot be read leaves the former plan, or none; the operator is told once.
pub async fn current(ask: &Ask, templates: &Templates) -> Rc<Plan> {
    let now = ask.elapsed();
    let path = ask.variable("rewrite_file").await.unwrap_or_else(|| PATH.to_owned());
    KNOWN.with_borrow_mut(|known| {
        if known.looked.is_some_and(|looked| now.saturating_sub(looked) < CHECK) {
            return known.plan.clone();
        }
        known.looked = Some(now);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) if text.len() <= LARGEST => text,
            Ok(_) => {
                ask.log(&format!("rewrite.toml is larger than {LARGEST} bytes; what was in force stays"));
                return known.plan.clone();
            }
            Err(error) => {
                if !known.is_missed {
                    ask.log(&format!("rewrite.toml cannot be read: {error}; what was in force stays"));
                }
                known.is_missed = true;
                return known.plan.clone();
            }
        };
        known.is_missed = false;
        if known.text.as_ref() != Some(&text) {
            match Plan::parse(&text, templates) {
                Ok(plan) => known.plan = Rc::new(plan),
                Err(why) => ask.log(&format!("rewrite.toml: {why}\nwhat was in force stays")),
            }
            known.text = Some(text);
        }
        known.plan.clone()
    })
}

/// Forgets the file: each test is an instance of its own.
#[cfg(test)]
pub(crate) fn forget() {
    KNOWN.set(Known::default());
}
