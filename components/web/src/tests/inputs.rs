//! Bad input: each gets its status and a page that says what to do.

use super::World;
use bytes::Bytes;
use http::Request;

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn bad_addresses_and_queries_have_their_status() {
    let long = format!("/en-gb/search?q={}", "x".repeat(201));
    let most = format!("/en-gb/search?q={}", "x".repeat(200));
    let table = [
        ("/en-gb/nonsense", 404),
        ("/en-gb/c/coats/more", 404),
        ("/fr-fr/", 404),
        ("/fr-fr/p/coat", 404),
        ("/en-gb/p/unknown", 404),
        ("/en-gb/p/%2e%2e", 404),
        ("/en-gb/p/%ff", 404),
        ("/en-gb/c/nowhere", 404),
        ("/en-gb/c/coats?page=0", 400),
        ("/en-gb/c/coats?page=abc", 400),
        ("/en-gb/c/coats?page=-1", 400),
        ("/en-gb/c/coats?page=1001", 400),
        ("/en-gb/c/coats?page=4", 404),
        ("/en-gb/c/coats?sort=sideways", 400),
        ("/en-gb/c/coats?facet.nonsense=1", 400),
        ("/en-gb/c/coats?facet.=1", 400),
        ("/en-gb/p/coat?reviews=0", 400),
        (long.as_str(), 400),
        (most.as_str(), 200),
        ("/en-gb/order/unknown", 404),
        ("/assets/site.0000000000000000.css", 404),
        ("/en-gb/c/coats?page=3&facet.colour=navy&sort=newest", 200),
        ("/en-gb/p/coat?choice.size=nonsense&variant=unknown", 200),
    ];
    for (address, status) in table {
        let page = World::new().open().get(address);
        assert_eq!(page.status, status, "{address}");
        assert!(page.body.contains("<h1") && page.body.contains("</html>"), "{address} is a whole page");
        if status >= 400 {
            assert!(page.body.contains("href=\"/en-gb/\""), "{address} shows the way on");
            assert_eq!(page.header("cache-control"), "no-store", "{address}");
        }
    }
}

#[test]
fn changes_need_our_own_page_a_form_and_the_right_method() {
    let visitor = World::new().open();
    let post = |media: &str, site: &str, body: String| {
        let request =
            Request::post("/en-gb/cart/add").header("content-type", media).header("sec-fetch-site", site);
        visitor.send(request.body(Bytes::from(body)).unwrap())
    };
    assert_eq!(post(FORM, "cross-site", "product=coat".into()).status, 403);
    assert_eq!(post(FORM, "same-site", "product=coat".into()).status, 403);
    assert_eq!(post("application/json", "same-origin", "{}".into()).status, 415);
    assert_eq!(post(FORM, "same-origin", "x".repeat(65 << 10)).status, 413);
    assert_eq!(post(FORM, "same-origin", "%%%&=&".into()).status, 400);
    assert_eq!(post(FORM, "same-origin", "product=coat&quantity=0".into()).status, 400);
    assert_eq!(post(FORM, "same-origin", "product=coat&quantity=many".into()).status, 400);
    assert_eq!(post(FORM, "same-origin", "product=unknown".into()).status, 404);
    assert!(!visitor.world.asked.borrow().iter().any(|call| call.starts_with("POST")), "nothing was changed");
    assert_eq!(post(FORM, "same-origin", "product=coat".into()).status, 303);

    let put = visitor.send(Request::put("/en-gb/cart").body(Bytes::new()).unwrap());
    assert_eq!((put.status, put.header("allow")), (405, "GET, HEAD"));
    let get = visitor.get("/en-gb/cart/add");
    assert_eq!((get.status, get.header("allow")), (405, "POST"));
}

#[test]
fn broken_cookies_are_no_cookies() {
    for cookie in ["hw_session=broken", "hw_session=%00%ff", "=;;=", "hw_session"] {
        let request = Request::get("/en-gb/cart").header("cookie", cookie).body(Bytes::new()).unwrap();
        let page = World::new().open().send(request);
        assert_eq!(page.status, 200, "{cookie}");
        assert!(page.body.contains("There is nothing in your basket yet."), "{cookie}");
    }
}

#[test]
fn addresses_with_odd_slashes_lead_to_the_right_ones() {
    let table = [
        ("/en-gb", "/en-gb/"),
        ("/de-de/c/coats/?page=2", "/de-de/c/coats?page=2"),
        ("/en-gb/p/a%2fb/", "/en-gb/p/a%2fb"),
        ("/en-gb/order/x/", "/en-gb/order/x"),
    ];
    for (from, to) in table {
        let page = World::new().open().get(from);
        assert_eq!((page.status, page.header("location")), (308, to), "{from}");
    }
    let request = |language: &str| {
        let request = Request::get("/").header("accept-language", language).body(Bytes::new()).unwrap();
        World::new().open().send(request)
    };
    let page = request("de-AT, en;q=0.5");
    assert_eq!(
        (page.status, page.header("location"), page.header("vary")),
        (303, "/de-de/", "accept-language")
    );
    assert_eq!(request("ar").header("location"), "/ar-gb/");
    assert_eq!(request("fr").header("location"), "/en-gb/");
}
