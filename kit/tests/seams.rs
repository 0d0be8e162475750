//! Pages that begin before all of their parts are there.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

use bytes::Bytes;
use futures::StreamExt;
use http::{Method, Request};
use kit::body::Body;
use kit::edge::Edge as _;
use kit::head::begin;
use kit::rehearsal::World;
use kit::seams::{Part, Parts};
use kit::{Answer, Ask, Failure, Head, Routes};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

thread_local! {
    /// When the three parts come, in milliseconds.
    static TIMES: RefCell<[u64; 3]> = const { RefCell::new([0; 3]) };
}

struct Kiosk;

static ROUTES: LazyLock<Routes<()>> = LazyLock::new(|| Routes::new(&[(Method::GET, "/", ())]).0);

impl Head for Kiosk {
    type Page = ();
    const CHANNEL: &'static str = "kiosk";
    const BUDGET: Duration = Duration::from_millis(800);

    fn routes() -> &'static Routes<()> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer((): (), ask: &Rc<Ask>) -> Result<Answer, Failure> {
        let times = TIMES.with_borrow(|times| *times);
        let parts = times.map(|ms| {
            let edge = ask.edge().clone();
            Part::new(async move { edge.sleep(Duration::from_millis(ms)).await })
        });
        let [a, b, c] = &parts;
        let late = Parts::new().with("first", a).with("second", b).with("third", c);
        let edge = ask.edge().clone();
        // The page itself takes 20 ms.
        late.beside(edge.sleep(Duration::from_millis(20))).await;
        let print = move || {
            let [a, b, c] = parts.each_ref().map(|part| if part.there().is_some() { "there" } else { "-" });
            Ok(format!(
                "<head>\n<!--seam:first-->\n1 {a}\n<!--seam:second-->\n2 {b}\n<!--seam:nobody-->\n<!--seam:third-->\n3 {c}\n</html>\n"
            ))
        };
        late.page(ask, print).await
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::new("text/plain", failure.code())
    }
}

const WHOLE: &str = "<head>\n1 there\n2 there\n3 there\n</html>\n";

/// When which text came, and the headers.
fn ask(times: [u64; 3]) -> (Vec<(u128, String)>, http::HeaderMap) {
    TIMES.set(times);
    let world = World::new();
    let request = Request::get("/").body(Bytes::new()).unwrap();
    let clock = world.clone();
    world.run(async move {
        let (parts, body) = begin::<Kiosk>(clock.clone(), request).await.into_parts();
        let mut told = Vec::new();
        match body {
            Body::Whole(bytes) => told.push((clock.elapsed().as_millis(), bytes)),
            Body::Streamed(mut chunks) => {
                while let Some(chunk) = chunks.next().await {
                    told.push((clock.elapsed().as_millis(), chunk.unwrap()));
                }
            }
        }
        let text = |(at, bytes): (u128, Bytes)| (at, String::from_utf8(bytes.to_vec()).unwrap());
        (told.into_iter().map(text).collect(), parts.headers)
    })
}

#[test]
fn parts_that_are_there_in_time_make_one_answer() {
    for times in [[0, 0, 0], [20, 5, 20], [29, 0, 25]] {
        let (told, headers) = ask(times);
        let at = u128::from(times.into_iter().max().unwrap().max(20));
        assert_eq!(told, [(at, WHOLE.to_owned())], "{times:?}");
        assert!(!headers["cache-control"].is_empty());
    }
}

#[test]
fn a_late_part_holds_back_what_stands_behind_it_and_nothing_before() {
    // A slow part takes nothing from the first byte: 20 ms for the page, 10 of grace.
    let (told, headers) = ask([0, 500, 100]);
    assert_eq!(told[0], (30, "<head>\n1 there\n".to_owned()));
    assert_eq!(told[1].0, 500);
    assert!(told[1].1.starts_with("2 there\n3 there\n</html>\n<!-- headwater-slots:"), "{}", told[1].1);
    assert_eq!((told.len(), &headers["cache-control"]), (2, &"private, no-store".parse().unwrap()));
}

#[test]
fn parts_come_in_the_order_of_the_page() {
    let (told, _) = ask([300, 200, 400]);
    let told: Vec<(u128, &str)> = told.iter().map(|(at, text)| (*at, text.as_str())).collect();
    assert_eq!(told[..2], [(30, "<head>\n"), (300, "1 there\n2 there\n")]);
    assert!(told[2].0 == 400 && told[2].1.starts_with("3 there\n</html>\n"), "{told:?}");
}
