//! One question: a copy when there is a good one, else the backend, and what to do when it fails.

use super::asking::{Answered, AnyQuestion};
use super::envelope::Said;
use super::flight::Landed;
use super::key::Key;
use super::lives::{Lives, Worth};
use super::memory::Copy;
use super::purge::Log;
use super::question::Question;
use super::rules::Rules;
use crate::asked::Asked;
use crate::edge::{Edge, Instance};
use crate::visibility::{Age, Public};
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
struct Flown {
    copy: Copy,
    /// What was known of purges when it was asked.
    log: Option<Rc<Log>>,
}

/// What there is of a copy.
pub(super) enum Look {
    /// One to be given at once.
    Good(Old),
    /// One for when the backend fails.
    StandIn(Old),
    /// None.
    Nothing,
}

/// A copy, and how old it is.
pub(super) struct Old {
    copy: Copy,
    age: Age,
    fresh_for: Duration,
    born: Timestamp,
}

impl Old {
    /// What it says, as the shop would.
    pub(super) fn said<T: 'static>(&self) -> Result<Public<T>, Error> {
        match &self.copy.said {
            Said::This(value) => match value.public::<T>() {
                Some(value) => Ok(value.aged(self.age, self.fresh_for, self.born)),
                // Keys of two kinds of question never agree.
                None => Err(Error::new(Kind::Unreachable, "", "a copy of another kind")),
            },
            Said::Nothing(subject) => Err(Error::new(Kind::NotFound(*subject), "", "known not to be there")),
        }
    }
}

/// A copy that stands ready for when a question fails.
type StandIn<T> = Rc<RefCell<Option<Public<T>>>>;

impl Reader {
    /// Asks.
    pub(crate) fn ask<'a, Q: Question>(self: &Rc<Self>, question: Q) -> Asked<'a, Public<Q::Answer>> {
        let key = Key::of(&self.shop, &self.market, &question);
        let question: Rc<dyn AnyQuestion> = Rc::new(question);
        let copy: StandIn<Q::Answer> = Rc::default();
        let late = {
            let (reader, question) = (self.clone(), question.clone());
            let asked = elapsed(&*self.edge);
            // Whoever comes next shall find it.
            move || reader.refresh(question, key, asked, None)
        };
        let (reader, slot) = (self.clone(), copy.clone());
        let stand_in = move |old: Old| *slot.borrow_mut() = old.said().ok();
        Asked {
            pending: Box::pin(async move { reader.answer(question, key, Box::new(stand_in)).await?.said() }),
            copy,
            late: self.rules.is_on.then(|| Box::new(late) as Box<dyn FnOnce()>),
        }
    }

    async fn answer(
        self: Rc<Self>,
        question: Rc<dyn AnyQuestion>,
        key: Key,
        stand_in: Box<dyn Fn(Old)>,
    ) -> Result<Old, Error> {
        if !self.rules.is_on {
            let copy = self.fetch(&*question, key, &self.port).await?;
            return Ok(self.aged(&*question, copy, Age::Fresh));
        }
        let log = self.log().await;
        match self.look(&question, key, &log).await {
            Look::Good(old) => return Ok(old),
            Look::StandIn(old) => stand_in(old),
            Look::Nothing => {}
        }
        let copy = self.ask_once(&*question, key, &log).await?;
        Ok(self.aged(&*question, copy, Age::Fresh))
    }

    /// What is known of purges.
    pub(super) async fn log(&self) -> Rc<Log> {
        self.cache().purges.look(&*self.edge, self.rules.purge_check).await
    }

    /// Looks for a copy; one past its time is renewed after the answer.
    pub(super) async fn look(
        self: &Rc<Self>,
        question: &Rc<dyn AnyQuestion>,
        key: Key,
        log: &Rc<Log>,
    ) -> Look {
        let spared = |copy: &Copy| self.is_spared(copy, log);
        let mut held = self.cache().memory.get(&key).filter(spared);
        let in_memory = held.is_some();
        if held.as_ref().is_none_or(|copy| !matches!(self.worth(&**question, copy), Worth::Fresh(_))) {
            // Another instance may have asked since.
            let stored = self.stored(&**question, &key).await.filter(spared);
            let newer = stored.filter(|new| held.as_ref().is_none_or(|old| old.at < new.at));
            if let Some(newer) = newer {
                self.cache().memory.put(key, &newer);
                held = Some(newer);
            }
        }
        let Some(copy) = held else { return Look::Nothing };
        match self.worth(&**question, &copy) {
            Worth::Fresh(_) => {
                if in_memory && !copy.is_stored {
                    self.keep(&**question, key, &copy);
                }
                Look::Good(self.aged(&**question, copy, Age::Fresh))
            }
            Worth::Stale => {
                let old = self.aged(&**question, copy, Age::Stale);
                self.refresh(question.clone(), key, old.copy.at, Some(log.clone()));
                Look::Good(old)
            }
            Worth::StandIn => Look::StandIn(self.aged(&**question, copy, Age::Stale)),
            Worth::Nothing => Look::Nothing,
        }
    }

    /// Asks the backend, unless somebody in this instance is asking the same. What was asked before a purge that
    /// this visitor's request knows of is asked again.
    async fn ask_once(
        self: &Rc<Self>,
        question: &dyn AnyQuestion,
        key: Key,
        log: &Rc<Log>,
    ) -> Result<Copy, Error> {
        loop {
            let flights = &self.cache().flights;
            if let Some(lead) = flights.lead(key) {
                let result = self.fetch(question, key, &self.port).await;
                lead.land(result.clone().map(|copy| flown(copy, Some(log.clone()))));
                return result;
            }
            match flights.follow(key).await {
                Landed::Failed(error) => return Err(error),
                Landed::There(answer) => match answer.downcast::<Flown>() {
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
                    let known = self.cache().memory.get(&key);
                    let known = known.filter(|copy| self.is_spared(copy, log));
                    if let Some(copy) =
                        known.filter(|copy| matches!(self.worth(question, copy), Worth::Fresh(_)))
                    {
                        return Ok(copy);
                    }
                }
            }
        }
    }

    /// Asks the backend and keeps what it says.
    async fn fetch(
        self: &Rc<Self>,
        question: &dyn AnyQuestion,
        key: Key,
        port: &Result<Rc<dyn Port>, Error>,
    ) -> Result<Copy, Error> {
        let port = port.clone()?;
        // Before the call: a purge while it is on its way must count.
        let (born, at) = (self.edge.now(), elapsed(&*self.edge));
        let kept = self.rules.is_on.then_some(&key);
        let Answered { said, tags, digests, size } = question.fetch(&*port, &self.market, born, kept).await?;
        let copy = Copy { said, born, at, tags, digests, size: size.unwrap_or(usize::MAX), is_stored: false };
        if size.is_some() {
            self.cache().memory.put(key, &copy);
            self.keep(question, key, &copy);
        }
        Ok(copy)
    }

    /// Asks again after the answer, unless that is being done, or something is there that was asked for after
    /// `since`.
    fn refresh(
        self: &Rc<Self>,
        question: Rc<dyn AnyQuestion>,
        key: Key,
        since: SignedDuration,
        log: Option<Rc<Log>>,
    ) {
        let reader = self.clone();
        self.edge.spawn(Box::pin(async move {
            let port = (reader.after)();
            let Some(lead) = reader.cache().flights.lead(key) else { return };
            let newer = reader.cache().memory.get(&key);
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

    /// A copy, with what it is worth by now.
    fn aged(&self, question: &dyn AnyQuestion, copy: Copy, age: Age) -> Old {
        let fresh_for = match self.worth(question, &copy) {
            Worth::Fresh(left) if age == Age::Fresh => left,
            _ => Duration::ZERO,
        };
        let born = self.born(&copy);
        Old { copy, age, fresh_for, born }
    }

    fn is_spared(&self, copy: &Copy, log: &Log) -> bool {
        log.spares(self.born(copy), &copy.digests)
    }

    /// When a copy was born, by the wall clock as it goes now: one that was set back since must not hide the copy
    /// from purges.
    fn born(&self, copy: &Copy) -> Timestamp {
        let age = elapsed(&*self.edge).saturating_sub(copy.at);
        self.edge.now().saturating_sub(age).map_or(copy.born, |by_age| copy.born.min(by_age))
    }

    fn lives(&self, question: &dyn AnyQuestion, copy: &Copy) -> Lives {
        match &copy.said {
            Said::This(value) => question.lives(value).with(self.rules.fresh, self.rules.stale),
            // What is not there yet is asked for again soon, however long the rest is good.
            Said::Nothing(_) => {
                let fresh = self.rules.fresh.unwrap_or(Lives::MISSING.fresh);
                Lives { fresh: fresh.min(Lives::MISSING.fresh), ..Lives::MISSING }
            }
        }
    }

    fn worth(&self, question: &dyn AnyQuestion, copy: &Copy) -> Worth {
        let age = elapsed(&*self.edge) - copy.at;
        self.lives(question, copy).worth(Duration::try_from(age).unwrap_or_default())
    }
}

fn flown(copy: Copy, log: Option<Rc<Log>>) -> Rc<dyn Any> {
    Rc::new(Flown { copy, log })
}

/// The clock that never jumps, as a number that can be taken from.
pub(super) fn elapsed(edge: &dyn Edge) -> SignedDuration {
    SignedDuration::try_from(edge.elapsed()).unwrap_or(SignedDuration::MAX)
}
