//! The query of an address.

use http::Request;
use url::form_urlencoded::parse;

/// Names and values, in the order given.
pub(crate) fn fields<T>(request: &Request<T>) -> Vec<(String, String)> {
    parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// The first value of a name.
pub(crate) fn field<T>(request: &Request<T>, name: &str) -> Option<String> {
    fields(request).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}
