//! `[[trigger.http]]`: which path goes to whom.

use super::problems::Problems;
use super::reader::Reader;
use super::{Manifest, StaticResponse, Target, Trigger};
use crate::routes::Pattern;
use std::collections::BTreeMap;

pub(super) fn read(mut table: Reader<'_>, problems: &mut Problems) -> Option<Trigger> {
    let line = table.line();
    table.ignore("id");
    let component = table.string("component", problems);
    let fixed = table.table("static_response", problems).map(|fixed| static_response(fixed, problems));
    let target = match (component, fixed) {
        (Some(component), None) => Some(Target::Component(component)),
        (None, Some(fixed)) => Some(Target::Static(fixed)),
        _ => {
            problems.error(line, "a [[trigger.http]] needs either `component` or `static_response`");
            None
        }
    };
    let route = route(&mut table, problems);
    table.finish(problems);
    let (target, route) = (target?, route?);
    if route.is_none() && matches!(target, Target::Static(_)) {
        problems
            .error(line, "a private route needs a `component`: nobody could ever see its `static_response`");
    }
    Some(Trigger { route, target, line })
}

/// The outer `Option` is `None` when the route is wrong, the inner one when it is private.
fn route(table: &mut Reader<'_>, problems: &mut Problems) -> Option<Option<String>> {
    let line = table.line_of("route");
    if !table.has("route") {
        problems
            .error(line, "a [[trigger.http]] needs a `route`, such as \"/shop/...\" or { private = true }");
        table.ignore("route");
        return None;
    }
    let mut own = Problems::default();
    if let Some(path) = table.string("route", &mut own) {
        return match Pattern::parse(&path) {
            Ok(_) => Some(Some(path)),
            Err(why) => {
                problems.error(line, format!("route \"{path}\" {why}"));
                None
            }
        };
    }
    if let Some(mut private) = table.table("route", &mut own) {
        let is_private = private.bool("private", problems) == Some(true);
        private.finish(problems);
        if is_private {
            return Some(None);
        }
    }
    problems.error(line, "`route` must be a path such as \"/shop/...\", or { private = true }");
    None
}

fn static_response(mut table: Reader<'_>, problems: &mut Problems) -> StaticResponse {
    let status = table.number("status_code", 100..=599, problems).and_then(|code| u16::try_from(code).ok());
    let mut headers = Vec::new();
    for (name, (value, line)) in table.string_table("headers", problems) {
        let valid = http::HeaderName::from_bytes(name.as_bytes()).is_ok()
            && http::HeaderValue::from_str(&value).is_ok();
        if valid {
            headers.push((name, value));
        } else {
            problems.error(line, format!("`{name}` is not a header that can be sent"));
        }
    }
    let body = table.string("body", problems).unwrap_or_default();
    table.finish(problems);
    StaticResponse { status: status.unwrap_or(200), headers, body }
}

impl Manifest {
    /// Triggers against each other and against the components.
    pub(super) fn check_routes(&self, problems: &mut Problems) {
        if self.triggers.is_empty() {
            problems.error(
                None,
                "there is no [[trigger.http]], so nothing could ever be asked of this application",
            );
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for trigger in &self.triggers {
            if let Target::Component(name) = &trigger.target
                && !self.components.contains_key(name)
            {
                let known: Vec<&str> = self.components.keys().map(String::as_str).collect();
                problems.error(
                    trigger.line,
                    format!(
                        "the trigger names the component `{name}`, which is not among: {}",
                        known.join(", ")
                    ),
                );
            }
            let Some(Ok(pattern)) = trigger.route.as_deref().map(Pattern::parse) else { continue };
            if let Some(first) = seen.insert(pattern.identity(), trigger.line) {
                problems.error(
                    trigger.line,
                    format!(
                        "route \"{}\" is already taken by the trigger in line {first}",
                        pattern.written()
                    ),
                );
            }
        }
    }
}
