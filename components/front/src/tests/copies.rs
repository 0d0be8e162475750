//! The site's pages are shared, slots are not.

use super::{ONE, Site, header, text};
use http::Request;
use std::time::Duration;

#[test]
fn a_page_for_everyone_is_asked_for_once() {
    let site = Site::with(ONE).shared();
    let first = site.get("/new/coat");
    let second = site.get("/new/coat");
    assert_eq!(text(&first).rsplit_once("<!--").unwrap().0, text(&second));
    assert_eq!(site.asked(), ["/old/coat"], "the second visitor had a copy");
    assert!(header(&second, "cache-control").starts_with("public"), "{:?}", second.headers());
    assert_eq!(
        header(&second, "vary"),
        "accept-language, authorization, cookie",
        "whoever has these may be shown another"
    );
    // Another address, another page.
    site.get("/new/coat?colour=red");
    assert_eq!(site.asked(), ["/old/coat", "/old/coat"]);
}

#[test]
fn a_page_that_may_be_a_visitor_s_own_is_never_shared() {
    let cases: [(&str, &[(&'static str, &'static str)]); 6] = [
        ("no word", &[]),
        ("private", &[("cache-control", "private, max-age=60")]),
        ("no-store", &[("cache-control", "public, max-age=60, no-store")]),
        ("a cookie", &[("cache-control", "public, max-age=60"), ("set-cookie", "sid=1")]),
        (
            "turns with a header",
            &[("cache-control", "public, max-age=60"), ("vary", "Accept-Encoding, Cookie")],
        ),
        ("old already", &[("cache-control", "max-age=60"), ("age", "60")]),
    ];
    for (why, headers) in cases {
        let site = Site::with(ONE);
        for (name, value) in headers {
            site.world.header("/old/", name, value);
        }
        site.get("/new/coat");
        site.get("/new/coat");
        assert_eq!(site.asked().len(), 2, "{why}");
    }
}

#[test]
fn a_visitor_whom_the_site_knows_is_shown_the_site_s_own_answer() {
    let site = Site::with(ONE).shared();
    site.get("/new/coat");
    let known = site.with_cookie("/new/coat", "sid=7");
    assert_eq!(header(&known, "cache-control"), "private, no-store");
    let asked = || Request::get("/new/coat").header("accept", "text/html");
    site.send(asked().header("authorization", "Basic x").body("".into()).unwrap());
    assert_eq!(site.asked().len(), 3);
    // And what they were shown is nobody else's: the copy is the first one.
    site.get("/new/coat");
    assert_eq!(site.asked().len(), 3);
}

#[test]
fn cookies_that_the_file_does_not_name_tell_the_site_nothing() {
    let site = Site::with(&format!("visitor_cookies = [\"sid\"]\n{ONE}")).shared();
    site.get("/new/coat");
    site.with_cookie("/new/coat", "_ga=1; theme=dark");
    assert_eq!(site.asked().len(), 1, "a cookie of a counter makes no page a visitor's own");
    site.with_cookie("/new/coat", "_ga=1; sid=7");
    assert_eq!(site.asked().len(), 2);
    assert_eq!(site.world.sent.borrow()[1].headers()["cookie"], "_ga=1; sid=7");
}

#[test]
fn a_site_that_is_down_is_shown_as_it_was_and_else_our_own_page() {
    let site = Site::with(ONE).shared();
    site.get("/new/coat");
    site.down();
    site.world.wait(Duration::from_secs(3600));
    let stale = site.get("/new/coat");
    assert_eq!(stale.status().as_u16(), 200);
    assert!(text(&stale).contains("Old coat") && text(&stale).contains("<b>new</b>"));
    assert!(header(&stale, "headwater-slots").contains("page=stale"), "{:?}", stale.headers());
    let gone = site.get("/new/other");
    assert_eq!((gone.status().as_u16(), header(&gone, "retry-after")), (502, "5"));
    assert!(text(&gone).contains("The shop is not answering") && text(&gone).contains("href=\"/new/other\""));
    assert!(text(&gone).contains("/new/_front.css"));
    let style = site.get("/new/_front.css");
    assert!(header(&style, "content-type").starts_with("text/css") && text(&style).contains(".hw-offer"));
}

#[test]
fn a_site_that_turns_with_the_browser_is_asked_with_the_visitor_s_own() {
    let site = Site::with(ONE).shared();
    site.world.header("/old/", "vary", "User-Agent");
    let asked = || Request::get("/new/coat").header("user-agent", "Pocket").header("x-request-id", "r-1");
    site.send(asked().body("".into()).unwrap());
    site.send(asked().body("".into()).unwrap());
    let sent = site.world.sent.borrow();
    let agents: Vec<_> = sent.iter().map(|sent| sent.headers()["user-agent"].to_str().unwrap()).collect();
    assert_eq!(agents, ["Mozilla/5.0 (compatible; Headwater)", "Pocket", "Pocket"], "it was tried once");
    assert!(
        !sent[0].headers().contains_key("x-request-id") && sent[1].headers().contains_key("x-request-id")
    );
}

#[test]
fn a_cached_page_does_not_wait_for_a_slow_shop() {
    let price =
        "[[place]]\npages = [\"/p/{product}\"]\nselector = \".price\"\nput = \"inside\"\nshow = \"price\"\n";
    let site = Site::with(price).shared();
    let late = kit::rehearsal::Script { after: Duration::from_secs(60), answer: Ok((200, "late".into())) };
    site.world.script("/v1/products/", late);
    site.get("/new/p/coat");
    let asked =
        Request::get("/new/p/coat").header("host", "shop.test").header("spin-component-route", "/new");
    let (begun, world) = (site.world.clone(), site.world.clone());
    site.world.run(async move {
        use kit::edge::Edge as _;
        let start = world.elapsed();
        let answer = kit::head::begin::<crate::head::Front>(begun, asked.body("".into()).unwrap()).await;
        assert_eq!((world.elapsed() - start).as_millis(), 10, "the grace, and no more");
        let body = answer.into_body().whole().await.unwrap();
        assert!(String::from_utf8_lossy(&body).contains("<p class=price>£1</p>"));
    });
}

#[test]
fn a_late_site_is_told_of_in_time() {
    let site = Site::with(ONE);
    let late = kit::rehearsal::Script { after: Duration::from_secs(60), answer: Ok((200, "late".into())) };
    site.world.script("/old/late", late);
    let answer = site.get("/new/late");
    assert_eq!(answer.status().as_u16(), 504);
    assert!(header(&answer, "server-timing").contains("total;dur=4500"), "{:?}", answer.headers());
}
