//! Pages begin without their slow parts: when the first byte comes hangs on what is required alone.

use super::World;
use crate::head::Web;
use bytes::Bytes;
use futures::StreamExt;
use http::Request;
use kit::body::Body;
use kit::head::begin;
use std::time::Duration;

/// Time and text of what comes first, and of the rest.
struct Told {
    begun: Duration,
    first: String,
    ended: Duration,
    rest: String,
}

fn told(late: &[&'static str], address: &str, cookie: Option<String>) -> Told {
    let world = World::new().late(late).open().world;
    let mut request = Request::get(address).header("host", "shop.test");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    let request = request.body(Bytes::new()).unwrap();
    let clock = world.clone();
    world.wait(async move {
        let answer = begin::<Web>(clock.clone(), request).await;
        assert_eq!(answer.status(), 200);
        let begun = clock.clock.get();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        match answer.into_body() {
            Body::Whole(bytes) => Told { begun, first: text(&bytes), ended: begun, rest: String::new() },
            Body::Streamed(mut chunks) => {
                let first = text(&chunks.next().await.unwrap().unwrap());
                let begun = clock.clock.get();
                let mut rest = String::new();
                while let Some(chunk) = chunks.next().await {
                    rest.push_str(&text(&chunk.unwrap()));
                }
                Told { begun, first, ended: clock.clock.get(), rest }
            }
        }
    })
}

/// The address, what never answers, what stands before it and what comes after it.
const PAGES: &[(&str, &str, &str, &str)] = &[
    ("/en-gb/", "/content", "class=\"nav\"", "id=\"departments\""),
    ("/en-gb/", "/categories", "</head>", "id=\"hero\""),
    ("/en-gb/c/coats", "/content", "class=\"crumbs", "class=\"grid\""),
    ("/en-gb/c/coats", "/categories", "</head>", "class=\"grid\""),
    ("/en-gb/search?q=coat", "/categories", "</head>", "class=\"grid\""),
    ("/en-gb/search?q=nothing", "/content", "id=\"suggestions\"", "<footer"),
    ("/en-gb/stores", "/categories", "</head>", "class=\"stores\""),
    ("/en-gb/cart", "/categories", "</head>", "class=\"lines\""),
    ("/en-gb/cart", "/content", "class=\"lines\"", "<footer"),
    ("/en-gb/p/coat", "/reviews", "Add to basket", "id=\"related\""),
    ("/en-gb/p/coat", "/related", "id=\"reviews\"", "<footer"),
    ("/en-gb/p/coat", "/categories", "</head>", "Add to basket"),
];

/// The cookie of a visitor with a coat in the basket.
fn shopper() -> Option<String> {
    let visitor = World::new().open();
    visitor.post("/en-gb/cart/add", "product=coat");
    visitor.cookie.take()
}

#[test]
fn what_is_late_holds_back_only_what_stands_behind_it() {
    for (address, late, before, after) in PAGES {
        let whole = told(&[], address, shopper());
        assert!(whole.rest.is_empty(), "{address} was begun with everything there");
        assert!(!whole.first.contains("<!--seam"), "{address}");
        let told = told(&[late], address, shopper());
        let added = told.begun.saturating_sub(whole.begun);
        assert!(added <= Duration::from_millis(20), "{address} without {late} began {added:?} later");
        assert!(told.first.contains(before), "{address} without {late} begins {}", told.first);
        assert!(!told.first.contains(after), "{address}: {after} stands behind {late}");
        assert!(told.rest.contains(after), "{address} without {late} goes on {}", told.rest);
        assert!(told.rest.contains("<i id=\"end\""), "{address} ends");
        assert!(told.ended <= Duration::from_millis(800), "{address} ended after {:?}", told.ended);
        assert!(told.rest.contains("<!-- headwater-slots: ") && !told.rest.contains("=late"), "{address}");
        assert!(!told.rest.contains("<!--seam"), "{address}");
    }
}
