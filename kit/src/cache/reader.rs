//! One question: a copy when there is a good one, else the backend, and what to do when it fails.

use super::envelope::Said;
use super::flight::Landed;
use super::key::Key;
use super::lives::{Lives, Worth};
use super::memory::Copy;
use super::question::Question;
use super::rules::Rules;
use super::store;
use crate::asked::Asked;
use crate::edge::{Edge, Instance};
use crate::visibility::{Age, Public, Source};
use commerce::{Error, Kind, Market, Port};
use jiff::SignedDuration;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Asks the public questions of one request, and of the work that goes on after it.
pub(crate) struct Reader {
    pub(crate) edge: Rc<dyn Edge>,
    pub(crate) instance: Rc<Instance>,
    /// Within the visitor's deadline.
    pub(crate) port: Result<Rc<dyn Port>, Error>,
    /// The same backends for work that no visitor waits for, with a deadline of its own from when it is opened.
    pub(crate) after: Rc<dyn Fn() -> Result<Rc<dyn Port>, Error>>,
    pub(crate) market: Market,
    /// A digest of which backends are asked, and as whom.
    pub(crate) shop: [u8; 32],
    pub(crate) rules: Rules,
}

/// A copy that stands ready for when a question fails.
type StandIn<T> = Rc<RefCell<Option<Public<T>>>>;

impl Reader {
    /// Asks.
    pub(crate) fn ask<'a, Q: Question>(self: &Rc<Self>, question: Q) -> Asked<'a, Public<Q::Answer>> {
        let question = Rc::new(question);
        let key = Key::of(&self.shop, &self.market, &*question);
        let copy: StandIn<Q::Answer> = Rc::default();
        let late = {
            let (reader, question) = (self.clone(), question.clone());
            // Whoever comes next shall find it.
            move || reader.refresh(question, key)
        };
        let (reader, stand_in) = (self.clone(), copy.clone());
        Asked {
            pending: Box::pin(async move { reader.answer(question, key, stand_in).await }),
            copy,
            late: self.rules.is_on.then(|| Box::new(late) as Box<dyn FnOnce()>),
        }
    }

    async fn answer<Q: Question>(
        self: Rc<Self>,
        question: Rc<Q>,
        key: Key,
        stand_in: StandIn<Q::Answer>,
    ) -> Result<Public<Q::Answer>, Error> {
        if !self.rules.is_on {
            return self.fetch(&*question, key, &self.port).await;
        }
        let log = self.cache().purges.look(&*self.edge, self.rules.purge_check).await;
        let spared = |copy: &Copy<Q::Answer>| log.spares(copy.born, &copy.digests);
        let mut held = self.cache().memory.get::<Q::Answer>(&key).filter(spared);
        let in_memory = held.is_some();
        if held.as_ref().is_none_or(|copy| !matches!(self.worth::<Q>(copy), Worth::Fresh(_))) {
            // Another instance may have asked since.
            let stored = self.stored(&*question, &key).await.filter(spared);
            let newer = stored.filter(|new| held.as_ref().is_none_or(|old| old.born < new.born));
            if let Some(newer) = newer {
                self.cache().memory.put(key, &newer);
                held = Some(newer);
            }
        }
        if let Some(copy) = held {
            match self.worth::<Q>(&copy) {
                Worth::Fresh(left) => {
                    if in_memory && !copy.is_stored {
                        self.keep::<Q>(key, &copy, true);
                    }
                    return said(copy, Age::Fresh, left);
                }
                Worth::Stale => {
                    self.refresh(question, key);
                    return said(copy, Age::Stale, Duration::ZERO);
                }
                Worth::StandIn => *stand_in.borrow_mut() = said(copy, Age::Stale, Duration::ZERO).ok(),
                Worth::Nothing => {}
            }
        }
        self.ask_once(&*question, key).await
    }

    /// Asks the backend, unless somebody in this instance is asking the same.
    async fn ask_once<Q: Question>(
        self: &Rc<Self>,
        question: &Q,
        key: Key,
    ) -> Result<Public<Q::Answer>, Error> {
        loop {
            let flights = &self.cache().flights;
            if let Some(lead) = flights.lead(key) {
                let result = self.fetch(question, key, &self.port).await;
                let failed = result.as_ref().err();
                lead.land(failed.filter(|error| !matches!(error.kind, Kind::NotFound(_))).cloned());
                return result;
            }
            match flights.follow(key).await {
                Landed::Failed(error) => return Err(error),
                Landed::There => match self.cache().memory.get::<Q::Answer>(&key) {
                    Some(copy) if matches!(self.worth::<Q>(&copy), Worth::Fresh(_)) => {
                        let left = self.lives::<Q>(&copy).fresh;
                        return said(copy, Age::Fresh, left);
                    }
                    // Too large to be kept, or gone already.
                    _ => return self.fetch(question, key, &self.port).await,
                },
                Landed::GivenUp => {}
            }
        }
    }

    /// Asks the backend and keeps what it says.
    async fn fetch<Q: Question>(
        self: &Rc<Self>,
        question: &Q,
        key: Key,
        port: &Result<Rc<dyn Port>, Error>,
    ) -> Result<Public<Q::Answer>, Error> {
        let port = port.clone()?;
        // Before the call: a purge while it is on its way must count.
        let (born, at) = (self.edge.now(), elapsed(&*self.edge));
        let said_now = match question.ask(&*port, &self.market).await {
            Ok(answer) => Said::This(Rc::new(answer)),
            Err(Error { kind: Kind::NotFound(subject), .. }) => Said::Nothing(subject),
            Err(error) => return Err(error),
        };
        let (tags, digests) = store::tags(question, &said_now, &self.market.id());
        let size = self.rules.is_on.then(|| store::size(&key, born, &said_now)).flatten();
        let source = Source { born, fresh_for: Duration::ZERO, age: Age::Fresh, tags: tags.clone() };
        let copy = Copy {
            said: said_now.public(source),
            born,
            at,
            tags,
            digests,
            size: size.unwrap_or(usize::MAX),
            is_stored: false,
            is_wanted: false,
        };
        if size.is_some() {
            self.cache().memory.put(key, &copy);
            self.keep::<Q>(key, &copy, false);
        }
        let left = self.lives::<Q>(&copy).fresh;
        said(copy, Age::Fresh, left)
    }

    /// Asks again after the answer, unless that is being done.
    fn refresh<Q: Question>(self: &Rc<Self>, question: Rc<Q>, key: Key) {
        let reader = self.clone();
        self.edge.spawn(Box::pin(async move {
            let port = (reader.after)();
            let Some(lead) = reader.cache().flights.lead(key) else { return };
            let result = reader.fetch(&*question, key, &port).await;
            if let Err(error) = &result
                && !matches!(error.kind, Kind::NotFound(_))
            {
                reader.edge.log(&format!("a copy could not be renewed: {error}"));
            }
            lead.land(result.err());
        }));
    }

    fn lives<Q: Question>(&self, copy: &Copy<Q::Answer>) -> Lives {
        let lives = match copy.said {
            Said::This(_) => Q::LIVES,
            Said::Nothing(_) => Lives::MISSING,
        };
        self.rules.fresh.map_or(lives, |fresh| lives.fresh_for(fresh))
    }

    fn worth<Q: Question>(&self, copy: &Copy<Q::Answer>) -> Worth {
        let age = elapsed(&*self.edge) - copy.at;
        self.lives::<Q>(copy).worth(Duration::try_from(age).unwrap_or_default())
    }
}

/// What a copy says, as the shop would.
fn said<T>(copy: Copy<T>, age: Age, fresh_for: Duration) -> Result<Public<T>, Error> {
    match copy.said {
        Said::This(value) => Ok(value.aged(age, fresh_for)),
        Said::Nothing(subject) => Err(Error::new(Kind::NotFound(subject), "", "known not to be there")),
    }
}

/// The clock that never jumps, as a number that can be taken from.
pub(super) fn elapsed(edge: &dyn Edge) -> SignedDuration {
    SignedDuration::try_from(edge.elapsed()).unwrap_or(SignedDuration::MAX)
}
