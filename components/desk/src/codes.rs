//! Whether the shop knows the codes of offers: the component `backend` tries them.

use bytes::Bytes;
use http::{Response, StatusCode};
use kit::checkup::codes::{MOST_CODES, Question, ask_behind};
use kit::desk::{problem, said};
use kit::edge::Edge;
use std::rc::Rc;

/// Asks for the codes of a body, in this shop's markets.
pub(crate) async fn posted(edge: &Rc<dyn Edge>, body: &[u8]) -> Response<Bytes> {
    let question: Question = match serde_json::from_slice(body) {
        Ok(question) => question,
        Err(error) => {
            let cure = format!(r#"send {{"codes": [{{"code": "WELCOME10"}}]}}, {MOST_CODES} at most"#);
            return problem(StatusCode::BAD_REQUEST, "invalid", &format!("{error}; {cure}"));
        }
    };
    let markets = edge.variable("markets").await.unwrap_or_default();
    match ask_behind(edge, &Question { markets, ..question }).await {
        Ok(told) => said(StatusCode::OK, &told),
        Err(why) => problem(StatusCode::BAD_GATEWAY, "not_asked", &why),
    }
}
