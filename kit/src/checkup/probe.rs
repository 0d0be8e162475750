//! One backend, asked how it is.

use crate::edge::Edge;
use crate::slots::Deadline;
use crate::trace::Trace;
use crate::upstream::EdgeUpstream;
use crate::visitor::Markets;
use commerce::adapters::{Backend, connect};
use commerce::{Capability, ContentQuery, Error, Kind, ListingQuery, Market, Port};
use serde::Serialize;
use std::rc::Rc;
use std::time::Duration;

/// For one backend.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
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

impl Finding {
    fn of(prefix: &'static str, adapter: String) -> Self {
        Self {
            prefix,
            adapter,
            name: None,
            version: None,
            currencies: Vec::new(),
            capabilities: Vec::new(),
            markets: Vec::new(),
            fault: None,
        }
    }

    /// A backend that cannot be asked at all.
    pub(super) fn broken(prefix: &'static str, adapter: String, fault: String) -> Self {
        Self { fault: Some(fault), ..Self::of(prefix, adapter) }
    }
}

/// What asking takes.
pub(super) struct Probe<'a> {
    pub(super) edge: &'a Rc<dyn Edge>,
    pub(super) trace: &'a Rc<Trace>,
    pub(super) markets: &'a Markets,
}

impl Probe<'_> {
    pub(super) async fn find(&self, backend: Backend) -> Finding {
        let prefix = backend.settings.prefix;
        // The operator waits longer than a visitor.
        let deadline = Deadline::new(&**self.edge, PATIENCE);
        let upstream = EdgeUpstream::new(self.edge.clone(), deadline, self.trace.clone(), prefix);
        let port = match connect(&backend.adapter, &backend.settings, Box::new(upstream)) {
            Ok(port) => port,
            Err(error) => return Finding::broken(prefix, backend.adapter, words(&error, prefix)),
        };
        let mut finding = Finding::of(prefix, backend.adapter);
        finding.capabilities = port.capabilities().iter().map(|capability| capability.as_str()).collect();
        let Some(market) = self.markets.iter().next() else { return finding };
        match port.about(market).await {
            Ok(about) => {
                finding.name = about.name;
                finding.version = about.version;
                finding.currencies = about.currencies.iter().map(|c| c.code().to_owned()).collect();
            }
            Err(error) => {
                let mut fault = words(&error, prefix);
                let holds_none = self.edge.variable(&format!("{prefix}_token")).await.is_none();
                if error.kind == Kind::Unauthorized && holds_none {
                    fault.push_str(HOLDS_NONE);
                }
                finding.fault = Some(fault);
                return finding;
            }
        }
        for market in self.markets.iter() {
            finding.markets.push(self.in_market(&*port, market, prefix).await);
        }
        finding
    }

    async fn in_market(&self, port: &dyn Port, market: &Market, prefix: &str) -> InMarket {
        let start = self.edge.elapsed();
        let counted: Result<Option<u32>, Error> = if port.capabilities().contains(&Capability::Listing) {
            let query = ListingQuery { page: 1, page_size: 1, ..ListingQuery::default() };
            port.listing(market, &query).await.map(|listing| Some(listing.total))
        } else if port.capabilities().contains(&Capability::Content) {
            port.content(market, &ContentQuery::default()).await.map(|_| None)
        } else {
            Ok(None)
        };
        let took: Duration = self.edge.elapsed().saturating_sub(start);
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
}

/// What to do about a shop that wants a token from a component that is given none.
const HOLDS_NONE: &str = "; only the component `backend` holds tokens: set shop_direct to false";

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
