//! One request through a head.

use crate::answer::{Answer, Keep};
use crate::ask::Ask;
use crate::decide;
use crate::edge::Edge;
use crate::failure::{Failure, Trouble};
use crate::fields::Fields;
use crate::locale::Locale;
use crate::origin;
use crate::preview::Preview;
use crate::reads::Reads;
use crate::routes::Routes;
use crate::seal::Seal;
use crate::shared::Shared;
use crate::shop::Shop;
use crate::slots::{Deadline, Slots};
use crate::spin::{self, Spin};
use crate::trace::Trace;
use crate::visitor::{Carrier, MarketChoice, Markets, SESSION_COOKIE, SESSION_HEADER, Session};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// A session is sealed anew after so many seconds.
const SEALED_FOR: i64 = 24 * 60 * 60;

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
    fn answer(page: Self::Page, ask: &Ask) -> impl Future<Output = Result<Answer, Failure>>;

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

/// Answers one request in a given world; what [`serve`] does, for tests without a host.
pub async fn handle<H: Head>(edge: Rc<dyn Edge>, request: http::Request<Bytes>) -> http::Response<Bytes> {
    let cap = crate::desk::body_cap(&request, H::BODY_CAP);
    let refused = (request.body().len() > cap).then(|| Failure::new(Trouble::BodyTooLarge(cap)));
    process::<H>(edge, request, refused).await
}

async fn process<H: Head>(
    edge: Rc<dyn Edge>,
    request: http::Request<Bytes>,
    refused: Option<Failure>,
) -> http::Response<Bytes> {
    let begun = edge.elapsed();
    let found = H::routes().find(request.method(), request.uri().path());
    let (page, parts, missing) = match found {
        Ok(found) => (Some(found.page), found.parts, None),
        Err(failure) => (None, Vec::new(), Some(failure)),
    };
    let preview = Preview::of(&edge, &request).await;
    let shared = Shared { channel: H::CHANNEL, is_open: page.is_some() && refused.is_none() && !preview.0 };
    let visitor = decide::Visitor::default();
    if let Some(known) = shared.recall(&edge, &request, &visitor).await {
        return known;
    }
    let (ask, broken) = open::<H>(edge, request, parts, preview, (begun, visitor)).await;
    if let Some(found) = crate::checkup::answer(&ask).await {
        return found;
    }
    if let Some(done) = crate::desk::answer(&ask, refused.as_ref()).await {
        return done;
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
    let answer = with_session(&ask, answer);
    let may_be_kept = answer.keep == Keep::Derived && answer.session.is_none();
    let response = finish(&ask, answer);
    if may_be_kept {
        shared.keep(&ask, &response).await;
    }
    ask.leave().await;
    response
}

/// An answer with the session of a visitor who has just become known, or whose session was sealed long ago.
fn with_session(ask: &Ask, answer: Answer) -> Answer {
    let now = ask.now.as_second();
    let known = ask.known.get().and_then(Option::as_ref);
    let newcomer = known.and_then(|known| known.to_be_kept(answer.session.as_ref().unwrap_or(&ask.kept)));
    let is_old = |issued: i64| now.saturating_sub(issued) >= SEALED_FOR;
    let again = || ask.kept.issued.is_some_and(is_old).then(|| ask.kept.clone());
    // A stranger's page may be everybody's; of a visitor's own page the cookie makes no more than it is.
    let session = newcomer.or(answer.session).or_else(|| ask.reads.is_own().then(again).flatten());
    Answer { session: session.map(|session| Session { issued: Some(now), ..session }), ..answer }
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
    let named = named.or_else(|| query.get("market"));
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

    let seal = Seal::new(&variable("session_key").await.unwrap_or_default());
    let (kept, carrier) = Session::read(request.headers(), &seal);
    let logged = variable("log_calls").await.is_some_and(|value| value == "true");
    let trace = Rc::new(Trace::new(logged));
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
        Trouble::UpstreamFailed | Trouble::UpstreamLate => answer.header(header::RETRY_AFTER, "5"),
        _ => answer,
    }
}

fn finish(ask: &Ask, answer: Answer) -> http::Response<Bytes> {
    let Answer { status, mut headers, body, keep, session } = answer;
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    if let Some(session) = &session {
        ask.reads.private();
        let sealed = session.close(&ask.seal, ask.edge.random());
        match ask.carrier {
            Carrier::Header => set(SESSION_HEADER, &sealed),
            Carrier::Cookie => {
                let secure = if ask.site().starts_with("https:") { "; Secure" } else { "" };
                let cookie = format!(
                    "{SESSION_COOKIE}={sealed}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax{secure}"
                );
                set(header::SET_COOKIE, &cookie);
            }
        }
    }
    let cache_control = match keep {
        _ if session.is_some() => "private, no-store".to_owned(),
        // A head that says "for ever" of what is a visitor's is not believed.
        Keep::Immutable | Keep::Hour if ask.reads.is_own() => "private, no-store".to_owned(),
        Keep::Immutable => "public, max-age=31536000, immutable".to_owned(),
        Keep::Hour => "public, max-age=3600".to_owned(),
        Keep::Never => "no-store".to_owned(),
        // What lacks a part is not to be shown to others once the part is back.
        Keep::Derived if ask.slots.is_partial() && !ask.reads.is_private() => "no-store".to_owned(),
        Keep::Derived => ask.reads.cache_control(),
    };
    set(header::CACHE_CONTROL, &cache_control);
    if keep == Keep::Derived
        && let Some(tags) = ask.reads.surrogate_key()
    {
        set(HeaderName::from_static("surrogate-key"), &tags);
        set(HeaderName::from_static("cache-tag"), &tags.replace(' ', ","));
    }
    if let Some(vary) = ask.reads.vary() {
        set(header::VARY, &vary);
    }
    let slots = ask.slots.summary();
    if !slots.is_empty() {
        set(HeaderName::from_static("headwater-slots"), &slots);
    }
    set(HeaderName::from_static("server-timing"), &ask.slots.timing());
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    if let Some(calls) = ask.trace.line() {
        ask.edge.log(&format!("{} {} asked {calls}", ask.request.method(), ask.request.uri().path()));
    }
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
