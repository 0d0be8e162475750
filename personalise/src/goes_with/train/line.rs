//! Lines of a bounded length, and what may stand in them.

use crate::goes_with::MAX_SLUG;
use std::io::{BufRead, Read as _, Result};

/// Bytes of a line.
const MAX_LINE: usize = 1 << 16;
/// Bytes of the name of an order or a visitor.
const MAX_NAME: usize = 200;

/// The next line of an input, without its end.
pub(super) enum Next<'b> {
    Line(&'b str),
    Bad(&'static str),
    End,
}

/// Reads a line into `bytes`; of one that is too long, only passes over the rest.
pub(super) fn next<'b>(input: &mut impl BufRead, bytes: &'b mut Vec<u8>, first: bool) -> Result<Next<'b>> {
    let most = u64::try_from(MAX_LINE + 1).unwrap_or(u64::MAX);
    bytes.clear();
    if input.by_ref().take(most).read_until(b'\n', bytes)? == 0 {
        return Ok(Next::End);
    }
    if bytes.len() > MAX_LINE && !bytes.ends_with(b"\n") {
        while !bytes.is_empty() && !bytes.ends_with(b"\n") {
            bytes.clear();
            input.by_ref().take(most).read_until(b'\n', bytes)?;
        }
        return Ok(Next::Bad("the line has more than 65,536 bytes"));
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let Ok(line) = std::str::from_utf8(line) else {
        return Ok(Next::Bad("the line is not UTF-8; export the orders in UTF-8"));
    };
    // Spreadsheets begin a file with a byte order mark.
    Ok(Next::Line(if first { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line }))
}

/// The slug of a product.
pub(super) fn slug(text: &str) -> std::result::Result<&str, String> {
    name("product", text, MAX_SLUG)
}

/// The name of an order.
pub(super) fn order(text: &str) -> std::result::Result<&str, String> {
    name("order", text, MAX_NAME)
}

/// Who ordered, if that is known.
pub(super) fn shopper(text: &str) -> std::result::Result<Option<&str>, String> {
    if text.trim().is_empty() { Ok(None) } else { name("visitor", text, MAX_NAME).map(Some) }
}

fn name<'t>(what: &str, text: &'t str, most: usize) -> std::result::Result<&'t str, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("no {what}"));
    }
    if text.len() > most {
        return Err(format!("the {what} has {} bytes, where {most} are taken", text.len()));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("the {what} has a control character"));
    }
    Ok(text)
}
