//! Wall clocks that jump: ages go by the other clock, and nothing is fresh for ever or hidden from a purge.

use super::*;
use jiff::SignedDuration;
use kit::cache::purge::purge;

const BACK: SignedDuration = SignedDuration::from_hours(-1);
const FORTH: SignedDuration = SignedDuration::from_hours(365 * 24);

#[test]
fn ages_do_not_jump() {
    for jump in [BACK, FORTH] {
        let world = world();
        coat(&world);
        get(&world, "/en-gb/p/coat");
        world.wait(20 * SECOND);
        world.wall_is_off.set(jump);
        calls(&world);
        assert_eq!((coat(&world), calls(&world)), (pair("Coat", "fresh"), 0));
        let kept = get(&world, "/en-gb/p/coat");
        assert!(is_kept(&kept) && header_of(&kept, "cache-control").starts_with("public, max-age=40,"));
        world.wait(40 * SECOND);
        assert_eq!(coat(&world), pair("Coat", "stale"));
        assert!(!is_kept(&get(&world, "/en-gb/p/coat")), "nothing is fresh for ever: {jump}");
        world.wait(25 * HOUR);
        becomes(&world, 500, "");
        assert_eq!(coat(&world), pair("upstream-failed", "failed"), "nor good for ever: {jump}");
    }
}

#[test]
fn a_purge_reaches_what_was_kept_before_the_clock_was_set_back() {
    let world = world();
    coat(&world);
    get(&world, "/en-gb/p/coat");
    world.wait(3 * SECOND);
    world.wall_is_off.set(BACK);
    becomes(&world, 200, product("Parka"));
    world.run(purge(&*world, &[commerce::Tag::product("coat")], Duration::ZERO)).unwrap();
    world.wait(3 * SECOND);
    assert!(text(&get(&world, "/en-gb/p/coat")).starts_with("Parka"));
    assert_eq!(coat(&world), pair("Parka", "fresh"));
}

#[test]
fn copies_in_key_value_are_worth_nothing_to_a_clock_that_is_far_off() {
    for (writer, reader) in [(BACK, SignedDuration::ZERO), (SignedDuration::ZERO, FORTH)] {
        let one = world();
        one.wall_is_off.set(writer * 25);
        coat(&one);
        let other = one.beside();
        other.wall_is_off.set(reader);
        becomes(&other, 200, product("Parka"));
        assert_eq!((coat(&other), calls(&other)), (pair("Parka", "fresh"), 1));
        other.wait(2 * MINUTE);
        assert_eq!(coat(&other), pair("Parka", "stale"));
    }
}
