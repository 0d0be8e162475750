//! Whatever comes in, the answer is a TV screen with the right status.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::{Method, header};
use kit::edge::FetchError;
use kit::rehearsal::Script;
use std::time::Duration;
use support::*;

#[test]
fn what_cannot_be_read_is_said_so() {
    let world = shop();
    let long = format!("search?q={}", "x".repeat(201));
    for (path, status, code) in [
        ("nothing", 404, "not-found"),
        ("product/", 404, "not-found"),
        ("home?market=xx-xx", 404, "unknown-market"),
        ("category/fashion?page=0", 400, "bad-input"),
        ("category/fashion?page=one", 400, "bad-input"),
        ("category/fashion?page=-1", 400, "bad-input"),
        ("category/fashion?page=99999999999", 400, "bad-input"),
        ("category/fashion?sort=sideways", 400, "bad-input"),
        ("category/fashion?facet.=x", 400, "bad-input"),
        ("search?q=a&page=x", 400, "bad-input"),
        (&long, 400, "bad-input"),
    ] {
        let screen = get(&world, &format!("/tv/screens/{path}"), status);
        assert_eq!(screen["error"]["code"], code, "{path}");
        assert_eq!(screen["kind"], "error");
        assert!(screen["hero"]["actions"].as_array().unwrap().iter().any(|item| item["id"] == "home"));
    }
}

#[test]
fn what_the_shop_does_not_have_is_not_found() {
    let world = shop();
    refuse(&world, "/v1/products/ghost", 404, "not_found");
    refuse(&world, "/v1/listing", 404, "not_found");
    assert_eq!(get(&world, "/tv/screens/product/ghost", 404)["error"]["code"], "not-found");
    assert_eq!(get(&world, "/tv/screens/category/ghost", 404)["error"]["code"], "not-found");
    refuse(&world, "/v1/listing", 400, "invalid");
    assert_eq!(get(&world, "/tv/screens/category/fashion?facet.ghost=x", 400)["error"]["code"], "invalid");
    tell(&world, "/v1/listing", &listing(Vec::new(), 24, 9));
    get(&world, "/tv/screens/category/fashion?page=9", 404);
}

#[test]
fn methods_types_and_sites_are_checked() {
    let world = shop();
    let response = send(&world, request(Method::DELETE, "/tv/screens/home", ""));
    screen_of(&response, 405);
    assert_eq!(response.headers()[header::ALLOW], "GET, HEAD");
    screen_of(&send(&world, request(Method::GET, "/tv/screens/cart/lines", "")), 405);

    let lines = "/tv/screens/cart/lines";
    for body in [
        "",
        "{",
        "null",
        "[]",
        r#"{"variant":"v"}"#,
        r#"{"variant":"v","quantity":0}"#,
        r#"{"variant":"v","quantity":-1}"#,
        r#"{"variant":"v","quantity":1.5}"#,
        r#"{"variant":"v","quantity":100}"#,
        r#"{"variant":"v","quantity":1,"price":0}"#,
    ] {
        let screen = screen_of(&send(&world, request(Method::POST, lines, body)), 400);
        assert_eq!(screen["error"]["code"], "bad-input", "{body}");
    }
    let good = r#"{"variant":"v-m","quantity":1}"#;
    let mut form = request(Method::POST, lines, good);
    form.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    screen_of(&send(&world, form), 415);
    for site in ["cross-site", "same-site"] {
        let mut foreign = request(Method::POST, lines, good);
        foreign.headers_mut().insert("sec-fetch-site", site.parse().unwrap());
        screen_of(&send(&world, foreign), 403);
    }
    let huge = request(Method::POST, lines, &"x".repeat(70_000));
    screen_of(&send(&world, huge), 413);
    assert!(world.sent.borrow().is_empty(), "none of this reached the shop");
}

#[test]
fn a_failing_shop_is_a_screen_within_the_budget() {
    let failing =
        |answer: Result<(u16, String), FetchError>| Script { after: Duration::from_millis(10), answer };
    for (script, status) in [
        (failing(Err(FetchError::Unreachable("refused".into()))), 502),
        (failing(Err(FetchError::TooLarge)), 502),
        (failing(Ok((500, "<html>".into()))), 502),
        (failing(Ok((200, "garbage".into()))), 502),
        (failing(Ok((404, "<html>a gateway's page</html>".into()))), 502),
        (Script { after: Duration::from_secs(60), answer: Ok((200, "{}".into())) }, 504),
    ] {
        let world = shop();
        world.script("/v1/products/coat", script);
        let response = send(&world, request(Method::GET, "/tv/screens/product/coat", ""));
        let screen = screen_of(&response, status);
        assert_eq!(screen["hero"]["actions"][0]["id"], "retry");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let took = kit::Edge::elapsed(&*world);
        assert!(took <= Duration::from_millis(1200), "{took:?}");
        assert!(!world.lines.borrow().is_empty(), "the operator is told");
        assert!(!String::from_utf8_lossy(response.body()).contains("refused"), "the visitor is not");
    }
}

#[test]
fn a_slow_extra_is_left_out_in_time() {
    let world = shop();
    let slow = Script { after: Duration::from_secs(60), answer: Ok((200, "[]".into())) };
    world.script("/v1/products/by-id/p-1/related", slow);
    let response = send(&world, request(Method::GET, "/tv/screens/product/coat", ""));
    let screen = screen_of(&response, 200);
    assert!(screen["rails"].as_array().unwrap().iter().all(|rail| rail["id"] != "related"));
    assert_eq!(response.headers()["headwater-slots"], "product=fresh, related=omitted");
}

#[test]
fn the_page_and_its_parts_are_there_and_strict() {
    let world = shop();
    let page = send(&world, request(Method::GET, "/tv/?market=ar-gb", ""));
    let text = String::from_utf8_lossy(page.body()).into_owned();
    assert_eq!(page.status().as_u16(), 200);
    assert!(text.contains("<html lang=\"ar-GB\" dir=\"rtl\" data-market=\"ar-gb\">"), "{text}");
    assert!(!text.contains("style=\"") && !text.contains("<style") && !text.contains("onclick"));
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"));
    for (name, content_type, _) in tv::page::ASSETS {
        let part = send(&world, request(Method::GET, &format!("/tv/assets/{name}"), ""));
        assert_eq!(
            (part.status().as_u16(), &part.headers()["content-type"]),
            (200, &content_type.parse().unwrap())
        );
        assert!(
            name.ends_with("icon.svg") || text.contains(name) || imported(name),
            "{name} is used by nothing"
        );
    }
    let script: usize = tv::page::ASSETS
        .iter()
        .filter(|(name, ..)| name.ends_with(".js"))
        .map(|(.., bytes)| bytes.len())
        .sum();
    assert!(script <= 21_600, "{script} bytes of script");
    screen_of(&send(&world, request(Method::GET, "/tv/assets/..%2Fsecret", "")), 404);
    assert_eq!(send(&world, request(Method::GET, "/tv", "")).headers()["location"], "/tv/");
}

fn imported(name: &str) -> bool {
    tv::page::ASSETS.iter().any(|(.., bytes)| String::from_utf8_lossy(bytes).contains(&format!("'./{name}'")))
        || name == "card.css"
}
