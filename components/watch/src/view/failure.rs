//! What went wrong, as a glance.

use super::{address, glance};
use crate::glance::{Glance, Kind, Mishap};
use commerce::Subject;
use kit::{Ask, Failure, Trouble};

/// A glance that says a failure.
pub fn failure(ask: &Ask, failure: &Failure) -> Glance {
    let path = ask.path();
    // "Could not find that" is no answer on a wrist: say what is not there.
    let text = match &failure.trouble {
        Trouble::NotFound(Subject::Order) if path == "/watch/glances/pickup" => "nothing-waits".to_owned(),
        Trouble::NotFound(Subject::Order) => "no-order".to_owned(),
        Trouble::NotFound(Subject::Product) => "no-offer".to_owned(),
        _ => format!("failure-{}", failure.code()),
    };
    let minutes = if failure.is_ours() { 1 } else { 15 };
    let text = ask.locale.text(&text).to_owned();
    let title = ask.locale.text("error-title");
    let mut glance = glance(ask, Kind::Error, title, text, address::web(ask, ""), minutes);
    glance.error = Some(Mishap { status: failure.status().as_u16(), code: failure.code().to_owned() });
    glance
}
