//! Style sheet and script, under names that change with their content.

use kit::answer::Keep;
use kit::{Answer, Failure, Trouble};

/// The style sheet's name below `/assets/`.
pub(crate) const STYLE: &str = env!("STYLE_NAME");
/// The script's name below `/assets/`.
pub(crate) const SCRIPT: &str = env!("SCRIPT_NAME");

/// An asset by name. A name of another build is unknown: the page that asks for it is an old one.
pub(crate) fn answer(name: &str) -> Result<Answer, Failure> {
    if name == STYLE {
        let css = include_bytes!(concat!(env!("OUT_DIR"), "/site.css"));
        return Ok(Answer::asset("text/css; charset=utf-8", css, Keep::Immutable));
    }
    if name == SCRIPT {
        let js = include_bytes!(concat!(env!("OUT_DIR"), "/site.js"));
        return Ok(Answer::asset("text/javascript; charset=utf-8", js, Keep::Immutable));
    }
    Err(Failure::new(Trouble::UnknownRoute))
}
