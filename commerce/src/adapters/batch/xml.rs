//! A product feed in RSS 2.0: `<rss><channel><item><g:id>…`
//! (<https://support.google.com/merchants/answer/160589>); pure. Entities of a document's own are not looked up.

use super::table::{Faults, Row, Table, column, moment};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

/// More of one element is cut.
const LONGEST: usize = 100_000;

/// Where the reader is.
#[derive(Default)]
struct Place {
    depth: usize,
    /// The item that is open, and its depth.
    item: Option<(Row, usize)>,
    /// What is being read of the item or of the channel.
    text: String,
}

/// Reads the items of a feed.
///
/// # Errors
/// With the line, when it is not well-formed or is cut off: half a catalogue is none.
pub(super) fn read(text: &str) -> Result<Table, String> {
    let mut reader = Reader::from_str(text);
    let mut table = Table { rows: Vec::new(), as_of: None, faults: Faults::default() };
    let mut place = Place::default();
    let mut lines = Lines { text, at: 0, line: 1 };
    loop {
        let before = reader.buffer_position();
        let event = reader.read_event().map_err(|error| {
            let line = lines.at(reader.error_position());
            format!("line {line} is not well-formed XML: {error}")
        })?;
        match event {
            Event::Eof if place.depth > 0 => {
                return Err(format!("the file is cut off at line {}", lines.at(reader.buffer_position())));
            }
            Event::Eof => return Ok(table),
            Event::Start(element) => {
                place.depth += 1;
                if place.item.is_none() && element.local_name().into_inner() == "item" {
                    let line = lines.at(before);
                    place.item = Some((Row { line, ..Row::default() }, place.depth));
                }
                if place.is_field() {
                    place.text.clear();
                }
            }
            Event::Text(text) => place.push(&text.xml10_content()),
            Event::CData(text) => place.push(&text.xml10_content()),
            Event::GeneralRef(entity) => place.push(&meant(&entity)),
            Event::End(element) => place.close(element.local_name().into_inner(), &mut table),
            _ => {}
        }
    }
}

impl Place {
    /// Whether the open element is one of an item's, or of the channel's own.
    fn is_field(&self) -> bool {
        self.item.as_ref().is_none_or(|(_, depth)| self.depth == depth + 1)
    }

    fn push(&mut self, text: &str) {
        let left = LONGEST.saturating_sub(self.text.len());
        self.text.extend(text.chars().take(left));
    }

    fn close(&mut self, name: &str, table: &mut Table) {
        let text = self.text.trim();
        match &mut self.item {
            Some((row, depth)) if self.depth == *depth + 1 => {
                let cell = column(name).filter(|_| !text.is_empty());
                row.cells.extend(cell.map(|column| (column, text.to_owned())));
            }
            Some((_, depth)) if self.depth == *depth => {
                table.rows.extend(self.item.take().map(|(row, _)| row));
            }
            Some(_) => {}
            None if matches!(name, "lastBuildDate" | "pubDate") => table.as_of = table.as_of.or(moment(text)),
            None => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// A character, or nothing for an entity that XML does not have of itself.
fn meant(entity: &BytesRef<'_>) -> String {
    let character = entity.resolve_char_ref().ok().flatten().filter(|c| !c.is_control());
    character
        .map(String::from)
        .unwrap_or_else(|| resolve_predefined_entity(entity).unwrap_or_default().to_owned())
}

/// Counts lines up to places that come one after the other.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, place: u64) -> u64 {
        let place = usize::try_from(place).unwrap_or(usize::MAX).min(self.text.len());
        let between = self.text.as_bytes().get(self.at..place).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').map(|_| 1_u64).sum::<u64>();
        self.at = self.at.max(place);
        self.line
    }
}
