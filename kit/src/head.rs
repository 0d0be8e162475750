//! One request through a head.

use crate::answer::{Answer, Keep, Rest};
use crate::ask::Ask;
use crate::body::Body;
use crate::decide;
use crate::edge::Edge;
use crate::failure::{Failure, Trouble};
use crate::fields::Fields;
use crate::finish::{finish, go_on, with_session};
use crate::gateway::{self, context::Context};
use crate::keys::Keys;
use crate::locale::Locale;
use crate::origin;
use crate::preview::Preview;
use crate::reads::Reads;
use crate::routes::Routes;
use crate::shared::Shared;
use crate::shop::Shop;
use crate::slots::{Deadline, Slots};
use crate::spin::{self, Spin};
use crate::trace::Trace;
use crate::visitor::{MarketChoice, Markets, Session};
use bytes::Bytes;
use futures::StreamExt;
use http::{HeaderValue, StatusCode, header};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// A head: one channel's way to ask a shop and to speak of it. Adding one is a folder in `components/`
/// that implements this, and an entry in `spin.toml`.
pub trait Head {
    /// Its pages or questions.
    type Page: Copy + 'static;

    /// Its name in the caches of an instance, such as `web`.
    const CHANNEL: &'static str;

    /// Time for a whole answer; the variable `deadline_ms` of the component overrides it.
    const BUDGET: Duration;

    /// The largest request body that it takes, in bytes.
    const BODY_CAP: usize = 64 << 10;

    /// Whether the query `market` names the market; a head before another's site leaves the query to it.
    const MARKET_IN_QUERY: bool = true;

    /// Its addresses. A part named `{market}` names the market; so does the query `market`.
    fn routes() -> &'static Routes<Self::Page>;

    /// Its interface texts: language and Fluent source (<https://projectfluent.org>), English first.
    fn texts() -> &'static [(&'static str, &'static str)];

    /// Whether other sites may post there: a webhook that proves its sender by itself.
    fn is_webhook(_page: Self::Page) -> bool {
        false
    }

    /// Answers a request.
    ///
    /// # Errors
    /// Any failure; it is then said by [`Head::fail`].
    fn answer(page: Self::Page, ask: &Rc<Ask>) -> impl Future<Output = Result<Answer, Failure>>;

    /// Which edition of what is published its answers follow from, beside request and rules: what
    /// [`Ask::published`] gives them. What was answered by another edition is given to nobody.
    fn edition(_edge: &Rc<dyn Edge>) -> impl Future<Output = Option<[u8; 8]>> {
        std::future::ready(None)
    }

    /// Says a failure in the channel's own form. The status is set by the caller.
    fn fail(ask: &Ask, failure: &Failure) -> Answer;
}

/// Answers one request of the host: the whole of a head's handler.
pub async fn serve<H: Head>(request: spin::Request) -> spin::Response {
    let (parts, body) = request.into_parts();
    let head_only = http::Request::from_parts(parts.clone(), Bytes::new());
    let cap = crate::desk::body_cap(&head_only, H::BODY_CAP);
    let received = spin::receive(http::Request::from_parts(parts, body), cap).await;
    let (request, refused) = match received {
        Ok(request) => (request, None),
        Err(spin::TooLarge) => (head_only, Some(Failure::new(Trouble::BodyTooLarge(cap)))),
    };
    spin::respond(process::<H>(Rc::new(Spin), request, refused).await)
}

/// Answers one request in a given world, and waits for all of the body; for tests without a host. A body that broke
/// off is what came of it, with the header `x-cut`, which no host sends.
pub async fn handle<H: Head>(edge: Rc<dyn Edge>, request: http::Request<Bytes>) -> http::Response<Bytes> {
    let (mut parts, body) = begin::<H>(edge, request).await.into_parts();
    let mut whole = Vec::new();
    match body {
        Body::Whole(bytes) => return http::Response::from_parts(parts, bytes),
        Body::Streamed(mut chunks) => {
            while let Some(chunk) = chunks.next().await {
                match chunk {
                    Ok(chunk) => whole.extend_from_slice(&chunk),
                    Err(_) => {
                        parts.headers.insert("x-cut", HeaderValue::from_static("1"));
                    }
                }
            }
        }
    }
    http::Response::from_parts(parts, Bytes::from(whole))
}

/// Answers one request in a given world; what [`serve`] does, for tests without a host.
pub async fn begin<H: Head>(edge: Rc<dyn Edge>, request: http::Request<Bytes>) -> http::Response<Body> {
    let cap = crate::desk::body_cap(&request, H::BODY_CAP);
    let refused = (request.body().len() > cap).then(|| Failure::new(Trouble::BodyTooLarge(cap)));
    process::<H>(edge, request, refused).await
}

async fn process<H: Head>(
    edge: Rc<dyn Edge>,
    request: http::Request<Bytes>,
    refused: Option<Failure>,
) -> http::Response<Body> {
    let request = gateway::settle(&*edge, request).await;
    answer::<H>(edge, request, refused).await
}

async fn answer<H: Head>(
    edge: Rc<dyn Edge>,
    request: http::Request<Bytes>,
    refused: Option<Failure>,
) -> http::Response<Body> {
    let begun = edge.elapsed();
    let found = H::routes().find(request.method(), request.uri().path());
    let (page, parts, missing) = match found {
        Ok(found) => (Some(found.page), found.parts, None),
        Err(failure) => (None, Vec::new(), Some(failure)),
    };
    let preview = Preview::of(&edge, &request).await;
    let shared = Shared { channel: H::CHANNEL, is_open: page.is_some() && refused.is_none() && !preview.0 };
    let visitor = decide::Visitor::default();
    if let Some(known) = shared.recall(&edge, &request, &visitor, H::edition(&edge)).await {
        return known.map(Body::Whole);
    }
    let (ask, broken) = open::<H>(edge, request, parts, preview, (begun, visitor)).await;
    let ask = Rc::new(ask);
    if let Some(found) = crate::checkup::answer(&ask).await {
        return found.map(Body::Whole);
    }
    if let Some(done) = crate::desk::answer(&ask, refused.as_ref()).await {
        return done.map(Body::Whole);
    }
    // The order is that of RFC 9110: no such address before a body too large before a change not allowed.
    let barred = missing.or(refused).or(broken).or_else(|| ask.check_market().err());
    let outcome = match (page, barred) {
        (_, Some(failure)) => Err(failure),
        (None, None) => Err(Failure::new(Trouble::UnknownRoute)),
        (Some(page), None)
            if changes(&ask) && !H::is_webhook(page) && !origin::is_own(ask.request.headers()) =>
        {
            Err(Failure::new(Trouble::CrossSite))
        }
        (Some(page), None) => match H::answer(page, &ask).await {
            Ok(answer) => ask.slots.all_omitted().map_or(Ok(answer), Err),
            Err(failure) => Err(failure),
        },
    };
    let answer = outcome.unwrap_or_else(|failure| failed::<H>(&ask, &failure));
    if answer.rest.is_some() && answer.keep != Keep::AsGiven {
        // Whoever becomes known while the answer goes on must be given their session with its headers.
        let _ = ask.known().await;
    }
    let mut answer = with_session(&ask, answer);
    let rest = answer.rest.take();
    let may_be_kept = answer.keep == Keep::Derived && answer.session.is_none() && rest.is_none();
    let response = finish(&ask, answer, rest.is_some());
    if let Some(Rest(rest)) = rest {
        return response.map(|first| Body::Streamed(go_on(ask, first, rest)));
    }
    if may_be_kept {
        shared.keep(&ask, &response).await;
    }
    ask.leave().await;
    response.map(Body::Whole)
}

fn changes(ask: &Ask) -> bool {
    !ask.request.method().is_safe()
}

async fn open<H: Head>(
    edge: Rc<dyn Edge>,
    request: http::Request<Bytes>,
    parts: Vec<(String, String)>,
    preview: Preview,
    (begun, visitor): (Duration, decide::Visitor),
) -> (Ask, Option<Failure>) {
    let instance = edge.instance();
    let variable = async |name: &str| instance.variable(&*edge, name).await;
    let mut broken = None;
    let budget = match variable("deadline_ms").await.map(|text| text.parse::<u64>()) {
        None => H::BUDGET,
        Some(Ok(milliseconds @ 1..=30_000)) => Duration::from_millis(milliseconds),
        Some(_) => {
            broken = Some("deadline_ms must be a whole number from 1 to 30000".to_owned());
            H::BUDGET
        }
    };
    let deadline = Deadline::since(begun, budget);
    let markets = variable("markets").await.unwrap_or_else(|| Markets::DEFAULT.to_owned());
    let markets = Markets::parse(&markets).or_else(|why| {
        broken = Some(why);
        Markets::parse(Markets::DEFAULT)
    });
    #[expect(clippy::expect_used, reason = "a constant that the tests of `visitor` read")]
    let markets = markets.expect("the default markets can be read");

    let reads = Rc::new(Reads::default());
    if preview.0 {
        reads.preview();
    }
    let query = Fields::of_query(&request).noted(&reads);
    let named = parts.iter().find(|(name, _)| name == "market").map(|(_, value)| value.as_str());
    let named = named.or_else(|| query.get("market").filter(|_| H::MARKET_IN_QUERY));
    let (market, market_choice) = match named.map(|id| markets.find(id)) {
        Some(Some(market)) => (Some(market), MarketChoice::Named),
        Some(None) => (None, MarketChoice::Unknown),
        None => {
            reads.header("accept-language");
            (markets.negotiate(request.headers()), MarketChoice::Negotiated)
        }
    };
    #[expect(clippy::expect_used, reason = "`Markets` is never empty by construction")]
    let market = market.or_else(|| markets.iter().next()).expect("there is a market").clone();

    let seal = Keys::of(&*edge).await.seal();
    let (kept, carrier) = Session::read(request.headers(), &seal);
    let logged = variable("log_calls").await.is_some_and(|value| value == "true");
    let trace = Rc::new(Trace::new(logged).carrying(Context::of(request.headers())));
    let shop = Shop::open(&edge, deadline, market.clone(), reads.clone(), &trace).await;
    let ask = Ask {
        locale: Locale::of(&market, H::texts()),
        slots: Rc::new(Slots::new(edge.clone(), deadline, reads.clone())),
        shop,
        now: edge.now(),
        edge: edge.clone(),
        request,
        parts,
        query,
        markets,
        market,
        market_choice,
        reads,
        trace,
        seal,
        kept,
        carrier,
        channel: H::CHANNEL,
        known: visitor,
        facts: Rc::default(),
        seen_cart: RefCell::default(),
        is_turning: Cell::default(),
    };
    let broken = broken.map(|detail| Failure { trouble: Trouble::Internal, detail });
    (ask, broken)
}

fn failed<H: Head>(ask: &Ask, failure: &Failure) -> Answer {
    if failure.is_ours() {
        ask.edge.log(&format!(
            "{} {}: {:?}: {}",
            ask.request.method(),
            ask.request.uri().path(),
            failure.trouble,
            failure.detail
        ));
    }
    let mut answer = H::fail(ask, failure);
    if answer.status == StatusCode::OK {
        answer.status = failure.status();
    }
    answer.keep = Keep::Never;
    match &failure.trouble {
        Trouble::MethodNotAllowed(allow) => answer.header(header::ALLOW, allow),
        _ => match failure.retry_after() {
            Some(seconds) => answer.header(header::RETRY_AFTER, &seconds.to_string()),
            None => answer,
        },
    }
}
