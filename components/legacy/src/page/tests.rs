//! Files through the door: what is served, what is skipped, and what leads nowhere.

use crate::answer::tests::{ask, header, send};
use http::{Method, Request};

#[test]
fn pages_come_with_validators_and_their_character_set() {
    for (path, kind) in [
        ("/legacy/", "text/html"),
        ("/legacy/index.html?from=letter", "text/html"),
        ("/legacy/products/harbour-trench-coat.html", "text/html"),
        ("/legacy/delivery.html", "text/html; charset=windows-1252"),
        ("/legacy/style.css", "text/css"),
        ("/legacy/images/crest.svg", "image/svg+xml"),
    ] {
        let page = ask(Method::GET, path);
        assert_eq!((page.status().as_u16(), header(&page, "content-type")), (200, kind), "{path}");
        assert_eq!(header(&page, "cache-control"), "public, max-age=60");
        assert!(header(&page, "etag").starts_with("W/\""));
        assert!(header(&page, "last-modified").ends_with(" GMT"));
        assert_eq!(page.headers().get("set-cookie"), None);
        let head = ask(Method::HEAD, path);
        assert_eq!((head.status(), head.headers()), (page.status(), page.headers()), "{path}");
    }
    let delivery = ask(Method::GET, "/legacy/delivery.html");
    assert!(std::str::from_utf8(delivery.body()).is_err(), "it is older than UTF-8");
    assert!(delivery.body().windows(5).any(|bytes| bytes == b"\xa33.95"));
}

#[test]
fn what_a_browser_has_already_is_not_sent_again() {
    let path = "/legacy/departments/coats.html";
    let page = ask(Method::GET, path);
    let (tag, date) = (header(&page, "etag").to_owned(), header(&page, "last-modified").to_owned());
    let strong = tag.trim_start_matches("W/").to_owned();
    let long_ago = "Thu, 01 Jan 1970 00:00:00 GMT";
    let given = |headers: &[(&str, &str)]| {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request, "")
    };
    for headers in [
        &[("if-none-match", tag.as_str())][..],
        &[("if-none-match", strong.as_str())],
        &[("if-none-match", "*")],
        &[("if-none-match", format!("\"other\", {tag}").as_str())],
        &[("if-none-match", tag.as_str()), ("if-modified-since", long_ago)],
        &[("if-modified-since", date.as_str())],
        &[("if-modified-since", "Fri, 31 Dec 9999 23:59:59 GMT")],
    ] {
        let again = given(headers);
        assert_eq!((again.status().as_u16(), again.body().len()), (304, 0), "{headers:?}");
        assert_eq!(header(&again, "etag"), tag);
        assert_eq!(header(&again, "cache-control"), "public, max-age=60");
        assert_eq!(again.headers().get("content-type"), None);
    }
    for headers in [
        &[("if-none-match", "W/\"other\"")][..],
        &[("if-none-match", "W/\"other\""), ("if-modified-since", date.as_str())],
        &[("if-none-match", "")],
        &[("if-modified-since", long_ago)],
        &[("if-modified-since", "yesterday")],
    ] {
        assert_eq!(given(headers).status(), 200, "{headers:?}");
    }
}

#[test]
fn no_name_leads_out_of_the_site() {
    let long = format!("{}.html", "a".repeat(5_000));
    for name in [
        "../catalogue/stores.json",
        "../media/logo.svg",
        "..%2fmedia%2flogo.svg",
        "%2e%2e/media/logo.svg",
        "%2E%2E%2Fmedia%2Flogo.svg",
        "departments/../index.html",
        "departments/./coats.html",
        "./index.html",
        "/index.html",
        "//etc/passwd",
        "departments//coats.html",
        "departments",
        "departments/",
        "departments/coats.html/",
        "products/x/coats.html",
        "index.html%00",
        "index.html.",
        "index",
        ".html",
        "index.htm",
        "INDEX.HTML",
        "index.HTML",
        "C:index.html",
        "a_b.html",
        "prices.tsv",
        "basket.shtml",
        "basket/",
        "no-such-page.html",
        "products/no-such-product.html",
        long.as_str(),
    ] {
        let page = ask(Method::GET, &format!("/legacy/{name}"));
        assert_eq!((page.status().as_u16(), header(&page, "content-type")), (404, "text/html"), "{name}");
        assert!(String::from_utf8_lossy(page.body()).contains("We cannot find that page"), "{name}");
        assert_eq!(page.headers().get("etag"), None, "{name}");
    }
    for path in ["/", "/legacyx/index.html", "/media/logo.svg", "/legacy%2findex.html", "/LEGACY/"] {
        assert_eq!(ask(Method::GET, path).status(), 404, "{path}");
    }
}
