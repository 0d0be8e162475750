//! `[[place]]`.

use super::html::read_html;
use super::syntax::Syntax;
use crate::nearest::hint;
use crate::placements::{Links, Pattern, Place, Put, Show};
use crate::rules::publish::desk::{Cell, Desk, cut, start};
use toml::de::DeTable;

const KEYS: [&str; 8] = ["name", "pages", "selector", "put", "every", "show", "slot", "html"];
const PUTS: [(&str, Put); 6] = [
    ("before", Put::Before),
    ("after", Put::After),
    ("first", Put::First),
    ("last", Put::Last),
    ("inside", Put::Inside),
    ("instead", Put::Instead),
];
const SHOWS: [&str; 6] = ["offer", "banner", "recommendations", "price", "stock", "consent"];
/// The most bytes of a name or a selector.
const LONGEST: usize = 512;

/// Reads a place. What is wrong with it is told, and the rest of it is still read.
pub(super) fn read_place<'t>(
    cell: &Cell<'t>,
    number: usize,
    links: &Links,
    syntax: &dyn Syntax,
    desk: &mut Desk<'t>,
) -> Option<Place> {
    let table = desk.table(cell, "a place", &KEYS)?;
    let at = start(cell);
    let name = table.get("name").and_then(|cell| short(cell, "name", desk));
    let name = name.map_or_else(|| format!("place {number}").into(), Box::from);
    let selector = table.get("selector");
    if selector.is_none() {
        desk.error(at, "a place needs `selector`, the element in CSS, such as selector = \"#content\"");
    }
    let selector = selector.and_then(|cell| read_selector(cell, syntax, desk));
    let put = table.get("put");
    if put.is_none() {
        desk.error(at, "a place needs `put`: before, after, first, last, inside or instead of the element");
    }
    let put = put.and_then(|cell| desk.one_of(cell, "put", &PUTS.map(|(word, _)| word)));
    let put = put.and_then(|word| PUTS.iter().find(|(known, _)| *known == word)).map(|(_, put)| *put);
    let every = table.get("every").and_then(|cell| desk.bool(cell, "every")).unwrap_or_default();
    let pages = table.get("pages").map(|cell| read_pages(cell, desk)).unwrap_or_default();
    let show = read_show(table, at, links, desk);
    let html = match (table.get("html"), &show) {
        (Some(cell), Some(show)) => read_html(cell, show, put, syntax, desk),
        (Some(cell), None) => desk.string(cell, "html").map(Box::from),
        (None, _) => None,
    };
    let place = Place { name, pages, selector: selector?, put: put?, every, show: show?, html };
    warn_of_no_product(&place, table, at, desk);
    Some(place)
}

fn short<'c, 't>(cell: &'c Cell<'t>, what: &str, desk: &mut Desk<'t>) -> Option<&'c str> {
    let text = desk.string(cell, what)?;
    if text.is_empty() || text.len() > LONGEST {
        desk.error(start(cell), format!("{what} has 1 to {LONGEST} bytes, and this has {}", text.len()));
        return None;
    }
    Some(text)
}

fn read_selector<'t>(cell: &Cell<'t>, syntax: &dyn Syntax, desk: &mut Desk<'t>) -> Option<Box<str>> {
    let text = short(cell, "selector", desk)?;
    if let Err(why) = syntax.selector(text) {
        let why = why.trim_end_matches('.');
        let cure = "use types, classes, ids, attributes, :not(), :nth-child(), descendants and children: what comes \
            later in the page than the element is not known while it streams";
        desk.error(start(cell), format!("the selector {:?} cannot be used: {why}; {cure}", cut(text)));
        return None;
    }
    Some(text.into())
}

/// The most exact first: of two that match, it says what their parts are called.
fn read_pages<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Vec<Pattern> {
    let cells = desk.list(cell, "pages").unwrap_or_default();
    if cells.is_empty() {
        desk.error(start(cell), "pages names none; leave it out for all of them, or write pages = [\"/\"]");
    }
    let mut pages: Vec<Pattern> = Vec::new();
    for cell in cells {
        let Some(text) = desk.string(cell, "a page") else { continue };
        match Pattern::parse(text) {
            Ok(page) if pages.contains(&page) => {
                desk.warn(start(cell), format!("the page {:?} is named twice; leave one out", cut(text)));
            }
            Ok(page) => pages.push(page),
            Err(why) => desk.error(start(cell), why),
        }
    }
    pages.sort_by_key(|page| std::cmp::Reverse(page.exactness()));
    pages
}

fn read_show<'t>(table: &DeTable<'t>, at: usize, links: &Links, desk: &mut Desk<'t>) -> Option<Show> {
    let slot = table.get("slot");
    let Some(cell) = table.get("show") else {
        if let Some(slot) = slot {
            desk.error(start(slot), "slot goes with show = \"banner\", whose content it names");
        } else if table.get("html").is_none() {
            let cure = "add show = \"offer\" (or banner, recommendations, price, stock, consent), or html";
            desk.error(at, format!("nothing says what to put there; {cure}"));
        }
        return Some(Show::Html);
    };
    let word = desk.string(cell, "show")?;
    if word != "banner"
        && let Some(slot) = slot
    {
        desk.error(start(slot), "slot goes with show = \"banner\" only; leave it out here");
    }
    let show = match word {
        "offer" => Show::Offer,
        "consent" => Show::Consent,
        "recommendations" => Show::Recommendations,
        "price" => Show::Price,
        "stock" => Show::Stock,
        "banner" => match slot {
            Some(slot) => Show::Banner(short(slot, "slot", desk)?.into()),
            None => {
                desk.error(start(cell), "a banner needs its slot, such as slot = \"home_hero\"");
                return None;
            }
        },
        other => {
            let hint = hint(other, SHOWS);
            let known = SHOWS.join(", ");
            desk.error(
                start(cell),
                format!("nothing is called {:?}{hint}; show is one of {known}", cut(other)),
            );
            return None;
        }
    };
    if show == Show::Recommendations && links.product.is_none() {
        let cure = "say where products are, [links] product = \"/products/{slug}.html\"";
        desk.error(start(cell), format!("recommendations lead to products; {cure}"));
    }
    Some(show)
}

/// What is about the page's product says nothing on pages whose address names none.
fn warn_of_no_product<'t>(place: &Place, table: &DeTable<'t>, at: usize, desk: &mut Desk<'t>) {
    let names = place.pages.iter().any(|page| page.names("product"));
    if place.show.wants_product() && !names {
        let at = table.get("pages").map_or(at, start);
        let cure = "name the part of the address that is the product, pages = [\"/products/{product}.html\"]";
        desk.warn(at, format!("nothing is ever shown here, since no page of it has a product; {cure}"));
    }
}
