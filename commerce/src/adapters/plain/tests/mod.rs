//! The plain form there and back: a port, served, asked through the plain adapter, is that port.

mod backend;

use super::{Plain, Problem};
use crate::adapters::registry::Settings;
use crate::model::*;
use crate::upstream::Repeat;
use crate::{Error, Kind, Port, Refusal, Subject};
use backend::{Backend, Served};
use bytes::Bytes;
use futures::FutureExt as _;
use std::rc::Rc;
use std::time::Duration;

fn plain(backend: &Rc<Backend>) -> Plain {
    let settings = Settings { url: "http://backend.test".into(), ..Settings::named("shop") };
    Plain::new(&settings, Box::new(Served(backend.clone()))).unwrap()
}

/// The answers of every question of the port, printed, in a fixed order.
fn everything(port: &dyn Port) -> Vec<Result<String, Error>> {
    async fn all(port: &dyn Port) -> Vec<Result<String, Error>> {
        fn told<T: serde::Serialize>(said: Result<T, Error>) -> Result<String, Error> {
            said.map(|value| serde_json::to_string(&value).unwrap())
        }
        let market = &Market::parse("de-AT/EUR").unwrap();
        let hostile = "a/b?c=d&e#f%2F \"'\u{202e}é";
        let product = &ProductRef { id: ProductId::new(hostile), slug: hostile.into() };
        let variant =
            &VariantRef { id: VariantId::new(hostile), sku: hostile.into(), product: product.clone() };
        let (cart, order) = (&CartId::new(hostile), &OrderId::new(hostile));
        let choice = |facet: &str, value: &str| FacetChoice { facet: facet.into(), value: value.into() };
        let query = &ListingQuery {
            category: Some(hostile.into()),
            search: Some(hostile.into()),
            facets: vec![choice("colour", "navy"), choice("colour", "oat"), choice(hostile, hostile)],
            sort: Some(Sort::PriceDescending),
            page: 7,
            page_size: 100,
        };
        let content = &ContentQuery {
            slots: vec!["home_hero".into(), hostile.into()],
            ids: vec![ContentId::new(hostile)],
        };
        let delivery = Delivery::Pickup { store: StoreId::new(hostile) };
        let contact = Contact { name: hostile.into(), email: hostile.into() };
        let placement = &Placement { contact, delivery: delivery.clone() };
        let credentials = &Credentials { email: hostile.into(), password: hostile.into() };
        let change = |change: CartChange| async move { told(port.change_cart(market, cart, &change).await) };
        let (v, line, code) = (VariantId::new(hostile), LineId::new(hostile), hostile.to_owned());
        vec![
            told(port.about(market).await),
            told(port.product(market, &ProductKey::Slug(hostile.into())).await),
            told(port.product(market, &ProductKey::Id(ProductId::new(hostile))).await),
            told(port.listing(market, query).await),
            told(port.categories(market).await),
            told(port.related(market, product).await),
            told(port.reviews(market, product, 3).await),
            told(port.content(market, content).await),
            told(port.stores(market).await),
            told(port.store_stock(market, variant).await),
            told(port.cart(market, cart).await),
            told(port.create_cart(market).await),
            change(CartChange::Add { variant: v, quantity: u32::MAX }).await,
            change(CartChange::Set { line: line.clone(), quantity: 0 }).await,
            change(CartChange::Remove { line }).await,
            change(CartChange::ApplyCode { code: code.clone() }).await,
            change(CartChange::RemoveCode { code }).await,
            change(CartChange::ChooseDelivery { delivery }).await,
            told(port.check_out(market, cart, placement).await),
            told(port.order(market, order).await),
            told(port.sign_in(market, credentials, Some(cart)).await),
            told(port.sign_in(market, credentials, None).await),
            told(port.customer(market, &CustomerToken::new("t0ken")).await),
        ]
    }
    all(port).now_or_never().expect("nobody waits")
}

#[test]
fn every_question_arrives_and_every_answer_comes_back_as_it_was() {
    let (directly, behind) = (Rc::new(Backend::default()), Rc::new(Backend::default()));
    let expected = everything(&*directly);
    let seen = everything(&plain(&behind));
    for (seen, expected) in seen.iter().zip(&expected) {
        assert_eq!(seen, expected);
    }
    assert!(expected.iter().all(Result::is_ok));
    let (asked, wanted) = (behind.asked.borrow(), directly.asked.borrow());
    assert_eq!(asked.len(), expected.len());
    asked.iter().zip(wanted.iter()).for_each(|(asked, wanted)| assert_eq!(asked, wanted));
}

/// Every kind of error. The match has no arm for the rest, so that a new kind is not forgotten here.
fn every_kind() -> Vec<Kind> {
    let mut kinds = vec![
        Kind::Unreachable,
        Kind::TimedOut,
        Kind::Overloaded { retry_after: None },
        Kind::Overloaded { retry_after: Some(Duration::from_secs(7)) },
        Kind::Unauthorized,
        Kind::Failed { status: 404 },
        Kind::Failed { status: 500 },
        Kind::BadAnswer,
        Kind::TooLarge,
        Kind::Internal,
    ];
    kinds.extend(crate::Capability::ALL.map(Kind::Unsupported));
    let subjects = [
        Subject::Product,
        Subject::Category,
        Subject::Cart,
        Subject::Order,
        Subject::Store,
        Subject::Customer,
    ];
    kinds.extend(subjects.map(Kind::NotFound));
    kinds.extend(
        [
            Refusal::OutOfStock { available: None },
            Refusal::OutOfStock { available: Some(3) },
            Refusal::QuantityLimit { most: 9 },
            Refusal::UnknownVariant,
            Refusal::UnknownLine,
            Refusal::BadCode { exists: None },
            Refusal::BadCode { exists: Some(false) },
            Refusal::BadCode { exists: Some(true) },
            Refusal::Conflict,
            Refusal::BadCredentials,
            Refusal::EmptyCart,
            Refusal::Invalid { field: "contact.email".into() },
        ]
        .map(Kind::Refused),
    );
    kinds
}

#[test]
fn every_kind_of_error_comes_back_as_that_kind_from_every_question() {
    for kind in every_kind() {
        let error = Error::new(kind.clone(), "vendor.call", "\"said\"\n<b>");
        let backend = Rc::new(Backend { error: Some(error), ..Backend::default() });
        for seen in everything(&plain(&backend)) {
            let seen = seen.unwrap_err();
            assert_eq!(seen.kind, kind, "{seen}");
            assert_eq!(seen.detail, "vendor.call: \"said\"\n<b>", "the operator is told who said it");
            assert!(seen.operation.starts_with("plain."), "{seen}");
        }
    }
}

#[test]
fn a_wait_is_never_shortened_and_a_detail_never_endless() {
    let kind = Kind::Overloaded { retry_after: Some(Duration::from_millis(1_200)) };
    let error = Error::new(kind, "vendor.call", "é".repeat(5_000));
    let told = super::serve::failed(&error);
    assert_eq!((told.status().as_u16(), &told.headers()["retry-after"]), (503, &"2".parse().unwrap()));
    let problem: Problem = serde_json::from_slice(told.body()).unwrap();
    assert_eq!(problem.detail.unwrap().chars().count(), 300);
}

fn read(status: u16, body: &str) -> Kind {
    let status = http::StatusCode::from_u16(status).unwrap();
    let mut headers = http::HeaderMap::new();
    headers.insert("retry-after", "-1".parse().unwrap());
    super::problem::error("plain.test", status, &headers, body.as_bytes(), Some(Subject::Cart)).kind
}

#[test]
fn what_only_looks_like_our_own_form_is_an_outage() {
    let cases = [
        // A refusal is a 4xx, a fault a 5xx; the other way round it is neither.
        (500, r#"{"code":"out_of_stock","status":409,"title":"t"}"#, Kind::Failed { status: 500 }),
        (400, r#"{"code":"timed_out","status":504,"title":"t"}"#, Kind::Failed { status: 400 }),
        (401, r#"{"code":"misconfigured","status":500,"title":"t"}"#, Kind::Unauthorized),
        (302, r#"{"code":"bad_code","status":400,"title":"t"}"#, Kind::Failed { status: 302 }),
        (410, r#"{"code":"not_found","status":404,"title":"t"}"#, Kind::Failed { status: 410 }),
        (501, r#"{"code":"unsupported","status":501,"title":"t"}"#, Kind::Failed { status: 501 }),
        (
            501,
            r#"{"code":"unsupported","status":501,"title":"t","capability":"x"}"#,
            Kind::Failed { status: 501 },
        ),
        (502, r#"{"code":"failed","status":502,"title":"t"}"#, Kind::Failed { status: 502 }),
        (
            502,
            r#"{"code":"failed","status":502,"title":"t","upstreamStatus":70000}"#,
            Kind::Failed { status: 502 },
        ),
        (502, r#"{"code":["failed"],"status":502,"title":"t"}"#, Kind::Failed { status: 502 }),
        (503, r#"{"code":"overloaded","status":503,"title":"t"}"#, Kind::Overloaded { retry_after: None }),
        (504, "<html>", Kind::TimedOut),
        (
            404,
            r#"{"code":"not_found","status":404,"title":"t","subject":"nonsense"}"#,
            Kind::NotFound(Subject::Cart),
        ),
        (409, r#"{"code":"quantity_limit","status":409,"title":"t"}"#, Kind::Failed { status: 409 }),
        (500, "", Kind::Failed { status: 500 }),
    ];
    for (status, body, kind) in cases {
        assert_eq!(read(status, body), kind, "{status} {body}");
    }
}

#[test]
fn the_askers_time_goes_with_the_question() {
    let backend = Rc::new(Backend::default());
    let left = |left: Option<Duration>| {
        let settings = Settings { url: "http://backend.test".into(), ..Settings::named("shop") };
        let seen = Rc::new(std::cell::RefCell::new(None));
        let upstream = backend::Patient { left, served: Served(backend.clone()), seen: seen.clone() };
        let plain = Plain::new(&settings, Box::new(upstream)).unwrap();
        let market = Market::parse("en-GB/GBP").unwrap();
        plain.stores(&market).now_or_never().unwrap().unwrap();
        seen.take()
    };
    assert_eq!(left(None), None);
    assert_eq!(left(Some(Duration::from_micros(449_900))).as_deref(), Some("449"));
}

#[test]
fn one_that_asks_in_turn_is_promised_no_key_and_asked_once() {
    let sent = |relayed: bool| {
        let settings = Settings { url: "http://backend.test".into(), relayed, ..Settings::named("shop") };
        let calls = Rc::new(std::cell::RefCell::new(Vec::new()));
        let backend = Rc::new(Backend::default());
        let upstream = backend::Keyed { served: Served(backend), calls: calls.clone() };
        everything(&Plain::new(&settings, Box::new(upstream)).unwrap());
        calls.take()
    };
    let (directly, relayed) = (sent(false), sent(true));
    assert!(directly.contains(&(true, Repeat::Keyed)) && directly.contains(&(false, Repeat::Safe)));
    assert!(relayed.iter().all(|call| *call == (false, Repeat::Never)), "{relayed:?}");
}

#[test]
fn what_a_backend_lacks_is_known_before_it_is_asked() {
    let settings = Settings { url: "http://backend.test".into(), ..Settings::named("shop") };
    let served = || Box::new(Served(Rc::new(Backend::default())));
    assert_eq!(Plain::new(&settings, served()).unwrap().capabilities(), crate::Capability::ALL);
    let few = vec![crate::Capability::Product];
    let settings = Settings { capabilities: Some(few.clone()), ..settings };
    assert_eq!(Plain::new(&settings, served()).unwrap().capabilities(), few);
}

#[test]
fn bad_requests_are_told_what_is_wrong_with_them() {
    let backend = Backend::default();
    let ask = |method: &str, path: &str, media: &str, body: &[u8]| {
        let request = http::Request::builder().method(method).uri(path).header("content-type", media);
        let request = request.body(Bytes::copy_from_slice(body)).unwrap();
        let told = super::serve::serve(&backend, &request).now_or_never().unwrap();
        assert_eq!(told.headers()["cache-control"], "no-store");
        let problem: Problem = serde_json::from_slice(told.body()).unwrap();
        assert_eq!(problem.status, told.status().as_u16());
        (problem.status, problem.code, problem.field.unwrap_or_default())
    };
    let json = "application/json";
    let market = "locale=en-GB&currency=GBP";
    let large = vec![b' '; super::serve::BODY_CAP + 1];
    let deep = "[".repeat(10_000);
    for (method, path, media, body, expected) in [
        ("GET", "/v1/nowhere", json, &b""[..], (404, "not_found", "")),
        ("PUT", "/v1/stores", json, b"", (405, "method_not_allowed", "")),
        ("GET", "/v1/stores", json, b"", (400, "invalid", "locale")),
        ("GET", "/v1/stores?locale=en&currency=GBP", json, b"", (400, "invalid", "locale")),
        ("GET", "/v1/stores?locale=en-GB&currency=gbp", json, b"", (400, "invalid", "currency")),
        ("GET", &format!("/v1/listing?{market}&page=0"), json, b"", (400, "invalid", "page")),
        ("GET", &format!("/v1/listing?{market}&page=%2B1"), json, b"", (400, "invalid", "page")),
        ("GET", &format!("/v1/listing?{market}&pageSize=101"), json, b"", (400, "invalid", "pageSize")),
        ("GET", &format!("/v1/listing?{market}&sort=best"), json, b"", (400, "invalid", "sort")),
        ("POST", &format!("/v1/carts?{market}"), "text/plain", b"{}", (415, "unsupported_media_type", "")),
        ("POST", &format!("/v1/carts?{market}"), json, b"[]", (400, "invalid", "body")),
        ("POST", &format!("/v1/carts?{market}"), json, b"\xff", (400, "invalid", "body")),
        ("POST", &format!("/v1/carts/c/changes?{market}"), json, deep.as_bytes(), (400, "invalid", "body")),
        (
            "POST",
            &format!("/v1/carts/c/changes?{market}"),
            json,
            b"{\"do\":\"steal\"}",
            (400, "invalid", "body"),
        ),
        ("POST", &format!("/v1/carts/c/checkout?{market}"), json, &large, (413, "too_large", "")),
        ("POST", &format!("/v1/customers/sign-in?{market}"), json, b"{}", (400, "invalid", "body")),
    ] {
        let (status, code, field) = ask(method, path, media, body);
        assert_eq!((status, code.as_str(), field.as_str()), expected, "{method} {path}");
    }
    assert!(backend.asked.borrow().is_empty(), "none of it reached the port");
}
