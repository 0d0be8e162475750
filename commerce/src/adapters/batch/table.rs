//! A file as rows of named cells, whatever its form; pure.
//!
//! A file that begins with `<` is XML ([`super::xml`]), any other CSV ([`super::separated`]). Names are those of a
//! product feed (<https://support.google.com/merchants/answer/7052112>), in any case, with or without `g:`.

use super::{separated, xml};
use crate::model::date;
use jiff::Timestamp;

/// The columns that some adapter's part reads; any other is passed over.
const COLUMNS: [&str; 34] = [
    "id",
    "item_group_id",
    "title",
    "description",
    "link",
    "slug",
    "image_link",
    "additional_image_link",
    "price",
    "sale_price",
    "sale_price_effective_date",
    "availability",
    "brand",
    "gtin",
    "product_type",
    "color",
    "size",
    "sku",
    "store",
    "store_code",
    "quantity",
    "as_of",
    "name",
    "street",
    "city",
    "postcode",
    "country",
    "latitude",
    "longitude",
    "phone",
    "timezone",
    "services",
    "hours",
    "summary",
];

/// Faults that are told in words; the others are counted.
const TOLD: usize = 3;

/// The column that is meant by a header's word or an element's name.
pub(super) fn column(name: &str) -> Option<&'static str> {
    let name = name.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    let name = name.strip_prefix("g:").unwrap_or(&name);
    COLUMNS.into_iter().find(|known| *known == name)
}

/// One record.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Where it begins, from 1.
    pub(super) line: u64,
    /// Not the empty ones; a name may come twice.
    pub(super) cells: Vec<(&'static str, String)>,
}

impl Row {
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.cells.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.cells.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn or_empty(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// The first of some columns that has a value.
    pub(super) fn needed(&self, names: &[&str]) -> Result<&str, String> {
        let missing = || self.fault(names.first().copied().unwrap_or_default(), "is empty");
        names.iter().find_map(|name| self.get(name)).ok_or_else(missing)
    }

    /// What is wrong in a column of this row.
    pub(super) fn fault(&self, column: &str, why: &str) -> String {
        format!("line {}, column `{column}`: {why}", self.line)
    }

    /// The moment in a column: RFC 3339, or RFC 5322 as RSS has it.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, String> {
        match self.get(name) {
            None => Ok(None),
            Some(text) => match moment(text) {
                None => Err(self.fault(name, "is no date and time such as 2026-11-21T09:40:00Z")),
                found => Ok(found),
            },
        }
    }
}

/// Reads RFC 3339, or RFC 5322 as HTTP and RSS have it (`Sat, 21 Nov 2026 09:40:00 GMT`).
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    date::read_moment(text).or_else(|| Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp()))
}

/// What is wrong with rows that are left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Faults {
    count: usize,
    told: Vec<String>,
}

impl Faults {
    pub(super) fn add(&mut self, fault: String) {
        self.count += 1;
        if self.told.len() < TOLD {
            self.told.push(fault);
        }
    }

    /// Keeps what is good and notes what is wrong.
    pub(super) fn keep<T>(&mut self, read: Result<T, String>) -> Option<T> {
        read.map_err(|fault| self.add(fault)).ok()
    }

    /// `2 rows left out: line 3, …; line 9, …`; `None` when nothing is wrong.
    pub(super) fn in_words(&self) -> Option<String> {
        let more = if self.count > self.told.len() { "; …" } else { "" };
        let rows = if self.count == 1 { "row" } else { "rows" };
        (self.count > 0).then(|| format!("{} {rows} left out: {}{more}", self.count, self.told.join("; ")))
    }
}

/// A file.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// When the file says that it was made.
    pub(super) as_of: Option<Timestamp>,
    pub(super) faults: Faults,
}

/// Reads a file.
///
/// # Errors
/// The fault, its place and the cure, when it is not UTF-8, cut off, or without a row that can be read.
pub(super) fn read(body: &[u8]) -> Result<Table, String> {
    let text = std::str::from_utf8(body).map_err(|error| {
        let before = body.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("line {line} is not UTF-8: export the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table = if text.trim_start().starts_with('<') { xml::read(text)? } else { separated::read(text)? };
    if table.rows.is_empty() {
        return Err(table.faults.in_words().unwrap_or_else(|| "the file has no rows".to_owned()));
    }
    Ok(table)
}
