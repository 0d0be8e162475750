//! Order events, line by line. A line that cannot be read is told and left out.

use super::csv::Columns;
use super::fault::ReadError;
use super::line::{Next, next};
use super::ndjson;
use super::orders::Orders;
use std::io::BufRead;

/// Of a hundred lines, so many may be unreadable.
const MOST_PERCENT: u64 = 1;
/// Unreadable lines that are told one by one.
const TOLD: usize = 5;

/// What came of reading one input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// How many lines there were, without empty ones and a header.
    pub lines: u64,
    /// How many of them could not be read, and are left out.
    pub unreadable: u64,
    /// The first five of those.
    pub first: Vec<BadLine>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// From 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

/// How the lines of an input are to be understood.
enum Form {
    Csv(Columns),
    Ndjson,
}

impl Form {
    /// By the first line.
    fn of(line: &Result<&str, String>) -> Result<Self, String> {
        let line = line.as_ref().map_err(Clone::clone)?;
        if line.trim_start().starts_with('{') { Ok(Self::Ndjson) } else { Columns::of(line).map(Self::Csv) }
    }
}

impl Orders {
    /// Takes in the orders of one input, `name` in what is told of it. Nothing is opened here; what `input` gives is
    /// read to its end, line by line, each at most 65,536 bytes of UTF-8.
    ///
    /// The first line says what it is:
    /// - **CSV** (RFC 4180, but no line break within a field) begins with the names of its columns, separated by commas,
    ///   semicolons or tabs: `order` and `product`, and where known `quantity`, `time` and `visitor`; others are passed
    ///   over. One line is one product of an order.
    /// - **NDJSON**: each line is `{"order": "1001", "products": ["corvane-nine", …]}`, and where known `time` and
    ///   `visitor`. An order may have several lines.
    ///
    /// A product is named by its slug (at most [`MAX_SLUG`](crate::goes_with::MAX_SLUG) bytes). A negative quantity is
    /// what was sent back; what is sent back whole was not bought. A time is an RFC 3339 date or moment (UTC where it
    /// names no offset), or seconds or milliseconds since 1970. An order without a visitor has a shopper of its own.
    ///
    /// # Errors
    /// [`ReadError`]: no header, more than 1 % of the lines unreadable, or what `input` says. Some of the input may have
    /// been taken in then; begin again with new orders.
    pub fn read(&mut self, name: &str, mut input: impl BufRead) -> Result<Reading, ReadError> {
        let mut reading = Reading::default();
        let mut form = None;
        let (mut bytes, mut number) = (Vec::new(), 0);
        loop {
            let line = next(&mut input, &mut bytes, number == 0);
            number += 1;
            let line = match line.map_err(|why| ReadError::Input { name: name.to_owned(), why })? {
                Next::End => break,
                Next::Line(line) if line.trim().is_empty() => continue,
                Next::Line(line) => Ok(line),
                Next::Bad(why) => Err(why.to_owned()),
            };
            let form = match &form {
                Some(form) => form,
                None => {
                    let begun = Form::of(&line).map_err(|why| ReadError::Header {
                        name: name.to_owned(),
                        line: number,
                        why,
                    });
                    let form = form.insert(begun?);
                    if matches!(form, Form::Csv(_)) {
                        continue;
                    }
                    form
                }
            };
            reading.lines += 1;
            let taken = line.and_then(|line| match form {
                Form::Csv(columns) => columns.take(line, self),
                Form::Ndjson => ndjson::take(line, self),
            });
            if let Err(why) = taken {
                reading.unreadable += 1;
                if reading.first.len() < TOLD {
                    reading.first.push(BadLine { line: number, why });
                }
            }
        }
        if reading.unreadable * 100 > reading.lines * MOST_PERCENT {
            return Err(ReadError::Unreadable { name: name.to_owned(), reading });
        }
        Ok(reading)
    }
}
