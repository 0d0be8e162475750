//! Query parameters and form fields.

use crate::failure::{Failure, Trouble};
use bytes::Bytes;
use serde::de::DeserializeOwned;

/// Named values of a query or form, in order; a name may come more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`; whatever is there is read, nothing fails.
    pub fn parse(text: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(text).into_owned().collect())
    }

    /// The query of a request.
    pub fn of_query(request: &http::Request<Bytes>) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
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
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All pairs.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
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
