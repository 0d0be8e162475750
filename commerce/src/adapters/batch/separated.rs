//! CSV (RFC 4180), with commas, semicolons or tabs; pure.

use super::table::{Faults, Row, Table, column};
use csv::{ReaderBuilder, StringRecord, Trim};

/// Reads a file whose first line names the columns.
///
/// # Errors
/// When the first line names none that is known.
pub(super) fn read(text: &str) -> Result<Table, String> {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let counted = |mark: u8| header.bytes().filter(|byte| *byte == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| counted(*mark)).unwrap_or(b',');
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let columns: Vec<Option<&'static str>> = names.iter().map(column).collect();
    if columns.iter().all(Option::is_none) {
        let found: String = header.chars().take(80).collect();
        return Err(format!("line 1 names no known column: `{}`", found.escape_debug()));
    }
    let mut table = Table { rows: Vec::new(), as_of: None, faults: Faults::default() };
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(table),
            Ok(true) => {
                let read = row(&columns, &record);
                table.rows.extend(table.faults.keep(read));
            }
            // Only bytes that are no text end here, and those are refused before.
            Err(error) => return Err(error.to_string()),
        }
    }
}

fn row(columns: &[Option<&'static str>], record: &StringRecord) -> Result<Row, String> {
    let line = record.position().map_or(0, csv::Position::line);
    if record.len() != columns.len() {
        let (found, named) = (record.len(), columns.len());
        return Err(format!("line {line}: {found} cells where the first line names {named} columns"));
    }
    let cells = columns.iter().zip(record).filter(|(_, value)| !value.is_empty());
    let cells = cells.filter_map(|(column, value)| Some(((*column)?, value.to_owned()))).collect();
    Ok(Row { line, cells })
}
