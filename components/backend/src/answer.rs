//! One question and its answer.

use bytes::Bytes;
use commerce::adapters::plain::serve::{failed, serve};
use commerce::adapters::plain::{DEADLINE, Question};
use http::{Method, Request, Response};
use kit::gateway::context::Context;
use kit::slots::Deadline;
use kit::trace::Trace;
use kit::{Edge, backends, checkup, desk};
use std::rc::Rc;
use std::time::Duration;

use commerce::adapters::plain::serve::BODY_CAP;
pub(crate) use commerce::adapters::plain::serve::too_large;

/// For an asker that does not say how long it waits.
const PATIENCE: Duration = Duration::from_secs(10);
/// However long it says it waits: what the smallest host gives a request.
const MOST: Duration = Duration::from_secs(30);

/// The largest body of a request to a path, in bytes: backends' news are longer than what heads ask.
pub(crate) fn body_cap(path: &str) -> usize {
    if path.starts_with(desk::NEWS_PATH) { desk::NEWS_CAP } else { BODY_CAP }
}

/// Answers a request of the plain form through the backends that the variables name.
pub async fn answer(edge: Rc<dyn Edge>, request: &Request<Bytes>) -> Response<Bytes> {
    let logged = edge.variable("log_calls").await.is_some_and(|value| value == "true");
    let trace = Rc::new(Trace::new(logged).carrying(Context::of(request.headers())));
    if request.method() == Method::GET && request.uri().path() == checkup::PATH {
        return checkup::behind(&edge, &trace, request).await;
    }
    if request.method() == Method::POST && request.uri().path() == checkup::codes::CODES_PATH {
        return checkup::codes::behind(&edge, &trace, request.body()).await;
    }
    if let Some(told) = desk::tell(&*edge, request).await {
        return told;
    }
    let deadline = Deadline::new(&*edge, budget(request));
    let response = match backends::open(&edge, deadline, &trace).await {
        Ok(port) => serve(&*port, request).await,
        Err(error) => failed(&error),
    };
    if let Some(calls) = trace.line() {
        // The address may hold a cart's id, which opens the cart; the question's word does not.
        let question = Question::read(request.method(), request.uri().path());
        let word = question.as_ref().map_or("nothing", Question::as_str);
        edge.log(&format!("{word} asked {calls}"));
    }
    response
}

/// How long the asker waits.
fn budget(request: &Request<Bytes>) -> Duration {
    let said = request.headers().get(&DEADLINE).and_then(|value| value.to_str().ok()?.parse().ok());
    said.map_or(PATIENCE, Duration::from_millis).clamp(Duration::from_millis(1), MOST)
}

#[cfg(test)]
mod tests;
