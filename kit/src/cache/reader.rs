//! One question: a copy when there is a good one, else the backend, and what to do when it fails.

use super::envelope::Said;
use super::flight::Landed;
use super::key::Key;
use super::lives::{Lives, Worth};
use super::memory::Copy;
use super::purge::Log;
use super::question::Question;
use super::rules::Rules;
use super::store;
use crate::asked::Asked;
use crate::edge::{Edge, Instance};
use crate::visibility::{Age, Public, Source};
use commerce::{Error, Kind, Market, Port};
use jiff::{SignedDuration, Timestamp};
use std::any::Any;
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

/// The answer to a question that several wait for.
struct Flown<T> {
    copy: Copy<T>,
    /// What was known of purges when it was asked.
    log: Option<Rc<Log>>,
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
            let asked = elapsed(&*self.edge);
            // Whoever comes next shall find it.
            move || reader.refresh(question, key, asked, None)
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
            return self.said::<Q>(self.fetch(&*question, key, &self.port).await?, Age::Fresh);
        }
        let log = self.cache().purges.look(&*self.edge, self.rules.purge_check).await;
        let spared = |copy: &Copy<Q::Answer>| self.is_spared(copy, &log);
        let mut held = self.cache().memory.get::<Q::Answer>(&key).filter(spared);
        let in_memory = held.is_some();
        if held.as_ref().is_none_or(|copy| !matches!(self.worth::<Q>(copy), Worth::Fresh(_))) {
            // Another instance may have asked since.
            let stored = self.stored(&*question, &key).await.filter(spared);
            let newer = stored.filter(|new| held.as_ref().is_none_or(|old| old.at < new.at));
            if let Some(newer) = newer {
                self.cache().memory.put(key, &newer);
                held = Some(newer);
            }
        }
        if let Some(copy) = held {
            match self.worth::<Q>(&copy) {
                Worth::Fresh(_) => {
                    if in_memory && !copy.is_stored {
                        self.keep::<Q>(key, &copy);
                    }
                    return self.said::<Q>(copy, Age::Fresh);
                }
                Worth::Stale => {
                    self.refresh(question, key, copy.at, Some(log));
                    return self.said::<Q>(copy, Age::Stale);
                }
                Worth::StandIn => *stand_in.borrow_mut() = self.said::<Q>(copy, Age::Stale).ok(),
                Worth::Nothing => {}
            }
        }
        let copy = self.ask_once(&*question, key, &log).await?;
        self.said::<Q>(copy, Age::Fresh)
    }

    /// Asks the backend, unless somebody in this instance is asking the same. What was asked before a purge that
    /// this visitor's request knows of is asked again.
    async fn ask_once<Q: Question>(
        self: &Rc<Self>,
        question: &Q,
        key: Key,
        log: &Rc<Log>,
    ) -> Result<Copy<Q::Answer>, Error> {
        loop {
            let flights = &self.cache().flights;
            if let Some(lead) = flights.lead(key) {
                let result = self.fetch(question, key, &self.port).await;
                lead.land(result.clone().map(|copy| flown(copy, Some(log.clone()))));
                return result;
            }
            match flights.follow(key).await {
                Landed::Failed(error) => return Err(error),
                Landed::There(answer) => match answer.downcast::<Flown<Q::Answer>>() {
                    // Shortly after a purge nothing is spared, and yet who asked then need not ask again.
                    Ok(flown)
                        if flown.log.as_ref().is_some_and(|known| Rc::ptr_eq(known, log))
                            || self.is_spared(&flown.copy, log) =>
                    {
                        return Ok(flown.copy.clone());
                    }
                    _ => return self.fetch(question, key, &self.port).await,
                },
                // Of several that waited, one may have asked and been answered already.
                Landed::GivenUp => {
                    let known = self.cache().memory.get::<Q::Answer>(&key);
                    let known = known.filter(|copy| self.is_spared(copy, log));
                    if let Some(copy) = known.filter(|copy| matches!(self.worth::<Q>(copy), Worth::Fresh(_)))
                    {
                        return Ok(copy);
                    }
                }
            }
        }
    }

    /// Asks the backend and keeps what it says.
    async fn fetch<Q: Question>(
        self: &Rc<Self>,
        question: &Q,
        key: Key,
        port: &Result<Rc<dyn Port>, Error>,
    ) -> Result<Copy<Q::Answer>, Error> {
        let port = port.clone()?;
        // Before the call: a purge while it is on its way must count.
        let (born, at) = (self.edge.now(), elapsed(&*self.edge));
        let said = match question.ask(&*port, &self.market).await {
            Ok(answer) => Said::This(Rc::new(answer)),
            Err(Error { kind: Kind::NotFound(subject), .. }) => Said::Nothing(subject),
            Err(error) => return Err(error),
        };
        let (tags, digests) = store::tags(question, &said, &self.market.id());
        let size = self.rules.is_on.then(|| store::size(&key, born, &said)).flatten();
        let source = Source { born, fresh_for: Duration::ZERO, age: Age::Fresh, tags: tags.clone() };
        let copy = Copy {
            said: said.public(source),
            born,
            at,
            tags,
            digests,
            size: size.unwrap_or(usize::MAX),
            is_stored: false,
        };
        if size.is_some() {
            self.cache().memory.put(key, &copy);
            self.keep::<Q>(key, &copy);
        }
        Ok(copy)
    }

    /// Asks again after the answer, unless that is being done, or something is there that was asked for after
    /// `since`.
    fn refresh<Q: Question>(
        self: &Rc<Self>,
        question: Rc<Q>,
        key: Key,
        since: SignedDuration,
        log: Option<Rc<Log>>,
    ) {
        let reader = self.clone();
        self.edge.spawn(Box::pin(async move {
            let port = (reader.after)();
            let Some(lead) = reader.cache().flights.lead(key) else { return };
            let newer = reader.cache().memory.get::<Q::Answer>(&key);
            if let Some(newer) = newer.filter(|newer| newer.at > since) {
                lead.land(Ok(flown(newer, None)));
                return;
            }
            let result = reader.fetch(&*question, key, &port).await;
            if let Err(error) = &result {
                reader.edge.log(&format!("a copy could not be renewed: {error}"));
            }
            lead.land(result.map(|copy| flown(copy, log)));
        }));
    }

    /// What a copy says, as the shop would.
    fn said<Q: Question>(&self, copy: Copy<Q::Answer>, age: Age) -> Result<Public<Q::Answer>, Error> {
        let fresh_for = match self.worth::<Q>(&copy) {
            Worth::Fresh(left) if age == Age::Fresh => left,
            _ => Duration::ZERO,
        };
        let born = self.born(&copy);
        match copy.said {
            Said::This(value) => Ok(value.aged(age, fresh_for, born)),
            Said::Nothing(subject) => Err(Error::new(Kind::NotFound(subject), "", "known not to be there")),
        }
    }

    fn is_spared<T>(&self, copy: &Copy<T>, log: &Log) -> bool {
        log.spares(self.born(copy), &copy.digests)
    }

    /// When a copy was born, by the wall clock as it goes now: one that was set back since must not hide the copy
    /// from purges.
    fn born<T>(&self, copy: &Copy<T>) -> Timestamp {
        let age = elapsed(&*self.edge).saturating_sub(copy.at);
        self.edge.now().saturating_sub(age).map_or(copy.born, |by_age| copy.born.min(by_age))
    }

    fn lives<Q: Question>(&self, copy: &Copy<Q::Answer>) -> Lives {
        match copy.said {
            Said::This(_) => Q::LIVES.with(self.rules.fresh, self.rules.stale),
            // What is not there yet is asked for again soon, however long the rest is good.
            Said::Nothing(_) => {
                let fresh = self.rules.fresh.unwrap_or(Lives::MISSING.fresh);
                Lives { fresh: fresh.min(Lives::MISSING.fresh), ..Lives::MISSING }
            }
        }
    }

    fn worth<Q: Question>(&self, copy: &Copy<Q::Answer>) -> Worth {
        let age = elapsed(&*self.edge) - copy.at;
        self.lives::<Q>(copy).worth(Duration::try_from(age).unwrap_or_default())
    }
}

fn flown<T: 'static>(copy: Copy<T>, log: Option<Rc<Log>>) -> Rc<dyn Any> {
    Rc::new(Flown { copy, log })
}

/// The clock that never jumps, as a number that can be taken from.
pub(super) fn elapsed(edge: &dyn Edge) -> SignedDuration {
    SignedDuration::try_from(edge.elapsed()).unwrap_or(SignedDuration::MAX)
}
