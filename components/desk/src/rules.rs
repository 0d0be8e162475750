//! What is in force, of rules and of placements: shown, put and taken back.

use crate::query;
use bytes::Bytes;
use futures::future::{Either, select};
use http::{Request, Response, StatusCode};
use kit::desk::{problem, said};
use kit::edge::{Edge, StoreError};
use kit::rulebook::{self, Digest, Pointer, Refused, Shelf, Times, Version};
use serde_json::{Value, json};
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

/// For the store to take what it is given.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is in force and what was before.
pub(crate) async fn shown(edge: &dyn Edge, shelf: Shelf) -> Response<Bytes> {
    told(edge, in_time(edge, rulebook::shown(edge, shelf)).await).await
}

/// Puts them in force.
pub(crate) async fn publish(edge: &dyn Edge, shelf: Shelf, request: &Request<Bytes>) -> Response<Bytes> {
    let table = match query::field(request, "goes_with").map(|text| text.parse::<Digest>()).transpose() {
        Ok(table) => table,
        Err(why) => return problem(StatusCode::BAD_REQUEST, "invalid", &format!("goes_with: {why}")),
    };
    if shelf != Shelf::Rules && table.is_some() {
        let cure = "goes_with: rules alone have such a table; leave it out";
        return problem(StatusCode::BAD_REQUEST, "invalid", cure);
    }
    let done = in_time(edge, rulebook::publish(edge, shelf, request.body(), table)).await;
    changed(edge, &format!("{} are put in force", shelf.key()), done).await
}

/// Goes back to what was in force before.
pub(crate) async fn roll_back(edge: &dyn Edge, shelf: Shelf) -> Response<Bytes> {
    let done = in_time(edge, rulebook::roll_back(edge, shelf)).await;
    changed(edge, &format!("{} are taken back", shelf.key()), done).await
}

/// Says what is in force after a change, to the operator's log, too.
pub(crate) async fn changed(edge: &dyn Edge, what: &str, done: Result<Pointer, Refused>) -> Response<Bytes> {
    match &done {
        Ok(pointer) => edge.log(&format!("{what}: {}", words(pointer))),
        Err(refused) => edge.log(&format!("not done, {what}: {refused}")),
    }
    told(edge, done.map(Some)).await
}

/// What the store says in time.
pub(crate) async fn in_time<T>(
    edge: &dyn Edge,
    work: impl Future<Output = Result<T, Refused>>,
) -> Result<T, Refused> {
    match select(pin!(work), edge.sleep(PATIENCE)).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => {
            Err(Refused::Store(StoreError(format!("no answer within {} s", PATIENCE.as_secs()))))
        }
    }
}

/// Why something was not done.
pub(crate) fn refused(why: &Refused) -> Response<Bytes> {
    let (status, code) = match why {
        Refused::TooLarge(_) | Refused::Table(1..) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        Refused::Form(_) | Refused::Table(0) => (StatusCode::BAD_REQUEST, "invalid"),
        Refused::NoRules
        | Refused::NoFormer(_)
        | Refused::Gone(_)
        | Refused::Meanwhile
        | Refused::Foreign(..) => (StatusCode::CONFLICT, "conflict"),
        Refused::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    problem(status, code, &why.to_string())
}

async fn told(edge: &dyn Edge, done: Result<Option<Pointer>, Refused>) -> Response<Bytes> {
    let seen = match Times::of(edge).await {
        Ok(times) => u64::try_from(times.seen().as_millis()).unwrap_or(u64::MAX),
        Err(why) => return problem(StatusCode::INTERNAL_SERVER_ERROR, "setting", &why),
    };
    match done {
        Err(why) => refused(&why),
        Ok(None) => said(StatusCode::OK, &json!({"digest": null, "former": null, "seenWithinMs": seen})),
        Ok(Some(pointer)) => {
            let mut content = version(&pointer.current);
            if let Some(content) = content.as_object_mut() {
                content.insert("former".into(), pointer.former.as_ref().map_or(Value::Null, version));
                content.insert("seenWithinMs".into(), seen.into());
            }
            said(StatusCode::OK, &content)
        }
    }
}

fn version(version: &Version) -> Value {
    json!({"digest": version.digest, "goesWith": version.goes_with, "at": version.at})
}

fn words(pointer: &Pointer) -> String {
    let table = pointer.current.goes_with.map_or_else(String::new, |table| format!(" with table {table}"));
    let former = pointer.former.map_or_else(|| "nothing".to_owned(), |former| former.digest.to_string());
    format!("{}{table}, after {former}", pointer.current.digest)
}
