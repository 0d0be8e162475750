//! Query parameters and form fields.

use crate::failure::{Failure, Trouble};
use crate::reads::Reads;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// Named values of a query or form, in order; a name may come more than once.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    /// Where it is noted which fields of a query were looked for.
    reads: Option<Rc<Reads>>,
}

impl Fields {
    /// Reads `a=1&b=2`; whatever is there is read, nothing fails.
    pub fn parse(text: &[u8]) -> Self {
        Self { pairs: url::form_urlencoded::parse(text).into_owned().collect(), reads: None }
    }

    /// The query of a request.
    pub fn of_query(request: &http::Request<Bytes>) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
    }

    /// The same, noting what is looked for: an answer depends on no other field.
    pub(crate) fn noted(self, reads: &Rc<Reads>) -> Self {
        Self { reads: Some(reads.clone()), ..self }
    }

    /// The form in a request's body.
    ///
    /// # Errors
    /// `UnsupportedMedia` unless it is `application/x-www-form-urlencoded`.
    pub fn of_form(request: &http::Request<Bytes>) -> Result<Self, Failure> {
        require_media(request, "application/x-www-form-urlencoded")?;
        Ok(Self::parse(request.body()))
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.note(name);
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.note(name);
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All pairs whose name begins with a text, with the rest of the name.
    pub fn beginning(&self, prefix: &'static str) -> impl Iterator<Item = (&str, &str)> {
        if let Some(reads) = &self.reads {
            reads.fields(prefix);
        }
        self.pairs.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The pairs that were looked for so far: what a link to the same page must keep.
    pub fn noted_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.peek().filter(|(name, _)| self.reads.as_ref().is_none_or(|reads| reads.has_field(name)))
    }

    /// All pairs, unnoted: for what decides by what was noted before.
    pub(crate) fn peek(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn note(&self, name: &str) {
        if let Some(reads) = &self.reads {
            reads.field(name);
        }
    }

    /// A value that must be there, trimmed, of at most `most` characters.
    ///
    /// # Errors
    /// `BadInput` with the name.
    pub fn require(&self, name: &str, most: usize) -> Result<&str, Failure> {
        let value = self.get(name).map(str::trim).filter(|value| !value.is_empty());
        value.filter(|value| value.chars().count() <= most).ok_or_else(|| Failure::bad_input(name))
    }

    /// A whole number within bounds, or `otherwise` when absent.
    ///
    /// # Errors
    /// `BadInput` with the name when it is something else.
    pub fn number(
        &self,
        name: &str,
        bounds: std::ops::RangeInclusive<u32>,
        otherwise: u32,
    ) -> Result<u32, Failure> {
        let Some(text) = self.get(name) else { return Ok(otherwise) };
        let number = text.trim().parse().ok().filter(|number| bounds.contains(number));
        number.ok_or_else(|| Failure::bad_input(name))
    }
}

/// Reads a JSON body.
///
/// # Errors
/// `UnsupportedMedia` unless it is `application/json`; `BadInput` with where it goes wrong.
pub fn json_body<T: DeserializeOwned>(request: &http::Request<Bytes>) -> Result<T, Failure> {
    require_media(request, "application/json")?;
    serde_json::from_slice(request.body())
        .map_err(|error| Failure { detail: error.to_string(), ..Failure::bad_input("body") })
}

fn require_media(request: &http::Request<Bytes>, wanted: &'static str) -> Result<(), Failure> {
    let given = request.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.and_then(|given| given.split(';').next()).unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(Failure::new(Trouble::UnsupportedMedia(wanted)))
}
