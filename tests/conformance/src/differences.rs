//! What may differ between a backend and the demo shop, each with its reason.
//!
//! `differences/ADAPTER.toml` holds entries such as
//!
//! ```toml
//! [[difference]]
//! at = "*.product.*:variants[*].stock.quantity"
//! reason = "The Shop API tells stock in a word, without a number."
//! ```
//!
//! `at` is an observation's name, a colon, and the path of the value in it; `*` stands for any text. An
//! entry that no longer matches anything fails the run, so that the list cannot rot.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::cell::Cell;
use std::path::Path;

/// One stated difference.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Where, with `*` for any text.
    pub at: String,
    /// Why it cannot be equal.
    pub reason: String,
    /// How often it was met.
    #[serde(skip)]
    pub met: Cell<usize>,
}

/// A line that a head shows differently over a backend.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Lines that fit, with `*` for any text, are not compared.
    pub line: String,
    /// Why.
    pub reason: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    difference: Vec<Difference>,
    #[serde(default)]
    head: Vec<Shown>,
}

/// All stated differences of an adapter; none without a file.
///
/// # Errors
/// When the file cannot be read as TOML of this shape.
pub fn stated(adapter: &str) -> Result<Vec<Difference>> {
    Ok(read(adapter)?.difference)
}

/// What heads may show differently, from the file's `[[head]]` entries.
///
/// # Errors
/// As [`stated`].
pub fn shown(adapter: &str) -> Result<Vec<Shown>> {
    Ok(read(adapter)?.head)
}

fn read(adapter: &str) -> Result<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("differences");
    let path = folder.join(format!("{adapter}.toml"));
    match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).with_context(|| path.display().to_string()),
        Err(_) => Ok(File::default()),
    }
}

/// Whether a text fits a pattern in which `*` stands for any text.
pub fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("a.*:b[*].c", "a.x.y:b[12].c"));
        assert!(fits("*", ""));
        assert!(fits("same", "same"));
        assert!(!fits("same", "same.more"));
        assert!(!fits("a*b", "ab.c"));
        assert!(!fits("*.x.*.x", "a.x"));
    }
}
