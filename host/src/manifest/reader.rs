//! Reads one table of the manifest key by key and notices every key that nobody asked for.

use super::problems::Problems;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Turns byte offsets of the manifest into line numbers.
pub(super) struct Lines<'a>(pub(super) &'a str);

impl Lines<'_> {
    /// The line, from 1, in which the byte at `offset` stands.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.0.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// One table under its dotted name, with the keys already asked for.
pub(super) struct Reader<'a> {
    table: &'a DeTable<'a>,
    lines: &'a Lines<'a>,
    name: String,
    line: usize,
    asked: BTreeSet<&'static str>,
}

impl<'a> Reader<'a> {
    pub(super) fn root(table: &'a DeTable<'a>, lines: &'a Lines<'a>) -> Self {
        Self { table, lines, name: String::new(), line: 1, asked: BTreeSet::new() }
    }

    /// The line where the table stands.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// The line of a key, or of the table when the key is absent.
    pub(super) fn line_of(&self, key: &str) -> usize {
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map_or(self.line, |(name, _)| self.lines.at(name.span().start))
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.insert(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn shown(&self) -> String {
        if self.name.is_empty() { "the top level".to_owned() } else { format!("[{}]", self.name) }
    }

    fn wrong(&self, key: &str, wanted: &str, problems: &mut Problems) {
        problems.error(self.line_of(key), format!("`{key}` in {} must be {wanted}", self.shown()));
    }

    /// Leaves a key to others: it is neither read nor complained about.
    pub(super) fn ignore(&mut self, key: &'static str) {
        self.asked.insert(key);
    }

    pub(super) fn string(&mut self, key: &'static str, problems: &mut Problems) -> Option<String> {
        let value = self.get(key)?;
        let text = string(value);
        if text.is_none() {
            self.wrong(key, "a string", problems);
        }
        text
    }

    pub(super) fn bool(&mut self, key: &'static str, problems: &mut Problems) -> Option<bool> {
        let value = self.get(key)?.get_ref().as_bool();
        if value.is_none() {
            self.wrong(key, "true or false", problems);
        }
        value
    }

    pub(super) fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u64>,
        problems: &mut Problems,
    ) -> Option<u64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(integer) => u64::from_str_radix(integer.as_str(), integer.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong(key, &format!("a whole number from {} to {}", range.start(), range.end()), problems);
        }
        number
    }

    pub(super) fn strings(&mut self, key: &'static str, problems: &mut Problems) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for (value, line) in self.array(key, problems) {
            match string(value) {
                Some(text) => found.push((text, line)),
                None => self.wrong(key, "a list of strings", problems),
            }
        }
        found
    }

    /// The members of an array, each with its line.
    pub(super) fn array(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Vec<(&'a Spanned<DeValue<'a>>, usize)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(array) => {
                array.iter().map(|member| (member, self.lines.at(member.span().start))).collect()
            }
            _ => {
                self.wrong(key, "a list", problems);
                Vec::new()
            }
        }
    }

    /// Whether the key is there at all (without reading it).
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(name, _)| name.get_ref() == key)
    }

    pub(super) fn table(&mut self, key: &'static str, problems: &mut Problems) -> Option<Reader<'a>> {
        let value = self.get(key)?;
        let line = self.line_of(key);
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        let reader = Self::of(value, self.lines, name, line);
        if reader.is_none() {
            self.wrong(key, "a table", problems);
        }
        reader
    }

    /// Reads a value as a table called `name`.
    pub(super) fn of(
        value: &'a Spanned<DeValue<'a>>,
        lines: &'a Lines<'a>,
        name: String,
        line: usize,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self { table, lines, name, line, asked: BTreeSet::new() }),
            _ => None,
        }
    }

    /// Every member of a table whose keys are the user's own names.
    pub(super) fn members(&self) -> Vec<(String, usize, &'a Spanned<DeValue<'a>>)> {
        self.table
            .iter()
            .map(|(name, value)| (name.get_ref().to_string(), self.lines.at(name.span().start), value))
            .collect()
    }

    /// A table of strings under the user's own keys, each with its line.
    pub(super) fn string_table(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> BTreeMap<String, (String, usize)> {
        let Some(table) = self.table(key, problems) else { return BTreeMap::new() };
        let mut found = BTreeMap::new();
        for (name, line, value) in table.members() {
            match string(value) {
                Some(text) => drop(found.insert(name, (text, line))),
                None => problems.error(line, format!("`{name}` in [{}] must be a string", table.name)),
            }
        }
        found
    }

    /// Complains about every key that was not asked for.
    pub(super) fn finish(self, problems: &mut Problems) {
        for (name, _) in self.table.iter() {
            let key: &str = name.get_ref();
            if !self.asked.contains(key) {
                let supported: Vec<&str> = self.asked.iter().copied().collect();
                problems.error(
                    self.lines.at(name.span().start),
                    format!(
                        "unknown key `{key}` in {}; supported there: {}. Remove it, or keep data of your own under a `tool.NAME` table",
                        self.shown(),
                        supported.join(", ")
                    ),
                );
            }
        }
    }
}

pub(super) fn string(value: &Spanned<DeValue<'_>>) -> Option<String> {
    value.get_ref().as_str().map(str::to_owned)
}
