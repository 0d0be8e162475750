//! Whether an answer is the one that is due.

use super::case::{Case, Form, Part};
use crate::answer::Answer;
use crate::proxy::{Fault, Operation, SECRET};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;

/// What an answer tells of its slots: one that was begun before all of them had come tells it at its end.
fn told(answer: &Answer) -> &str {
    let header = answer.header("headwater-slots");
    let end = answer.body.rsplit_once("<!-- headwater-slots: ").and_then(|(_, end)| end.strip_suffix(" -->"));
    end.unwrap_or(header)
}

/// The slots of an answer and what came of them, in their order.
pub fn slots(answer: &Answer) -> Vec<(&str, &str)> {
    told(answer).split(", ").filter_map(|slot| slot.split_once('=')).collect()
}

/// An answer of a shop that is well: whole, and from exactly the calls that the case names.
///
/// # Errors
/// What is not as it should be.
pub fn whole(case: &Case, answer: &Answer, called: &BTreeSet<Operation>) -> Result<()> {
    ensure!(answer.status == case.status, "{}: {}", answer.status, answer.start());
    let named: BTreeSet<Operation> = case.calls.iter().map(|(operation, _)| *operation).collect();
    ensure!(*called == named, "asks {called:?}; the table says {named:?}");
    let lacking: Vec<_> = slots(answer).into_iter().filter(|(_, outcome)| *outcome != "fresh").collect();
    // That there is nothing to be had is how some pages are when all is well.
    ensure!(lacking.is_empty() || case.status == 404, "not whole: {lacking:?}");
    for text in texts(case) {
        ensure!(answer.body.contains(text), "`{text}` is not there");
    }
    form(case.form, answer).context("form")
}

/// An answer without one of its calls.
///
/// # Errors
/// What is not as it should be.
pub fn without(case: &Case, operation: Operation, part: Part, fault: Fault, answer: &Answer) -> Result<()> {
    ensure!(!answer.body.contains(SECRET), "tells what the shop said: {}", answer.start());
    let told = answer.headers.iter().find(|(name, value)| value.contains(SECRET) || name.contains("powered"));
    ensure!(told.is_none(), "tells what the shop said: {told:?}");
    match part {
        Part::Required => failed(case, fault, answer),
        Part::Optional(slot, text) => {
            ensure!(answer.status == case.status, "{}: {}", answer.status, answer.start());
            others_are_fresh(answer, slot, &["omitted", "default", "stale"])?;
            ensure!(text.is_empty() || !answer.body.contains(text), "`{text}` is there without its slot");
            for other in texts(case).filter(|other| *other != text) {
                // One call may bring several texts; those of other calls are all to be there.
                ensure!(answer.body.contains(other), "`{other}` is gone, too");
            }
            // What lacks a part is not to be kept for others.
            ensure!(!answer.header("cache-control").contains("public"), "{}", answer.header("cache-control"));
            form(case.form, answer)
        }
        Part::Piece(slot) => {
            ensure!(answer.status == case.status, "{}: {}", answer.status, answer.start());
            others_are_fresh(answer, slot, &["failed"])?;
            form(case.form, answer)
        }
        Part::Words => {
            ensure!(answer.status == 200, "{}: {}", answer.status, answer.start());
            ensure!(answer.body.len() > 40, "no words: {}", answer.start());
            form(case.form, answer)
        }
    }
    .with_context(|| format!("without {operation:?}"))
}

/// An answer for which an old copy of what one call brings stood in.
///
/// # Errors
/// What is not as it should be.
pub fn with_a_copy(case: &Case, operation: Operation, part: Part, answer: &Answer) -> Result<()> {
    ensure!(answer.status == case.status, "{}: {}", answer.status, answer.start());
    ensure!(!answer.body.contains(SECRET), "tells what the shop said: {}", answer.start());
    for text in texts(case) {
        ensure!(answer.body.contains(text), "`{text}` is not there");
    }
    let slots = slots(answer);
    let stale = slots.iter().filter(|(_, outcome)| *outcome == "stale").count();
    // Some pages ask their question outside of a slot, to find what a form speaks of.
    ensure!(stale > 0 || matches!(answer.status, 303), "nothing is told to be old: {slots:?}");
    let other = slots.iter().find(|(_, outcome)| !["fresh", "stale"].contains(outcome));
    ensure!(other.is_none(), "{other:?} is gone");
    if let Part::Optional(slot, _) | Part::Piece(slot) = part {
        others_are_fresh(answer, slot, &["stale"])?;
    }
    let keep = answer.header("cache-control");
    let short = keep == "public, max-age=1" || keep.contains("no-store");
    ensure!(short, "an old copy may be kept for long: {keep}");
    form(case.form, answer).with_context(|| format!("with an old copy of {operation:?}"))
}

fn texts(case: &Case) -> impl Iterator<Item = &'static str> {
    case.calls.iter().filter_map(|(_, part)| match part {
        Part::Optional(_, text) if !text.is_empty() => Some(*text),
        _ => None,
    })
}

fn others_are_fresh(answer: &Answer, slot: &str, outcomes: &[&str]) -> Result<()> {
    let slots = slots(answer);
    ensure!(slots.iter().any(|(name, _)| *name == slot), "no slot {slot}: {slots:?}");
    for (name, outcome) in &slots {
        let due = if *name == slot { outcomes } else { &["fresh"] };
        ensure!(due.contains(outcome), "{name} is {outcome}: {slots:?}");
    }
    Ok(())
}

/// The failure in the form of its channel, which nobody may keep, and when to come back.
fn failed(case: &Case, fault: Fault, answer: &Answer) -> Result<()> {
    let status = fault.status();
    ensure!(answer.status == status, "{} and not {status}: {}", answer.status, answer.start());
    ensure!(answer.header("cache-control") == "no-store", "may be kept: {}", answer.header("cache-control"));
    let back = answer.header("retry-after");
    let due = if fault == Fault::Throttled { "60" } else { "5" };
    ensure!(back == due, "says to come back after {back:?} and not {due} seconds");
    ensure!(!answer.headers.contains_key("set-cookie"), "sets a cookie");
    form(case.form, answer)?;
    let code = if fault.is_late() { "upstream-late" } else { "upstream-failed" };
    match case.form {
        Form::Screen | Form::Glance => {
            let value: Value = serde_json::from_str(&answer.body)?;
            ensure!(value["kind"] == "error", "not an error's: {value}");
            ensure!(value["error"]["code"] == code && value["error"]["status"] == status, "{value}");
        }
        Form::Reply => {
            let value: Value = serde_json::from_str(&answer.body)?;
            ensure!(value["error"] == code, "{value}");
        }
        Form::Page => {
            let words = if fault.is_late() { "slower than it should be" } else { "not answering" };
            let german = if fault.is_late() { "langsamer" } else { "antwortet" };
            let said = answer.body.contains(words) || answer.body.contains(german);
            ensure!(said, "does not say what is the matter: {}", answer.start());
        }
        Form::Message => {}
    }
    Ok(())
}

fn form(form: Form, answer: &Answer) -> Result<()> {
    let media = answer.header("content-type");
    if answer.status == 303 {
        ensure!(answer.header("location").starts_with('/'), "leads nowhere");
        return Ok(());
    }
    if form == Form::Page {
        let sitemap = media.starts_with("application/xml") && answer.body.ends_with("</urlset>");
        let page = media.starts_with("text/html") && answer.body.contains("</html>");
        ensure!(page || sitemap, "{media}: {}", answer.start());
        return Ok(());
    }
    ensure!(media.starts_with("application/json"), "{media}: {}", answer.start());
    let value: Value = serde_json::from_str(&answer.body)?;
    let has_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    let good = match form {
        Form::Screen => value["schema"] == "headwater.tv/1" && has_text(&value["title"]),
        Form::Glance => {
            let glances = value["glances"].as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            !glances.is_empty() && glances.iter().all(|glance| has_text(&glance["text"]))
        }
        Form::Reply => value["parts"].as_array().is_some_and(|parts| !parts.is_empty()),
        Form::Message => has_text(&value["text"]),
        Form::Page => true,
    };
    ensure!(good, "not in its form: {value}");
    Ok(())
}
