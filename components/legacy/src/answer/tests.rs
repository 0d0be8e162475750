//! Requests through the door, and the basket's.

use super::{BODY_LIMIT, answer, too_large};
use bytes::Bytes;
use http::request::Builder;
use http::{Method, Request, Response};
use std::path::Path;

pub(crate) const SITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/legacy");
const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) fn send(request: Builder, body: &str) -> Response<Bytes> {
    answer(Path::new(SITE), &request.body(Bytes::from(body.to_owned())).unwrap())
}

pub(crate) fn ask(method: Method, path: &str) -> Response<Bytes> {
    send(Request::builder().method(method).uri(path), "")
}

pub(crate) fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
}

fn put(cookie: &str, form: &str) -> Response<Bytes> {
    send(Request::post("/legacy/basket").header("content-type", FORM).header("cookie", cookie), form)
}

fn shown(cookie: &str) -> String {
    let page = send(Request::get("/legacy/basket").header("cookie", cookie), "");
    assert_eq!((page.status().as_u16(), header(&page, "cache-control")), (200, "private"));
    assert_eq!(page.headers().get("set-cookie"), None);
    String::from_utf8(page.body().to_vec()).unwrap()
}

#[test]
fn what_is_put_in_is_there_and_can_be_taken_out() {
    let mut cookie = "theirs=1".to_owned();
    for (form, kept) in [
        ("item=fig-and-rain-candle&quantity=2", "fig-and-rain-candle.2"),
        ("item=corvane-nine", "fig-and-rain-candle.2~corvane-nine.1"),
        ("quantity=+5+&item=fig-and-rain-candle", "fig-and-rain-candle.7~corvane-nine.1"),
        ("item=fig-and-rain-candle&quantity=9", "fig-and-rain-candle.9~corvane-nine.1"),
        ("item=corvane-nine&quantity=0&item=tessaly-3", "fig-and-rain-candle.9"),
    ] {
        let answer = put(&cookie, form);
        assert_eq!((answer.status().as_u16(), header(&answer, "location")), (303, "/legacy/basket"));
        assert_eq!(header(&answer, "set-cookie"), format!("visit={kept}; Path=/legacy"));
        assert_eq!(header(&answer, "cache-control"), "private");
        cookie = format!("theirs=1; visit={kept}; more=2");
    }
    let page = shown(&cookie);
    assert!(page.contains("Fig &amp; rain scented candle") && !page.contains("Corvane Nine"));
    assert!(page.contains("&pound;234.00") && page.contains("&pound;0.00"), "nine are delivered free");
    let two = shown("visit=fig-and-rain-candle.1");
    assert!(two.contains("&pound;3.95") && two.contains("&pound;29.95"));
    assert!(shown("theirs=1").contains("There is nothing in your basket yet."));
    let emptied = put(&cookie, "item=fig-and-rain-candle&quantity=0");
    assert_eq!(header(&emptied, "set-cookie"), "visit=; Path=/legacy");
}

#[test]
fn a_form_that_is_not_ours_is_refused() {
    for form in [
        "",
        "item=",
        "item=no-such-thing",
        "item=harbour-trench-coat&quantity=10",
        "item=harbour-trench-coat&quantity=-1",
        "item=harbour-trench-coat&quantity=%2B1",
        "item=harbour-trench-coat&quantity=",
        "item=harbour-trench-coat&quantity=1e1",
        "item=harbour-trench-coat%0d%0aSet-Cookie:+a=b",
        "item=%ff%fe",
        "item=../../etc/passwd",
        "{\"item\":\"harbour-trench-coat\"}",
    ] {
        let answer = put("", form);
        assert_eq!(answer.status(), 400, "{form}");
        assert_eq!(answer.headers().get("set-cookie"), None, "{form}");
    }
    let typed =
        |kind: &str| send(Request::post("/legacy/basket").header("content-type", kind), "item=tessaly-3");
    assert_eq!(typed("application/json").status(), 415);
    assert_eq!(typed("Application/X-WWW-Form-URLencoded; charset=utf-8").status(), 303);
    assert_eq!(send(Request::post("/legacy/basket"), "item=tessaly-3").status(), 415);
}

#[test]
fn a_body_has_its_limit() {
    let form = |length: usize| format!("item=tessaly-3&x={}", "y".repeat(length - "item=tessaly-3&x=".len()));
    assert_eq!(put("", &form(BODY_LIMIT)).status(), 303);
    assert_eq!(put("", &form(BODY_LIMIT + 1)).status(), 413);
    assert_eq!(send(Request::get("/legacy/"), &form(BODY_LIMIT + 1)).status(), 413);
    assert_eq!(too_large().status(), 413);
}

#[test]
fn a_hostile_cookie_does_no_harm() {
    let script = "visit=<script>alert(1)</script>.1~\"><img.2~harbour-trench-coat.1";
    let page = shown(script);
    assert!(page.contains("Harbour trench coat") && !page.contains("alert(1)") && !page.contains("<img.2"));
    for cookie in [
        "visit",
        "visit=",
        "visit=~~~",
        "visit=harbour-trench-coat",
        "visit=harbour-trench-coat.",
        "visit=harbour-trench-coat.0",
        "visit=harbour-trench-coat.10",
        "visit=harbour-trench-coat.99999999999999999999",
        "visit=harbour-trench-coat.-1",
        "visit=harbour-trench-coat.1.1",
        "visit=../../etc/passwd.1",
        "notvisit=harbour-trench-coat.1",
        "visit=x; visit=harbour-trench-coat.1",
        &format!("visit={}harbour-trench-coat.1", "tessaly-3.1~".repeat(100)),
    ] {
        assert!(shown(cookie).contains("There is nothing in your basket yet."), "{cookie}");
    }
    let twice = put("visit=tessaly-3.2~tessaly-3.9~nothing.1", "item=tessaly-3");
    assert_eq!(header(&twice, "set-cookie"), "visit=tessaly-3.3; Path=/legacy");
    let bytes = http::HeaderValue::from_bytes(b"visit=tessaly-3.1\xff").unwrap();
    let page = send(Request::get("/legacy/basket").header("cookie", bytes), "");
    assert_eq!(page.status(), 200);
}

#[test]
fn the_old_address_leads_on_and_other_methods_are_told() {
    let moved = ask(Method::GET, "/legacy");
    assert_eq!((moved.status().as_u16(), header(&moved, "location")), (301, "/legacy/"));
    let cases = [
        (http::Method::POST, "/legacy", "GET, HEAD"),
        (http::Method::POST, "/legacy/", "GET, HEAD"),
        (http::Method::PUT, "/legacy/about.html", "GET, HEAD"),
        (http::Method::OPTIONS, "/legacy/style.css", "GET, HEAD"),
        (http::Method::DELETE, "/legacy/basket", "GET, HEAD, POST"),
    ];
    for (method, path, allowed) in cases {
        let refused = ask(method.clone(), path);
        assert_eq!((refused.status().as_u16(), header(&refused, "allow")), (405, allowed), "{method} {path}");
    }
    assert_eq!(ask(Method::POST, "/legacy/no-such-page.html").status(), 404);
}
