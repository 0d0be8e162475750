//! A key-value store that fails, is slow or full: pages are answered without it, and it is left alone.

use super::*;
use kit::Edge;

/// A page in its time, from the backend.
fn answers(world: &Rc<World>, path: &str, status: u16) {
    let begun = world.elapsed();
    let (response, took) = world.run(async {
        let response = kit::handle::<Kiosk>(world.clone(), request(path, &[])).await;
        (response, world.elapsed() - begun)
    });
    assert_eq!(response.status(), status);
    assert!(took <= Kiosk::BUDGET, "{took:?}");
}

#[test]
fn a_store_that_fails_is_left_alone_for_a_second() {
    let world = world();
    set(&world, "purge_check_ms", "60000");
    world.store_fails.set(true);
    for number in 0..10 {
        answers(&world, &format!("/en-gb/p/{number}"), 200);
    }
    assert_eq!(calls(&world), 10);
    assert_eq!(world.store_reads.get(), 2, "the log of purges and one copy");
    world.wait(SECOND);
    world.store_fails.set(false);
    answers(&world, "/en-gb/p/10", 200);
    assert_eq!((world.store_reads.get(), copies(&world).len()), (3, 1), "it is back");
}

#[test]
fn a_store_that_hangs_costs_no_page_its_budget() {
    for backend_hangs in [false, true] {
        let world = world();
        world.store_takes.set(HOUR);
        if backend_hangs {
            hangs(&world);
        }
        for number in 0..3 {
            answers(&world, &format!("/en-gb/p/{number}"), if backend_hangs { 504 } else { 200 });
        }
        assert!(
            world.elapsed() < MINUTE,
            "nor does work after the answer go on for long: {:?}",
            world.elapsed()
        );
    }
}

#[test]
fn a_full_store_is_written_to_less_and_less_and_copies_are_found_in_memory() {
    let world = world();
    set(&world, "purge_check_ms", "60000");
    world.store_is_full.set(true);
    for number in 0..600 {
        answers(&world, &format!("/en-gb/p/{}", number % 300), 200);
        world.wait(SECOND / 10);
    }
    let writes = world.store_writes.borrow().len();
    assert!((2..20).contains(&writes), "{writes} in a minute");
    assert_eq!(calls(&world), 300);
    // Once there is room, what is in memory is written after all.
    world.store_is_full.set(false);
    for _ in 0..10 {
        world.wait(SECOND);
        coat(&world);
    }
    assert_eq!(copies(&world).len(), 1);
}

#[test]
fn a_copy_that_could_not_be_written_is_written_when_asked_for_again() {
    let world = world();
    world.store_is_full.set(true);
    coat(&world);
    assert_eq!((world.store_writes.borrow().len(), copies(&world).len()), (1, 0));
    world.store_is_full.set(false);
    world.wait(20 * SECOND);
    assert_eq!((coat(&world), calls(&world), copies(&world).len()), (pair("Coat", "fresh"), 1, 1));
}

#[test]
fn a_write_that_hangs_is_given_up() {
    let world = world();
    world.script(PATH, Script { after: SECOND / 10, answer: Ok((200, product("Coat"))) });
    let (response, ()) = world.run(async {
        let page = kit::handle::<Kiosk>(world.clone(), request("/en-gb/p/coat", &[]));
        let breaks = async {
            world.sleep(SECOND / 20).await;
            world.store_takes.set(HOUR);
        };
        futures::join!(page, breaks)
    });
    assert_eq!((response.status().as_u16(), world.store_writes.borrow().len()), (200, 1));
    assert!(world.elapsed() < 3 * SECOND, "{:?}", world.elapsed());
    assert!(world.lines.borrow().join("\n").contains("slow to write"));
    // A second later, it is asked whether it is back.
    world.store_takes.set(Duration::ZERO);
    world.wait(20 * SECOND);
    coat(&world);
    assert_eq!(copies(&world).len(), 1);
}
