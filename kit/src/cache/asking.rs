//! A question of whatever kind: what reads and keeps copies is compiled once, and not for each kind of answer.

use super::envelope::{self, Foreign, Said};
use super::key::Key;
use super::lives::Lives;
use super::memory::{AnyPublic, Copy};
use super::question::Question;
use crate::visibility::{Age, Public, Source};
use commerce::{Error, Kind, Market, Pending, Port, Tag, Tagged};
use jiff::Timestamp;
use std::rc::Rc;
use std::time::Duration;

/// A question, its kind forgotten.
pub(crate) trait AnyQuestion {
    /// How long an answer lives.
    fn lives(&self, answer: &AnyPublic) -> Lives;

    /// Asks the backend; with a key, how large a copy of the answer would be is found out as well.
    fn fetch<'a>(
        &'a self,
        port: &'a dyn Port,
        market: &'a Market,
        born: Timestamp,
        key: Option<&'a Key>,
    ) -> Pending<'a, Answered>;

    /// Reads a copy from key-value, and says when it was born.
    ///
    /// # Errors
    /// Why it is none.
    fn open(
        &self,
        bytes: &[u8],
        key: &Key,
        now: Timestamp,
        market: &Market,
    ) -> Result<(Timestamp, Answered), Foreign>;

    /// Writes a copy for key-value; `None` when it is too large.
    fn seal(&self, key: &Key, copy: &Copy) -> Option<Vec<u8>>;
}

/// What is known of an answer.
pub(crate) struct Answered {
    pub(crate) said: Said<AnyPublic>,
    /// What it is about, and the digests that purges go by.
    pub(crate) tags: Rc<[Tag]>,
    pub(crate) digests: Rc<[u64]>,
    /// Bytes of a copy; `None` when that is too large, or was not asked for.
    pub(crate) size: Option<usize>,
}

impl<Q: Question> AnyQuestion for Q {
    fn lives(&self, answer: &AnyPublic) -> Lives {
        answer.public::<Q::Answer>().map_or(Q::LIVES, |answer| Q::lives(answer))
    }

    fn fetch<'a>(
        &'a self,
        port: &'a dyn Port,
        market: &'a Market,
        born: Timestamp,
        key: Option<&'a Key>,
    ) -> Pending<'a, Answered> {
        Box::pin(async move {
            let said = match self.ask(port, market).await {
                Ok(answer) => Said::This(answer),
                Err(Error { kind: Kind::NotFound(subject), .. }) => Said::Nothing(subject),
                Err(error) => return Err(error),
            };
            let size = key.and_then(|key| envelope::seal(key, born, &said.by_ref())).map(|bytes| bytes.len());
            Ok(Answered { size, ..answered(self, said, market, born, Age::Fresh) })
        })
    }

    fn open(
        &self,
        bytes: &[u8],
        key: &Key,
        now: Timestamp,
        market: &Market,
    ) -> Result<(Timestamp, Answered), Foreign> {
        let (born, said) = envelope::open::<Q::Answer>(bytes, key, now)?;
        Ok((born, Answered { size: Some(bytes.len()), ..answered(self, said, market, born, Age::Stale) }))
    }

    fn seal(&self, key: &Key, copy: &Copy) -> Option<Vec<u8>> {
        let said = match &copy.said {
            Said::This(value) => Said::This(&**value.public::<Q::Answer>()?),
            Said::Nothing(subject) => Said::Nothing(*subject),
        };
        envelope::seal(key, copy.born, &said)
    }
}

pub(super) fn answered<Q: Question>(
    question: &Q,
    said: Said<Q::Answer>,
    market: &Market,
    born: Timestamp,
    age: Age,
) -> Answered {
    let mut tags = vec![Tag::shop(), Tag::market(&market.id())];
    question.tags(&mut tags);
    if let Said::This(value) = &said {
        value.tags(&mut tags);
    }
    tags.sort_unstable();
    tags.dedup();
    let digests = tags.iter().map(Tag::digest).collect();
    let tags: Rc<[Tag]> = tags.into();
    let said = match said {
        Said::This(value) => {
            let source = Source { born, fresh_for: Duration::ZERO, age, tags: tags.clone() };
            Said::This(AnyPublic::of(Public::of(Rc::new(value), source)))
        }
        Said::Nothing(subject) => Said::Nothing(subject),
    };
    Answered { said, tags, digests, size: None }
}
