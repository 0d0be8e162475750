//! A backend tells what has changed, and that is purged.
//!
//! The component that has the backend's adapter and its secret reads the message; to the others, it says what it
//! read (`POST /v1/news/shop`, inside the app only).

use super::problem::{problem, relayed, said};
use super::purge::carry_out;
use crate::ask::Ask;
use crate::edge::{Edge, FetchError};
use crate::failure::Failure;
use bytes::Bytes;
use commerce::Tag;
use commerce::adapters::{NewsRefused, names, news};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// Where the component that reads messages for the others is asked; `shop` or `second` follows.
pub const PATH: &str = "/v1/news/";
/// It, by service chaining.
const READER: &str = "http://backend.spin.internal";
/// For it to read a message.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of its answer, in bytes.
const ANSWER_CAP: usize = 128 << 10;

#[derive(Deserialize)]
struct Told {
    tags: Vec<String>,
}

/// What came of a message.
enum Heard {
    Tags(Vec<Tag>),
    /// The answer to its sender.
    Refused(http::Response<Bytes>),
}

/// Purges what a backend says has changed.
pub(super) async fn answer(
    ask: &Ask,
    prefix: &'static str,
    refused: Option<&Failure>,
) -> http::Response<Bytes> {
    if refused.is_some() {
        let cure = format!("a message has at most {} bytes: send fewer fields", super::NEWS_CAP);
        return problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", &cure);
    }
    let mut headers = ask.request.headers().clone();
    // Some queues can set no header but an address: there, the secret is in the query.
    let token = ask.query.get("token").map(|token| HeaderValue::from_str(&format!("Bearer {token}")));
    if let Some(Ok(mut proof)) = token {
        proof.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, proof);
    }
    let edge = &*ask.edge;
    let heard = match read(edge, prefix, &headers, ask.request.body()).await {
        Some(heard) => heard,
        None => read_elsewhere(edge, prefix, headers, ask.request.body().clone()).await,
    };
    match heard {
        Heard::Refused(response) => response,
        Heard::Tags(tags) if tags.is_empty() => said(StatusCode::ACCEPTED, &json!({"purged": []})),
        Heard::Tags(tags) => carry_out(edge, &tags, &format!("news from {prefix}")).await,
    }
}

/// For the component that reads messages for the others: the answer to `POST /v1/news/shop`, which has the
/// message's headers and body: `{"tags": […]}` or a problem for the message's sender. `None` for every other
/// request.
pub async fn tell(edge: &dyn Edge, request: &http::Request<Bytes>) -> Option<http::Response<Bytes>> {
    let prefix = request.uri().path().strip_prefix(PATH).filter(|_| request.method() == Method::POST)?;
    let prefix = ["shop", "second"].into_iter().find(|known| *known == prefix)?;
    Some(match read(edge, prefix, request.headers(), request.body()).await {
        Some(Heard::Tags(tags)) => {
            let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
            said(StatusCode::OK, &json!({"tags": tags}))
        }
        Some(Heard::Refused(response)) => response,
        None => off(edge, prefix),
    })
}

/// Reads a message; `None` when that is another component's: this one lacks the secret or the adapter.
async fn read(edge: &dyn Edge, prefix: &str, headers: &HeaderMap, body: &[u8]) -> Option<Heard> {
    let secret = edge.variable(&format!("{prefix}_news_secret")).await?;
    let adapter = edge.variable(&format!("{prefix}_adapter")).await.filter(|name| !name.is_empty());
    let adapter = adapter.unwrap_or_else(|| "plain".to_owned());
    if !names().any(|built_in| built_in == adapter) {
        return None;
    }
    if secret.is_empty() {
        return Some(Heard::Refused(off(edge, prefix)));
    }
    Some(match news(&adapter, &secret, headers, body) {
        Ok(tags) => Heard::Tags(tags),
        Err(NewsRefused::Unproven) => {
            let cure =
                format!("the sender does not prove to know {prefix}_news_secret: give it the same secret");
            Heard::Refused(problem(StatusCode::UNAUTHORIZED, "unproven", &cure))
        }
        Err(refused) => {
            edge.log(&format!("news from {prefix} ({adapter}): {refused}"));
            let cure = format!("{refused}; {prefix}_adapter says what form is understood here: {adapter}");
            Heard::Refused(problem(StatusCode::BAD_REQUEST, "invalid", &cure))
        }
    })
}

fn off(edge: &dyn Edge, prefix: &str) -> http::Response<Bytes> {
    edge.log(&format!("news from {prefix} is not heard: set {prefix}_news_secret to switch the webhook on"));
    problem(StatusCode::NOT_FOUND, "not_found", "there is no such address")
}

async fn read_elsewhere(edge: &dyn Edge, prefix: &str, mut headers: HeaderMap, body: Bytes) -> Heard {
    // What belongs to the connection or the address stays here; so does the visitor's session, if one came.
    let own = [
        header::HOST,
        header::CONTENT_LENGTH,
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
        header::TE,
        header::TRAILER,
        header::COOKIE,
    ];
    own.iter().for_each(|name| drop(headers.remove(name)));
    headers.remove("keep-alive");
    let mut request = http::Request::new(body);
    *request.method_mut() = Method::POST;
    *request.headers_mut() = headers;
    let failed = |why: &str| {
        edge.log(&format!("news from {prefix}: the component that reads it cannot be asked: {why}"));
        let detail = "what reads this cannot be asked at the moment: send it again";
        Heard::Refused(problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail))
    };
    let Ok(address) = format!("{READER}{PATH}{prefix}").parse() else { return failed("no such address") };
    *request.uri_mut() = address;
    let answer = match edge.fetch(request, PATIENCE, ANSWER_CAP).await {
        Ok(answer) => answer,
        Err(FetchError::Unreachable(why)) => return failed(&why),
        Err(error) => return failed(&format!("{error:?}")),
    };
    if answer.status().is_client_error() {
        return Heard::Refused(relayed(&answer));
    }
    let told = (answer.status() == StatusCode::OK).then(|| serde_json::from_slice::<Told>(answer.body()));
    let tags = told
        .and_then(Result::ok)
        .map(|told| told.tags.iter().map(|tag| Tag::parse(tag)).collect::<Result<Vec<_>, _>>());
    match tags {
        Some(Ok(tags)) => Heard::Tags(tags),
        _ => failed("it does not answer with tags"),
    }
}
