//! Putting rules in force: bytes before the pointer, nothing that cannot be read, and the way back.

use super::*;
use futures::future::join;
use kit::rulebook::{keep_table, point_to_table, roll_back, shown};

#[test]
fn what_is_in_force_and_what_was_before_is_shown() {
    let world = World::new();
    assert_eq!(world.run(shown(&*world, Shelf::Rules)), Ok(None));
    let first = put(&world, "one").unwrap();
    assert_eq!((first.current.digest, first.former), (digest("one"), None));
    world.wait(SECOND);
    let second = put(&world, "two").unwrap();
    assert_eq!((second.current.digest, second.current.at), (digest("two"), world.now()));
    assert_eq!(second.former, Some(first.current));
    assert_eq!(world.run(shown(&*world, Shelf::Rules)), Ok(Some(second.clone())));
    world.wait(SECOND);
    assert_eq!(put(&world, "two"), Ok(second.clone()), "the same again changes nothing");
    let back = world.run(roll_back(&*world, Shelf::Rules)).unwrap();
    assert_eq!((back.current.digest, back.former), (digest("one"), Some(second.current)));
}

#[test]
fn bytes_are_written_before_the_pointer_that_names_them() {
    let world = World::new();
    put(&world, "one").unwrap();
    let written: Vec<String> = world.store_writes.borrow().iter().map(|(_, key)| key.clone()).collect();
    assert_eq!(written, [key("one"), KEY.to_owned()]);
}

#[test]
fn what_cannot_be_used_is_refused_and_changes_nothing() {
    let world = World::new();
    let refused = |outcome: Result<Pointer, Refused>| outcome.unwrap_err().to_string();
    assert!(refused(world.run(roll_back(&*world, Shelf::Rules))).contains("publish rules instead"));
    let table = world.run(keep_table(&*world, b"table")).unwrap();
    assert!(refused(world.run(point_to_table(&*world, table))).contains("publish rules first"));
    put(&world, "one").unwrap();
    let kept = world.store.borrow().clone();
    assert!(refused(world.run(roll_back(&*world, Shelf::Rules))).contains("no other rules"));
    for bytes in [&b""[..], b"HWrules1", b"[slot.x]", &compact("two")[1..], &[0; 2 << 20]] {
        assert!(refused(world.run(publish(&*world, Shelf::Rules, bytes, None))).contains("compiled rules"));
    }
    let missing = Some(Digest::of(b"another"));
    assert!(
        refused(world.run(publish(&*world, Shelf::Rules, &compact("two"), missing)))
            .contains("is not in the store")
    );
    for table in [&b""[..], &[0; (1 << 20) + 1]] {
        let error = world.run(keep_table(&*world, table)).unwrap_err().to_string();
        assert!(error.contains("1 to 1048576 bytes"), "{error}");
    }
    assert_eq!(*world.store.borrow(), kept);
}

#[test]
fn nobody_goes_back_to_rules_that_are_gone() {
    let world = World::new();
    put(&world, "one").unwrap();
    put(&world, "two").unwrap();
    world.store.borrow_mut().remove(&key("one"));
    let why = world.run(roll_back(&*world, Shelf::Rules)).unwrap_err();
    assert_eq!(why, Refused::Gone("the former rules are not in the store".into()));
    assert_eq!(in_use(&world), says("two"));
}

#[test]
fn of_two_at_the_same_moment_one_is_told_that_it_lost() {
    let world = World::new();
    world.store_takes.set(MILLISECOND);
    let (one, two) = (compact("one"), compact("two"));
    let (first, second) = world
        .run(join(publish(&*world, Shelf::Rules, &one, None), publish(&*world, Shelf::Rules, &two, None)));
    assert_eq!(first, Err(Refused::Meanwhile));
    assert_eq!(second.unwrap().current.digest, digest("two"));
}

#[test]
fn a_store_that_fails_is_told_of() {
    let world = World::new();
    put(&world, "one").unwrap();
    world.store_is_full.set(true);
    assert!(matches!(put(&world, "two"), Err(Refused::Store(_))));
    world.store_is_full.set(false);
    assert_eq!(in_use(&world), says("one"));
}

#[test]
fn old_bytes_go_after_a_while() {
    let world = World::new();
    for number in 0..40 {
        put(&world, &format!("rules_{number}")).unwrap();
    }
    let names: Vec<String> = world.store.borrow().keys().cloned().collect();
    assert_eq!(names.len(), 11, "the pointer, two versions and eight that were: {names:?}");
    assert!(names.contains(&key("rules_30")) && !names.contains(&key("rules_29")));
}
