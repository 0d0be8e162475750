//! The wall between visitors: what does not compile, and what is said of an answer that read a visitor's own.
//!
//! Each file in `visibility/` would compile if its part of the wall were not there.

use bytes::Bytes;
use commerce::Category;
use http::Method;
use kit::answer::Keep;
use kit::rehearsal::World;
use kit::visibility::{Decision, Private, Public};
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

/// The compiler whose words the `.stderr` files hold; `TRYBUILD=overwrite` records those of another.
const RECORDED: &str = "rustc 1.95.";

#[test]
fn what_would_leak_does_not_compile() {
    let version = std::process::Command::new("rustc").arg("--version").output().unwrap();
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if !version.starts_with(RECORDED) && std::env::var_os("TRYBUILD").is_none() {
        println!("skipped: {version} has other words for errors than {RECORDED}");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/visibility/*.rs");
}

/// What an answer reads.
#[derive(Clone, Copy)]
enum Page {
    Nothing,
    Public,
    Segment,
    Private,
    Printed,
}

struct Kiosk;

static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    let pages = [Page::Nothing, Page::Public, Page::Segment, Page::Private, Page::Printed];
    let paths = ["/nothing", "/public", "/segment", "/private", "/printed"];
    let routes: Vec<_> = paths.into_iter().zip(pages).map(|(path, page)| (Method::GET, path, page)).collect();
    Routes::new(&routes).0
});

impl Head for Kiosk {
    type Page = Page;
    const CHANNEL: &'static str = "kiosk";
    const BUDGET: Duration = Duration::from_millis(500);

    fn routes() -> &'static Routes<Page> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        let tree: Public<Vec<Category>> =
            ask.slots.required(Slot::new("categories"), ask.shop.categories()).await?;
        let own = Private::of("Ada", &ask.reads).map(str::len);
        let answer = match page {
            Page::Nothing | Page::Public => Answer::json(&tree.len()),
            Page::Segment => Answer::json(tree.for_segment(Decision(1), &ask.reads).open()),
            Page::Private => Answer::json(own.open()),
            Page::Printed => Answer::json(&own),
        };
        // "For ever", says the head, of the part of a component that everybody has, and of a visitor's, too.
        let keep = if matches!(page, Page::Public) { Keep::Derived } else { Keep::Immutable };
        Ok(Answer { keep, ..answer })
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::json(&failure.code())
    }
}

#[test]
fn whoever_reads_a_visitors_own_answers_for_nobody_else() {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    world.answer("/v1/categories", 200, "[]");
    for (path, said) in [
        ("/nothing", "public, max-age=31536000, immutable"),
        ("/public", "public, max-age=300, stale-while-revalidate=1500, stale-if-error=3600"),
        ("/segment", "private, no-store"),
        ("/private", "private, no-store"),
        ("/printed", "private, no-store"),
    ] {
        let request = http::Request::get(path).header("host", "shop.test").body(Bytes::new()).unwrap();
        let edge: Rc<World> = world.clone();
        let answer = world.run(kit::handle::<Kiosk>(edge, request));
        assert_eq!(answer.headers()["cache-control"], said, "{path}");
    }
}

/// What the cases that do not compile are held against: with a public value, the same is fine.
#[test]
fn what_everyone_may_see_can_be_kept_and_changed() {
    let world = World::new();
    let names: Public<Vec<String>> = Public::default();
    world.keep("names", &names.map(Vec::len));
    assert_eq!(*names.map(Vec::len), 0);
}
