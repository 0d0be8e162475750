//! Of the same question only one is on its way in an instance, and whoever waits for it waits no longer than for
//! its own.

use super::*;
use futures::future::join_all;
use kit::Edge;
use kit::cache::purge::purge;

/// What somebody was told who asked after a while, and how long it took.
struct Told {
    status: u16,
    text: String,
    took: Duration,
}

async fn asks(world: &Rc<World>, after: Duration) -> Told {
    world.sleep(after).await;
    let begun = world.elapsed();
    let request = request("/en-gb/p/coat", &[("authorization", b"x")]);
    let response = kit::handle::<Kiosk>(world.clone(), request).await;
    Told { status: response.status().as_u16(), text: text(&response), took: world.elapsed() - begun }
}

/// Several ask, each after its time. At most thirty: the world wakes nobody, and more would not be looked at.
fn together(world: &Rc<World>, after: impl IntoIterator<Item = Duration>) -> Vec<Told> {
    world.run(join_all(after.into_iter().map(|after| asks(world, after))))
}

fn slowly(world: &World, status: u16, body: String) {
    world.script(PATH, Script { after: Duration::from_millis(100), answer: Ok((status, body)) });
}

#[test]
fn many_who_ask_the_same_make_one_call() {
    let world = world();
    slowly(&world, 200, product("Coat"));
    let told = together(&world, (0..25).map(|number| Duration::from_millis(number * 3)));
    assert!(told.iter().all(|told| told.status == 200 && told.text.starts_with("Coat")));
    assert_eq!(calls(&world), 1);
    assert_eq!(copies(&world).len(), 1);
}

#[test]
fn a_failure_is_everybodys_and_not_multiplied() {
    let world = world();
    slowly(&world, 500, String::new());
    let told = together(&world, [Duration::ZERO; 25]);
    assert!(told.iter().all(|told| told.status == 502));
    assert!(calls(&world) <= 2, "one call, and one more try at most");
    becomes(&world, 404, MISSING);
    let told = together(&world, [Duration::ZERO; 25]);
    assert!(told.iter().all(|told| told.status == 404));
    assert_eq!(calls(&world), 1);
}

#[test]
fn who_asks_and_gives_up_leaves_the_question_to_those_with_more_time() {
    let world = world();
    let hung = Script { after: HOUR, answer: Ok((200, product("Late"))) };
    world.once(PATH, hung);
    let told = together(&world, [Duration::ZERO, Duration::from_millis(300), Duration::from_millis(310)]);
    let statuses: Vec<u16> = told.iter().map(|told| told.status).collect();
    assert_eq!(statuses, [504, 200, 200]);
    assert!(told[1].took <= Duration::from_millis(200), "{:?}", told[1].took);
    assert_eq!(calls(&world), 2);
}

#[test]
fn whoever_waits_for_another_keeps_its_own_deadline() {
    let world = world();
    hangs(&world);
    let told = together(&world, (0..25).map(|number| Duration::from_millis(number * 20)));
    for told in told {
        assert_eq!(told.status, 504);
        assert!(told.took <= Kiosk::BUDGET, "{:?}", told.took);
    }
}

#[test]
fn an_answer_that_is_too_large_to_be_kept_is_handed_to_all_who_wait() {
    let world = world();
    let name = "x".repeat(600 << 10);
    slowly(&world, 200, product(&name));
    let told = together(&world, [Duration::ZERO; 25]);
    assert!(told.iter().all(|told| told.text.starts_with(&name)));
    assert_eq!((calls(&world), copies(&world).len()), (1, 0));
    coat(&world);
    assert_eq!(calls(&world), 1, "it is asked for each time");
}

#[test]
fn what_was_asked_before_a_purge_is_not_handed_to_those_who_came_after_it() {
    let world = world();
    for (name, value) in [("purge_check_ms", "0"), ("deadline_ms", "9000")] {
        set(&world, name, value);
    }
    world.run(asks(&world, Duration::ZERO));
    world.run(world.sleep(20 * MINUTE));
    world.store.borrow_mut().clear();
    let fresh = world.beside();
    for name in ["Coat", "Parka"] {
        fresh.once(PATH, Script { after: 2 * SECOND, answer: Ok((200, product(name))) });
    }
    let told = fresh.run(async {
        let tags = [commerce::Tag::product("coat")];
        let purging = async {
            fresh.sleep(SECOND / 10).await;
            purge(&*fresh, &tags, Duration::ZERO).await.unwrap();
        };
        let asked = [Duration::ZERO, SECOND / 20, SECOND].map(|after| asks(&fresh, after));
        futures::join!(join_all(asked), purging).0
    });
    let names: Vec<&str> = told.iter().map(|told| told.text.split(' ').next().unwrap()).collect();
    assert_eq!(names, ["Coat", "Coat", "Parka"]);
    assert_eq!(calls(&fresh), 2);
}

#[test]
fn a_rush_right_after_a_purge_makes_one_call() {
    let world = world();
    coat(&world);
    world.run(purge(&*world, &[commerce::Tag::shop()], Duration::ZERO)).unwrap();
    world.wait(SECOND);
    calls(&world);
    slowly(&world, 200, product("Parka"));
    let told = together(&world, [Duration::ZERO; 25]);
    assert!(told.iter().all(|told| told.text.starts_with("Parka")));
    assert_eq!(calls(&world), 1);
}
