//! Asking the site.

use super::page::{LARGEST, Shared, SitePage};
use super::request::{is_for_everyone, onward, reached, wants_page};
use super::response::{content_type, page, seen, strip_of_bytes};
use crate::ask::Ask;
use crate::asked::Asked;
use crate::body::Chunks;
use crate::cache::begun::Recalled;
use crate::cache::lives::Lives;
use crate::cache::question::Question;
use crate::edge::{Edge, FetchError};
use crate::failure::{Failure, Trouble};
use crate::reads::Reads;
use crate::rewrite::{Links, unpacked};
use crate::slots::Slot;
use crate::visibility::{Age, Public, Visible};
use bytes::Bytes;
use commerce::{Error, Kind, Market, Pending, Port, Tag};
use futures::StreamExt;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use jiff::Timestamp;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;
use url::Url;

/// How long the site may take for what is no page that everyone sees: an order must not be cut short.
const PATIENCE: Duration = Duration::from_secs(30);
/// The slot of the site's page.
const PAGE: Slot = Slot::new("page").undated();

/// A site that exists already.
#[derive(Debug, Clone)]
pub struct Site {
    origin: Url,
    /// Its addresses as they are seen through us.
    pub links: Rc<Links>,
    visitor_cookies: Option<Vec<String>>,
}

/// The site's answer.
pub enum Fetched {
    /// A page that is the same for everyone, whole.
    Page(Public<SitePage>),
    /// Anything else, as it comes.
    Begun(Begun),
}

/// An answer that has begun.
pub struct Begun {
    /// Status and headers, as the visitor may see them, and the body: unpacked when it is a page.
    pub response: Response<Chunks>,
    /// Whether it is a page that can be rewritten.
    pub is_page: bool,
    /// The character encoding that its `Content-Type` names.
    pub charset: Option<String>,
    /// Whether the visitor asked for a page: what a script fetches stays as it is.
    pub is_wanted: bool,
    /// How long others may keep it, by the site's own word.
    shared: Option<Shared>,
}

impl Site {
    /// The site at `origin` (`https://shop.example`, or with a path that all of it is below), seen below the path
    /// `base`. `visitor_cookies` are the names of those cookies that it tells visitors by: pages are shared among
    /// visitors who have none of them. Without names every cookie may be one.
    ///
    /// # Errors
    /// `Internal` when the origin is no such address.
    pub fn new(origin: &str, base: &str, visitor_cookies: Option<Vec<String>>) -> Result<Self, Failure> {
        let url = Url::parse(origin).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.filter(|url| url.has_host() && url.query().is_none());
        let origin = url.ok_or_else(|| Failure {
            trouble: Trouble::Internal,
            detail: format!(
                "origin must be the address of a site, such as https://shop.example, not {origin:?}"
            ),
        })?;
        let links = Rc::new(Links::new(&origin, base));
        Ok(Self { origin, links, visitor_cookies })
    }

    /// The address at the site of a path and query below our own path.
    fn address(&self, path: &str, query: Option<&str>) -> String {
        let from = self.origin.path().trim_end_matches('/');
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{from}{path}{query}", self.origin.origin().ascii_serialization())
    }

    /// Asks the site what the visitor asks us; `path` begins with a slash and is below our own path.
    ///
    /// # Errors
    /// `UpstreamFailed`, `UpstreamLate`: it is down or late, and there is no copy.
    pub async fn fetch(&self, ask: &Rc<Ask>, path: &str) -> Result<Fetched, Failure> {
        let address = self.address(path, ask.request.uri().query());
        let (request, again) = (&ask.request, address.clone());
        // Whoever asks with any of these may be shown something else at the same address.
        ask.reads.fields("");
        for name in ["cookie", "authorization"] {
            ask.reads.header(name);
        }
        let turns_with_visitor = TURNING.with_borrow(|sites| sites.contains(self.origin.as_str()));
        if turns_with_visitor || !is_for_everyone(request, self.visitor_cookies.as_deref()) {
            ask.reads.private();
            return self.pass(ask, &address).await;
        }
        let question = Rc::new(AskPage {
            edge: ask.edge.clone(),
            links: self.links.clone(),
            headers: for_everyone(ask),
            address,
        });
        let stand_in: Rc<RefCell<Option<Fetched>>> = Rc::default();
        let copy = stand_in.clone();
        let left = ask.slots.deadline().left(&*ask.edge);
        let pending = async move {
            let reader = ask.shop.reader();
            match reader.recall(&question).await {
                Recalled::Good(page) => return Ok(Fetched::Page(page)),
                Recalled::StandIn(page) => *stand_in.borrow_mut() = Some(Fetched::Page(page)),
                Recalled::Nothing => {}
            }
            let asked = reader.asked();
            let answer = question.open(left).await?;
            if answer.response.status().is_server_error() && stand_in.borrow().is_some() {
                return Err(Error::new(Kind::Unreachable, "page", answer.response.status().as_str()));
            }
            let Some(shared) = answer.shared else { return Ok(Fetched::Begun(answer)) };
            let (parts, chunks) = answer.response.into_parts();
            let (reader, headers) = (reader.clone(), parts.headers.clone());
            let learn = move |body: &[u8]| {
                reader.learn(&*question, asked, SitePage::of(&headers, body, shared));
            };
            let response = Response::from_parts(parts, listened(chunks, learn));
            Ok(Fetched::Begun(Begun {
                response,
                is_page: true,
                charset: answer.charset,
                is_wanted: true,
                shared: None,
            }))
        };
        let fetched =
            ask.slots.required(PAGE, Asked { pending: Box::pin(pending), copy, late: None }).await?;
        match fetched {
            // What turns with the visitor is asked for with the visitor's own, and from now on only so.
            Fetched::Begun(answer) if turns(answer.response.headers()) => {
                TURNING.with_borrow_mut(|sites| sites.insert(self.origin.to_string()));
                ask.reads.private();
                self.pass(ask, &again).await
            }
            fetched => Ok(fetched),
        }
    }

    /// Passes a visitor's own request on.
    async fn pass(&self, ask: &Rc<Ask>, address: &str) -> Result<Fetched, Failure> {
        let mut onward = marked(ask, onward(ask.request.headers(), true));
        reached(&mut onward, &ask.request);
        let request = request(ask.request.method(), address, onward, ask.request.body().clone());
        // A visitor's order is waited for; a page has the time of any.
        let patience = match ask.request.method().is_safe() {
            true => ask.slots.deadline().left(&*ask.edge),
            false => PATIENCE,
        };
        let answer = async move {
            let request = request?;
            let response = ask.edge.open(request, patience).await.map_err(failed)?;
            let is_wanted = wants_page(ask.request.headers());
            Ok(Fetched::Begun(Begun { is_wanted, ..begun(response, &self.links) }))
        };
        match ask.request.method().is_safe() {
            true => ask.slots.required(PAGE, answer).await,
            false => Ok(answer.await?),
        }
    }
}

thread_local! {
    /// Sites whose pages turn with request headers; as few as the origins that this instance ever stood before.
    static TURNING: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Whether an answer turns with a header that is the same for everyone when a page is asked for as everybody does.
fn turns(headers: &HeaderMap) -> bool {
    let ours = ["user-agent", "accept-language", "accept"];
    let lines = headers.get_all(header::VARY).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .any(|name| ours.iter().any(|own| name.trim().eq_ignore_ascii_case(own)))
}

/// The headers by which a page is asked for that is the same for everyone in a market.
fn for_everyone(ask: &Ask) -> HeaderMap {
    let mut headers = onward(ask.request.headers(), false);
    if let Ok(language) = HeaderValue::from_str(ask.market.locale()) {
        headers.insert(header::ACCEPT_LANGUAGE, language);
    }
    headers
}

/// With what the request carries on.
fn marked(ask: &Ask, mut headers: HeaderMap) -> HeaderMap {
    ask.trace.mark(&mut headers, || ask.edge.random());
    headers
}

/// What a page is asked by; printed, it is the address alone.
struct AskPage {
    edge: Rc<dyn Edge>,
    links: Rc<Links>,
    headers: HeaderMap,
    address: String,
}

impl fmt::Debug for AskPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} as {:?}", self.address, self.links)
    }
}

impl AskPage {
    async fn open(&self, patience: Duration) -> Result<Begun, Error> {
        let request = request(&Method::GET, &self.address, self.headers.clone(), Bytes::new())?;
        let response = self.edge.open(request, patience).await.map_err(failed)?;
        Ok(begun(response, &self.links))
    }
}

impl Question for AskPage {
    type Answer = SitePage;
    const NAME: &'static str = "page";
    const LIVES: Lives = Lives::GOODS;

    fn lives(answer: &SitePage) -> Lives {
        answer.lives()
    }

    /// Renews a copy: the site itself is asked, and not the shop's port.
    fn ask<'a>(&'a self, _: &'a dyn Port, _: &'a Market) -> Pending<'a, SitePage> {
        Box::pin(async move {
            let Begun { response, shared, .. } = self.open(PATIENCE).await?;
            let not_shared = || Error::new(Kind::Unreachable, "page", "the site no longer shares the page");
            let Some(shared) = shared else { return Err(not_shared()) };
            let (parts, mut chunks) = response.into_parts();
            let mut body = Vec::new();
            while let Some(chunk) = chunks.next().await {
                let chunk = chunk.map_err(|cut| Error::new(Kind::Unreachable, "page", cut.0))?;
                if body.len() + chunk.len() > LARGEST {
                    return Err(Error::new(Kind::TooLarge, "page", format!("over {LARGEST} bytes")));
                }
                body.extend_from_slice(&chunk);
            }
            Ok(SitePage::of(&parts.headers, &body, shared))
        })
    }

    fn tags(&self, _into: &mut Vec<Tag>) {}
}

fn request(method: &Method, address: &str, headers: HeaderMap, body: Bytes) -> Result<Request<Bytes>, Error> {
    let built = Request::builder().method(method).uri(address).body(body);
    let mut request = built.map_err(|why| Error::new(Kind::Unreachable, "page", why.to_string()))?;
    *request.headers_mut() = headers;
    Ok(request)
}

fn failed(error: FetchError) -> Error {
    match error {
        FetchError::TimedOut => Error::new(Kind::TimedOut, "page", "the site did not answer in time"),
        FetchError::Unreachable(why) => Error::new(Kind::Unreachable, "page", why),
        FetchError::TooLarge => Error::new(Kind::TooLarge, "page", "too large"),
    }
}

/// An answer as the visitor may see it.
fn begun(response: Response<Chunks>, links: &Links) -> Begun {
    let (mut parts, chunks) = response.into_parts();
    // A part of a page is not one, and its bytes are counted.
    let packing = if parts.status == StatusCode::PARTIAL_CONTENT { None } else { page(&parts.headers) };
    let is_whole = packing.is_some() && parts.status == StatusCode::OK;
    // By the headers as they came: a cookie that is not passed on counts as well.
    let shared = if is_whole { Shared::said(&parts.headers) } else { None };
    let named = parts.headers.get(header::CONTENT_TYPE).and_then(|named| named.to_str().ok());
    let charset = named.and_then(content_type).and_then(|(_, charset)| charset);
    parts.headers = seen(parts.headers, links);
    let chunks = match packing {
        Some(packing) => {
            strip_of_bytes(&mut parts.headers);
            unpacked(chunks, packing)
        }
        None => chunks,
    };
    let response = Response::from_parts(parts, chunks);
    Begun { response, is_page: packing.is_some(), charset, is_wanted: true, shared }
}

/// Chunks as they come, all of which are told at the end, when it comes and they are not too many.
fn listened(chunks: Chunks, tell: impl FnOnce(&[u8]) + 'static) -> Chunks {
    let start = (chunks, Some((Vec::new(), tell)));
    Box::pin(futures::stream::unfold(start, |(mut chunks, mut ear)| async {
        let next = chunks.next().await;
        match (&next, &mut ear) {
            (Some(Ok(chunk)), Some((heard, _))) if heard.len() + chunk.len() <= LARGEST => {
                heard.extend_from_slice(chunk);
            }
            (None, Some(_)) => {
                if let Some((heard, tell)) = ear.take() {
                    tell(&heard);
                }
            }
            // Too much, or cut: nothing is learned.
            _ => ear = None,
        }
        Some((next?, (chunks, ear)))
    }))
}

impl Visible for Fetched {
    fn age(&self) -> Age {
        match self {
            Self::Page(page) => page.age(),
            Self::Begun(_) => Age::Fresh,
        }
    }

    fn born(&self) -> Option<Timestamp> {
        match self {
            Self::Page(page) => page.born(),
            Self::Begun(_) => None,
        }
    }

    fn note(&self, reads: &Reads) {
        if let Self::Page(page) = self {
            page.note(reads);
        }
    }
}
