//! What lies under a copy's key and is none: ignored, counted, overwritten.

use super::*;
use jiff::SignedDuration;

/// The key of the coat, and what is kept there.
fn kept() -> (String, Vec<u8>) {
    let world = world();
    coat(&world);
    let key = copies(&world).pop().unwrap();
    let bytes = world.store.borrow().get(&key).cloned().unwrap();
    (key, bytes)
}

#[test]
fn what_is_no_copy_is_ignored_counted_and_overwritten() {
    let (key, good) = kept();
    let other = {
        let world = world();
        get(&world, "/en-gb/p/another");
        world.store.borrow().values().next_back().cloned().unwrap()
    };
    let mut damaged = good.clone();
    *damaged.iter_mut().rev().nth(20).unwrap() ^= 1;
    let truncated = good.iter().copied().take(good.len() - 1).collect();
    let huge = good.iter().copied().chain(std::iter::repeat_n(0, 10 << 20)).collect();
    for bytes in [Vec::new(), b"foreign".to_vec(), other, damaged, truncated, huge] {
        let world = world();
        world.store.borrow_mut().insert(key.clone(), bytes);
        assert_eq!((coat(&world), calls(&world)), (pair("Coat", "fresh"), 1));
        let line = world.lines.borrow().join("\n");
        assert!(line.contains("a copy was ignored") && line.contains("(1 so far)"), "{line}");
        let fresh = world.beside();
        assert_eq!((coat(&fresh), calls(&fresh)), (pair("Coat", "fresh"), 0), "it was overwritten");
    }
}

#[test]
fn what_was_born_in_the_future_is_ignored_and_overwritten() {
    let ahead = world();
    ahead.wall_is_off.set(SignedDuration::from_hours(1));
    coat(&ahead);
    let world = ahead.beside();
    becomes(&world, 200, product("Parka"));
    assert_eq!((coat(&world), calls(&world)), (pair("Parka", "fresh"), 1));
    assert!(world.lines.borrow().join("\n").contains("Clock"));
    assert_eq!(coat(&world.beside()), pair("Parka", "fresh"));
}

#[test]
fn every_shop_and_market_has_its_own_copies() {
    let world = world();
    coat(&world);
    ask(&world, "/de-de/p/coat", &[]);
    assert_eq!(calls(&world), 2, "another market");
    for (name, value) in [("shop_url", "http://other.test"), ("shop_token", "other")] {
        let other = world.beside();
        set(&other, name, value);
        coat(&other);
        assert_eq!(calls(&other), 1, "{name}");
    }
    let same = world.beside();
    coat(&same);
    assert_eq!(calls(&same), 0);
}
