//! Whether the shop knows the codes of offers: each is tried on a cart of its own, since storefront APIs do not list
//! promotions.
//!
//! `POST /.well-known/headwater/codes` of the component `backend`, which is asked inside the app only; the operator's
//! desk passes it on. No order is placed, and the cart is left empty, without the code.

mod basket;
mod goods;
mod promise;
mod trial;

use crate::backends;
use crate::desk::{problem, said};
use crate::edge::Edge;
use crate::slots::Deadline;
use crate::trace::Trace;
use crate::visitor::Markets;
use bytes::Bytes;
use commerce::{Capability, Market, Port};
use futures::future::join_all;
use goods::Goods;
use http::{Response, StatusCode};
use personalise::rules::Benefit;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::rc::Rc;
use std::time::Duration;
use trial::Trial;
pub use trial::{Outcome, Tried};

/// The address of the component `backend`.
pub const CODES_PATH: &str = "/.well-known/headwater/codes";
/// Codes of one question, so that its answer comes in time.
pub const MOST_CODES: usize = 4;
/// Markets of one question: the first of each currency is asked, since promotions are made for currencies.
const MOST_MARKETS: usize = 4;
/// For all of it; what is late is untold.
const PATIENCE: Duration = Duration::from_secs(15);
/// For the component that asks, and the way there.
const PATIENCE_BEHIND: Duration = Duration::from_secs(18);
/// More than any honest answer.
const MOST_ANSWER: usize = 256 << 10;

/// Which codes, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The codes with what their offers promise; [`MOST_CODES`] at most.
    pub codes: Vec<Promised>,
    /// The shop's markets as the variable `markets` has them; [`Markets::DEFAULT`] where it is empty.
    #[serde(default)]
    pub markets: String,
}

/// A code and what its offer promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promised {
    /// As the rules have it.
    pub code: String,
    /// What it is to give.
    #[serde(default)]
    pub give: Vec<Benefit>,
}

/// The answer of the component `backend`.
pub async fn behind(edge: &Rc<dyn Edge>, trace: &Rc<Trace>, body: &[u8]) -> Response<Bytes> {
    let question: Question = match serde_json::from_slice(body) {
        Ok(question) => question,
        Err(error) => return invalid(&error.to_string()),
    };
    let markets = if question.markets.is_empty() { Markets::DEFAULT } else { &question.markets };
    let markets = match Markets::parse(markets) {
        Ok(markets) if (1..=MOST_CODES).contains(&question.codes.len()) => markets,
        Ok(_) => return invalid(&format!("1 to {MOST_CODES} codes are taken at once")),
        Err(why) => return invalid(&why),
    };
    let deadline = Deadline::new(&**edge, PATIENCE);
    let port = match backends::open(edge, deadline, trace).await {
        Ok(port) => port,
        Err(error) => return problem(StatusCode::BAD_GATEWAY, "misconfigured", &error.to_string()),
    };
    let unlikely = edge.random().iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let tried = try_all(&*port, &markets, &question.codes, &unlikely).await;
    said(StatusCode::OK, &json!({ "adapter": backends::of_cart(edge).await, "tried": tried }))
}

/// The same, asked of the component `backend` by another component.
///
/// # Errors
/// What is wrong, with the cure.
pub async fn ask_behind(edge: &Rc<dyn Edge>, question: &Question) -> Result<serde_json::Value, String> {
    let cure = "the component `backend`, which asks the shop, cannot be reached; spin.toml must have it, and \
        http://backend.spin.internal must stand in this component's allowed_outbound_hosts";
    let body = serde_json::to_vec(question).unwrap_or_default();
    let request = http::Request::post(format!("{}{CODES_PATH}", backends::BACKEND))
        .header("content-type", "application/json")
        .body(Bytes::from(body));
    let request = request.map_err(|why| why.to_string())?;
    let answer = edge.fetch(request, PATIENCE_BEHIND, MOST_ANSWER).await;
    let answer = answer.map_err(|why| format!("{cure} ({why:?})"))?;
    let content: serde_json::Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    match answer.status() {
        StatusCode::OK => Ok(content),
        status => match content.get("detail").and_then(serde_json::Value::as_str) {
            Some(detail) => Err(detail.to_owned()),
            None => Err(format!("{cure} (it answers {status})")),
        },
    }
}

/// Tries codes in the first market of each currency. `unlikely` is a code that nobody has: where the shop takes it as
/// well, that it takes another tells nothing.
pub async fn try_all(port: &dyn Port, markets: &Markets, codes: &[Promised], unlikely: &str) -> Vec<Tried> {
    let asked = markets_of_currencies(markets);
    let tried = join_all(asked.iter().map(|market| in_market(port, market, codes, unlikely))).await;
    tried.into_iter().flatten().collect()
}

fn markets_of_currencies(markets: &Markets) -> Vec<&Market> {
    let mut asked: Vec<&Market> = Vec::new();
    for market in markets.iter() {
        if !asked.iter().any(|known| known.currency() == market.currency()) {
            asked.push(market);
        }
    }
    asked.truncate(MOST_MARKETS);
    asked
}

/// One after the other, so that a shop is asked no faster than by a visitor in each market.
async fn in_market(port: &dyn Port, market: &Market, codes: &[Promised], unlikely: &str) -> Vec<Tried> {
    let untold = |why: &str| codes.iter().map(|one| Tried::untold(one, market, why.to_owned())).collect();
    if !port.capabilities().contains(&Capability::Cart) {
        return untold("the shop has no cart");
    }
    let goods = match Goods::find(port, market).await {
        Ok(goods) => goods,
        Err(why) => return untold(&why),
    };
    let mut trial = Trial::new(port, market, &goods, unlikely);
    let mut tried = Vec::new();
    for promised in codes {
        tried.push(trial.of(promised).await);
    }
    tried
}

fn invalid(why: &str) -> Response<Bytes> {
    let form = r#"send {"codes": [{"code": "WELCOME10", "give": [{"PercentOff": 1000}]}]}"#;
    problem(StatusCode::BAD_REQUEST, "invalid", &format!("{why}; {form}"))
}
