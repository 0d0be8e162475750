//! `[recommend.*]`.

use super::desk::{Cell, Desk, Entry, cut, start};
use super::schedules::read_schedule;
use super::targets::{PURPOSES, read_target};
use crate::condition::Names;
use crate::rules::{Model, Pin, Pinned, Recommend};
use jiff::tz::TimeZone;
use toml::de::DeTable;

/// The places that may show recommendations.
pub const PLACES: [&str; 7] = ["home", "category", "search", "product", "cart", "checkout", "order"];

const MODELS: [(&str, Model); 3] =
    [("goes-with", Model::GoesWith), ("looks", Model::Looks), ("related", Model::Related)];

/// The most products that are shown, and the most pins.
const MOST: i64 = 50;
/// How many products are shown where the file does not say.
const USUAL: u16 = 4;

const KEYS: [&str; 15] = [
    "at", "audience", "when", "needs", "model", "fallback", "pin", "filter", "limit", "repeat", "from",
    "until", "days", "hours", "timezone",
];

/// Reads the recommendations in the file's order.
pub(super) fn read_recommends<'t>(
    found: &[Entry<'_, 't>],
    names: Names<'_>,
    zone: &TimeZone,
    desk: &mut Desk<'t>,
) -> Vec<Recommend> {
    let mut recommends = Vec::new();
    for entry in found {
        if desk.is_full() {
            break;
        }
        desk.is_name(entry, "a recommendation");
        let what = format!("[recommend.{}]", cut(entry.name));
        let Some(table) = desk.table(entry.cell, &what, &KEYS) else { continue };
        let of_model =
            |key: &str, desk: &mut Desk<'t>| table.get(key).and_then(|cell| model(cell, key, desk));
        let (first, fallback) = (of_model("model", desk), of_model("fallback", desk));
        if !table.contains_key("model") {
            desk.error(entry.at, "a recommendation needs `model`: \"goes-with\", \"looks\" or \"related\"");
        }
        if let (true, Some(cell)) = (first.is_some() && first == fallback, table.get("fallback")) {
            desk.error(start(cell), "what has no products cannot stand in for itself; name another model");
        }
        recommends.push(Recommend {
            name: entry.name.into(),
            at: places(entry, table, desk),
            target: read_target(table, names, desk),
            needs: table.get("needs").and_then(|cell| desk.one_of(cell, "needs", &PURPOSES)).map(Into::into),
            schedule: read_schedule(table, zone, desk),
            model: first.unwrap_or(Model::Related),
            fallback,
            pins: pins(table, names, desk),
            filter: table.get("filter").and_then(|cell| desk.condition(cell, Names { items: true, ..names })),
            limit: table.get("limit").and_then(|cell| few(cell, "limit", desk)).unwrap_or(USUAL),
            repeat: table.get("repeat").and_then(|cell| desk.bool(cell, "repeat")).unwrap_or(false),
        });
    }
    recommends
}

fn places<'t>(entry: &Entry<'_, 't>, table: &DeTable<'t>, desk: &mut Desk<'t>) -> Vec<Box<str>> {
    let items = table.get("at").and_then(|cell| desk.list(cell, "at")).unwrap_or_default();
    if items.is_empty() {
        desk.error(
            entry.at,
            "a recommendation needs `at`, the places that show it, such as at = [\"product\"]",
        );
    }
    let read = items.into_iter().filter_map(|item| desk.one_of(item, "a place", &PLACES));
    read.map(Into::into).collect()
}

fn model<'t>(cell: &Cell<'t>, key: &str, desk: &mut Desk<'t>) -> Option<Model> {
    let word = desk.one_of(cell, key, &MODELS.map(|(word, _)| word))?;
    MODELS.into_iter().find(|(known, _)| *known == word).map(|(_, model)| model)
}

fn pins<'t>(table: &DeTable<'t>, names: Names<'_>, desk: &mut Desk<'t>) -> Vec<Pin> {
    let items = table.get("pin").and_then(|cell| desk.list(cell, "pin")).unwrap_or_default();
    if let Some(item) = items.get(usize::try_from(MOST).unwrap_or(usize::MAX)) {
        desk.error(start(item), format!("more than {MOST} pins"));
    }
    let mut pins = Vec::new();
    for item in items {
        let Some(table) = desk.table(item, "a pin", &["when", "category", "product", "first"]) else {
            continue;
        };
        let mut slug = |key: &str| table.get(key).and_then(|cell| desk.string(cell, key));
        let what = match (slug("category"), slug("product")) {
            (Some(category), None) if !category.is_empty() => Pinned::Category(category.into()),
            (None, Some(product)) if !product.is_empty() => Pinned::Product(product.into()),
            _ => {
                let form = "{ category = \"screen-protectors\", first = 1 }";
                desk.error(
                    start(item),
                    format!("a pin names either a `category` or a `product`; write {form}"),
                );
                continue;
            }
        };
        let when = table.get("when").and_then(|cell| desk.condition(cell, names));
        let first = table.get("first").and_then(|cell| few(cell, "first", desk)).unwrap_or(1);
        pins.push(Pin { when, what, first });
    }
    pins
}

fn few<'t>(cell: &Cell<'t>, what: &str, desk: &mut Desk<'t>) -> Option<u16> {
    let read = desk.int(cell, what)?;
    let sound = (1..=MOST).contains(&read);
    if !sound {
        desk.error(start(cell), format!("{what} must be from 1 to {MOST}"));
    }
    u16::try_from(read).ok().filter(|_| sound)
}
