//! An instance's view of the log.

use super::KEY;
use super::log::Log;
use super::write::PATIENCE;
use crate::edge::{Edge, StoreError};
use crate::glance::{Glances, within};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// What an instance knows of the log. It only ever learns more: a replica of the store that lags behind, or a
/// store that was emptied, takes nothing back.
#[derive(Debug, Default)]
pub struct Purges(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    log: Option<Rc<Log>>,
    /// What the store held, so that the same is not read twice.
    bytes: Option<Vec<u8>>,
    glances: Glances,
}

impl Purges {
    /// Knows nothing yet.
    pub const fn new() -> Self {
        Self(RefCell::new(Known { log: None, bytes: None, glances: Glances::new() }))
    }

    /// The log, read from the store when the last look was longer than `interval` ago. A store that fails, or
    /// does not answer within [`PATIENCE`], leaves what is known; to an instance that knows nothing, all that
    /// was born until now is purged then. Others that ask while one looks are given what is known.
    pub async fn look(&self, edge: &dyn Edge, interval: Duration) -> Rc<Log> {
        let begun = edge.elapsed();
        {
            let mut known = self.0.borrow_mut();
            let is_fresh = known.glances.are_fresh(begun, interval);
            if let Some(log) = known.log.as_ref().filter(|_| is_fresh) {
                return log.clone();
            }
            known.glances.begin(begun);
        }
        let read = within(edge, PATIENCE, edge.get(KEY)).await;
        self.0.borrow_mut().learn(edge, read)
    }
}

impl Known {
    fn learn(&mut self, edge: &dyn Edge, read: Result<Option<Vec<u8>>, StoreError>) -> Rc<Log> {
        let now = edge.now();
        let found = match read {
            Ok(bytes) if self.log.is_some() && bytes == self.bytes => None,
            Ok(bytes) => {
                let found = bytes.as_deref().map_or_else(|| Some(Log::default()), Log::from_bytes);
                self.bytes = bytes;
                if found.is_none() {
                    let cure = "what was kept until now is not used; `headwater purge shop` writes a new one";
                    self.glances.tell(edge, &format!("`{KEY}` holds no log of purges: {cure}"));
                }
                Some(found.unwrap_or_else(|| Log::all_until(now)))
            }
            Err(error) => {
                self.glances
                    .tell(edge, &format!("what was purged cannot be read, the last known holds: {error}"));
                self.log.is_none().then(|| Log::all_until(now))
            }
        };
        if let Some(mut found) = found {
            if let Some(log) = &self.log {
                found.merge(log);
            }
            found.forget(now);
            self.log = Some(Rc::new(found));
        }
        self.log.clone().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::purge;
    use super::*;
    use crate::rehearsal::World;
    use commerce::Tag;

    const SECOND: Duration = Duration::from_secs(1);

    fn wait(world: &World, time: Duration) {
        world.run(world.sleep(time));
    }

    fn look(world: &World, purges: &Purges) -> Rc<Log> {
        world.run(purges.look(world, SECOND))
    }

    #[test]
    fn a_purge_is_seen_within_the_interval_and_the_store_is_asked_once_in_it() {
        let (world, purges) = (World::new(), Purges::new());
        let (born, tag) = (world.now(), Tag::product("coat"));
        assert!(look(&world, &purges).spares(born, &[tag.digest()]));
        world.run(purge(&*world, std::slice::from_ref(&tag), Duration::ZERO)).unwrap();
        let reads = world.store_reads.get();
        assert!(look(&world, &purges).spares(born, &[tag.digest()]), "250 ms later: not looked again");
        wait(&world, Duration::from_millis(749));
        assert!(look(&world, &purges).spares(born, &[tag.digest()]));
        assert_eq!(world.store_reads.get(), reads);
        wait(&world, Duration::from_millis(1));
        assert!(!look(&world, &purges).spares(born, &[tag.digest()]));
        assert_eq!(world.store_reads.get(), reads + 1);
    }

    #[test]
    fn what_is_known_is_never_taken_back() {
        let (world, purges) = (World::new(), Purges::new());
        let (born, tag) = (world.now(), Tag::product("coat"));
        world.run(purge(&*world, std::slice::from_ref(&tag), Duration::ZERO)).unwrap();
        look(&world, &purges);
        wait(&world, SECOND);
        world.store.borrow_mut().clear();
        assert!(!look(&world, &purges).spares(born, &[tag.digest()]), "the store was emptied");
        for fault in 0..3 {
            world.store_fails.set(fault > 0);
            world.store_takes.set(SECOND * 9 * u32::from(fault == 2));
            wait(&world, SECOND);
            let log = look(&world, &purges);
            assert!(!log.spares(born, &[tag.digest()]) && log.spares(born, &[1]), "fault {fault}");
        }
    }

    #[test]
    fn an_instance_that_cannot_learn_what_was_purged_uses_nothing_from_before() {
        for (fails, takes) in [(true, Duration::ZERO), (false, SECOND * 9)] {
            let (world, purges) = (World::new(), Purges::new());
            world.store_fails.set(fails);
            world.store_takes.set(takes);
            let begun = world.elapsed();
            let log = look(&world, &purges);
            assert!(!log.spares(world.now(), &[]));
            assert!(world.elapsed() - begun <= PATIENCE, "a page waits no longer");
            let born = world.now() + jiff::SignedDuration::from_secs(3);
            assert!(log.spares(born, &[]), "but what is kept from now on is used");
        }
    }

    #[test]
    fn a_store_that_stays_broken_is_asked_again_but_told_of_once_a_minute() {
        let (world, purges) = (World::new(), Purges::new());
        world.store_fails.set(true);
        for _ in 0..119 {
            look(&world, &purges);
            wait(&world, SECOND);
        }
        assert_eq!(world.store_reads.get(), 119);
        assert_eq!(world.lines.borrow().len(), 2, "{:?}", world.lines.borrow());
    }

    #[test]
    fn foreign_bytes_purge_what_was_kept_before_once() {
        let (world, purges) = (World::new(), Purges::new());
        world.store.borrow_mut().insert(KEY.into(), b"foreign".to_vec());
        let first = look(&world, &purges);
        assert!(!first.spares(world.now(), &[]));
        wait(&world, SECOND * 5);
        assert_eq!(look(&world, &purges), first, "the same bytes do not raise the floor again");
        assert!(world.lines.borrow()[0].contains("headwater purge shop"));
        world.run(purge(&*world, &[], Duration::ZERO)).unwrap();
        assert!(Log::from_bytes(&world.store.borrow()[KEY]).is_some());
    }
}
