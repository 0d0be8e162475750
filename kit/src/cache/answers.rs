//! Whole answers that are public, in an instance's memory: a page that many ask for is rendered once.
//!
//! Where an answer is found follows from what it read. Host and path always count; which query fields and request
//! headers count besides is known from the answers given there before ([`Varies`]), as `Vary` has it (RFC 9111,
//! section 4.1). Fields that nothing reads, such as those of advertisements, make no copies.

use super::key::Key;
use super::purge::Log;
use crate::ask::Ask;
use crate::decide::Facts;
use crate::edge::Edge;
use crate::fields::Fields;
use crate::reads::{Varies, public_for};
use crate::visibility::{Public, Source};
use crate::visitor::{SESSION_COOKIE, SESSION_HEADER, Session};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// What an instance keeps at most, in bytes.
const ROOM: usize = 8 << 20;
/// What an answer takes beside its body and the texts of its headers, and what a header does.
const EACH: usize = 512;
const EACH_HEADER: usize = 64;
/// Answers that an address may have for different decisions; beyond them, answers are not kept.
const DECISIONS: usize = 64;
/// Addresses of which is remembered what counts there.
const ADDRESSES: usize = 2_000;

/// An answer that is kept: everything but what changes with its age.
pub(crate) struct Kept {
    headers: HeaderMap,
    body: Bytes,
    born: Timestamp,
    /// When it was kept, and when it stops being fresh, by the clock that never jumps.
    at: Duration,
    until: Duration,
    digests: Rc<[u64]>,
    /// Whether caches in front, which know of no decision, may keep it as well.
    is_public: bool,
}

impl Kept {
    fn weight(&self) -> usize {
        let headers = self.headers.iter();
        let headers: usize =
            headers.map(|(name, value)| name.as_str().len() + value.len() + EACH_HEADER).sum();
        EACH + self.body.len() + headers + self.digests.len() * 8
    }

    /// When it was born, by the wall clock as it goes now: it was born before it was kept, and one that was set
    /// back since must not hide it from purges.
    fn born(&self, edge: &dyn Edge) -> Timestamp {
        let kept_for = SignedDuration::try_from(edge.elapsed().saturating_sub(self.at)).ok();
        let at = kept_for.and_then(|kept_for| edge.now().saturating_sub(kept_for).ok());
        at.map_or(self.born, |at| self.born.min(at))
    }
}

/// What is known of an address.
struct Address {
    /// What counts there.
    varies: Varies,
    /// The decisions for which there are answers, and until when these are fresh.
    decisions: Vec<(u64, Duration)>,
}

struct Inner {
    varies: LruCache<Key, Address>,
    answers: LruCache<Key, Rc<Kept>>,
    used: usize,
}

/// The answers of an instance.
pub(crate) struct Answers(RefCell<Inner>);

impl Default for Answers {
    fn default() -> Self {
        let (varies, answers) = (LruCache::unbounded(), LruCache::unbounded());
        Self(RefCell::new(Inner { varies, answers, used: 0 }))
    }
}

/// Whether a request may be answered from what others were given, and its answer be given to others.
pub(crate) fn may_share(request: &http::Request<Bytes>) -> bool {
    *request.method() == Method::GET
        && !request.headers().contains_key(header::AUTHORIZATION)
        && !request.headers().contains_key(header::RANGE)
}

/// Where a request's answers are, before it is known what else counts.
fn address(channel: &str, site: &str, path: &str) -> Key {
    Key::digest(&[b"answer", channel.as_bytes(), site.as_bytes(), path.as_bytes()])
}

/// Where its answer is, given what counts. That is a part of it: a text that one answer did not read is not the
/// same as a text that is missing.
/// `decision` is the key of what is decided in the places that count, `edition` what was published beside the rules.
fn place(
    address: &Key,
    varies: &Varies,
    (decision, edition): (u64, Option<[u8; 8]>),
    request: &http::Request<Bytes>,
    query: &Fields,
) -> Key {
    let counts = format!("{varies:?}");
    let mut values: Vec<Vec<&[u8]>> = Vec::new();
    for name in varies.headers.as_slice() {
        values.push(request.headers().get_all(*name).iter().map(HeaderValue::as_bytes).collect());
    }
    let fields = query.peek().filter(|(name, _)| varies.has_field(name));
    values.push(fields.flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]).collect());
    if varies.prefixes.contains(&"") {
        // All of it was read, in letters that we may not know.
        values.push(vec![request.uri().query().unwrap_or_default().as_bytes()]);
    }
    let values: Vec<Key> = values.iter().map(|values| Key::digest(values)).collect();
    let decision = decision.to_le_bytes();
    let edition = edition.as_ref().map(<[u8; 8]>::as_slice).unwrap_or_default();
    let mut parts: Vec<&[u8]> = vec![address.bytes(), counts.as_bytes(), &decision, edition];
    parts.extend(values.iter().map(|key| &key.bytes()[..]));
    Key::digest(&parts)
}

/// Whether the visitor seems to have a session; a broken one counts, too.
pub(crate) fn has_session(headers: &HeaderMap) -> bool {
    let cookies = headers.get_all(header::COOKIE).iter();
    headers.contains_key(&SESSION_HEADER)
        || cookies.map(HeaderValue::as_bytes).any(|jar| {
            let name = SESSION_COOKIE.as_bytes();
            jar.windows(name.len()).any(|part| part == name)
        })
}

/// Whether a request is of a visitor with a cart or an order, or of one whose session cannot be read.
fn is_apart(headers: &HeaderMap, session: &Session) -> bool {
    session.is_apart() || session.is_empty() && has_session(headers)
}

impl Answers {
    /// What counts at the address of a request, if an answer was kept there.
    pub(crate) fn varies(&self, channel: &str, site: &str, request: &http::Request<Bytes>) -> Option<Varies> {
        let address = address(channel, site, request.uri().path());
        self.0.borrow_mut().varies.get(&address).map(|address| address.varies.clone())
    }

    /// The answer to a request, if there is one that is fresh and has not been called back.
    pub(crate) fn get(
        &self,
        (channel, site): (&str, &str),
        request: &http::Request<Bytes>,
        query: &Fields,
        (session, varies, by): (&Session, &Varies, (u64, Option<[u8; 8]>)),
        edge: &dyn Edge,
        log: &Log,
    ) -> Option<http::Response<Bytes>> {
        let mut inner = self.0.borrow_mut();
        let address = address(channel, site, request.uri().path());
        if varies.session && is_apart(request.headers(), session) {
            return None;
        }
        let place = place(&address, varies, by, request, query);
        let kept = inner.answers.get(&place)?;
        let left = kept.until.checked_sub(edge.elapsed()).filter(|left| !left.is_zero());
        let (Some(left), true) = (left, log.spares(kept.born(edge), &kept.digests)) else {
            if let Some(old) = inner.answers.pop(&place) {
                inner.used = inner.used.saturating_sub(old.weight());
            }
            return None;
        };
        let mut response = http::Response::new(kept.body.clone());
        *response.status_mut() = StatusCode::OK;
        *response.headers_mut() = kept.headers.clone();
        let is_public = kept.is_public;
        if let Some(value) = is_public
            .then(|| HeaderValue::from_str(&public_for(left, varies.turns_with_visitor())).ok())
            .flatten()
        {
            response.headers_mut().insert(header::CACHE_CONTROL, value);
        }
        Some(response)
    }

    /// Keeps the answer that a request was given.
    pub(crate) fn put(&self, channel: &str, ask: &Ask, response: &Public<http::Response<Bytes>>) {
        let Some(&Source { born, fresh_for, ref tags, .. }) = response.source() else { return };
        let varies = ask.reads.varies();
        let request = &ask.request;
        let is_other = response.status() != StatusCode::OK
            || response.headers().contains_key(header::SET_COOKIE)
            || ask.slots.is_partial()
            || (varies.session && is_apart(request.headers(), &ask.kept));
        if is_other || !may_share(request) {
            return;
        }
        let mut headers = response.headers().clone();
        headers.remove("server-timing");
        let kept = Kept {
            headers,
            body: response.body().clone(),
            born,
            at: ask.edge.elapsed(),
            until: ask.slots.deadline().start + fresh_for,
            digests: tags.iter().map(commerce::Tag::digest).collect(),
            is_public: !ask.reads.is_own(),
        };
        if kept.weight() > ROOM / 16 {
            return;
        }
        let mut inner = self.0.borrow_mut();
        let address = address(channel, &ask.site(), request.uri().path());
        let known = inner
            .varies
            .get_or_insert_mut(address, || Address { varies: varies.clone(), decisions: Vec::new() });
        known.varies.join(&varies);
        let facts = ask.facts.borrow();
        let key = |(_, facts): &(_, Rc<Facts>)| facts.key(&known.varies.places());
        let decision = facts.as_ref().filter(|_| !known.varies.places.as_slice().is_empty()).map_or(0, key);
        known.decisions.retain(|(other, until)| *other != decision && *until > kept.at);
        if known.decisions.len() >= DECISIONS {
            return;
        }
        known.decisions.push((decision, kept.until));
        let varies = known.varies.clone();
        if inner.varies.len() > ADDRESSES {
            inner.varies.pop_lru();
        }
        let by = (decision, ask.reads.by_edition());
        let place = place(&address, &varies, by, request, &ask.query);
        inner.used += kept.weight();
        if let Some((_, old)) = inner.answers.push(place, Rc::new(kept)) {
            inner.used = inner.used.saturating_sub(old.weight());
        }
        while inner.used > ROOM {
            let Some((_, old)) = inner.answers.pop_lru() else { break };
            inner.used = inner.used.saturating_sub(old.weight());
        }
    }
}
