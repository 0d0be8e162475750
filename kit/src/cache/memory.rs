//! The first level: copies in an instance's memory, decoded.

use super::envelope::Said;
use super::key::Key;
use crate::visibility::Public;
use commerce::{Subject, Tag};
use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// What an instance keeps at most, in bytes as they would be written; decoded they take about twice that. An
/// instance has 128 MiB (Akamai Functions).
const ROOM: usize = 8 << 20;

/// A copy at hand.
pub(crate) struct Copy<T> {
    pub(crate) said: Said<Public<T>>,
    /// When the backend was asked, by the wall clock: what purges go by.
    pub(crate) born: Timestamp,
    /// The same by the clock that never jumps, what ages go by; negative when it was before the instance began.
    pub(crate) at: SignedDuration,
    pub(crate) tags: Rc<[Tag]>,
    pub(crate) digests: Rc<[u64]>,
    /// Bytes as written.
    pub(crate) size: usize,
    /// Whether key-value has it as well.
    pub(crate) is_stored: bool,
    /// Whether it was asked for since it is here.
    pub(crate) is_wanted: bool,
}

impl<T> Clone for Copy<T> {
    fn clone(&self) -> Self {
        let said = match &self.said {
            Said::This(value) => Said::This(value.clone()),
            Said::Nothing(subject) => Said::Nothing(*subject),
        };
        Self { said, tags: self.tags.clone(), digests: self.digests.clone(), ..*self }
    }
}

struct Shelf {
    value: Result<Rc<dyn Any>, Subject>,
    copy: Copy<()>,
}

/// The copies of an instance, the least recently used of which go first.
pub(crate) struct Memory(RefCell<(LruCache<Key, Shelf>, usize)>);

impl Default for Memory {
    fn default() -> Self {
        Self(RefCell::new((LruCache::unbounded(), 0)))
    }
}

impl Memory {
    /// The copy of a key.
    pub(crate) fn get<T: 'static>(&self, key: &Key) -> Option<Copy<T>> {
        let mut inner = self.0.borrow_mut();
        let shelf = inner.0.get_mut(key)?;
        let said = match &shelf.value {
            Ok(value) => Said::This(value.downcast_ref::<Public<T>>()?.clone()),
            Err(subject) => Said::Nothing(*subject),
        };
        let Copy { born, at, size, is_stored, is_wanted, .. } = shelf.copy;
        let (tags, digests) = (shelf.copy.tags.clone(), shelf.copy.digests.clone());
        shelf.copy.is_wanted = true;
        Some(Copy { said, born, at, tags, digests, size, is_stored, is_wanted })
    }

    /// Keeps a copy, and forgets what has not been used for longest when there is no room.
    pub(crate) fn put<T: 'static>(&self, key: Key, copy: &Copy<T>) {
        if copy.size > ROOM / 4 {
            return;
        }
        let value: Result<Rc<dyn Any>, Subject> = match &copy.said {
            Said::This(value) => Ok(Rc::new(value.clone())),
            Said::Nothing(subject) => Err(*subject),
        };
        let (tags, digests) = (copy.tags.clone(), copy.digests.clone());
        let &Copy { born, at, size, is_stored, is_wanted, .. } = copy;
        // Only the ages and tags of this one are read.
        let said = Said::Nothing(Subject::Product);
        let shelf = Shelf { value, copy: Copy { said, born, at, tags, digests, size, is_stored, is_wanted } };
        let (shelves, used) = &mut *self.0.borrow_mut();
        if let Some((_, old)) = shelves.push(key, shelf) {
            *used = used.saturating_sub(old.copy.size);
        }
        *used += size;
        while *used > ROOM {
            let Some((_, old)) = shelves.pop_lru() else { return };
            *used = used.saturating_sub(old.copy.size);
        }
    }

    /// Notes that key-value has the copy.
    pub(crate) fn stored(&self, key: &Key) {
        if let Some(shelf) = self.0.borrow_mut().0.peek_mut(key) {
            shelf.copy.is_stored = true;
        }
    }
}
