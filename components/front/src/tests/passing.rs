//! What passes to the site and back.

use super::{OLD, ONE, Site, header, text};
use bytes::Bytes;
use http::Request;

#[test]
fn a_page_is_the_site_s_with_a_slot_in_it_and_addresses_of_ours() {
    let site = Site::with(ONE);
    let page = site.get("/new/coat?x=1");
    let expected = OLD.replace("</h1>", "</h1><b>new</b>").replace("href=/old/next", "href=\"/new/next\"");
    let (shown, end) = text(&page).rsplit_once("<!--").unwrap();
    assert_eq!((page.status().as_u16(), shown), (200, expected.as_str()));
    assert_eq!(end, " headwater-slots: page=fresh -->", "what came of the slots is known at the end");
    let sent = site.world.sent.borrow();
    assert_eq!(sent[0].uri(), "http://origin.test/old/coat?x=1");
    assert_eq!(header(&page, "cache-control"), "private, no-store", "it was still coming when it was begun");
}

#[test]
fn what_is_no_page_passes_untouched_with_its_own_headers() {
    let site = Site::with(ONE);
    site.world.answer("/old/data", 200, "{\"html\":\"<h1>x</h1> /old/next\"}");
    site.world.header("/old/data", "content-type", "application/json");
    site.world.header("/old/data", "etag", "\"v1\"");
    site.world.header("/old/data", "cache-control", "public, max-age=9");
    let data = site.get("/new/data");
    assert_eq!(text(&data), "{\"html\":\"<h1>x</h1> /old/next\"}");
    assert_eq!((header(&data, "etag"), header(&data, "cache-control")), ("\"v1\"", "public, max-age=9"));
    assert_eq!(header(&data, "x-content-type-options"), "", "nothing is added to what is not ours");
}

#[test]
fn hop_by_hop_headers_and_ours_stay_on_this_side() {
    let site = Site::with(ONE);
    site.world.header("/old/", "connection", "x-secret, keep-alive");
    site.world.header("/old/", "x-secret", "1");
    site.world.header("/old/", "transfer-encoding", "chunked");
    site.world.header("/old/", "x-kept", "1");
    let request = Request::get("/new/a")
        .header("connection", "x-mine")
        .header("x-mine", "1")
        .header("te", "trailers")
        .header("proxy-authorization", "Basic x")
        .header("cookie", "hw_session=sealed; sid=7; hw_session=other")
        .header("headwater-session", "sealed")
        .header("spin-full-url", "http://shop.test/new/a")
        .header("accept-language", "en-GB")
        .header("accept-encoding", "zstd, br;q=0, GZIP;q=0.5")
        .body(Bytes::new());
    let page = site.send(request.unwrap());
    for gone in ["connection", "x-secret", "transfer-encoding", "content-length"] {
        assert_eq!(header(&page, gone), "", "{gone}");
    }
    assert_eq!(header(&page, "x-kept"), "1");
    let sent = site.world.sent.borrow();
    let names: Vec<&str> = sent[0].headers().keys().map(http::HeaderName::as_str).collect();
    for gone in
        ["connection", "x-mine", "te", "proxy-authorization", "headwater-session", "spin-full-url", "host"]
    {
        assert!(!names.contains(&gone), "{gone} went on: {names:?}");
    }
    assert_eq!(sent[0].headers()["cookie"], "sid=7");
    assert_eq!(sent[0].headers()["accept-encoding"], "gzip", "what both can unpack");
}

#[test]
fn a_form_goes_to_the_site_and_its_answer_comes_back() {
    let site = Site::with(ONE);
    site.world.answer("/old/basket", 303, "");
    site.world.header("/old/basket", "location", "http://origin.test/old/basket?added=1");
    site.world.header(
        "/old/basket",
        "set-cookie",
        "sid=8; Path=/old; Domain=origin.test; HttpOnly; SameSite=Lax",
    );
    site.world.header("/old/basket", "set-cookie", "hw_session=forged; Path=/");
    let form = Request::post("/new/basket")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://shop.test")
        .body(Bytes::from_static(b"item=coat&n=1"));
    let answer = site.send(form.unwrap());
    assert_eq!((answer.status().as_u16(), header(&answer, "location")), (303, "/new/basket?added=1"));
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["sid=8; Path=/new; HttpOnly; SameSite=Lax"], "ours cannot be set by the site");
    let sent = site.world.sent.borrow();
    assert_eq!((sent[0].method().as_str(), sent[0].body().as_ref()), ("POST", &b"item=coat&n=1"[..]));
}

#[test]
fn what_is_agreed_to_is_taken_from_our_own_pages_alone() {
    let site = Site::with(ONE);
    let form = |origin: &str, back: &str| {
        Request::post("/new/_consent")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", origin)
            .body(Bytes::from(format!("purposes=all&back={back}")))
            .unwrap()
    };
    let answer = site.send(form("http://shop.test", "/new/coat"));
    assert_eq!((answer.status().as_u16(), header(&answer, "location")), (303, "/new/coat"));
    assert!(header(&answer, "set-cookie").starts_with("hw_session="));
    for elsewhere in ["//evil.test/new/", "https://evil.test/", "/other/", "/new/\\evil"] {
        assert_eq!(
            header(&site.send(form("http://shop.test", elsewhere)), "location"),
            "/new/",
            "{elsewhere}"
        );
    }
    assert_eq!(site.send(form("http://evil.test", "/new/coat")).status().as_u16(), 403);
    assert!(site.asked().is_empty(), "the site hears nothing of it");
}

#[test]
fn whoever_is_told_that_something_failed_is_sold_nothing() {
    let site = Site::with(ONE);
    for (status, is_there) in [(404, true), (403, false), (500, false)] {
        site.world.answer("/old/x", status, OLD);
        let page = site.get("/new/x");
        assert_eq!((page.status().as_u16(), text(&page).contains("<b>new</b>")), (status, is_there));
        assert!(text(&page).contains("href=\"/new/next\""), "links are the site's all the same");
    }
    let posted = Request::post("/new/a").header("origin", "http://shop.test").body(Bytes::new()).unwrap();
    assert!(!text(&site.send(posted)).contains("<b>new</b>"));
}

#[test]
fn cookies_of_any_bytes_pass_and_make_a_page_a_visitor_s_own() {
    let site = Site::with(ONE).shared();
    let odd = http::HeaderValue::from_bytes(b"name=Jos\xe9; sid=7").unwrap();
    let asked = Request::get("/new/coat").header("cookie", odd.clone()).body(Bytes::new()).unwrap();
    let shown = site.send(asked);
    assert_eq!(header(&shown, "cache-control"), "private, no-store");
    assert_eq!(site.world.sent.borrow()[0].headers()["cookie"], odd);
}

#[test]
fn what_tells_caches_of_the_site_s_bytes_does_not_stand_on_ours() {
    let site = Site::with(ONE);
    let names =
        ["surrogate-control", "cdn-cache-control", "edge-control", "x-accel-expires", "expires", "etag"];
    for name in names {
        site.world.header("/old/", name, "max-age=3600");
    }
    let page = site.get("/new/coat");
    for name in names {
        assert_eq!(header(&page, name), "", "{name}");
    }
}

#[test]
fn what_a_script_fetches_stays_as_it_is() {
    let site = Site::with(ONE);
    site.world.answer("/old/json", 200, "{\"a\":\"<h1>x</h1>\"}");
    let asked = Request::get("/new/json").header("sec-fetch-dest", "empty").body(Bytes::new()).unwrap();
    assert_eq!(text(&site.send(asked)), "{\"a\":\"<h1>x</h1>\"}");
}

#[test]
fn a_redirect_to_another_site_is_the_visitor_s_to_follow() {
    let site = Site::with(ONE);
    site.world.answer("/old/pay", 302, "");
    site.world.header("/old/pay", "location", "https://pay.test/x");
    let answer = site.get("/new/pay");
    assert_eq!((answer.status().as_u16(), header(&answer, "location")), (302, "https://pay.test/x"));
    assert_eq!(site.asked(), ["/old/pay"], "nobody but the site was asked");
}

#[test]
fn no_path_leaves_what_is_shown_of_the_site() {
    let site = Site::with(ONE);
    for path in [
        "/new/../admin",
        "/new/%2e%2e/admin",
        "/new/a/.%2E/../admin",
        "/new/..%2fadmin",
        "/new/..%5cadmin",
        "/new/..;/admin",
        "/new/%2e%2e%3Bx/admin",
        "/newer/x",
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status().as_u16(), 404, "{path}");
    }
    assert!(site.asked().is_empty(), "{:?}", site.asked());
}

#[test]
fn a_body_that_breaks_off_is_seen_to_have_broken_off() {
    let site = Site::with(ONE);
    let drip = kit::rehearsal::Drip { chunk: 10, pause: std::time::Duration::ZERO, cut_after: Some(60) };
    site.world.drip("/old/cut", drip);
    let page = site.get("/new/cut");
    assert_eq!(header(&page, "x-cut"), "1");
    assert!(text(&page).starts_with("<html><head></head><body><h1>Old coat</h1><b>new</b>"));
    assert!(!text(&page).contains("headwater-slots"), "what broke off has no end");
}
