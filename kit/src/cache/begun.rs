//! Questions whose answers begin to be given before they are whole: their copies are looked for first, and learned of
//! at the end.

use super::asking::{Answered, AnyQuestion, answered};
use super::envelope::{self, Said};
use super::key::Key;
use super::memory::Copy;
use super::question::Question;
use super::reader::{Look, Reader, elapsed};
use crate::visibility::{Age, Public};
use jiff::{SignedDuration, Timestamp};
use std::rc::Rc;

/// What there is of an answer.
pub(crate) enum Recalled<T> {
    /// A copy to be given at once.
    Good(Public<T>),
    /// A copy for when the question fails.
    StandIn(Public<T>),
    /// None.
    Nothing,
}

/// When a question was asked: before the call, since a purge while it is on its way must count.
#[derive(Debug, Clone, std::marker::Copy)]
pub(crate) struct Asked {
    born: Timestamp,
    at: SignedDuration,
}

impl Reader {
    /// Looks for a copy; one past its time is renewed after the answer.
    pub(crate) async fn recall<Q: Question>(self: &Rc<Self>, question: &Rc<Q>) -> Recalled<Q::Answer> {
        if !self.rules.is_on {
            return Recalled::Nothing;
        }
        let key = Key::of(&self.shop, &self.market, &**question);
        let any: Rc<dyn AnyQuestion> = question.clone();
        let log = self.log().await;
        match self.look(&any, key, &log).await {
            Look::Good(old) => old.said().map_or(Recalled::Nothing, Recalled::Good),
            Look::StandIn(old) => old.said().map_or(Recalled::Nothing, Recalled::StandIn),
            Look::Nothing => Recalled::Nothing,
        }
    }

    /// A question is being asked now.
    pub(crate) fn asked(&self) -> Asked {
        Asked { born: self.edge.now(), at: elapsed(&*self.edge) }
    }

    /// Keeps the whole answer to a question. One that is too large is not kept.
    pub(crate) fn learn<Q: Question>(self: &Rc<Self>, question: &Q, asked: Asked, answer: Q::Answer) {
        if !self.rules.is_on {
            return;
        }
        let key = Key::of(&self.shop, &self.market, question);
        let said = Said::This(answer);
        let Some(size) = envelope::seal(&key, asked.born, &said.by_ref()).map(|bytes| bytes.len()) else {
            return;
        };
        let Answered { said, tags, digests, .. } =
            answered(question, said, &self.market, asked.born, Age::Fresh);
        let copy = Copy { said, born: asked.born, at: asked.at, tags, digests, size, is_stored: false };
        self.cache().memory.put(key, &copy);
        self.keep(question, key, &copy);
    }
}
