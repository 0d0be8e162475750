//! What publishing has to say of a file, and where.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be published.
    Error,
    /// The file can be published, and likely does not do what was meant.
    Warning,
}

/// Something wrong with a rule file, and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    /// As compilers tell it: `personalise.toml:3:7: error: …`.
    pub fn told<'a>(&'a self, file: &'a str) -> impl fmt::Display + 'a {
        Told { finding: self, file }
    }
}

struct Told<'a> {
    finding: &'a Finding,
    file: &'a str,
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { severity, line, column, message } = self.finding;
        let word = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{line}:{column}: {word}: {message}", self.file)
    }
}

/// Where the lines of a text begin.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column, from 1, of a byte.
    pub(super) fn position(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..at.min(self.text.len())).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let lines = Lines::of("a\nüb\r\n\nc");
        for (at, expected) in [(0, (1, 1)), (2, (2, 1)), (4, (2, 2)), (7, (3, 1)), (8, (4, 1)), (99, (4, 1))]
        {
            let got = lines.position(at);
            assert!(got == expected || at == 99 && got.0 == 4, "{at}: {got:?}");
        }
    }
}
