//! Order lines as CSV (RFC 4180, <https://www.rfc-editor.org/rfc/rfc4180>). Names have no line breaks, so a quote that
//! is not closed spoils its own line and not the rest of the file.

use super::line::{order, shopper, slug};
use super::orders::{Event, Orders};
use super::time::time;
use crate::nearest::hint;
use std::borrow::Cow;

const ORDER: &str = "order";
const PRODUCT: &str = "product";

/// Which column holds what.
#[derive(Debug)]
pub(super) struct Columns {
    separator: char,
    count: usize,
    order: usize,
    product: usize,
    quantity: Option<usize>,
    time: Option<usize>,
    visitor: Option<usize>,
}

impl Columns {
    /// Reads the first line.
    pub(super) fn of(header: &str) -> Result<Self, String> {
        let separator =
            [',', ';', '\t'].into_iter().max_by_key(|separator| header.matches(*separator).count());
        let separator = separator.filter(|separator| header.contains(*separator)).unwrap_or(',');
        let names: Vec<String> =
            fields(header, separator)?.iter().map(|name| name.trim().to_lowercase()).collect();
        let place = |column: &str| names.iter().position(|name| name == column);
        let needed = |column: &str| {
            place(column).ok_or_else(|| {
                let near = hint(column, names.iter().map(String::as_str)).replace("did you mean", "is it");
                format!("there is no column `{column}`{near}")
            })
        };
        Ok(Self {
            separator,
            count: names.len(),
            order: needed(ORDER)?,
            product: needed(PRODUCT)?,
            quantity: place("quantity"),
            time: place("time"),
            visitor: place("visitor"),
        })
    }

    /// Takes in one line.
    pub(super) fn take(&self, line: &str, orders: &mut Orders) -> Result<(), String> {
        let fields = fields(line, self.separator)?;
        if fields.len() != self.count {
            return Err(format!("{} fields, where the first line names {}", fields.len(), self.count));
        }
        let field = |place: usize| fields.get(place).map_or("", |field| &**field);
        let quantity = self.quantity.map_or("", field).trim();
        let quantity = if quantity.is_empty() { Ok(1) } else { quantity.parse() };
        orders.add(Event {
            order: order(field(self.order))?,
            product: slug(field(self.product))?,
            quantity: quantity.map_err(|_| "the quantity is no whole number".to_owned())?,
            time: time(self.time.map_or("", field))?,
            shopper: shopper(self.visitor.map_or("", field))?,
        });
        Ok(())
    }
}

/// The fields of a line; those in quotes without them.
fn fields(line: &str, separator: char) -> Result<Vec<Cow<'_, str>>, String> {
    let mut fields = Vec::with_capacity(8);
    let mut rest = line;
    loop {
        let field = match rest.strip_prefix('"') {
            None => {
                let (field, after) = rest.split_once(separator).map_or((rest, None), |(a, b)| (a, Some(b)));
                (Cow::Borrowed(field), after)
            }
            Some(quoted) => unquoted(quoted, separator)?,
        };
        fields.push(field.0);
        match field.1 {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

/// A field whose quote was opened, and what follows its separator.
fn unquoted(quoted: &str, separator: char) -> Result<(Cow<'_, str>, Option<&str>), String> {
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let (text, after) = rest.split_once('"').ok_or("a quote is opened and not closed")?;
        field.push_str(text);
        if let Some(more) = after.strip_prefix('"') {
            field.push('"');
            rest = more;
        } else if after.is_empty() {
            return Ok((Cow::Owned(field), None));
        } else if let Some(next) = after.strip_prefix(separator) {
            return Ok((Cow::Owned(field), Some(next)));
        } else {
            return Err("text follows a closed quote".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_out_of_their_quotes() {
        for (line, expected) in [
            ("a,b", vec!["a", "b"]),
            (",,", vec!["", "", ""]),
            ("", vec![""]),
            ("\"a,\"\"b\"\"\",\"\",c", vec!["a,\"b\"", "", "c"]),
            ("a\"b,c", vec!["a\"b", "c"]),
            ("a,\"\"", vec!["a", ""]),
        ] {
            let got = fields(line, ',').unwrap();
            assert_eq!(got, expected, "{line}");
        }
        for wrong in ["\"", "\"a\"b", "a,\"\"\""] {
            assert!(fields(wrong, ',').is_err(), "{wrong}");
        }
    }
}
