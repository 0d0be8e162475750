//! What is in force, and what was before.

use super::{Digest, Shelf};
use commerce::date;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// More than any pointer has, in bytes.
const MOST: usize = 16 << 10;
/// Bytes out of force that are kept, for whoever has just read an older pointer.
const OLDER: usize = 8;

/// What was put in force at once: rules and their table, or placements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Of the compact form.
    #[serde(alias = "rules")]
    pub digest: Digest,
    /// What goes with what; rules alone have it.
    pub goes_with: Option<Digest>,
    /// Since when.
    #[serde(deserialize_with = "date::moment")]
    pub at: Timestamp,
}

impl Version {
    /// Whether it has the same content, since whenever.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.digest, self.goes_with) == (other.digest, other.goes_with)
    }

    fn keys(self, shelf: Shelf) -> impl Iterator<Item = String> {
        let table = self.goes_with.map(|table| shelf.table_key(table));
        [Some(shelf.content_key(self.digest)), table].into_iter().flatten()
    }
}

/// What the key of a [`Shelf`] holds, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// What is in force.
    pub current: Version,
    /// What was before, to go back to.
    pub former: Option<Version>,
    /// Keys of bytes that neither names any more, the latest first.
    #[serde(default)]
    older: Vec<String>,
}

impl Pointer {
    /// Of the first version that there is.
    pub(super) fn first(current: Version) -> Self {
        Self { current, former: None, older: Vec::new() }
    }

    /// With another version in force. Also says which keys are of no use from now on.
    pub(super) fn then(self, shelf: Shelf, current: Version) -> (Self, Vec<String>) {
        let former = Some(self.current);
        let keys = |version: Version| version.keys(shelf);
        let named: Vec<String> = [Some(current), former].into_iter().flatten().flat_map(keys).collect();
        let mut older: Vec<String> = self.former.into_iter().flat_map(keys).chain(self.older).collect();
        let mut seen = Vec::new();
        older.retain(|key| {
            !named.contains(key) && !seen.contains(key) && {
                seen.push(key.clone());
                true
            }
        });
        let rest = older.split_off(older.len().min(OLDER));
        (Self { current, former, older }, rest)
    }

    /// As it is kept.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// Why it is no pointer.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > MOST {
            return Err(format!("{} bytes, where {MOST} are the most", bytes.len()));
        }
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(rules: &str, table: Option<&str>) -> Version {
        let digest = |text: &str| Digest::of(text.as_bytes());
        Version { digest: digest(rules), goes_with: table.map(digest), at: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn what_falls_out_of_use_is_kept_for_a_while() {
        let mut pointer = Pointer::first(version("0", Some("table")));
        let mut dropped = Vec::new();
        for number in 1..=12 {
            let (next, rest) = pointer.then(Shelf::Rules, version(&number.to_string(), None));
            assert_eq!(next.former.unwrap().digest, version(&(number - 1).to_string(), None).digest);
            assert!(next.older.len() <= OLDER);
            dropped.extend(rest);
            pointer = next;
        }
        // 11 rules and the table went; 12 and 11 are in force or were just before, and 8 are kept.
        let content = |name: &str| Shelf::Rules.content_key(Digest::of(name.as_bytes()));
        let table = Shelf::Rules.table_key(Digest::of(b"table"));
        let expected = [table, content("0"), content("1"), content("2")];
        assert_eq!(dropped, expected);
    }

    #[test]
    fn what_comes_into_force_again_is_not_dropped() {
        let (a, b) = (version("a", None), version("b", None));
        let mut pointer = Pointer::first(a);
        for number in 0..20 {
            let (next, rest) = pointer.then(Shelf::Rules, if number % 2 == 0 { b } else { a });
            assert!(rest.is_empty() && next.older.is_empty(), "{rest:?} {next:?}");
            pointer = next;
        }
    }

    #[test]
    fn a_pointer_is_read_as_it_is_written_and_nothing_else_is_one() {
        let (pointer, _) = Pointer::first(version("a", Some("t"))).then(Shelf::Rules, version("b", None));
        assert_eq!(Pointer::from_bytes(&pointer.to_bytes()), Ok(pointer));
        let older = r#"{"current":{"rules":"0123456789abcdef","goes_with":null,"at":"2026-11-21T12:00:00Z"},"former":null}"#;
        assert!(Pointer::from_bytes(older.as_bytes()).is_ok());
        for wrong in
            ["", "{}", "null", &older.replace("0123456789abcdef", "../../carts/1234"), &" ".repeat(20 << 10)]
        {
            assert!(Pointer::from_bytes(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
