//! Stores, their hours and what they have.

use super::product::words;
use super::{Picture, Use};
use commerce::{OpeningHours, Store, StoreStock};
use jiff::Timestamp;
use kit::Locale;
use kit::locale::clock;
use serde::Serialize;

/// A place to visit.
#[derive(Serialize)]
pub(crate) struct Place {
    id: String,
    name: String,
    street: String,
    town: String,
    phone: String,
    call: String,
    has_phone: bool,
    hours: Vec<Hours>,
    has_hours: bool,
    open: Vec<Open>,
    services: Vec<String>,
    picture: Vec<Picture>,
    map: String,
    chosen: bool,
}

/// Whether it is open at this moment.
#[derive(Serialize)]
struct Open {
    now: bool,
    text: String,
}

#[derive(Serialize)]
struct Hours {
    days: String,
    times: String,
}

/// What a store has of a variant.
#[derive(Serialize)]
pub(crate) struct StockRow {
    name: String,
    town: String,
    stock: String,
    kind: &'static str,
}

impl StockRow {
    pub(crate) fn of(locale: &Locale, row: &StoreStock) -> Self {
        let (stock, kind) = words(locale, row.stock);
        Self { name: row.store.name.clone(), town: row.store.address.city.clone(), stock, kind }
    }
}

impl Place {
    pub(crate) fn of(locale: &Locale, store: &Store, now: Timestamp) -> Self {
        let call: String = store.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let degrees = |e6: i32| format!("{:.5}", f64::from(e6) / 1e6);
        let (latitude, longitude) = (degrees(store.latitude_e6), degrees(store.longitude_e6));
        let hours: Vec<Hours> = store.hours.iter().map(|hours| hours_view(locale, hours)).collect();
        let service = |id: &String| {
            let key = format!("service-{id}");
            // A service without words is one that this head does not know yet.
            locale.texts().get(&key).cloned()
        };
        Self {
            id: store.id.to_string(),
            name: store.name.clone(),
            street: store.address.street.clone(),
            town: format!("{} {}", store.address.city, store.address.postcode).trim().to_owned(),
            phone: store.phone.clone(),
            has_phone: !call.is_empty(),
            call: format!("tel:{call}"),
            has_hours: !hours.is_empty(),
            hours,
            open: is_open(store, now).map(|open| open_view(locale, open)).into_iter().collect(),
            services: store.services.iter().filter_map(service).collect(),
            picture: Picture::maybe(store.image.as_ref(), Use::Half),
            map: format!(
                "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
            ),
            chosen: false,
        }
    }

    /// With the mark of the visitor's choice.
    pub(crate) fn chosen(self, store: &str) -> Self {
        Self { chosen: self.id == store, ..self }
    }
}

fn open_view(locale: &Locale, now: bool) -> Open {
    Open { now, text: locale.text(if now { "open-now" } else { "closed-now" }).to_owned() }
}

fn hours_view(locale: &Locale, hours: &OpeningHours) -> Hours {
    let times = [("from", locale.time(&hours.open).into()), ("to", locale.time(&hours.close).into())];
    Hours { days: days(locale, &hours.days), times: locale.say("hours", &times) }
}

/// Days of the week in words: neighbours as a range, `Mon – Sat`.
fn days(locale: &Locale, days: &[u8]) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for day in days.iter().copied().filter(|day| (1..=7).contains(day)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let name = |day: u8| locale.text(&format!("day-{day}")).to_owned();
    let run = |(first, last): (u8, u8)| match last - first {
        0 => name(first),
        _ => format!("{} – {}", name(first), name(last)),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(locale.text("list-comma"))
}

/// Whether a store is open; `None` when its time zone or hours are not known here.
fn is_open(store: &Store, now: Timestamp) -> Option<bool> {
    let there = now.to_zoned(kit::locale::time_zone(&store.timezone)?);
    let today = u8::try_from(there.weekday().to_monday_one_offset()).ok()?;
    let mut open = false;
    for hours in store.hours.iter().filter(|hours| hours.days.contains(&today)) {
        open |= clock(&hours.open)? <= there.time() && there.time() < clock(&hours.close)?;
    }
    (!store.hours.is_empty()).then_some(open)
}
