//! Rules are picked up within the interval, for few reads of the store and one decoding.

use super::*;
use futures::future::join_all;
use kit::rulebook::{keep_table, point_to_table, roll_back};

#[test]
fn without_a_pointer_nothing_is_personalised_and_the_store_is_asked_once_in_the_interval() {
    let world = World::new();
    for _ in 0..10 {
        assert_eq!(in_use(&world), None);
    }
    assert_eq!(world.store_reads.get(), 1);
    world.wait(SECOND - MILLISECOND);
    assert_eq!((in_use(&world), world.store_reads.get()), (None, 1));
    world.wait(MILLISECOND);
    assert_eq!((in_use(&world), world.store_reads.get()), (None, 2));
    assert!(world.lines.borrow().is_empty(), "{:?}", world.lines.borrow());
}

#[test]
fn a_change_is_in_use_within_the_interval_and_read_once() {
    let world = World::new();
    let desk = world.beside();
    put(&desk, "one").unwrap();
    assert_eq!(in_use(&world), says("one"));
    let first = book(&world).unwrap();
    assert_eq!((world.store_reads.get(), first.digest), (2, digest("one").bytes()));
    put(&desk, "two").unwrap();
    world.wait(SECOND - MILLISECOND);
    assert!(Rc::ptr_eq(&first, &book(&world).unwrap()), "not looked again");
    world.wait(MILLISECOND);
    assert_eq!((in_use(&world), world.store_reads.get()), (says("two"), 4), "the pointer and the bytes");
    let second = book(&world).unwrap();
    for _ in 0..5 {
        world.wait(SECOND);
        assert!(Rc::ptr_eq(&second, &book(&world).unwrap()), "the same rules are not decoded again");
    }
    assert_eq!(world.store_reads.get(), 9, "the pointer alone");
    world.store.borrow_mut().remove(KEY);
    world.wait(SECOND);
    assert_eq!(in_use(&world), None, "without a pointer there are no rules");
}

#[test]
fn the_interval_is_the_operators() {
    let world = World::new();
    put(&world, "one").unwrap();
    world.variables.borrow_mut().insert("rules_check_ms".into(), "200".into());
    in_use(&world);
    put(&world, "two").unwrap();
    world.wait(MILLISECOND * 199);
    assert_eq!(in_use(&world), says("one"));
    world.wait(MILLISECOND);
    assert_eq!(in_use(&world), says("two"));
}

#[test]
fn a_rollback_is_picked_up_and_so_is_its_own() {
    let world = World::new();
    put(&world, "one").unwrap();
    put(&world, "two").unwrap();
    for expected in ["two", "one", "two"] {
        assert_eq!(in_use(&world), says(expected));
        world.wait(SECOND);
        world.run(roll_back(&*world, Shelf::Rules)).unwrap();
    }
}

#[test]
fn a_table_comes_and_goes_with_its_rules() {
    let world = World::new();
    put(&world, "one").unwrap();
    assert_eq!(book(&world).unwrap().goes_with, None);
    let table = world.run(keep_table(&*world, b"table")).unwrap();
    world.run(point_to_table(&*world, table)).unwrap();
    world.wait(SECOND);
    let with = book(&world).unwrap();
    assert_eq!(with.goes_with.as_deref(), Some(&b"table"[..]));
    assert_eq!(with.goes_with_digest, Some(table.bytes()));
    put(&world, "two").unwrap();
    world.wait(SECOND);
    let reads = world.store_reads.get();
    let later = book(&world).unwrap();
    assert_eq!(world.store_reads.get(), reads + 2, "the table is not read again");
    assert!(Rc::ptr_eq(with.goes_with.as_ref().unwrap(), later.goes_with.as_ref().unwrap()));
    for expected in [Some(&b"table"[..]), Some(b"table")] {
        world.run(roll_back(&*world, Shelf::Rules)).unwrap();
        world.wait(SECOND);
        assert_eq!(book(&world).unwrap().goes_with.as_deref(), expected);
    }
}

#[test]
fn many_at_once_in_a_new_instance_wait_for_one_look() {
    let world = World::new();
    put(&world, "one").unwrap();
    let reads = world.store_reads.get();
    world.store_takes.set(MILLISECOND * 10);
    let edge: Rc<dyn Edge> = world.clone();
    let all = world.run(join_all((0..16).map(|_| current(&edge))));
    assert!(all.iter().all(|book| book.as_ref().is_some_and(|book| name(&book.rules) == "one")));
    assert_eq!(world.store_reads.get() - reads, 2);
}
