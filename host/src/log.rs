//! Where log lines go.

use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

/// Longest line, in bytes; a longer one is cut.
const MAX_LINE: usize = 4096;

/// A place for log lines.
#[derive(Clone, Debug, Default)]
pub enum Log {
    /// The process's standard error.
    #[default]
    Stderr,
    /// Nowhere.
    Silent,
    /// A list, for tests.
    Lines(Arc<Mutex<Vec<String>>>),
}

impl Log {
    /// Writes one line. What a visitor or a guest put into it cannot start another line or steer a terminal.
    pub fn line(&self, text: impl AsRef<str>) {
        let clean = || {
            let text = text.as_ref();
            let end =
                (0..=text.len().min(MAX_LINE)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            let mut clean = String::with_capacity(end + 1);
            for c in text.get(..end).unwrap_or_default().chars() {
                if c.is_control() && c != '\t' { clean.extend(c.escape_default()) } else { clean.push(c) }
            }
            clean
        };
        match self {
            Self::Stderr => {
                let mut line = clean();
                line.push('\n');
                // Nobody is left to tell when standard error is closed.
                drop(std::io::stderr().lock().write_all(line.as_bytes()));
            }
            Self::Silent => {}
            Self::Lines(lines) => lines.lock().unwrap_or_else(PoisonError::into_inner).push(clean()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_and_short() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let log = Log::Lines(Arc::clone(&lines));
        log.line("a\nb\u{1b}[2J ü\t.");
        log.line("ü".repeat(MAX_LINE));
        let lines = lines.lock().unwrap();
        assert_eq!(lines[0], "a\\nb\\u{1b}[2J ü\t.");
        assert_eq!(lines[1].len(), MAX_LINE);
    }
}
