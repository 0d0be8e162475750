//! What cannot be read leaves the rules that are in use, and a store that is ill makes no page late.

use super::*;
use kit::rulebook::keep_table;

/// An instance with the rules `one` in use, after `two` was put in force and its bytes were spoilt.
fn spoilt(spoil: impl Fn(&World)) -> Rc<World> {
    let world = World::new();
    put(&world, "one").unwrap();
    assert_eq!(in_use(&world), says("one"));
    put(&world, "two").unwrap();
    spoil(&world);
    world.wait(SECOND);
    world
}

#[test]
fn damaged_bytes_leave_the_rules_in_use_and_are_told_of_once() {
    let world = spoilt(|world| world.store.borrow_mut().get_mut(&key("two")).unwrap()[20] ^= 1);
    for _ in 0..9 {
        assert_eq!(in_use(&world), says("one"));
        world.wait(SECOND);
    }
    let lines = world.lines.borrow().clone();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let expected =
        format!("rules {}: damaged in the store; those in use stay; `headwater publish`", digest("two"));
    assert!(lines[0].starts_with(&expected), "{}", lines[0]);
    put(&world, "two").unwrap();
    world.wait(SECOND);
    assert_eq!(in_use(&world), says("two"), "publishing the same again mends it");
}

#[test]
fn an_instance_that_had_none_takes_the_former() {
    let spoilt = spoilt(|world| drop(world.store.borrow_mut().remove(&key("two"))));
    let new = spoilt.beside();
    assert_eq!(in_use(&new), says("one"), "as those have that go on");
    assert!(new.lines.borrow()[0].contains("none were in use"), "{:?}", new.lines.borrow());
    new.store.borrow_mut().remove(&key("one"));
    assert_eq!(in_use(&new.beside()), None);
}

#[test]
fn missing_bytes_are_used_as_soon_as_they_are_there() {
    let world = spoilt(|world| drop(world.store.borrow_mut().remove(&key("two"))));
    for _ in 0..3 {
        assert_eq!(in_use(&world), says("one"));
        world.wait(SECOND);
    }
    assert_eq!(world.lines.borrow().len(), 1, "{:?}", world.lines.borrow());
    world.store.borrow_mut().insert(key("two"), compact("two"));
    assert_eq!(in_use(&world), says("two"));
}

#[test]
fn rules_of_another_version_are_read_once() {
    let world = World::new();
    put(&world, "one").unwrap();
    in_use(&world);
    let mut other = compact("two");
    other[7] = b'0';
    let newer = Digest::of(&other);
    let pointer = String::from_utf8(world.store.borrow()[KEY].clone()).unwrap();
    let pointer = pointer.replace(&digest("one").to_string(), &newer.to_string());
    world.store.borrow_mut().insert(format!("rules/{newer}"), other);
    world.store.borrow_mut().insert(KEY.into(), pointer.into());
    let reads = world.store_reads.get();
    for _ in 0..100 {
        world.wait(SECOND);
        assert_eq!(in_use(&world), says("one"));
    }
    assert_eq!(world.store_reads.get() - reads, 101, "the bytes once, and the pointer");
    assert_eq!(world.lines.borrow().len(), 1);
    assert!(world.lines.borrow()[0].contains("no compiled rules of this version; publish them again"));
}

#[test]
fn what_is_no_pointer_leaves_the_rules_in_use_until_somebody_publishes() {
    let world =
        spoilt(|world| drop(world.store.borrow_mut().insert(KEY.into(), b"{\"current\":7}".to_vec())));
    for _ in 0..3 {
        assert_eq!(in_use(&world), says("one"));
        world.wait(SECOND);
    }
    assert_eq!(world.lines.borrow().len(), 1, "{:?}", world.lines.borrow());
    put(&world, "three").unwrap();
    assert_eq!(in_use(&world), says("three"));
}

#[test]
fn a_table_that_is_damaged_keeps_no_rules_from_use() {
    let world = World::new();
    let table = world.run(keep_table(&*world, b"table")).unwrap();
    world.run(publish(&*world, Shelf::Rules, &compact("one"), Some(table))).unwrap();
    world.store.borrow_mut().insert(format!("rules/goes-with/{table}"), b"tabel".to_vec());
    assert_eq!(in_use(&world), says("one"));
    assert_eq!(book(&world).unwrap().goes_with, None);
    assert!(world.lines.borrow()[0].contains(&format!("goes with what {table}: damaged in the store")));
    world.run(keep_table(&*world, b"table")).unwrap();
    world.wait(SECOND * 10);
    assert!(book(&world).unwrap().goes_with.is_some());
}

#[test]
fn a_store_that_fails_leaves_the_rules_and_is_told_of_once_a_minute() {
    let world = World::new();
    put(&world, "one").unwrap();
    in_use(&world);
    world.store_fails.set(true);
    for _ in 0..119 {
        world.wait(SECOND);
        assert_eq!(in_use(&world), says("one"));
    }
    assert_eq!(world.lines.borrow().len(), 2, "{:?}", world.lines.borrow());
    assert_eq!(in_use(&world.beside()), says("one"), "an instance beside it is well");
}

/// The time that one request waits for its rules.
fn waits(world: &Rc<World>) -> (Option<String>, Duration) {
    let edge: Rc<dyn Edge> = world.clone();
    let begun = world.elapsed();
    world.run(async {
        let book = current(&edge).await;
        (book.map(|book| name(&book.rules)), world.elapsed() - begun)
    })
}

#[test]
fn a_slow_store_makes_no_page_late_and_its_rules_come_after_the_answer() {
    let (world, limit) = (World::new(), MILLISECOND * 100);
    put(&world, "one").unwrap();
    world.store_takes.set(MILLISECOND * 300);
    assert_eq!(waits(&world), (None, limit), "nothing is known yet");
    assert_eq!(waits(&world).0, says("one"), "the look went on after the answer");
    world.store_takes.set(Duration::ZERO);
    put(&world, "two").unwrap();
    world.store_takes.set(SECOND * 3600);
    for _ in 0..3 {
        world.wait(SECOND);
        let (rules, took) = waits(&world);
        assert_eq!(rules, says("one"));
        assert!(took <= limit, "{took:?}");
    }
    assert!(world.lines.borrow()[0].contains("no answer within 5000 ms"), "{:?}", world.lines.borrow());
    world.store_takes.set(Duration::ZERO);
    world.wait(SECOND);
    assert_eq!(waits(&world), (says("two"), Duration::ZERO));
}
