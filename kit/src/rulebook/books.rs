//! An instance's view of what is published.

use super::load::{self, Unusable};
use super::pointer::{Pointer, Version};
use super::{Content, Digest, Rulebook};
use crate::cache::flight::Flights;
use crate::cache::key::Key;
use crate::edge::{Edge, StoreError};
use crate::glance::{Glances, within};
use futures::future::{Either, select};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

/// A page waits no longer than this for the store.
const PATIENCE: Duration = Duration::from_millis(100);
/// For a look that goes on after the answer.
const LEISURE: Duration = Duration::from_secs(5);
/// Until damaged bytes are read again: somebody may have published them again.
const MENDED: Duration = Duration::from_secs(10);

/// What an instance knows of one kind of what is published.
pub(crate) struct Books<T> {
    known: RefCell<Known<T>>,
    flights: Flights,
}

struct Known<T> {
    glances: Glances,
    /// Whether a look has ended, however it did.
    looked: bool,
    book: Option<Rc<Rulebook<T>>>,
    /// What could not be used and was told of, and from when on it may be tried again.
    refused: BTreeMap<String, Duration>,
}

impl<T> Default for Books<T> {
    fn default() -> Self {
        let known =
            Known { glances: Glances::default(), looked: false, book: None, refused: BTreeMap::new() };
        Self { known: RefCell::new(known), flights: Flights::default() }
    }
}

fn flight<T: Content>() -> Key {
    Key::digest(&[T::SHELF.key().as_bytes()])
}

impl<T: Content> Books<T> {
    /// What is in force, after a look when the last was longer than `interval` ago. One looks at a time: others go by what is
    /// known, unless that is nothing yet.
    pub(crate) async fn look(&self, edge: &Rc<dyn Edge>, interval: Duration) -> Option<Rc<Rulebook<T>>> {
        let begun = edge.elapsed();
        let looked = self.known.borrow().looked;
        if looked && self.known.borrow().glances.are_fresh(begun, interval) {
            return self.book();
        }
        let key = flight::<T>();
        let Some(lead) = self.flights.lead(key) else {
            if !looked {
                select(pin!(self.flights.follow(key)), edge.sleep(PATIENCE)).await;
            }
            return self.book();
        };
        self.known.borrow_mut().glances.begin(begun);
        let is_late = match select(pin!(self.read(&**edge)), edge.sleep(PATIENCE)).await {
            Either::Left((read, _)) => {
                self.ended(&**edge, read);
                false
            }
            Either::Right(_) => true,
        };
        self.known.borrow_mut().looked = true;
        drop(lead);
        if is_late {
            self.look_after(edge);
        }
        self.book()
    }

    /// A look that was too long for a page begins anew after its answer.
    fn look_after(&self, edge: &Rc<dyn Edge>) {
        let edge = edge.clone();
        edge.clone().spawn(Box::pin(async move {
            let books = edge.instance().books::<T>();
            let Some(_lead) = books.flights.lead(flight::<T>()) else { return };
            let read = within(&*edge, LEISURE, books.read(&*edge)).await;
            books.ended(&*edge, read);
        }));
    }

    fn book(&self) -> Option<Rc<Rulebook<T>>> {
        self.known.borrow().book.clone()
    }

    fn ended(&self, edge: &dyn Edge, read: Result<(), StoreError>) {
        if let Err(error) = read {
            let what = T::SHELF.key();
            let line = format!("the {what} cannot be looked up, the last known stay in use: {error}");
            self.known.borrow_mut().glances.tell(edge, &line);
        }
    }

    async fn read(&self, edge: &dyn Edge) -> Result<(), StoreError> {
        let Some(bytes) = edge.get(T::SHELF.key()).await? else {
            self.known.borrow_mut().book = None;
            return Ok(());
        };
        let pointer = match Pointer::from_bytes(&bytes) {
            Ok(pointer) => pointer,
            Err(why) => {
                let key = T::SHELF.key();
                let what = format!("{key} ({})", Digest::of(&bytes));
                self.refuse(edge, what, &format!("no pointer to {key}: {why}"), Duration::MAX);
                return Ok(());
            }
        };
        for version in [Some(pointer.current), pointer.former].into_iter().flatten() {
            if self.follow(edge, &version).await? || self.book().is_some() {
                return Ok(());
            }
            // An instance that has none yet takes the former, as those do which had them in use.
        }
        Ok(())
    }

    /// Puts a version to use; whether that was possible.
    async fn follow(&self, edge: &dyn Edge, version: &Version) -> Result<bool, StoreError> {
        let held = self.book();
        let held = held.as_ref();
        let digest = version.digest.bytes();
        let rules = match held.filter(|book| book.digest == digest) {
            Some(book) => book.rules.clone(),
            None => {
                let what = format!("{} {}", T::SHELF.key(), version.digest);
                let read = load::content::<T>(edge, version.digest);
                let Some(rules) = self.usable(edge, what, read).await? else {
                    return Ok(false);
                };
                rules
            }
        };
        let wanted = version.goes_with.map(Digest::bytes);
        let known = held.map(|book| (book.goes_with.clone(), book.goes_with_digest)).unwrap_or_default();
        let (goes_with, goes_with_digest) = match version.goes_with {
            None => (None, None),
            Some(_) if wanted == known.1 => known,
            Some(table) => {
                let what = format!("table of what goes with what {table}");
                match self.usable(edge, what, load::table(edge, T::SHELF, table)).await? {
                    Some(table) => (Some(table), wanted),
                    None => known,
                }
            }
        };
        let is_same =
            held.is_some_and(|book| book.digest == digest && book.goes_with_digest == goes_with_digest);
        if !is_same {
            let book = Rulebook { rules, digest, goes_with, goes_with_digest };
            self.known.borrow_mut().book = Some(Rc::new(book));
        }
        Ok(true)
    }

    /// What was read, if it can be used and was not refused lately.
    async fn usable<C>(
        &self,
        edge: &dyn Edge,
        what: String,
        read: impl Future<Output = Result<Result<C, Unusable>, StoreError>>,
    ) -> Result<Option<C>, StoreError> {
        if self.known.borrow().refused.get(&what).is_some_and(|until| edge.elapsed() < *until) {
            return Ok(None);
        }
        let why = match read.await? {
            Ok(found) => {
                self.known.borrow_mut().refused.remove(&what);
                return Ok(Some(found));
            }
            Err(why) => why,
        };
        let until = match why {
            Unusable::Missing => Duration::ZERO,
            Unusable::Damaged => edge.elapsed() + MENDED,
            Unusable::Foreign(_) => Duration::MAX,
        };
        self.refuse(edge, what, &why.to_string(), until);
        Ok(None)
    }

    /// Tells the operator once of something that cannot be used.
    fn refuse(&self, edge: &dyn Edge, what: String, why: &str, until: Duration) {
        let mut known = self.known.borrow_mut();
        // Nobody publishes so much that cannot be used; this only bounds what is remembered.
        if known.refused.len() >= 32 {
            known.refused.clear();
        }
        if !known.refused.contains_key(&what) {
            let stays = if known.book.is_some() { "those in use stay" } else { "none were in use" };
            let cure = "`headwater publish`, or `headwater publish --rollback`, puts it right";
            edge.log(&format!("{what}: {why}; {stays}; {cure}"));
        }
        known.refused.insert(what, until);
    }
}
