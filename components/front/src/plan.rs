//! What stands where in the pages of the site, as the operator published it.

use crate::fill::templates;
use kit::Ask;
use kit::rewrite::Placed;
use kit::routes::percent_decode;
use kit::rulebook::{Content, Shelf};
use personalise::placements::{Links, Place, Placements, Show};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Placements, ready to be carried out.
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

/// A place, and what stands there.
pub struct Spot {
    /// As the operator wrote it.
    pub place: Place,
    /// What says it.
    pub fill: Fill,
    placed: Placed,
}

/// What says something, by [`Show`]; a slot's name lives on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The offer that the rules give.
    Offer,
    /// The question what the visitor agrees to.
    Consent,
    /// Content of a slot, as the rules choose it.
    Banner(&'static str),
    /// Products beside that of the page.
    Recommendations,
    /// The product's price.
    Price,
    /// The product's stock in stores.
    Stock,
    /// The operator's own HTML and nothing else.
    Html,
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

impl Content for Plan {
    const SHELF: Shelf = Shelf::Placements;

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let Placements { market, visitor_cookies, links, places } =
            Placements::from_compact(bytes).map_err(|error| error.to_string())?;
        let spots = places.into_iter().map(|place| {
            let name = place.name.clone();
            Spot::of(place).map(Rc::new).map_err(|why| format!("{name}: {why}"))
        });
        Ok(Self {
            market: market.map(String::from),
            visitor_cookies: visitor_cookies.map(|names| names.into_iter().map(String::from).collect()),
            links,
            spots: spots.collect::<Result<_, _>>()?,
        })
    }
}

impl Spot {
    /// # Errors
    /// What this version of Headwater cannot carry out, though whoever published it could.
    fn of(place: Place) -> Result<Self, String> {
        let mut placed = Placed::new(&place.selector, place.put, 0)?;
        placed.every = place.every;
        if let Some(html) = &place.html {
            templates().check(html)?;
        }
        let fill = match &place.show {
            Show::Offer => Fill::Offer,
            Show::Consent => Fill::Consent,
            Show::Banner(slot) => Fill::Banner(known(slot)),
            Show::Recommendations => Fill::Recommendations,
            Show::Price => Fill::Price,
            Show::Stock => Fill::Stock,
            Show::Html => Fill::Html,
        };
        Ok(Self { place, fill, placed })
    }
}

impl Plan {
    /// What stands on a page of the site, by its path there.
    #[must_use]
    pub fn on(&self, path: &str) -> Chosen {
        let mut chosen = Chosen::default();
        let mut places = Vec::new();
        for spot in &self.spots {
            let Some(found) = spot.place.on(path) else { continue };
            let product = found.into_iter().find(|(name, _)| *name == "product");
            chosen.product = chosen.product.or_else(|| percent_decode(product?.1));
            places.push(spot.placed.filled_by(chosen.spots.len()));
            chosen.spots.push(spot.clone());
        }
        chosen.places = places.into();
        chosen
    }
}

thread_local! {
    /// Slots' names live as long as the instance: the kit tells decisions apart by them.
    static NAMES: RefCell<BTreeMap<Box<str>, &'static str>> = const { RefCell::new(BTreeMap::new()) };
}

/// A slot's name that lives on. There are as many as what was published in this instance's life ever named.
fn known(name: &str) -> &'static str {
    let kept = || -> &'static str { Box::leak(Box::from(name)) };
    NAMES.with_borrow_mut(|names| *names.entry(name.into()).or_insert_with(kept))
}

/// The plan in force; an empty one while nothing is published.
pub(crate) async fn current(ask: &Ask) -> Rc<Plan> {
    ask.published::<Plan>().await.map(|book| book.rules.clone()).unwrap_or_default()
}
