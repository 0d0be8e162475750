//! A shop whose stock is a snapshot: the page says of when it is.

use super::shop;
use crate::head::Web;
use bytes::Bytes;
use http::Request;
use kit::rehearsal::World;
use serde_json::Value;

/// The page of the coat where stock is counted at a time, or at none.
fn coat(market: &str, currency: &str, counted: &[(&str, &str)]) -> String {
    let world = World::new();
    for path in [
        "/v1/products/coat",
        "/v1/products/by-id/p1/related",
        "/v1/products/by-id/p1/reviews",
        "/v1/variants/v-m-sand/stock",
        "/v1/content",
        "/v1/categories",
    ] {
        let (_, body) = shop::answer("Plain", "GET", path, "", &Value::Null);
        let mut body = body.to_string().replace("GBP", currency);
        for (_, at) in counted.iter().filter(|(of, _)| path.ends_with(of)) {
            body = body.replace("\"level\":", &format!("\"asOf\":\"{at}\",\"level\":"));
        }
        world.answer(path, 200, body);
    }
    let address = format!("/{market}/p/coat?choice.size=m&choice.colour=sand");
    let request = Request::get(address).header("host", "shop.test").body(Bytes::new()).unwrap();
    let answer = world.run(kit::handle::<Web>(world.clone(), request));
    assert_eq!(answer.status(), 200);
    String::from_utf8(answer.body().to_vec()).unwrap()
}

#[test]
fn stock_of_an_earlier_time_says_of_when_it_is_in_every_language() {
    let counted = [("products/coat", "2026-11-21T09:40:00Z"), ("/stock", "2026-11-20T22:05:00Z")];
    for (market, currency, own, stores) in [
        (
            "en-gb",
            "GBP",
            r#">Stock as of <time datetime="2026-11-21T09:40:00Z">09:40</time></p>"#,
            "20 Nov 2026, 22:05",
        ),
        (
            "de-de",
            "EUR",
            r#">Bestand: Stand <time datetime="2026-11-21T09:40:00Z">10:40</time></p>"#,
            "20.11.2026, 23:05",
        ),
        ("ar-gb", "GBP", r#">المخزون كما في <time datetime="2026-11-21T09:40:00Z">9:40 ص</time></p>"#, ""),
    ] {
        let page = coat(market, currency, &counted);
        let (own, row) = (page.find(own), page.find("<table>"));
        assert!(own.is_some() && row.is_some() && own < row, "{market}: {page}");
        let stores = format!(r#"<time datetime="2026-11-20T22:05:00Z">{stores}"#);
        assert!(page.find(&stores) > row, "{market}: the stores' own time is below their table\n{page}");
    }
}

#[test]
fn stock_of_now_has_no_time_and_neither_part_speaks_for_the_other() {
    assert!(!coat("en-gb", "GBP", &[]).contains("Stock as of"));
    let stores = coat("en-gb", "GBP", &[("/stock", "2026-11-21T09:40:00Z")]);
    assert_eq!(stores.matches("Stock as of").count(), 1);
    assert!(stores.find("Stock as of") > stores.find("<table>"));
}
