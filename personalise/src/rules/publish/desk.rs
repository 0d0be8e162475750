//! Reading a parsed file: what is not as it should be is noted with its place, and the reading goes on.

use super::finding::{Finding, Lines, Severity};
use crate::condition::{Condition, Names, compile};
use crate::nearest::hint;
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

/// The most errors that are told, and the most warnings; the rest are counted.
pub const MAX_FINDINGS: usize = 200;

pub(crate) type Cell<'t> = Spanned<DeValue<'t>>;

/// A key of a table with its place and its value.
pub(crate) struct Entry<'c, 't> {
    pub(crate) name: &'c str,
    pub(crate) at: usize,
    pub(crate) cell: &'c Cell<'t>,
}

pub(crate) struct Desk<'t> {
    text: &'t str,
    notes: Vec<(Severity, usize, String)>,
    errors: usize,
    warnings: usize,
    more: usize,
}

impl<'t> Desk<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, notes: Vec::new(), errors: 0, warnings: 0, more: 0 }
    }

    pub(crate) fn error(&mut self, at: usize, message: impl Into<String>) {
        self.note(Severity::Error, at, message.into());
    }

    pub(crate) fn warn(&mut self, at: usize, message: impl Into<String>) {
        self.note(Severity::Warning, at, message.into());
    }

    fn note(&mut self, severity: Severity, at: usize, message: String) {
        // Warnings never take the place of an error.
        let told = self.told(severity);
        *told += 1;
        if *told <= MAX_FINDINGS {
            self.notes.push((severity, at, message));
        } else {
            self.more += 1;
        }
    }

    fn told(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether enough is wrong that looking for more would only cost time.
    pub(crate) fn is_full(&self) -> bool {
        self.errors >= MAX_FINDINGS
    }

    pub(crate) fn findings(mut self) -> Vec<Finding> {
        if self.is_full() || self.more > 0 {
            let rest = format!("there is more ({} counted); set these right first", self.more);
            self.notes.push((Severity::Warning, self.text.len(), rest));
        }
        self.notes.sort_by_key(|(_, at, _)| *at);
        let lines = Lines::of(self.text);
        let told = |(severity, at, message)| {
            let (line, column) = lines.position(at);
            Finding { severity, line, column, message }
        };
        self.notes.into_iter().map(told).collect()
    }

    /// A table, whose keys must all be known.
    pub(crate) fn table<'c>(
        &mut self,
        cell: &'c Cell<'t>,
        what: &str,
        known: &[&str],
    ) -> Option<&'c DeTable<'t>> {
        let table = self.any_table(cell, what)?;
        for entry in entries(table) {
            if !known.contains(&entry.name) {
                let hint = hint(entry.name, known.iter().copied());
                self.error(entry.at, format!("{what} has no key `{}`{hint}", cut(entry.name)));
            }
        }
        Some(table)
    }

    pub(crate) fn any_table<'c>(&mut self, cell: &'c Cell<'t>, what: &str) -> Option<&'c DeTable<'t>> {
        let table = cell.get_ref().as_table();
        self.or_told(table, cell, what, "a table")
    }

    pub(crate) fn list<'c>(&mut self, cell: &'c Cell<'t>, what: &str) -> Option<Vec<&'c Cell<'t>>> {
        let list = cell.get_ref().as_array().map(|items| items.iter().collect());
        self.or_told(list, cell, what, "a list")
    }

    pub(crate) fn string<'c>(&mut self, cell: &'c Cell<'t>, what: &str) -> Option<&'c str> {
        let string = cell.get_ref().as_str();
        self.or_told(string, cell, what, "a string")
    }

    pub(crate) fn int(&mut self, cell: &Cell<'t>, what: &str) -> Option<i64> {
        let int = cell.get_ref().as_integer();
        let int = int.and_then(|int| i64::from_str_radix(int.as_str(), int.radix()).ok());
        self.or_told(int, cell, what, "a whole number of 64 bits")
    }

    /// A finite number, whole or not.
    pub(crate) fn number(&mut self, cell: &Cell<'t>, what: &str) -> Option<f64> {
        let number = match cell.get_ref() {
            DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
            DeValue::Integer(int) => {
                let read = i64::from_str_radix(int.as_str(), int.radix()).ok();
                read.and_then(|int| i32::try_from(int).ok()).map(f64::from)
            }
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        self.or_told(number, cell, what, "a finite number")
    }

    pub(crate) fn bool(&mut self, cell: &Cell<'t>, what: &str) -> Option<bool> {
        let bool = cell.get_ref().as_bool();
        self.or_told(bool, cell, what, "true or false")
    }

    /// One of many names that the file gives; `what` with its article, such as `an offer`.
    pub(crate) fn named<'c, 'k>(
        &mut self,
        cell: &'c Cell<'t>,
        what: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Option<&'c str> {
        let name = self.string(cell, what)?;
        if known.clone().any(|known| known == name) {
            return Some(name);
        }
        self.missing(start(cell), name, what, known);
        None
    }

    /// A key that is none of the names that the file gives.
    pub(crate) fn unknown<'k>(
        &mut self,
        entry: &Entry<'_, 't>,
        what: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        self.missing(entry.at, entry.name, what, known);
    }

    fn missing<'k>(&mut self, at: usize, name: &str, what: &str, known: impl Iterator<Item = &'k str>) {
        let kind = what.split_once(' ').map_or(what, |(_, kind)| kind);
        let hint = hint(name, known);
        self.error(at, format!("there is no {kind} {:?}{hint}", cut(name)));
    }

    /// A string that is one of a few.
    pub(crate) fn one_of<'c>(&mut self, cell: &'c Cell<'t>, what: &str, known: &[&str]) -> Option<&'c str> {
        let word = self.string(cell, what)?;
        if known.contains(&word) {
            return Some(word);
        }
        let hint = hint(word, known.iter().copied());
        self.error(
            start(cell),
            format!("{what} cannot be {:?}{hint}; it is one of {}", cut(word), known.join(", ")),
        );
        None
    }

    /// A name of `a-z`, `0-9` and `_`, of 64 bytes at most.
    pub(crate) fn is_name(&mut self, entry: &Entry<'_, 't>, what: &str) -> bool {
        let name = entry.name;
        let sound = name.len() <= 64
            && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !sound {
            let message =
                format!("{:?} cannot name {what}: use a-z, 0-9 and _, 64 at most, a letter first", cut(name));
            self.error(entry.at, message);
        }
        sound
    }

    pub(crate) fn condition(&mut self, cell: &Cell<'t>, names: Names<'_>) -> Option<Condition> {
        let source = self.string(cell, "a condition")?;
        match compile(source, names) {
            Ok(condition) => Some(condition),
            Err(faults) => {
                for fault in faults {
                    let at = self.inside(cell, source, usize::try_from(fault.span.start).unwrap_or(0));
                    self.error(at, fault.message);
                }
                None
            }
        }
    }

    /// Where a byte of a string stands in the file. A string with escapes is pointed at as a whole.
    pub(crate) fn inside(&self, cell: &Cell<'t>, string: &str, place: usize) -> usize {
        let written = self.text.get(cell.span()).unwrap_or_default();
        let quotes = written.find(|c| c != '"' && c != '\'').unwrap_or(0);
        let body = written.get(quotes..).and_then(|body| body.find(string));
        start(cell) + body.map_or(0, |skipped| quotes + skipped + place)
    }

    fn or_told<T>(&mut self, read: Option<T>, cell: &Cell<'t>, what: &str, expected: &str) -> Option<T> {
        if read.is_none() {
            let message =
                format!("{what} must be {expected}, and this is of type {}", cell.get_ref().type_str());
            self.error(start(cell), message);
        }
        read
    }
}

/// The keys of a table in the order of the file.
pub(crate) fn entries<'c, 't>(table: &'c DeTable<'t>) -> Vec<Entry<'c, 't>> {
    let entry = |(key, cell): (&'c Spanned<_>, &'c Cell<'t>)| {
        let name: &std::borrow::Cow<'t, str> = key.get_ref();
        Entry { name: name.as_ref(), at: key.span().start, cell }
    };
    let mut entries: Vec<_> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

pub(crate) fn start(cell: &Cell<'_>) -> usize {
    cell.span().start
}

/// What was read, short enough to be repeated in a message.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(64).collect()
}
