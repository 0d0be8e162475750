//! The cart, and how the phone takes it over.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use commerce::CartId;
use http::{Method, Request, Response, header};
use jiff::{SignedDuration, Timestamp};
use kit::seal::Seal;
use kit::visitor::Session;
use support::*;
use tv::handover::Ticket;

const NOON: &str = "2026-11-21T12:00:00Z";

fn with_cart(method: Method, path: &str, body: &str) -> Request<Bytes> {
    let mut request = request(method, path, body);
    request.headers_mut().insert("cookie", cookie("cart-1").parse().unwrap());
    request
}

fn kept(response: &Response<Bytes>) -> Option<CartId> {
    let cookie = response.headers().get(header::SET_COOKIE)?.to_str().unwrap();
    let sealed = cookie.strip_prefix("hw_session=").unwrap().split(';').next().unwrap();
    Session::open(sealed, &Seal::new("key of the test")).cart
}

fn token(cart: &str, age_minutes: i64) -> String {
    let made = NOON.parse::<Timestamp>().unwrap() - SignedDuration::from_mins(age_minutes);
    Ticket::new(&CartId::new(cart), made, [5; 16]).close(&Seal::new("key of the test"), [7; 16])
}

#[test]
fn an_empty_cart_is_a_screen_too() {
    let screen = get(&shop(), "/tv/screens/cart", 200);
    assert_eq!(screen["cart"]["count"], 0);
    assert_eq!(screen["hero"]["actions"][0]["id"], "home");
    assert!(screen["checkout"].is_null());
}

#[test]
fn a_cart_shows_lines_sum_and_code_and_is_nobody_elses() {
    let world = shop();
    let response = send(&world, with_cart(Method::GET, "/tv/screens/cart", ""));
    let screen = screen_of(&response, 200);
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    let line = &screen["rails"][0]["items"][0];
    assert_eq!((line["title"].as_str(), line["line"]["quantity"].as_u64()), (Some("Harbour coat"), Some(1)));
    let buttons: Vec<&str> =
        line["line"]["actions"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap()).collect();
    assert_eq!(buttons, ["more", "remove"], "one piece cannot become fewer, only gone");
    let more = &line["line"]["actions"][0]["action"];
    assert_eq!(more["to"], "/tv/screens/cart/lines/line%2F1?market=en-gb");
    assert_eq!(more["body"]["quantity"], 2);
    let url = screen["checkout"]["url"].as_str().unwrap();
    assert!(url.starts_with("http://shop.test:3000/tv/continue/") && !url.contains("cart-1"), "{url}");
    assert_eq!(screen["checkout"]["valid_until"], "2026-11-21T12:15:00Z");
    assert!(screen["checkout"]["qr"].as_array().unwrap().len() >= 21);
}

#[test]
fn adding_makes_a_cart_and_keeps_it() {
    let world = shop();
    let body = r#"{"variant":"v-m","quantity":2}"#;
    let response = send(&world, request(Method::POST, "/tv/screens/cart/lines", body));
    let screen = screen_of(&response, 200);
    assert_eq!((screen["kind"].as_str(), screen["cart"]["count"].as_u64()), (Some("cart"), Some(2)));
    assert_eq!(kept(&response), Some(CartId::new("cart-1")));
    let sent = world.sent.borrow();
    let change = sent.iter().find(|request| request.uri().path().ends_with("/changes")).unwrap();
    assert_eq!(change.body(), r#"{"do":"add","variant":"v-m","quantity":2}"#);
}

#[test]
fn a_line_is_set_and_removed_in_the_visitors_cart_only() {
    let world = shop();
    for quantity in [3, 0] {
        let body = format!(r#"{{"quantity":{quantity}}}"#);
        screen_of(&send(&world, with_cart(Method::POST, "/tv/screens/cart/lines/line%2F1", &body)), 200);
        let sent = world.sent.borrow_mut().pop().unwrap();
        assert_eq!(sent.uri().path(), "/v1/carts/cart-1/changes");
        assert_eq!(sent.body(), &format!(r#"{{"do":"set","line":"line/1","quantity":{quantity}}}"#));
    }
    let nobody = send(&world, request(Method::POST, "/tv/screens/cart/lines/line%2F1", r#"{"quantity":1}"#));
    assert_eq!(screen_of(&nobody, 404)["error"]["code"], "unknown-line");
    assert!(world.sent.borrow().is_empty(), "no cart is made for a line that cannot be");
}

#[test]
fn the_shops_no_is_a_screen_with_its_reason() {
    let world = shop();
    for (code, status) in [("out_of_stock", 409), ("unknown_variant", 400), ("conflict", 409)] {
        refuse(&world, "/v1/carts/cart-1/changes", status, code);
        let body = r#"{"variant":"v-m","quantity":9}"#;
        let response = send(&world, with_cart(Method::POST, "/tv/screens/cart/lines", body));
        assert_eq!(screen_of(&response, status)["error"]["code"], code.replace('_', "-"));
        assert_eq!(kept(&response), None, "the cart keeps what it had");
    }
}

#[test]
fn a_phone_without_a_cart_takes_it_over_at_once() {
    let world = shop();
    let path = format!("/tv/continue/{}?market=de-de", token("cart-1", 14));
    let response = send(&world, request(Method::GET, &path, ""));
    assert_eq!(
        (response.status().as_u16(), &response.headers()["location"]),
        (303, &"/de-de/cart".parse().unwrap())
    );
    assert_eq!(kept(&response), Some(CartId::new("cart-1")));
    let response = send(&world, with_cart(Method::GET, &path, ""));
    assert_eq!(response.status().as_u16(), 303, "its own cart again is nothing to ask about");
}

#[test]
fn a_phone_with_a_cart_is_asked_first() {
    let world = shop();
    let path = format!("/tv/continue/{}", token("cart-of-somebody", 1));
    let response = send(&world, with_cart(Method::GET, &path, ""));
    assert_eq!((response.status().as_u16(), kept(&response)), (200, None));
    let page = String::from_utf8_lossy(response.body()).into_owned();
    assert!(page.contains("<form method=\"post\">") && page.contains("KKKK"), "{page}");
    assert!(!page.contains("style=") && !page.contains("<script"));
    assert_eq!(response.headers()["cache-control"], "private, no-store");

    let response = send(&world, with_cart(Method::POST, &path, ""));
    assert_eq!((response.status().as_u16(), kept(&response)), (303, Some(CartId::new("cart-of-somebody"))));
    let mut foreign = with_cart(Method::POST, &path, "");
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    let response = send(&world, foreign);
    assert_eq!((response.status().as_u16(), kept(&response)), (403, None), "another site cannot confirm");
}

#[test]
fn a_late_or_forged_token_opens_nothing() {
    let world = shop();
    let sealed = cookie("cart-1").replace("hw_session=", "");
    for token in [token("cart-1", 15), "forged".to_owned(), sealed] {
        let response = send(&world, request(Method::GET, &format!("/tv/continue/{token}"), ""));
        assert_eq!((response.status().as_u16(), kept(&response)), (410, None), "{token}");
        assert!(response.headers()["cache-control"].to_str().unwrap().contains("no-store"));
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    }
}
