//! A whole file.

use super::beside::{warn_of_rivals, warn_of_rules};
use super::links::read_links;
use super::place::read_place;
use super::syntax::Syntax;
use crate::placements::{Links, MAX_COMPACT, Placements};
use crate::rules::publish::desk::{Cell, Desk, cut, entries, start};
use crate::rules::{Finding, Rules};
use toml::de::DeTable;

/// The most bytes that a file may have.
pub const MAX_FILE: usize = 256 << 10;
/// The most places that a file may have: each is looked for in every element of a page.
pub const MAX_PLACES: usize = 200;

const KEYS: [&str; 4] = ["market", "visitor_cookies", "links", "place"];

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The placements; `None` where there are errors.
    pub placements: Option<Placements>,
    /// Errors and warnings in the order of the file.
    pub findings: Vec<Finding>,
}

/// Reads, checks and compiles a file. Where the `rules` are known that it goes with, it is warned of what they lack.
pub fn publish(text: &str, rules: Option<&Rules>, syntax: &dyn Syntax) -> Published {
    let mut desk = Desk::new(text);
    if text.len() > MAX_FILE {
        desk.error(0, format!("the file has {} bytes; it may have {MAX_FILE}", text.len()));
        return Published { placements: None, findings: desk.findings() };
    }
    let (document, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        desk.error(fault.span().map_or(0, |span| span.start), fault.message());
    }
    let read = faults.is_empty().then(|| read(document.get_ref(), rules, syntax, &mut desk));
    let placements = read.filter(|_| !desk.has_errors());
    Published { placements, findings: desk.findings() }
}

fn read<'t>(
    file: &DeTable<'t>,
    rules: Option<&Rules>,
    syntax: &dyn Syntax,
    desk: &mut Desk<'t>,
) -> Placements {
    for entry in entries(file) {
        if !KEYS.contains(&entry.name) {
            let hint = crate::nearest::hint(entry.name, KEYS);
            let name = cut(entry.name);
            desk.error(entry.at, format!("a file of placements has no `{name}`{hint}"));
        }
    }
    let market = file.get("market").and_then(|cell| read_market(cell, desk));
    let visitor_cookies = file.get("visitor_cookies").map(|cell| read_cookies(cell, desk));
    let links = file.get("links").map_or_else(Links::default, |cell| read_links(cell, desk));
    let cells = file.get("place").and_then(|cell| desk.list(cell, "[[place]]")).unwrap_or_default();
    if let Some(first) = cells.get(MAX_PLACES) {
        desk.error(start(first), format!("more than {MAX_PLACES} places; merge some of them"));
    }
    let mut places = Vec::new();
    let mut at = Vec::new();
    for (number, cell) in (1..).zip(cells.into_iter().take(MAX_PLACES)) {
        if desk.is_full() {
            break;
        }
        if let Some(place) = read_place(cell, number, &links, syntax, desk) {
            places.push(place);
            at.push(cell);
        }
    }
    let placements = Placements { market, visitor_cookies, links, places };
    if !desk.has_errors() {
        warn_of_rivals(&placements, &at, desk);
        if let Some(rules) = rules {
            warn_of_rules(&placements, rules, &at, desk);
        }
        if let Err(error) = placements.to_compact() {
            desk.error(0, format!("{error} ({MAX_COMPACT} bytes)"));
        }
    }
    placements
}

fn read_market<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Option<Box<str>> {
    let market = desk.string(cell, "market")?;
    let is_name = !market.is_empty() && market.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if !is_name {
        let lower = cut(market).to_ascii_lowercase();
        desk.error(
            start(cell),
            format!("{lower:?} names no market; write it as in addresses, such as \"en-gb\""),
        );
    }
    Some(market.into())
}

fn read_cookies<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Vec<Box<str>> {
    let mut cookies = Vec::new();
    for cell in desk.list(cell, "visitor_cookies").unwrap_or_default() {
        let Some(name) = desk.string(cell, "a cookie's name") else { continue };
        // RFC 6265, section 4.1.1: a token.
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && !b"=;,\"\\".contains(&b));
        if !is_name {
            let cure = "write the name alone, such as \"sid\"";
            desk.error(start(cell), format!("{:?} cannot name a cookie; {cure}", cut(name)));
        }
        cookies.push(name.into());
    }
    cookies
}
