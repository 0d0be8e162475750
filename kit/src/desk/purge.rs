//! The operator purges tags.

use super::problem::{problem, said};
use crate::ask::Ask;
use crate::cache::purge::{Times, purge};
use crate::edge::{Edge, StoreError};
use crate::failure::Failure;
use crate::proof;
use bytes::Bytes;
use commerce::Tag;
use commerce::adapters::MOST_TAGS;
use futures::future::{Either, select};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// For the store to take a purge.
const PATIENCE: Duration = Duration::from_secs(10);
/// Tags that one line of the log names.
const NAMED: usize = 20;

#[derive(Deserialize)]
struct Order {
    tags: Vec<String>,
}

/// Purges what the operator names; `None` for anybody else.
pub(super) async fn answer(ask: &Ask, refused: Option<&Failure>) -> Option<http::Response<Bytes>> {
    if !proof::is_given(&*ask.edge, ask.request.headers(), "headwater-purge").await {
        return None;
    }
    if refused.is_some() {
        let cure = format!("the body is over {} bytes: purge fewer tags at once", super::PURGE_CAP);
        return Some(problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", &cure));
    }
    Some(match read(ask.request.body()) {
        Ok(tags) => carry_out(&*ask.edge, &tags, "the operator").await,
        Err(why) => problem(StatusCode::BAD_REQUEST, "invalid", &why),
    })
}

fn read(body: &[u8]) -> Result<Vec<Tag>, String> {
    let form = |why| format!("{why}; send {{\"tags\": [\"product:trench-coat\"]}}");
    let order: Order = serde_json::from_slice(body).map_err(|error| form(error.to_string()))?;
    if order.tags.is_empty() || order.tags.len() > MOST_TAGS {
        let count = order.tags.len();
        return Err(form(format!("{count} tags, where 1 to {MOST_TAGS} are taken (`shop` is everything)")));
    }
    let mut tags = Vec::new();
    for text in &order.tags {
        tags.push(Tag::parse(text).map_err(|error| error.to_string())?);
    }
    tags.sort_unstable();
    tags.dedup();
    Ok(tags)
}

/// Purges tags and says when every head sees it.
pub(super) async fn carry_out(edge: &dyn Edge, tags: &[Tag], by: &str) -> http::Response<Bytes> {
    let times = match Times::of(edge).await {
        Ok(times) => times,
        Err(why) => {
            edge.log(&format!("nothing can be purged: {why}"));
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "setting", &why);
        }
    };
    let done = match select(std::pin::pin!(purge(edge, tags, times.settle)), edge.sleep(PATIENCE)).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(StoreError(format!("no answer within {} s", PATIENCE.as_secs()))),
    };
    let names: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    if let Err(error) = done {
        edge.log(&format!("a purge by {by} failed: {error}"));
        let cure = "the store of purges failed, and these tags may not be purged: purge them again. \
            It needs `key_value_stores = [\"default\"]` in this component's entry in spin.toml";
        return problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", cure);
    }
    let more = names.len().saturating_sub(NAMED);
    let first: Vec<&str> = names.iter().take(NAMED).copied().collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    edge.log(&format!("purged by {by}: {}{more}", first.join(", ")));
    let seen = u64::try_from(times.seen().as_millis()).unwrap_or(u64::MAX);
    said(StatusCode::OK, &json!({"purged": names, "seenWithinMs": seen}))
}
