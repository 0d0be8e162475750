//! What is found when the backends are asked how they are; `headwater check` prints it.
//!
//! `GET …/.well-known/headwater` of a head answers it as JSON to whoever holds the operator's `session_key`, as
//! `Authorization: Bearer` with the hexadecimal SHA-256 of `headwater-check` and the key. To anybody else the
//! address does not exist. Backends that the component `backend` asks are probed there: it has the secrets.

pub mod codes;
mod probe;

use crate::ask::Ask;
use crate::backends;
use crate::edge::Edge;
use crate::fields::Fields;
use crate::proof;
use crate::trace::Trace;
use crate::visitor::Markets;
use bytes::Bytes;
use http::{Method, Response, header};
use probe::{Finding, Probe};
use std::rc::Rc;
use std::time::Duration;

/// The address, below a component's route.
pub const PATH: &str = "/.well-known/headwater";
/// For two backends one after the other, and the way there.
const PATIENCE: Duration = Duration::from_secs(45);
/// More than any honest finding.
const MOST: usize = 1 << 20;

/// The answer, when that is what is asked and the asker may know; `None` for every other request.
pub(crate) async fn answer(ask: &Ask) -> Option<Response<Bytes>> {
    let asked = ask.request.method() == Method::GET && ask.request.uri().path().ends_with(PATH);
    if !asked || !proof::is_given(&*ask.edge, ask.request.headers(), "headwater-check").await {
        return None;
    }
    if !backends::is_direct(&ask.edge).await {
        return Some(elsewhere(ask).await);
    }
    Some(findings(&ask.edge, &ask.trace, &ask.markets).await)
}

/// The answer of the component `backend`, which is only asked inside the app: its query names the markets.
pub async fn behind(
    edge: &Rc<dyn Edge>,
    trace: &Rc<Trace>,
    request: &http::Request<Bytes>,
) -> Response<Bytes> {
    let named: Vec<String> = Fields::of_query(request).all("market").map(str::to_owned).collect();
    let named = Markets::parse(&named.join(" ")).or_else(|_| Markets::parse(Markets::DEFAULT));
    match named {
        Ok(markets) => findings(edge, trace, &markets).await,
        Err(_) => written(&[]),
    }
}

async fn findings(edge: &Rc<dyn Edge>, trace: &Rc<Trace>, markets: &Markets) -> Response<Bytes> {
    let probe = Probe { edge, trace, markets };
    let mut findings = Vec::new();
    for backend in backends::named(edge).await {
        findings.push(probe.find(backend).await);
    }
    written(&findings)
}

/// What the component `backend` found.
async fn elsewhere(ask: &Ask) -> Response<Bytes> {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for market in ask.markets.iter() {
        query.append_pair("market", &format!("{}/{}", market.locale(), market.currency().code()));
    }
    let address = format!("{}{PATH}?{}", backends::BACKEND, query.finish());
    let why = match http::Request::get(address).body(Bytes::new()) {
        Err(why) => why.to_string(),
        Ok(request) => match ask.edge.fetch(request, PATIENCE, MOST).await {
            Ok(answer) if answer.status() == 200 => return json(answer.into_body()),
            Ok(answer) => format!("it answers {}", answer.status()),
            Err(why) => format!("{why:?}"),
        },
    };
    let cure = "the component `backend`, which asks this shop, cannot be reached; spin.toml must have it, with \
        the address in this component's allowed_outbound_hosts";
    let adapter = ask.edge.instance().variable(&*ask.edge, "shop_adapter").await.unwrap_or_default();
    written(&[Finding::broken("shop", adapter, format!("{cure} ({why})"))])
}

fn written(findings: &[Finding]) -> Response<Bytes> {
    json(Bytes::from(serde_json::to_vec(findings).unwrap_or_else(|_| b"[]".to_vec())))
}

fn json(body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
