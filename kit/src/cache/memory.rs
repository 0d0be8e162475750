//! The first level: copies in an instance's memory, decoded.

use super::envelope::Said;
use super::key::Key;
use crate::visibility::Public;
use commerce::Tag;
use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// What an instance keeps at most, in bytes as they would be written; decoded they take about twice that. An
/// instance has 128 MiB (Akamai Functions).
const ROOM: usize = 8 << 20;
/// What a copy takes beside that, and what a tag does. Many copies are tiny: that there is no such product.
const EACH: usize = 256;
const EACH_TAG: usize = 64;

/// What everyone may see, of whatever kind: only a [`Public`] becomes one.
#[derive(Clone)]
pub(crate) struct AnyPublic(Rc<dyn Any>);

impl AnyPublic {
    pub(crate) fn of<T: 'static>(value: Public<T>) -> Self {
        Self(Rc::new(value))
    }

    /// As what it was made of; `None` for another kind.
    pub(crate) fn public<T: 'static>(&self) -> Option<&Public<T>> {
        self.0.downcast_ref()
    }
}

/// A copy at hand.
#[derive(Clone)]
pub(crate) struct Copy {
    pub(crate) said: Said<AnyPublic>,
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
}

impl Copy {
    fn weight(&self) -> usize {
        self.size.saturating_add(EACH).saturating_add(EACH_TAG.saturating_mul(self.tags.len()))
    }
}

/// The copies of an instance, the least recently used of which go first.
pub(crate) struct Memory(RefCell<(LruCache<Key, Copy>, usize)>);

impl Default for Memory {
    fn default() -> Self {
        Self(RefCell::new((LruCache::unbounded(), 0)))
    }
}

impl Memory {
    /// The copy of a key.
    pub(crate) fn get(&self, key: &Key) -> Option<Copy> {
        self.0.borrow_mut().0.get(key).cloned()
    }

    /// Keeps a copy, and forgets what has not been used for longest when there is no room.
    pub(crate) fn put(&self, key: Key, copy: &Copy) {
        if copy.weight() > ROOM / 4 {
            return;
        }
        let (copies, used) = &mut *self.0.borrow_mut();
        if let Some((_, old)) = copies.push(key, copy.clone()) {
            *used = used.saturating_sub(old.weight());
        }
        *used += copy.weight();
        while *used > ROOM {
            let Some((_, old)) = copies.pop_lru() else { return };
            *used = used.saturating_sub(old.weight());
        }
    }

    /// Notes whether key-value has the copy.
    pub(crate) fn stored(&self, key: &Key, is_stored: bool) {
        if let Some(copy) = self.0.borrow_mut().0.peek_mut(key) {
            copy.is_stored = is_stored;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use commerce::Subject;

    fn key(number: u64) -> Key {
        Key::digest(&[&number.to_le_bytes()])
    }

    fn copy(size: usize, tags: usize) -> Copy {
        let said = Said::This(AnyPublic::of(Public::<u64>::default()));
        let tags: Rc<[Tag]> = (0..tags).map(|number| Tag::product(&number.to_string())).collect();
        let digests = tags.iter().map(Tag::digest).collect();
        let (born, at) = (Timestamp::UNIX_EPOCH, SignedDuration::ZERO);
        Copy { said, born, at, tags, digests, size, is_stored: false }
    }

    /// The sum of what is there, the count of it, and what is kept account of.
    fn account(memory: &Memory) -> (usize, usize, usize) {
        let inner = memory.0.borrow();
        (inner.0.iter().map(|(_, copy)| copy.weight()).sum(), inner.0.len(), inner.1)
    }

    #[test]
    fn every_byte_is_accounted_for_whatever_is_done() {
        let memory = Memory::default();
        let mut seed = 1_u64;
        let mut chance = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let mut most = 0;
        for step in 0..20_000 {
            let key = key(chance(300));
            match chance(8) {
                0 => drop(memory.get(&key)),
                1 => memory.stored(&key, true),
                _ => {
                    let size = usize::try_from(chance(10).pow(7) / 3 + chance(100)).unwrap();
                    memory.put(key, &copy(size, usize::try_from(chance(5)).unwrap()));
                }
            }
            let (sum, _, used) = account(&memory);
            assert_eq!(sum, used, "after step {step}");
            assert!(used <= ROOM);
            most = most.max(used);
        }
        assert!(most > ROOM * 3 / 4, "it was never full: {most}");
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let memory = Memory::default();
        let size = ROOM / 4 - EACH;
        (0..4).for_each(|number| memory.put(key(number), &copy(size, 0)));
        let there = |number| memory.0.borrow().0.peek(&key(number)).is_some();
        assert!((0..4).all(there));
        assert!(memory.get(&key(0)).is_some());
        memory.put(key(1), &copy(size, 0));
        memory.stored(&key(2), true);
        memory.put(key(9), &copy(size, 0));
        assert_eq!([0, 1, 2, 3, 9].map(there), [true, true, false, true, true], "noting is no use");
        memory.put(key(10), &copy(size + 1, 0));
        assert!(!there(10) && there(3), "what is too large displaces nothing");
        memory.put(key(11), &copy(usize::MAX, 0));
        assert!(!there(11));
    }

    #[test]
    fn what_is_one_thing_is_none_of_another() {
        let Said::This(any) = copy(1, 1).said else { panic!("a copy of nothing") };
        assert!(any.public::<u64>().is_some() && any.public::<String>().is_none());
    }

    #[test]
    fn tiny_copies_take_their_room_too() {
        let memory = Memory::default();
        let nothing = Copy { said: Said::Nothing(Subject::Product), ..copy(38, 3) };
        (0..100_000).for_each(|number| memory.put(key(number), &nothing));
        let (_, count, _) = account(&memory);
        assert!(count < 20_000, "{count} in 8 MiB");
    }
}
