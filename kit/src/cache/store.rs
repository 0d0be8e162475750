//! The second level: copies in key-value. Whatever goes wrong with it, a page is answered without.

use super::Cache;
use super::asking::{Answered, AnyQuestion};
use super::key::Key;
use super::memory::Copy;
use super::reader::{Reader, elapsed};
use futures::future::{Either, select};
use jiff::SignedDuration;
use std::rc::Rc;
use std::time::Duration;

/// A store that takes longer is worse than none.
const PATIENCE: Duration = Duration::from_millis(100);
/// Nobody waits for a write, but it holds its instance.
const WRITE_PATIENCE: Duration = Duration::from_secs(2);
/// How long a store that failed is left alone.
const REST: Duration = Duration::from_secs(1);

impl Reader {
    /// The copy in key-value, if there is one that can be used.
    pub(super) async fn stored(&self, question: &dyn AnyQuestion, key: &Key) -> Option<Copy> {
        let cache = self.cache();
        if self.edge.elapsed() < cache.store_rests_until.get() {
            return None;
        }
        let name = key.to_string();
        let read = select(self.edge.get(&name), self.edge.sleep(PATIENCE)).await;
        let bytes = match read {
            Either::Left((Ok(bytes), _)) => bytes?,
            Either::Left((Err(error), _)) => {
                self.rest(&error.to_string());
                return None;
            }
            Either::Right(_) => {
                self.rest("key-value: slow to read");
                return None;
            }
        };
        let now = self.edge.now();
        match question.open(&bytes, key, now, &self.market) {
            Ok((born, answered)) => {
                let age = Duration::try_from(now.duration_since(born)).unwrap_or_default();
                let at = elapsed(&*self.edge) - SignedDuration::try_from(age).unwrap_or(SignedDuration::MAX);
                let Answered { said, tags, digests, .. } = answered;
                Some(Copy { said, born, at, tags, digests, size: bytes.len(), is_stored: true })
            }
            Err(why) => {
                cache.foreign.set(cache.foreign.get() + 1);
                self.edge.log(&format!("a copy was ignored: {why:?} ({} so far)", cache.foreign.get()));
                None
            }
        }
    }

    /// Writes a copy after the answer, if that is admitted.
    pub(super) fn keep(self: &Rc<Self>, question: &dyn AnyQuestion, key: Key, copy: &Copy) {
        let now = self.edge.elapsed();
        let cache = self.cache();
        if now < cache.store_rests_until.get() || !cache.admission.admit(now, self.rules.writes) {
            return;
        }
        let Some(bytes) = question.seal(&key, copy) else { return };
        cache.memory.stored(&key, true);
        let reader = self.clone();
        self.edge.spawn(Box::pin(async move {
            let name = key.to_string();
            let written = select(reader.edge.set(&name, &bytes), reader.edge.sleep(WRITE_PATIENCE)).await;
            let why = match written {
                Either::Left((Ok(()), _)) => return,
                Either::Left((Err(error), _)) => error.to_string(),
                Either::Right(_) => "key-value: slow to write".to_owned(),
            };
            reader.cache().memory.stored(&key, false);
            reader.cache().admission.refused(reader.edge.elapsed());
            reader.rest(&why);
        }));
    }

    /// Leaves key-value alone for a moment.
    fn rest(&self, why: &str) {
        let now = self.edge.elapsed();
        self.cache().store_rests_until.set(now + REST);
        self.edge.log(&format!("no copies for {} s: {why}", REST.as_secs()));
    }

    pub(super) fn cache(&self) -> &Cache {
        &self.instance.cache
    }
}
