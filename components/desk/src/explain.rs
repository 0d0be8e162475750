//! What a visitor would see, and why and why not.

use crate::query;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use kit::desk::{problem, said};
use kit::edge::Edge;
use kit::rulebook;
use personalise::attribute::Raw;
use personalise::rules::{Rules, Scenario};
use serde::Deserialize;
use serde_json::json;
use std::rc::Rc;

/// The body: a visit and, to look at rules that are not in force, their compact form in base64.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    visit: Scenario,
    #[serde(default)]
    draft: Option<String>,
}

/// Explains the visit of a body.
pub(crate) async fn posted(edge: &Rc<dyn Edge>, body: &[u8]) -> Response<Bytes> {
    let asked: Asked = match serde_json::from_slice(body) {
        Ok(asked) => asked,
        Err(error) => {
            let cure = r#"send {"visit": {"attributes": {"visitor.visits": 1}, "channel": "web"}}"#;
            return invalid(&format!("{error}; {cure}"));
        }
    };
    let Some(draft) = asked.draft else { return in_force(edge, &asked.visit).await };
    let rules =
        STANDARD.decode(draft).map_err(|error| format!("draft: {error}; it is the compact form in base64"));
    match rules.and_then(|bytes| Rules::from_compact(&bytes).map_err(|error| format!("draft: {error}"))) {
        Ok(rules) => explained(&**edge, &rules, "draft", &asked.visit),
        Err(why) => invalid(&why),
    }
}

/// Explains the visit of a query: `channel`, `consent` (again for each), `event`, `at`, `visitor`, `arm.NAME`, and the
/// attributes by their names.
pub(crate) async fn asked(edge: &Rc<dyn Edge>, request: &Request<Bytes>) -> Response<Bytes> {
    let mut visit = Scenario::default();
    for (name, value) in query::fields(request) {
        match (name.as_str(), name.strip_prefix("arm.")) {
            ("channel", _) => visit.channel = value,
            ("consent", _) => visit.consents.push(value),
            ("event", _) => visit.event = Some(value),
            ("visitor", _) => visit.visitor = Some(value),
            ("at", _) => match value.parse() {
                Ok(now) => visit.now = Some(now),
                Err(_) => return invalid("at is a time such as 2026-11-27T09:00:00Z"),
            },
            (_, Some(experiment)) => drop(visit.forced.insert(experiment.to_owned(), value)),
            _ => drop(visit.attributes.insert(name, Raw::Text(value))),
        }
    }
    in_force(edge, &visit).await
}

async fn in_force(edge: &Rc<dyn Edge>, visit: &Scenario) -> Response<Bytes> {
    match rulebook::current(edge).await {
        Some(book) => {
            let digest: String = book.digest.iter().map(|byte| format!("{byte:02x}")).collect();
            explained(&**edge, &book.rules, &digest, visit)
        }
        None => {
            let cure = "no rules are in force, or they cannot be read: `headwater publish`, or send a draft";
            problem(StatusCode::CONFLICT, "conflict", cure)
        }
    }
}

fn explained(edge: &dyn Edge, rules: &Rules, digest: &str, visit: &Scenario) -> Response<Bytes> {
    match visit.answer(rules, edge.now()) {
        Ok(answered) => said(StatusCode::OK, &json!({"rules": digest, "answer": answered})),
        Err(error) => invalid(&error.to_string()),
    }
}

fn invalid(why: &str) -> Response<Bytes> {
    problem(StatusCode::BAD_REQUEST, "invalid", why)
}
