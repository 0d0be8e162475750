//! What goes with what: a table that `headwater train` makes, for the rules that are in force.

use crate::query;
use crate::rules::{changed, in_time, refused};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use kit::desk::said;
use kit::edge::Edge;
use kit::rulebook::{keep_table, point_to_table};
use serde_json::json;

/// Keeps a table and, unless the query says `live=false`, gives it to the rules in force.
pub(crate) async fn put(edge: &dyn Edge, request: &Request<Bytes>) -> Response<Bytes> {
    let table = match in_time(edge, keep_table(edge, request.body())).await {
        Ok(table) => table,
        Err(why) => return refused(&why),
    };
    if query::field(request, "live").as_deref() == Some("false") {
        return said(StatusCode::OK, &json!({"goesWith": table}));
    }
    let done = in_time(edge, point_to_table(edge, table)).await;
    changed(edge, "rules are given a table", done).await
}
