//! What a copy is worth at an age, and when the backend is asked.

use super::*;
use kit::Edge;
use kit::cache::purge::purge;

#[test]
fn a_copy_is_fresh_then_stale_then_stands_in_and_is_then_nothing() {
    let world = world();
    assert_eq!((coat(&world), calls(&world)), (pair("Coat", "fresh"), 1));
    becomes(&world, 500, "");
    world.wait(MINUTE - SECOND);
    assert_eq!((coat(&world), calls(&world)), (pair("Coat", "fresh"), 0));
    // Stale: whoever asks does not wait for the backend, which is asked again after the answer.
    for age in [MINUTE, 10 * MINUTE - SECOND] {
        world.wait(age - world.elapsed());
        let asked = calls(&world);
        assert_eq!((coat(&world), asked), (pair("Coat", "stale"), 0));
        assert!(calls(&world) > 0, "at {age:?}");
    }
    // Past that, it is given only since the backend fails.
    for age in [10 * MINUTE, 24 * HOUR - SECOND] {
        world.wait(age - world.elapsed());
        assert_eq!(coat(&world), pair("Coat", "stale"));
        assert!(calls(&world) > 0, "at {age:?}");
    }
    world.wait(24 * HOUR - world.elapsed());
    let response = ask(&world, "/en-gb/p/coat", &[("authorization", b"x")]);
    assert_eq!(
        (response.status().as_u16(), header_of(&response, "headwater-slots")),
        (502, "product=failed")
    );
}

#[test]
fn a_stale_copy_is_given_at_once_and_renewed_once_after_the_answer() {
    let world = world();
    coat(&world);
    world.wait(2 * MINUTE);
    world.script(PATH, Script { after: 3 * SECOND, answer: Ok((200, product("Parka"))) });
    calls(&world);
    let (begun, both) = (world.elapsed(), std::cell::Cell::default());
    // Two ask before the first renewal has begun.
    world.run(async {
        for _ in 0..2 {
            let request = request("/en-gb/p/coat", &[("authorization", b"x")]);
            let response = kit::handle::<Kiosk>(world.clone(), request).await;
            assert_eq!(header_of(&response, "cache-control"), "public, max-age=1");
            assert!(text(&response).starts_with("Coat"));
        }
        both.set((world.elapsed() - begun, calls(&world)));
    });
    assert_eq!(both.get(), (Duration::ZERO, 0), "nobody waits, and nothing is asked before the answer");
    assert_eq!(calls(&world), 1);
    assert_eq!((coat(&world), calls(&world)), (pair("Parka", "fresh"), 0));
}

#[test]
fn with_an_old_copy_a_backend_that_hangs_or_fails_is_answered_for_within_the_budget() {
    for fails in [false, true] {
        let world = world();
        coat(&world);
        world.wait(HOUR);
        if fails {
            becomes(&world, 503, "")
        } else {
            hangs(&world)
        }
        let begun = world.elapsed();
        let answered = world.run(async {
            let request = request("/en-gb/p/coat", &[]);
            let response = kit::handle::<Kiosk>(world.clone(), request).await;
            (header_of(&response, "headwater-slots").to_owned(), text(&response), world.elapsed() - begun)
        });
        assert_eq!(answered.0, "product=stale");
        assert!(answered.1.starts_with("Coat"));
        assert!(answered.2 <= Kiosk::BUDGET / 2, "{:?}", answered.2);
    }
}

#[test]
fn what_is_not_there_is_kept_for_its_own_short_time_and_denies_what_was() {
    let world = world();
    set(&world, "cache_fresh_ms", "3600000");
    becomes(&world, 404, MISSING);
    let status = |world: &Rc<World>| get(world, "/en-gb/p/coat").status().as_u16();
    assert_eq!((status(&world), calls(&world)), (404, 1));
    becomes(&world, 200, product("Coat"));
    world.wait(10 * SECOND - Duration::from_millis(1));
    assert_eq!((status(&world), calls(&world)), (404, 0));
    world.wait(Duration::from_millis(1));
    assert_eq!((status(&world), calls(&world)), (200, 1));
    // An old copy does not deny that the product is gone.
    set(&world, "cache_fresh_ms", "");
    world.wait(2 * HOUR);
    becomes(&world, 404, MISSING);
    assert_eq!(status(&world), 404);
}

#[test]
fn a_purge_lifts_what_is_not_there_and_what_is() {
    let world = world();
    becomes(&world, 404, MISSING);
    world.wait(3 * SECOND);
    assert_eq!(get(&world, "/en-gb/p/coat").status(), 404);
    becomes(&world, 200, product("Coat"));
    for (name, next) in [("Coat", "Parka"), ("Parka", "Cape")] {
        world.run(purge(&*world, &[commerce::Tag::product("coat")], Duration::ZERO)).unwrap();
        // The view of the log is up to a second old; within two seconds after a purge nothing is kept.
        world.wait(3 * SECOND);
        calls(&world);
        assert_eq!((coat(&world), calls(&world)), (pair(name, "fresh"), 1));
        becomes(&world, 200, product(next));
        assert_eq!((coat(&world), calls(&world)), (pair(name, "fresh"), 0));
    }
    // Another instance that finds the copy in key-value knows of the purge, too.
    let other = world.beside();
    assert_eq!(coat(&other), pair("Parka", "fresh"));
    assert_eq!(calls(&other), 0, "from key-value");
    world.run(purge(&*world, &[commerce::Tag::shop()], Duration::ZERO)).unwrap();
    world.wait(3 * SECOND);
    assert_eq!((coat(&world.beside()), coat(&other)), (pair("Cape", "fresh"), pair("Cape", "fresh")));
}

#[test]
fn a_copy_never_outlives_the_memory_of_purges() {
    let world = world();
    set(&world, "cache_fresh_ms", "360000000");
    coat(&world);
    world.run(purge(&*world, &[commerce::Tag::product("coat")], Duration::ZERO)).unwrap();
    world.wait(26 * HOUR);
    becomes(&world, 200, product("Parka"));
    world.run(purge(&*world, &[commerce::Tag::product("other")], Duration::ZERO)).unwrap();
    for world in [world.beside(), world] {
        becomes(&world, 200, product("Parka"));
        assert_eq!(coat(&world), pair("Parka", "fresh"));
    }
}

#[test]
fn the_age_that_is_told_is_what_is_left() {
    let world = world();
    let told = |world: &Rc<World>| {
        header_of(&ask(world, "/en-gb/p/coat", &[("authorization", b"x")]), "cache-control").to_owned()
    };
    world.script(PATH, Script { after: Duration::from_millis(400), answer: Ok((200, product("Coat"))) });
    assert!(told(&world).starts_with("public, max-age=60,"), "what is left of a second counts as one");
    world.wait(Duration::from_millis(19_700));
    // It was on its way for a while: 39.9 seconds are left.
    assert!(told(&world).starts_with("public, max-age=40,"));
    assert!(told(&world.beside()).starts_with("public, max-age=40,"), "from key-value");
}
