//! The session that a real visitor keeps, as an operator gives it; what it is never shows.

use anyhow::Context as _;
use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

/// Longer ones are none.
const LONGEST: usize = 16 << 10;

/// The value of a visitor's cookie `hw_session` or header `headwater-session`.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionValue(String);

impl SessionValue {
    /// The value itself, or where it is `-` the first line of `input`, so that it is in no history of commands.
    ///
    /// # Errors
    /// When nothing is given, or more than a session has.
    pub fn read(self, input: impl BufRead) -> anyhow::Result<Self> {
        if self.0 != "-" {
            return Ok(self);
        }
        let mut line = String::new();
        let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        input.take(limit).read_line(&mut line).context("the session cannot be read from standard input")?;
        line.parse().map_err(|why: String| anyhow::anyhow!("standard input: {why}"))
    }

    pub(crate) fn sealed(&self) -> &str {
        &self.0
    }
}

/// Takes the value alone, or as browsers and logs of requests show it: `hw_session=…`, `headwater-session: …`.
impl FromStr for SessionValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let value = text.strip_prefix("hw_session=").or_else(|| text.strip_prefix("headwater-session:"));
        let value = value.unwrap_or(text).split(';').next().unwrap_or_default().trim();
        if value.is_empty() || value.len() >= LONGEST {
            return Err("give the value of the visitor's cookie hw_session, or of their header \
                headwater-session; - reads it from standard input"
                .to_owned());
        }
        Ok(Self(value.to_owned()))
    }
}

impl fmt::Debug for SessionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionValue(withheld)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_read_as_it_is_copied_and_shown_nowhere() {
        for text in ["abc", " abc\n", "hw_session=abc; Path=/", "headwater-session: abc"] {
            let read: SessionValue = text.parse().unwrap();
            assert_eq!(read.sealed(), "abc", "{text}");
            assert!(!format!("{read:?}").contains("abc"));
        }
        let read = |input: &str| "-".parse::<SessionValue>().unwrap().read(input.as_bytes());
        assert_eq!(read("hw_session=abc\nmore").unwrap().sealed(), "abc");
        for wrong in ["", "\n", &"x".repeat(1 << 20)] {
            assert!(read(wrong).unwrap_err().to_string().contains("standard input: give the value"));
        }
    }
}
