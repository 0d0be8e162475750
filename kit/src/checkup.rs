//! What a head finds when it asks its backends how they are; `headwater check` prints it.
//!
//! `GET …/.well-known/headwater` answers it as JSON to whoever holds the operator's `session_key`, as
//! `Authorization: Bearer` with the hexadecimal SHA-256 of `headwater-check` and the key. To anybody else the
//! address does not exist.

use crate::ask::Ask;
use crate::backends;
use crate::slots::Deadline;
use crate::upstream::EdgeUpstream;
use bytes::Bytes;
use commerce::adapters::{Backend, connect};
use commerce::{Capability, ContentQuery, Error, Kind, ListingQuery, Market, Port};
use http::{Method, StatusCode, header};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Duration;
use subtle::ConstantTimeEq;

/// For one backend.
const PATIENCE: Duration = Duration::from_secs(20);
const PATH: &str = "/.well-known/headwater";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    /// `shop` or `second`, as the variables begin.
    prefix: &'static str,
    adapter: String,
    /// What the backend says of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    currencies: Vec<String>,
    capabilities: Vec<&'static str>,
    markets: Vec<InMarket>,
    /// Why it cannot be asked at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InMarket {
    market: String,
    currency: String,
    /// How many products are for sale; absent for a backend without a catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    products: Option<u32>,
    milliseconds: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

/// The answer, when that is what is asked and the asker may know; `None` for every other request.
pub(crate) async fn answer(ask: &Ask) -> Option<http::Response<Bytes>> {
    let asked = ask.request.method() == Method::GET && ask.request.uri().path().ends_with(PATH);
    if !asked || !may_know(ask).await {
        return None;
    }
    let mut findings = Vec::new();
    for backend in backends::configured(&ask.edge).await {
        findings.push(find(ask, backend).await);
    }
    let mut response = http::Response::new(Bytes::from(serde_json::to_vec(&findings).ok()?));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Some(response)
}

async fn may_know(ask: &Ask) -> bool {
    let key = ask.edge.instance().variable(&*ask.edge, "session_key").await.unwrap_or_default();
    let Some(given) = ask.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) else {
        return false;
    };
    let digest = Sha256::new().chain_update("headwater-check").chain_update(&key).finalize();
    let expected: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    !key.is_empty() && bool::from(expected.as_bytes().ct_eq(given.as_bytes()))
}

async fn find(ask: &Ask, backend: Backend) -> Finding {
    let prefix = backend.settings.prefix;
    // The operator waits longer than a visitor.
    let deadline = Deadline::new(&*ask.edge, PATIENCE);
    let upstream = EdgeUpstream::new(ask.edge.clone(), deadline, ask.trace.clone(), prefix);
    let mut finding = Finding {
        prefix,
        adapter: backend.adapter.clone(),
        name: None,
        version: None,
        currencies: Vec::new(),
        capabilities: Vec::new(),
        markets: Vec::new(),
        fault: None,
    };
    let port = match connect(&backend.adapter, &backend.settings, Box::new(upstream)) {
        Ok(port) => port,
        Err(error) => {
            finding.fault = Some(words(&error, prefix));
            return finding;
        }
    };
    finding.capabilities = port.capabilities().iter().map(|capability| capability.as_str()).collect();
    match port.about(&ask.market).await {
        Ok(about) => {
            finding.name = about.name;
            finding.version = about.version;
            finding.currencies = about.currencies.iter().map(|c| c.code().to_owned()).collect();
        }
        Err(error) => {
            finding.fault = Some(words(&error, prefix));
            return finding;
        }
    }
    for market in ask.markets.iter() {
        finding.markets.push(in_market(ask, &*port, market, prefix).await);
    }
    finding
}

/// What is wrong, with the setting to look at.
fn words(error: &Error, prefix: &str) -> String {
    let cure = match error.kind {
        Kind::Unauthorized => {
            format!(
                "the backend does not accept our credentials; look at {prefix}_token, {prefix}_client_id and so on"
            )
        }
        Kind::Unreachable => format!("the backend cannot be reached; look at {prefix}_url"),
        Kind::TimedOut => format!("the backend does not answer within {} s", PATIENCE.as_secs()),
        Kind::Failed { status: 404 } => {
            format!("nothing is there; look at {prefix}_url, {prefix}_path and {prefix}_project")
        }
        Kind::BadAnswer => format!("this is not what such a backend answers; is {prefix}_adapter right?"),
        _ => return error.to_string(),
    };
    format!("{cure} ({error})")
}

async fn in_market(ask: &Ask, port: &dyn Port, market: &Market, prefix: &str) -> InMarket {
    let start = ask.edge.elapsed();
    let counted: Result<Option<u32>, Error> = if port.capabilities().contains(&Capability::Listing) {
        let query = ListingQuery { page: 1, page_size: 1, ..ListingQuery::default() };
        port.listing(market, &query).await.map(|listing| Some(listing.total))
    } else if port.capabilities().contains(&Capability::Content) {
        port.content(market, &ContentQuery::default()).await.map(|_| None)
    } else {
        Ok(None)
    };
    let took: Duration = ask.edge.elapsed().saturating_sub(start);
    let (products, fault) = match counted {
        Ok(products) => (products, None),
        Err(error) => (None, Some(words(&error, prefix))),
    };
    InMarket {
        market: market.id(),
        currency: market.currency().code().to_owned(),
        products,
        milliseconds: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        fault,
    }
}
