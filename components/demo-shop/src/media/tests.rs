//! Pictures through the door.

use crate::world::World;
use bytes::Bytes;
use http::{Method, Request};

fn ask(method: Method, uri: &str, tag: Option<&str>) -> http::Response<Bytes> {
    let request = Request::builder().method(method).uri(uri);
    let request = match tag {
        Some(tag) => request.header("if-none-match", tag),
        None => request,
    };
    World::new().send(request.body(Bytes::new()).unwrap())
}

#[test]
fn a_picture_comes_sized_guarded_and_once() {
    let uri = "/media/harbour-trench-coat-1.svg";
    let picture = ask(Method::GET, &format!("{uri}?w=480"), None);
    assert_eq!(picture.status(), 200);
    let text = std::str::from_utf8(picture.body()).unwrap();
    assert!(text.contains(" width=\"480\" height=\"600\""));
    let header = |name: &str| picture.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/svg+xml");
    assert_eq!(header("cache-control"), "public, max-age=86400");
    assert_eq!(header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'");
    assert_eq!(header("x-content-type-options"), "nosniff");

    let tag = header("etag");
    let again = ask(Method::GET, &format!("{uri}?w=480"), Some(&format!("\"other\", W/{tag}")));
    assert_eq!((again.status().as_u16(), again.body().len()), (304, 0));
    assert_eq!(
        ask(Method::GET, &format!("{uri}?w=240"), Some(&tag)).status(),
        200,
        "another size is another picture"
    );
    let (head, get) = (ask(Method::HEAD, uri, None), ask(Method::GET, uri, None));
    assert_eq!((head.status(), head.headers()), (get.status(), get.headers()));
}

#[test]
fn no_name_leads_out_of_the_folder() {
    for name in [
        "../catalogue/stores.json",
        "..%2fcatalogue%2fstores.json",
        "%2e%2e/x.svg",
        "a/../x.svg",
        "x.svg/",
        "",
        ".svg",
        "..svg",
        "X.svg",
        "x.svg%00",
        "x.SVG",
        "no-such-picture.svg",
        "harbour-trench-coat-1.png",
        "a_b.svg",
        "//etc/passwd",
        "C:x.svg",
    ] {
        let response = ask(Method::GET, &format!("/media/{name}"), None);
        assert_eq!(response.status(), 404, "{name}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
    for width in ["", "0", "15", "2001", "-1", "1e3", "+480", "99999999999", "a"] {
        let response = ask(Method::GET, &format!("/media/harbour-trench-coat-1.svg?w={width}"), None);
        assert_eq!(response.status(), 400, "w={width}");
    }
    let post = ask(Method::POST, "/media/harbour-trench-coat-1.svg", None);
    assert_eq!((post.status().as_u16(), &post.headers()["allow"]), (405, &"GET, HEAD".parse().unwrap()));
}
