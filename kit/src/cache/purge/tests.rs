//! Those who write the log at the same time.

use super::log::{Log, milliseconds};
use super::stage::{Pace, Stage, Writer};
use super::{KEY, purge};
use crate::edge::{Edge, StoreError};
use crate::rehearsal::World;
use commerce::Tag;
use jiff::SignedDuration;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

const SETTLE: Duration = Duration::from_millis(50);

type Purging<'a> = Pin<Box<dyn Future<Output = Result<(), StoreError>> + 'a>>;

fn tag(number: usize) -> Tag {
    Tag::product(&number.to_string())
}

/// The writer under test.
fn ours(edge: &Writer, settle: Duration) -> Purging<'_> {
    Box::pin(async move { purge(edge, &[tag(edge.number)], settle).await })
}

/// A control that must lose: it writes what it read and its own, and trusts in that.
fn trusting(edge: &Writer, _: Duration) -> Purging<'_> {
    Box::pin(async move {
        let mut log = edge.get(KEY).await?.and_then(|bytes| Log::from_bytes(&bytes)).unwrap_or_default();
        log.add(tag(edge.number).digest(), milliseconds(edge.now()));
        edge.set(KEY, &log.to_bytes()).await
    })
}

/// A control that must lose: it looks whether its own is still there, but never asks how long it took.
fn unhurried(edge: &Writer, settle: Duration) -> Purging<'_> {
    Box::pin(async move {
        loop {
            trusting(edge, settle).await?;
            edge.sleep(super::PATIENCE + settle * 2).await;
            let log = edge.get(KEY).await?.and_then(|bytes| Log::from_bytes(&bytes)).unwrap_or_default();
            if log.knows(tag(edge.number).digest(), 1) {
                return Ok(());
            }
        }
    })
}

/// One play: how many confirmed purges the store has forgotten in the end.
fn lost(
    pace: Pace,
    count: usize,
    settle: Duration,
    write: fn(&Writer, Duration) -> Purging<'_>,
    choose: impl FnMut(usize) -> usize,
) -> usize {
    let stage = Stage::new(pace);
    let writers: Vec<Writer> = (0..count).map(|number| Writer { stage: stage.clone(), number }).collect();
    let begun = milliseconds(writers[0].now());
    let mut purges: Vec<Purging<'_>> = writers.iter().map(|writer| write(writer, settle)).collect();
    let results = stage.play(&mut purges, choose);
    let log = stage.holds().and_then(|bytes| Log::from_bytes(&bytes)).unwrap_or_default();
    let confirmed = results.iter().enumerate().filter(|(_, result)| result.is_ok());
    confirmed.filter(|(number, _)| !log.knows(tag(*number).digest(), begun)).count()
}

/// Every way to play `count` writers, each with at most `most` forks taken otherwise than first in line:
/// plays, and plays in which a confirmed purge was lost.
fn every_play(count: usize, most: usize, write: fn(&Writer, Duration) -> Purging<'_>) -> (usize, usize) {
    let (mut plays, mut losses) = (0, 0);
    // Forks of the play: the way taken, of how many.
    let mut forks: Vec<(usize, usize)> = Vec::new();
    loop {
        let mut at = 0;
        let lost = lost(Pace::Turns, count, SETTLE, write, |ways| {
            if at == forks.len() {
                forks.push((0, ways));
            }
            at += 1;
            forks[at - 1].0
        });
        plays += 1;
        losses += usize::from(lost > 0);
        loop {
            let Some((way, ways)) = forks.pop() else { return (plays, losses) };
            let taken = forks.iter().filter(|(way, _)| *way > 0).count();
            if way + 1 < ways && (way > 0 || taken < most) {
                forks.push((way + 1, ways));
                break;
            }
        }
    }
}

#[test]
fn however_two_or_three_writers_meet_no_confirmed_purge_is_lost() {
    let (plays, losses) = every_play(2, usize::MAX, ours);
    assert!(plays > 1000 && losses == 0, "two writers: {losses} of {plays} plays");
    let (plays, losses) = every_play(3, 5, ours);
    assert!(plays > 10_000 && losses == 0, "three writers: {losses} of {plays} plays");
}

#[test]
fn without_the_second_read_or_the_floor_a_purge_is_lost() {
    assert_eq!(every_play(2, usize::MAX, trusting), (6, 4), "nothing is checked");
    let (_, losses) = every_play(2, usize::MAX, unhurried);
    assert!(losses > 0, "a writer that stalls between read and write overwrites what was confirmed");
}

/// Lost purges of 1,000 plays by chance, of two to five writers each.
fn lost_by_chance(settle: u64, lag: u64, write: fn(&Writer, Duration) -> Purging<'_>) -> usize {
    let [settle, lag] = [settle, lag].map(Duration::from_millis);
    let play = |seed| {
        let pace = Pace::Chance { seed: Cell::new(seed), lag };
        lost(pace, 2 + usize::try_from(seed % 4).unwrap(), settle, write, |_| 0)
    };
    (0..1000).map(play).sum()
}

#[test]
fn a_store_whose_readers_lag_behind_loses_nothing_while_settle_covers_the_lag() {
    assert_eq!(lost_by_chance(0, 0, ours), 0);
    assert_eq!(lost_by_chance(50, 50, ours), 0);
    assert_eq!(lost_by_chance(500, 500, ours), 0);
    assert!(lost_by_chance(0, 500, ours) > 0, "a settle below the lag is not enough");
    assert!(lost_by_chance(50, 50, unhurried) > 0);
    assert!(lost_by_chance(50, 50, trusting) > 0);
}

#[test]
fn a_writer_that_was_alone_purges_its_tags_and_nothing_else() {
    let world = World::new();
    let born = world.now();
    world.run(world.sleep(Duration::from_secs(10)));
    let later = world.now() - SignedDuration::from_secs(5);
    world.run(purge(&*world, &[tag(1), tag(2)], SETTLE)).unwrap();
    let log = Log::from_bytes(&world.store.borrow()[KEY]).unwrap();
    for (tags, spared) in [(&[1][..], false), (&[2, 3], false), (&[3], true), (&[], true)] {
        let digests: Vec<u64> = tags.iter().map(|number| tag(*number).digest()).collect();
        assert_eq!(log.spares(born, &digests), spared, "{tags:?}");
        assert_eq!(log.spares(later, &digests), spared, "{tags:?}");
    }
    assert_eq!(log.floor, 0);
    world.run(purge(&*world, &[Tag::shop()], SETTLE)).unwrap();
    let log = Log::from_bytes(&world.store.borrow()[KEY]).unwrap();
    assert!(!log.spares(later, &[]) && log.spares(world.now() + SignedDuration::from_secs(3), &[]));
}

#[test]
fn a_slow_or_failing_store_is_told_of_and_purges_rather_more() {
    let world = World::new();
    world.store_takes.set(Duration::from_millis(300));
    world.run(purge(&*world, &[tag(1)], SETTLE)).unwrap();
    let log = Log::from_bytes(&world.store.borrow()[KEY]).unwrap();
    assert!(!log.spares(world.now(), &[tag(2).digest()]), "it cannot know what it overwrote");
    world.store_fails.set(true);
    assert!(world.run(purge(&*world, &[tag(1)], SETTLE)).is_err());
}

#[test]
fn what_is_no_log_is_overwritten_and_purges_everything_before() {
    let world = World::new();
    let born = world.now();
    world.store.borrow_mut().insert(KEY.into(), b"HWPL but no log".to_vec());
    world.run(purge(&*world, &[tag(1)], SETTLE)).unwrap();
    let log = Log::from_bytes(&world.store.borrow()[KEY]).unwrap();
    assert!(!log.spares(born, &[tag(2).digest()]) && log.knows(tag(1).digest(), milliseconds(born)));
    assert_eq!(world.lines.borrow().len(), 1);
}
