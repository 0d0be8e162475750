//! A preview: signed by the operator, answered by the backends themselves, kept by nobody.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

use bytes::Bytes;
use http::Method;
use kit::rehearsal::World;
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

struct Kiosk;

static ROUTES: LazyLock<Routes<()>> = LazyLock::new(|| Routes::new(&[(Method::GET, "/", ())]).0);

impl Head for Kiosk {
    type Page = ();
    const CHANNEL: &'static str = "kiosk";
    const BUDGET: Duration = Duration::from_millis(500);

    fn routes() -> &'static Routes<()> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer((): (), ask: &Rc<Ask>) -> Result<Answer, Failure> {
        let tree = ask.slots.required(Slot::new("categories"), ask.shop.categories()).await?;
        Ok(Answer::json(&tree.len()))
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::json(&failure.code())
    }
}

/// What `headwater preview` makes at noon, for an hour, with the key of the world (`host/tests/host/preview.rs`).
const TOKEN: &str = "preview=1795266000.ade693a1beceb544da0576f54b8d88147ba1ba44123fbd20d7dd875a8586933f";

/// What is said of keeping the answer, and how often the backend has been asked so far.
fn ask(world: &Rc<World>, address: &str) -> (String, usize) {
    let request = http::Request::get(address).header("host", "shop.test").body(Bytes::new()).unwrap();
    let answer = world.run(kit::handle::<Kiosk>(world.clone(), request));
    assert_eq!(answer.status(), 200);
    let said = answer.headers()["cache-control"].to_str().unwrap();
    (said.to_owned(), world.sent.borrow().len())
}

#[test]
fn the_hosts_token_is_accepted_until_it_is_over_and_looks_past_every_copy() {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    world.answer("/v1/categories", 200, "[]");
    let preview = format!("/?{TOKEN}");
    let kept = "public, max-age=300, stale-while-revalidate=1500, stale-if-error=3600";
    assert_eq!(ask(&world, "/"), (kept.to_owned(), 1));
    assert_eq!(ask(&world, "/"), (kept.to_owned(), 1), "from the copy");
    for asked in [2, 3] {
        assert_eq!(ask(&world, &preview), ("private, no-store".to_owned(), asked));
    }
    assert_eq!(ask(&world, &preview.replace("ade6", "ade7")), (kept.to_owned(), 3), "forged");
    assert_eq!(ask(&world, "/"), (kept.to_owned(), 3), "a preview leaves nothing behind");
    world.wait(Duration::from_secs(3600));
    let (said, _) = ask(&world, &preview);
    assert!(said.starts_with("public"), "over: {said}");
}

#[test]
fn links_that_the_former_key_signed_are_over() {
    for (present, former, is_kept) in
        [("key of the test", "", false), ("another key", "key of the test", true)]
    {
        let world = World::new();
        world.variables.borrow_mut().insert("session_key".into(), present.into());
        world.variables.borrow_mut().insert("session_key_former".into(), former.into());
        world.answer("/v1/categories", 200, "[]");
        let (said, _) = ask(&world, &format!("/?{TOKEN}"));
        assert_eq!(said.starts_with("public"), is_kept, "{present}: {said}");
    }
}
