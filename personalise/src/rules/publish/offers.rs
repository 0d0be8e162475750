//! `[offer.*]`.

use super::benefits::read_benefits;
use super::desk::{Cell, Desk, Entry, cut, start};
use super::schedules::read_schedule;
use super::targets::{PURPOSES, read_target};
use crate::attribute::seconds;
use crate::condition::Names;
use crate::nearest::hint;
use crate::rules::{Offer, OncePer};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use toml::de::DeTable;

/// The channels that may show an offer.
pub const CHANNELS: [&str; 6] = ["web", "tv", "watch", "chat", "email", "voice"];
/// What may happen for an offer to be shown.
pub const EVENTS: [&str; 1] = ["exit_intent"];

const KEYS: [&str; 17] = [
    "audience", "when", "give", "code", "priority", "once_per", "cooldown", "channels", "needs", "on",
    "slot", "excludes", "from", "until", "days", "hours", "timezone",
];

/// Reads the offers in the file's order. What is wrong with one is told, and the rest of it is still read.
pub(super) fn read_offers<'t>(
    found: &[Entry<'_, 't>],
    names: Names<'_>,
    zone: &TimeZone,
    desk: &mut Desk<'t>,
) -> Vec<Offer> {
    let places: BTreeMap<&str, u16> = found.iter().map(|entry| entry.name).zip(0_u16..).collect();
    let mut offers = Vec::new();
    for entry in found {
        if desk.is_full() {
            break;
        }
        desk.is_name(entry, "an offer");
        let what = format!("[offer.{}]", cut(entry.name));
        let Some(table) = desk.table(entry.cell, &what, &KEYS) else { continue };
        let give = match table.get("give") {
            Some(cell) => read_benefits(cell, desk),
            None => {
                desk.error(entry.at, "an offer needs `give`, such as give = [\"10% off\"]");
                Vec::new()
            }
        };
        offers.push(Offer {
            name: entry.name.into(),
            target: read_target(table, names, desk),
            give,
            code: table.get("code").and_then(|cell| code(cell, desk)).map(Into::into),
            priority: table.get("priority").map_or(0, |cell| priority(cell, desk)),
            once_per: table.get("once_per").and_then(|cell| once_per(cell, desk)),
            cooldown: table.get("cooldown").and_then(|cell| cooldown(cell, desk)),
            channels: table.get("channels").map_or(Vec::new(), |cell| channels(cell, desk)),
            needs: table.get("needs").and_then(|cell| desk.one_of(cell, "needs", &PURPOSES)).map(Into::into),
            on: table.get("on").and_then(|cell| desk.one_of(cell, "on", &EVENTS)).map(Into::into),
            schedule: read_schedule(table, zone, desk),
            slot: table.get("slot").and_then(|cell| desk.string(cell, "slot")).unwrap_or("offer").into(),
            excludes: excludes(table, entry.name, &places, desk),
        });
    }
    offers
}

/// Warns of offers that a head would show and no backend would charge.
pub(super) fn warn_of_uncharged(offers: &[Offer], found: &[Entry<'_, '_>], desk: &mut Desk<'_>) {
    let uncharged = |(offer, _): &(&Offer, &Entry<'_, '_>)| !offer.give.is_empty() && offer.code.is_none();
    for (offer, entry) in offers.iter().zip(found).filter(uncharged) {
        let cure = "name the backend's code or promotion that does: code = \"WELCOME10\"";
        desk.warn(entry.at, format!("no backend would charge the offer `{}`; {cure}", offer.name));
    }
}

/// The places of the offers, the one that wins first.
pub(super) fn ranked(offers: &[Offer]) -> Vec<u16> {
    let mut ranking: Vec<(i32, u16)> = offers.iter().map(|offer| offer.priority).zip(0_u16..).collect();
    ranking.sort_by_key(|(priority, place)| (std::cmp::Reverse(*priority), *place));
    ranking.into_iter().map(|(_, place)| place).collect()
}

fn code<'c, 't>(cell: &'c Cell<'t>, desk: &mut Desk<'t>) -> Option<&'c str> {
    let code = desk.string(cell, "code")?;
    let sound = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_graphic());
    if !sound {
        let message = format!("{:?} is no code; it has from 1 to 64 visible ASCII characters", cut(code));
        desk.error(start(cell), message);
    }
    sound.then_some(code)
}

fn priority<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> i32 {
    const MOST: i64 = 1_000_000;
    let read = desk.int(cell, "priority");
    if read.is_some_and(|priority| !(-MOST..=MOST).contains(&priority)) {
        desk.error(start(cell), format!("priority must be from -{MOST} to {MOST}"));
    }
    read.and_then(|priority| i32::try_from(priority).ok()).unwrap_or(0)
}

fn once_per<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Option<OncePer> {
    Some(match desk.one_of(cell, "once_per", &["visitor", "session"])? {
        "visitor" => OncePer::Visitor,
        _ => OncePer::Session,
    })
}

fn cooldown<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Option<i64> {
    let text = desk.string(cell, "cooldown")?;
    let read = seconds(text);
    if read.is_none() {
        desk.error(start(cell), format!("{:?} is no duration; write \"7 days\" or \"1h30m\"", cut(text)));
    }
    read
}

fn channels<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Vec<Box<str>> {
    let items = desk.list(cell, "channels");
    if items.as_ref().is_some_and(Vec::is_empty) {
        desk.error(start(cell), "no channel shows this offer; leave `channels` out for every channel");
    }
    let read = items.unwrap_or_default().into_iter();
    read.filter_map(|item| desk.one_of(item, "a channel", &CHANNELS)).map(Into::into).collect()
}

fn excludes<'t>(
    table: &DeTable<'t>,
    own: &str,
    places: &BTreeMap<&str, u16>,
    desk: &mut Desk<'t>,
) -> Vec<u16> {
    let items = table.get("excludes").and_then(|cell| desk.list(cell, "excludes")).unwrap_or_default();
    let mut excluded = Vec::new();
    for item in items {
        let Some(name) = desk.string(item, "an offer that is excluded") else { continue };
        match places.get(name) {
            Some(_) if name == own => desk.error(start(item), "an offer cannot exclude itself"),
            Some(place) => excluded.push(*place),
            None => {
                let hint = hint(name, places.keys().copied());
                desk.error(start(item), format!("there is no offer {:?}{hint}", cut(name)));
            }
        }
    }
    excluded
}
