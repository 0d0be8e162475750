//! Rows of a file of stores; pure.

use super::offer::slug;
use super::table::{Faults, Row, Table};
use crate::model::{Address, OpeningHours, Store, StoreId};

/// As schema.org abbreviates them (<https://schema.org/openingHours>), Monday first.
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Reads the stores. Gives what is wrong with those that are left out.
pub(super) fn stores(table: Table) -> (Vec<Store>, Faults) {
    let mut faults = table.faults;
    let stores = table.rows.iter().filter_map(|row| faults.keep(read(row))).collect();
    (stores, faults)
}

fn read(row: &Row) -> Result<Store, String> {
    let id = row.needed(&["id", "store_code", "store"])?.to_owned();
    let name = row.needed(&["name", "title"])?.to_owned();
    Ok(Store {
        slug: row.get("slug").or(Some(&id)).and_then(slug).unwrap_or_else(|| id.clone()),
        address: Address {
            name: String::new(),
            street: row.or_empty("street"),
            city: row.needed(&["city"])?.to_owned(),
            postcode: row.or_empty("postcode"),
            country: row.needed(&["country"])?.to_owned(),
        },
        latitude_e6: millionths(row, "latitude", 90)?,
        longitude_e6: millionths(row, "longitude", 180)?,
        phone: row.or_empty("phone"),
        hours: hours(row)?,
        timezone: row.needed(&["timezone"])?.to_owned(),
        services: words(&row.or_empty("services")),
        image: None,
        name,
        id: StoreId::new(id),
    })
}

fn words(list: &str) -> Vec<String> {
    list.split([' ', ';']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Degrees such as `-1.5491` in millionths.
fn millionths(row: &Row, column: &str, most: i32) -> Result<i32, String> {
    let text = row.needed(&[column])?;
    let degrees: f64 = text.parse().map_err(|_| row.fault(column, "is not in degrees such as 53.7997"))?;
    if !(-f64::from(most)..=f64::from(most)).contains(&degrees) {
        return Err(row.fault(column, &format!("is not between -{most} and {most} degrees")));
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
    let rounded = (degrees * 1e6).round() as i32;
    Ok(rounded)
}

/// Reads `Mo-Sa 09:00-18:00; Su 11:00-17:00`.
fn hours(row: &Row) -> Result<Vec<OpeningHours>, String> {
    let text = row.or_empty("hours");
    let spans = text.split(';').map(str::trim).filter(|span| !span.is_empty());
    let wrong = || row.fault("hours", "is not such as Mo-Sa 09:00-18:00; Su 11:00-17:00");
    spans.map(|span| open(span).ok_or_else(wrong)).collect()
}

fn open(span: &str) -> Option<OpeningHours> {
    let (days, times) = span.split_once(' ')?;
    let day = |name: &str| u8::try_from(DAYS.iter().position(|day| *day == name)? + 1).ok();
    let mut open_on = Vec::new();
    for part in days.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        open_on.extend(day(first)?..=day(last)?);
    }
    let (open, close) = times.trim().split_once('-')?;
    let is_time = |time: &str| matches!(time.as_bytes(), [h @ b'0'..=b'2', i @ b'0'..=b'9', b':', b'0'..=b'5', b'0'..=b'9'] if (*h, *i) <= (b'2', b'3'));
    (is_time(open) && is_time(close) && !open_on.is_empty()).then(|| OpeningHours {
        days: open_on,
        open: open.to_owned(),
        close: close.to_owned(),
    })
}
