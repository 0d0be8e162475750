//! `/` and addresses with a slash too many or too few.

use crate::links::Links;
use http::StatusCode;
use kit::{Answer, Ask};

/// To the visitor's market; the language of the browser decides.
pub(crate) fn answer(ask: &Ask) -> Answer {
    Answer::see_other(&Links::of(ask).home())
}

/// To the address as it should be, with the query that it came with.
pub(crate) fn slash(ask: &Ask) -> Answer {
    let links = Links::of(ask);
    let rest: Vec<&str> = ask.path().split('/').filter(|part| !part.is_empty()).skip(1).collect();
    let path = if rest.is_empty() { links.home() } else { links.page(&rest.join("/")) };
    let query = ask.query_as_given().map(|query| format!("?{query}")).unwrap_or_default();
    Answer::see_other(&format!("{path}{query}")).status(StatusCode::PERMANENT_REDIRECT)
}
