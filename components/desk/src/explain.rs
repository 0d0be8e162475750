//! What a visitor would see, and why and why not.

use crate::query;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use kit::decide::{Beside, NoVisitor, Page, look_up};
use kit::desk::{problem, said};
use kit::edge::Edge;
use kit::rulebook::{self, Rulebook};
use personalise::attribute::Raw;
use personalise::rules::{Rules, Scenario};
use serde::Deserialize;
use serde_json::{Value, json};
use std::rc::Rc;

/// The body: a visit and, to look at rules that are not in force, their compact form in base64.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    visit: Scenario,
    #[serde(default)]
    draft: Option<String>,
    /// A real visitor, by the value of their cookie `hw_session` or header `headwater-session`: what is known of them is
    /// what the visit does not say.
    #[serde(default)]
    session: Option<String>,
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
    match ruled(edge, asked.draft.as_deref()).await {
        Ok(ruled) => of_visitor(edge, &ruled, asked.visit, asked.session.as_deref()).await,
        Err(refused) => *refused,
    }
}

/// Explains the visit of a query: `channel`, `consent` (again for each), `event`, `at`, `visitor`, `arm.NAME`, and the
/// attributes by their names.
pub(crate) async fn asked(edge: &Rc<dyn Edge>, request: &Request<Bytes>) -> Response<Bytes> {
    let mut visit = Scenario::default();
    for (name, value) in query::fields(request) {
        match (name.as_str(), name.strip_prefix("arm.")) {
            ("session", _) => {
                return invalid("a session is sent in the body of a POST: addresses are written into logs");
            }
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
    match ruled(edge, None).await {
        Ok(ruled) => explained(&**edge, &ruled, &visit, &[]),
        Err(refused) => *refused,
    }
}

/// Rules, and what they are known by.
struct Ruled {
    book: Rc<Rulebook>,
    digest: String,
}

/// The rules of a draft, or else those in force; or the answer that there are none.
async fn ruled(edge: &Rc<dyn Edge>, draft: Option<&str>) -> Result<Ruled, Box<Response<Bytes>>> {
    let current = rulebook::current(edge).await;
    let Some(draft) = draft else {
        let cure = "no rules are in force, or they cannot be read: `headwater publish`, or send a draft";
        let book = current.ok_or_else(|| Box::new(problem(StatusCode::CONFLICT, "conflict", cure)))?;
        let digest = book.digest.iter().map(|byte| format!("{byte:02x}")).collect();
        return Ok(Ruled { book, digest });
    };
    let rules =
        STANDARD.decode(draft).map_err(|error| format!("draft: {error}; it is the compact form in base64"));
    let rules =
        rules.and_then(|bytes| Rules::from_compact(&bytes).map_err(|error| format!("draft: {error}")));
    let rules = Rc::new(rules.map_err(|why| Box::new(invalid(&why)))?);
    // A draft recommends by the table in force.
    let goes_with = current.and_then(|book| book.goes_with.clone());
    let book = Rulebook { rules, digest: [0; 8], goes_with, goes_with_digest: None };
    Ok(Ruled { book: Rc::new(book), digest: "draft".to_owned() })
}

/// Explains a visit, and where it is that of a session, the visitor and what stands beside a product.
async fn of_visitor(
    edge: &Rc<dyn Edge>,
    ruled: &Ruled,
    mut visit: Scenario,
    session: Option<&str>,
) -> Response<Bytes> {
    let Some(session) = session else { return explained(&**edge, ruled, &visit, &[]) };
    let (rules, now) = (&ruled.book.rules, visit.now.unwrap_or_else(|| edge.now()));
    let found = match look_up(&**edge, session, rules, now).await {
        Ok(found) => found,
        Err(NoVisitor::Foreign) => {
            let cure = "this is no session of this application: it is cut short, was changed, or was sealed with \
                another session_key; copy the whole value of the visitor's cookie hw_session, or of their header \
                headwater-session, anew";
            return problem(StatusCode::BAD_REQUEST, "no_session", cure);
        }
        Err(NoVisitor::Store(error)) => {
            let cure = format!("what is known of the visitor cannot be read: {error}; ask again");
            return problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", &cure);
        }
    };
    found.fill(&mut visit);
    let beside = match Page::of(edge, &mut visit, |name| rules.schema.find(name).is_some()).await {
        None => Value::Null,
        Some(Ok(page)) => json!(page.beside(&ruled.book, &visit, &found.bought, now).await),
        Some(Err(fault)) => json!(Beside::unknown(fault)),
    };
    explained(&**edge, ruled, &visit, &[("visitor", json!(found)), ("beside", beside)])
}

fn explained(
    edge: &dyn Edge,
    Ruled { book, digest }: &Ruled,
    visit: &Scenario,
    more: &[(&str, Value)],
) -> Response<Bytes> {
    match visit.answer(&book.rules, edge.now()) {
        Ok(answered) => {
            let mut content = json!({"rules": digest, "answer": answered});
            for (name, value) in more {
                content.as_object_mut().map(|content| content.insert((*name).to_owned(), value.clone()));
            }
            said(StatusCode::OK, &content)
        }
        Err(error) => invalid(&error.to_string()),
    }
}

fn invalid(why: &str) -> Response<Bytes> {
    problem(StatusCode::BAD_REQUEST, "invalid", why)
}
