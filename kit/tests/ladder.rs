//! One slot goes down its ladder: fresh, stale, the head's stand-in, left out.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

use bytes::Bytes;
use commerce::{Capability, ContentBlock, ContentQuery, Error, Kind};
use http::Method;
use kit::rehearsal::World;
use kit::visibility::Public;
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use serde_json::{Value, json};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

#[derive(Clone, Copy)]
enum Page {
    /// With a stand-in for the offers.
    Window,
    /// Better without offers than with none.
    Strict,
    /// Of a shop that has no offers.
    Without,
}

struct Kiosk;

static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/window", Page::Window),
        (Method::GET, "/strict", Page::Strict),
        (Method::GET, "/without", Page::Without),
    ])
    .0
});

const OFFERS: Slot = Slot::new("offers");

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
        let query = ContentQuery { slots: vec!["offer_of_the_day".to_owned()], ids: Vec::new() };
        let none = async {
            Err::<Public<Vec<ContentBlock>>, _>(Error::new(Kind::Unsupported(Capability::Content), "", ""))
        };
        ask.slots.required(Slot::new("stores"), ask.shop.stores()).await?;
        let offers = match page {
            Page::Window => Some(ask.slots.or_default(OFFERS, ask.shop.content(&query)).await?),
            Page::Strict => ask.slots.optional(OFFERS, ask.shop.content(&query)).await?,
            Page::Without => Some(ask.slots.or_default(OFFERS, none).await?),
        };
        let since = ask.slots.stale_since().map(|at| at.to_string());
        Ok(Answer::json(&(offers.map(|offers| offers.len()), since)))
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::json(&failure.code())
    }
}

/// The answer, what came of its slots, and for how long others may keep it.
fn ask(world: &Rc<World>, path: &str) -> (Value, String, String) {
    let request = http::Request::get(path).header("host", "shop.test").body(Bytes::new()).unwrap();
    let answer = world.run(kit::handle::<Kiosk>(world.clone(), request));
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let said = serde_json::from_slice(answer.body()).unwrap();
    (said, header("headwater-slots"), header("cache-control"))
}

fn said(body: Value, slots: &str, kept: &str) -> (Value, String, String) {
    (body, slots.to_owned(), kept.to_owned())
}

const GOOD: &str = "public, max-age=60, stale-while-revalidate=300, stale-if-error=3600";

#[test]
fn a_slot_goes_down_its_ladder_rung_by_rung() {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    world.answer("/v1/stores", 200, "[]");
    world.answer(
        "/v1/content",
        200,
        r#"[{"id":"o","slot":"offer_of_the_day","kind":"offer","title":"Mug"}]"#,
    );
    assert_eq!(ask(&world, "/window"), said(json!([1, null]), "stores=fresh, offers=fresh", GOOD));

    // The backend goes. First the copy is given at once, in the hope that it comes back.
    world.answer("/v1/content", 500, "{}");
    world.wait(Duration::from_secs(240));
    let (body, slots, kept) = ask(&world, "/window");
    assert_eq!((body, kept.as_str()), (json!([1, null]), "public, max-age=1"));
    assert_eq!(slots, "stores=fresh, offers=stale");

    // Then it stands in for the backend, and its age is told.
    world.wait(Duration::from_secs(7 * 60));
    let (body, slots, kept) = ask(&world, "/window");
    assert_eq!((body, kept.as_str()), (json!([1, "2026-11-21T12:00:00Z"]), "public, max-age=1"));
    assert!(slots.ends_with("offers=stale"), "{slots}");

    // Then it is too old for anybody, and the head has its own.
    world.wait(Duration::from_secs(24 * 3600));
    let (body, slots, kept) = ask(&world, "/window");
    assert_eq!((body, kept.as_str()), (json!([0, null]), "no-store"));
    assert_eq!(slots, "stores=fresh, offers=default");

    // And where it has none, the part is left out.
    let (body, slots, kept) = ask(&world, "/strict");
    assert_eq!((body, kept.as_str()), (json!([null, null]), "no-store"));
    assert_eq!(slots, "stores=fresh, offers=omitted");
}

#[test]
fn what_a_shop_will_not_have_tomorrow_either_is_no_failure_of_today() {
    let world = World::new();
    world.answer("/v1/stores", 200, "[]");
    let (body, slots, kept) = ask(&world, "/without");
    assert_eq!((body, slots.as_str()), (json!([0, null]), "stores=fresh, offers=unsupported"));
    assert_eq!(kept, "public, max-age=300, stale-while-revalidate=1500, stale-if-error=3600");
}
