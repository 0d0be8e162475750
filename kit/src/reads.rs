//! What an answer read, from which its caching headers and its place in the cache follow.

use crate::decide::Topic;
use crate::few::Few;
use crate::visibility::{Age, Decision, Public, Source};
use commerce::Tag;
use jiff::Timestamp;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// Whether what is private is forgotten: the tests that look for leaks must find these.
const FORGETFUL: bool = cfg!(feature = "leaky");

/// More tags than this are told as `shop`: caches in front take some 16 KB of them.
const MOST_TAGS: usize = 120;

/// Which parts of a request decide an answer, besides its host and path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Varies {
    /// Names of request headers.
    pub(crate) headers: Few<&'static str>,
    /// Names of query fields.
    pub(crate) fields: Few<String>,
    /// Beginnings of names of query fields, all of which were read.
    pub(crate) prefixes: Few<&'static str>,
    /// Whether it was seen that the visitor has no session.
    pub(crate) session: bool,
    /// Places of which was read what is decided for them.
    pub(crate) places: Few<&'static str>,
    /// What was decided about.
    pub(crate) topic: Option<Rc<Topic>>,
}

impl Varies {
    /// Takes in what another answer at the same address read.
    pub(crate) fn join(&mut self, other: &Self) {
        self.headers.extend(other.headers.as_slice().iter().copied());
        self.fields.extend(other.fields.as_slice().iter().cloned());
        self.prefixes.extend(other.prefixes.as_slice().iter().copied());
        self.session |= other.session;
        self.places.extend(other.places.as_slice().iter().copied());
        if other.topic.is_some() {
            self.topic.clone_from(&other.topic);
        }
    }

    /// The places of which was read what is decided for them, in one order.
    pub(crate) fn places(&self) -> Vec<&'static str> {
        self.places.as_slice().to_vec()
    }

    /// Whether the same address shows something else once the visitor has a cart, or is known.
    pub(crate) fn turns_with_visitor(&self) -> bool {
        self.session || !self.places.as_slice().is_empty()
    }

    /// Whether a query field of that name decides anything.
    pub(crate) fn has_field(&self, name: &str) -> bool {
        self.fields.contains(name) || self.prefixes.as_slice().iter().any(|prefix| name.starts_with(prefix))
    }
}

/// Keeps account of what one answer read.
#[derive(Debug, Default)]
pub struct Reads {
    private: Cell<bool>,
    is_preview: Cell<bool>,
    is_late: Cell<bool>,
    fresh_for: Cell<Option<Duration>>,
    born: Cell<Option<Timestamp>>,
    is_decided: Cell<bool>,
    decisions: RefCell<Few<Decision>>,
    tags: RefCell<Few<Tag>>,
    edition: Cell<Option<[u8; 8]>>,
    varies: RefCell<Varies>,
}

impl Reads {
    /// Which edition of what is published the answer follows from, beside the rules.
    pub(crate) fn edition(&self, digest: Option<[u8; 8]>) {
        self.edition.set(digest);
    }

    /// That edition; `None` when it follows from none.
    pub(crate) fn by_edition(&self) -> Option<[u8; 8]> {
        self.edition.get()
    }

    /// Something that is the same for everyone in a market.
    pub(crate) fn public(&self, source: &Source) {
        let shortest = self.fresh_for.get().map_or(source.fresh_for, |known| known.min(source.fresh_for));
        self.fresh_for.set(Some(shortest));
        let oldest = self.born.get().map_or(source.born, |known| known.min(source.born));
        self.born.set(Some(oldest));
        self.tags.borrow_mut().extend(source.tags.iter().cloned());
        if source.age != Age::Fresh {
            self.is_late.set(true);
        }
    }

    /// Something that stands in for what could not be had.
    pub(crate) fn stand_in(&self) {
        self.is_late.set(true);
    }

    /// Something that everyone with the same decision sees.
    pub fn segment(&self, decision: Decision) {
        self.decisions.borrow_mut().insert(decision);
    }

    /// What was decided for a place, about a topic; `is_own` when a certain visitor had a part in it. Whoever is
    /// shown the same in all places that were read may be given the answer.
    pub(crate) fn decided(&self, place: &'static str, topic: &Rc<Topic>, is_own: bool) {
        let mut varies = self.varies.borrow_mut();
        varies.places.insert(place);
        // One key cannot tell what was decided about several things: such an answer is nobody else's.
        if varies.topic.as_ref().is_some_and(|known| known != topic) {
            self.private();
        }
        varies.topic = Some(topic.clone());
        if is_own {
            self.is_decided.set(!FORGETFUL);
        }
    }

    /// Something that is this visitor's own.
    pub fn private(&self) {
        self.private.set(!FORGETFUL);
    }

    /// An operator looks past every copy.
    pub(crate) fn preview(&self) {
        self.private();
        self.is_preview.set(true);
    }

    /// Whether an operator looks past every copy.
    pub(crate) fn is_preview(&self) -> bool {
        self.is_preview.get()
    }

    /// A request header that decided something.
    pub fn header(&self, name: &'static str) {
        self.varies.borrow_mut().headers.insert(name);
    }

    /// A query field that was looked for.
    pub(crate) fn field(&self, name: &str) {
        let mut varies = self.varies.borrow_mut();
        if !varies.has_field(name) {
            varies.fields.insert(name.to_owned());
        }
    }

    /// Query fields whose names begin alike were looked for.
    pub(crate) fn fields(&self, prefix: &'static str) {
        self.varies.borrow_mut().prefixes.insert(prefix);
    }

    /// Whether a query field was looked for.
    pub(crate) fn has_field(&self, name: &str) -> bool {
        self.varies.borrow().has_field(name)
    }

    /// It was looked whether the visitor has a session.
    pub(crate) fn session(&self) {
        self.varies.borrow_mut().session = !FORGETFUL;
    }

    /// Whether anything private was read.
    pub fn is_private(&self) -> bool {
        self.private.get()
    }

    /// Whether the answer is the same for everyone who asks in the same way, and all of it is good: since when,
    /// and for how long.
    fn shared(&self) -> Option<(Timestamp, Duration)> {
        let mixed = self.is_private() || !self.decisions.borrow().as_slice().is_empty() || self.is_late.get();
        if mixed { None } else { self.born.get().zip(self.fresh_for.get()) }
    }

    /// The answer as one for everyone who asks in the same way and for whom the same is decided in the places that were
    /// read; `None` when anything in it is a visitor's, of a segment that has no place, or past its time.
    pub(crate) fn publish<T: Clone>(&self, answer: &T) -> Option<Public<T>> {
        let (born, fresh_for) = self.shared()?;
        let tags = self.tags.borrow().as_slice().iter().cloned().collect();
        Some(Public::answered(answer.clone(), Source { born, fresh_for, age: Age::Fresh, tags }))
    }

    /// Whether anything was read that caches in front must not give to others.
    pub(crate) fn is_own(&self) -> bool {
        self.is_private() || self.is_decided.get() || !self.decisions.borrow().as_slice().is_empty()
    }

    pub(crate) fn varies(&self) -> Varies {
        self.varies.borrow().clone()
    }

    /// `Cache-Control`: `private, no-store` after anything of a visitor or a segment, which caches in front
    /// cannot tell apart; without any read nothing is known to be public, so `no-store`; a copy that is past
    /// its time spares a backend in trouble the rush, but not for long.
    pub fn cache_control(&self) -> String {
        match self.fresh_for.get() {
            _ if self.is_own() => "private, no-store".to_owned(),
            None => "no-store".to_owned(),
            Some(_) if self.is_late.get() => "public, max-age=1".to_owned(),
            Some(fresh) => public_for(fresh, self.varies.borrow().turns_with_visitor()),
        }
    }

    /// `Vary`, if anything is to be said. Who has a session gets another answer, so caches in front must be told.
    pub fn vary(&self) -> Option<String> {
        let varies = self.varies.borrow();
        let names = varies.headers.as_slice();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The tags as `Surrogate-Key` has them, separated by spaces; `None` when the answer is not public.
    pub(crate) fn surrogate_key(&self) -> Option<String> {
        let tags = self.tags.borrow();
        let tags = tags.as_slice();
        if tags.is_empty() || self.is_own() {
            return None;
        }
        if tags.len() > MOST_TAGS {
            return Some(Tag::shop().to_string());
        }
        Some(tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    }
}

/// The `Cache-Control` of a public answer that is good for a time (RFC 9111; the two `stale` words: RFC 5861). What turns
/// with the visitor is for shared caches only: a browser that kept it would show a page from before they agreed to be
/// known, or put something into the cart.
pub(crate) fn public_for(fresh: Duration, turns_with_visitor: bool) -> String {
    // What is left of a second counts as one: the time that a call took makes no minute into 59 seconds.
    let fresh = fresh.as_millis().div_ceil(1000);
    if turns_with_visitor {
        return format!("public, max-age=0, s-maxage={fresh}, stale-if-error=3600");
    }
    format!("public, max-age={fresh}, stale-while-revalidate={}, stale-if-error=3600", fresh * 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(seconds: u64, age: Age) -> Source {
        let tags = [Tag::shop()].into();
        Source { born: Timestamp::UNIX_EPOCH, fresh_for: Duration::from_secs(seconds), age, tags }
    }

    #[test]
    fn caching_follows_from_what_was_read() {
        let reads = Reads::default();
        assert_eq!(reads.cache_control(), "no-store");
        assert_eq!(reads.shared(), None);
        reads.public(&source(300, Age::Fresh));
        reads.public(&source(60, Age::Fresh));
        assert_eq!(
            reads.cache_control(),
            "public, max-age=60, stale-while-revalidate=300, stale-if-error=3600"
        );
        assert_eq!(reads.shared(), Some((Timestamp::UNIX_EPOCH, Duration::from_secs(60))));
        reads.public(&source(0, Age::Stale));
        assert_eq!((reads.shared(), reads.cache_control().as_str()), (None, "public, max-age=1"));
        reads.private();
        reads.public(&source(60, Age::Fresh));
        assert_eq!(reads.cache_control(), "private, no-store");
        assert_eq!(reads.surrogate_key(), None);
    }

    #[test]
    fn what_was_decided_is_not_for_everyone() {
        let reads = Reads::default();
        reads.public(&source(60, Age::Fresh));
        reads.segment(Decision(7));
        assert_eq!((reads.shared(), reads.cache_control().as_str()), (None, "private, no-store"));
    }
}
