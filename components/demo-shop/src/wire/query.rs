//! The query of an address.

use super::No;

/// The pairs of a query, decoded, in their order.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn read(query: Option<&str>) -> Self {
        let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Pairs whose name starts with `prefix`: (rest of the name, value).
    pub(crate) fn under(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(move |(n, value)| Some((n.strip_prefix(prefix)?, value.as_str())))
    }

    /// A whole number of a range, or `default` when it is not given.
    ///
    /// # Errors
    /// `invalid`, naming the parameter.
    pub(crate) fn number(
        &self,
        name: &str,
        default: u32,
        range: std::ops::RangeInclusive<u32>,
    ) -> Result<u32, No> {
        let Some(text) = self.first(name) else { return Ok(default) };
        // `parse` alone would also take `+1`.
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|number| digits && range.contains(number));
        number.ok_or_else(|| No::invalid(name))
    }
}
