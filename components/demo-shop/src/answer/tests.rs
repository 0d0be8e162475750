//! The door: every reading answer is the model's, and bad input gets its status and its words.

use crate::catalogue::catalogue;
use crate::world::{World, told};
use bytes::Bytes;
use commerce::{Category, ContentBlock, Link, Listing, Product, ProductCard, Reviews, Store, StoreStock};
use http::Request;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(world: &World, path: &str) -> T {
    let (status, value) = world.get(path);
    assert_eq!(status, 200, "{path}: {value}");
    serde_json::from_value(value).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn every_question_is_answered_with_the_model() {
    let world = World::new();
    for record in catalogue().products() {
        let by_slug: Product = read(&world, &format!("/v1/products/{}", record.slug));
        let by_id: Product = read(&world, &format!("/v1/products/by-id/{}", record.id));
        assert_eq!(by_slug, by_id);
        let related: Vec<ProductCard> = read(&world, &format!("/v1/products/by-id/{}/related", record.id));
        assert!(!related.is_empty() && related.len() <= 12 && related.iter().all(|card| card.id != by_id.id));
        let stock: Vec<StoreStock> = read(&world, &format!("/v1/variants/{}/stock", record.variants[0].id));
        assert_eq!(stock.len(), catalogue().stores().len());
    }
    let tree: Vec<Category> = read(&world, "/v1/categories");
    assert!(tree.iter().any(|department| department.path_to("knitwear").len() == 2));
    let stores: Vec<Store> = read(&world, "/v1/stores");
    assert_eq!(stores[0].latitude_e6, 51_511_800);
    let listing: Listing = read(&world, "/v1/listing");
    assert_eq!((listing.page, listing.page_size, listing.items.len()), (1, 24, 24));
    let about = world.get("/v1").1;
    assert_eq!(
        (&about["currencies"], &about["locales"]),
        (&json!(["GBP", "EUR", "JPY"]), &json!(["en", "de", "ar"]))
    );
    assert_eq!(about["products"], catalogue().products().len());
}

#[test]
fn content_comes_by_slot_and_by_id_with_links_by_slug() {
    let world = World::new();
    let blocks: Vec<ContentBlock> =
        read(&world, "/v1/content?slot=offer_of_the_day&id=look-rainy-city&id=nothing");
    assert_eq!(blocks.len(), 8, "an offer for each day and one look");
    assert_eq!(blocks[0].link, Some(Link::Product("harbour-trench-coat".into())));
    assert!(blocks.iter().all(|block| !block.products.is_empty()));
    assert_eq!(read::<Vec<ContentBlock>>(&world, "/v1/content").len(), 0);
}

#[test]
fn reviews_come_in_the_markets_language_first_and_newest_first() {
    let world = World::new();
    let most = catalogue().products().iter().max_by_key(|p| catalogue().reviews(&p.id).count()).unwrap();
    let all = catalogue().reviews(&most.id).count();
    let path = format!("/v1/products/by-id/{}/reviews", most.id);
    let mut seen = Vec::new();
    for page in 1..=all.div_ceil(10) {
        let (_, value) = world.get_in(&format!("{path}?page={page}"), "de-AT", "EUR");
        let reviews: Reviews = serde_json::from_value(value).unwrap();
        assert!(reviews.items.len() <= 10 && reviews.distribution.iter().sum::<u32>() as usize == all);
        seen.extend(reviews.items);
    }
    assert_eq!(seen.len(), all);
    assert!(seen.is_sorted_by_key(|r| (r.language != "de", std::cmp::Reverse(r.date))));
    assert_eq!(read::<Reviews>(&world, &format!("{path}?page=999")).items.len(), 0);
}

#[test]
fn bad_questions_get_their_status_code_and_field() {
    let world = World::new();
    let long = format!("/v1/listing?q={}", "x".repeat(201));
    for (path, status, code, field) in [
        ("/v1/nothing", 404, "not_found", None),
        ("/elsewhere", 404, "not_found", None),
        ("/v1/products/no-such", 404, "not_found", None),
        ("/v1/products/by-id/no-such/reviews", 404, "not_found", None),
        ("/v1/variants/no-such/stock", 404, "not_found", None),
        ("/v1/listing?category=no-such", 404, "not_found", None),
        ("/v1/carts/no-such", 404, "not_found", None),
        ("/v1/orders/no-such", 404, "not_found", None),
        ("/v1/carts/00000000000000000000000000", 404, "not_found", None),
        ("/v1/listing?page=0", 400, "invalid", Some("page")),
        ("/v1/listing?page=abc", 400, "invalid", Some("page")),
        ("/v1/listing?page=-1", 400, "invalid", Some("page")),
        ("/v1/listing?page=4294967296", 400, "invalid", Some("page")),
        ("/v1/listing?pageSize=0", 400, "invalid", Some("pageSize")),
        ("/v1/listing?pageSize=101", 400, "invalid", Some("pageSize")),
        ("/v1/listing?sort=cheap", 400, "invalid", Some("sort")),
        ("/v1/listing?facet.colour=infrared", 400, "invalid", Some("facet.colour")),
        ("/v1/listing?facet.smell=good", 400, "invalid", Some("facet.smell")),
        ("/v1/listing?facet.price=0-5000", 400, "invalid", Some("facet.price")),
        ("/v1/products/by-id/p-1001/reviews?page=0", 400, "invalid", Some("page")),
        (&long, 400, "invalid", Some("q")),
    ] {
        let (found, problem) = world.get(path);
        assert_eq!(found, status, "{path}: {problem}");
        assert_eq!((&problem["status"], &problem["code"]), (&json!(status), &json!(code)), "{path}");
        assert_eq!(problem.get("field").and_then(Value::as_str), field, "{path}");
    }
}

#[test]
fn bad_bodies_are_refused_and_the_cart_keeps_what_it_had() {
    let world = World::new();
    let (_, cart) = world.post("/v1/carts", &json!({}));
    let path = format!("/v1/carts/{}", cart["id"].as_str().unwrap());
    world
        .post(&format!("{path}/changes"), &json!({ "do": "add", "variant": "v-1001-s-navy", "quantity": 1 }));
    let before = world.get(&path);
    let send = |path: &str, kind: &str, body: Vec<u8>| {
        let uri = format!("{path}?locale=en-GB&currency=GBP");
        told(&world.send(Request::post(uri).header("content-type", kind).body(Bytes::from(body)).unwrap()))
    };
    let json_kind = "application/json; charset=utf-8";
    let changes = format!("{path}/changes");
    for body in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"do\":\"explode\"}",
        "{\"do\":\"add\",\"variant\":\"v\",\"quantity\":-1}",
        "{\"do\":\"add\",\"variant\":\"v\",\"quantity\":1.5}",
        "\u{feff}{}",
    ] {
        let (status, problem) = send(&changes, json_kind, body.into());
        assert_eq!((status, &problem["field"]), (400, &json!("body")), "{body}");
    }
    assert_eq!(send(&changes, json_kind, vec![0xff]).0, 400);
    assert_eq!(send(&changes, json_kind, "[".repeat(60_000).into_bytes()).0, 400);
    assert_eq!(send(&changes, "text/plain", b"{}".to_vec()).1["code"], "unsupported_media_type");
    assert_eq!(send(&changes, json_kind, vec![b' '; 64 * 1024 + 1]).1["code"], "too_large");
    for (change, code, field) in [
        (json!({ "do": "add", "variant": "v-1001-s-navy", "quantity": 0 }), "invalid", Some("quantity")),
        (json!({ "do": "add", "variant": "v-none", "quantity": 1 }), "unknown_variant", None),
        (json!({ "do": "apply_code", "code": "SESAME" }), "bad_code", None),
        (
            json!({ "do": "choose_delivery", "delivery": { "kind": "pickup", "store": "mars" } }),
            "invalid",
            Some("delivery.store"),
        ),
        (
            json!({ "do": "choose_delivery", "delivery": { "kind": "ship", "address": {
            "street": " ", "city": "x", "postcode": "x", "country": "GB" } } }),
            "invalid",
            Some("delivery.address.street"),
        ),
    ] {
        let (_, problem) = world.post(&changes, &change);
        assert_eq!(
            (problem["code"].as_str(), problem.get("field").and_then(Value::as_str)),
            (Some(code), field)
        );
    }
    let good = json!({ "street": "1 Mill Lane", "city": "Bath", "postcode": "BA1 1AA", "country": "GB" });
    for (pointer, value, field) in [
        ("/contact/name", json!(" "), "contact.name"),
        ("/contact/email", json!("ada@nowhere"), "contact.email"),
        ("/delivery/address/city", json!(""), "delivery.address.city"),
        ("/delivery/address/postcode", json!("a\nb"), "delivery.address.postcode"),
        ("/delivery/address/country", json!("England"), "delivery.address.country"),
        ("/delivery/address", json!(null), "delivery.address"),
    ] {
        let mut placement = json!({ "contact": { "name": "Ada", "email": "ada@example.org" },
            "delivery": { "kind": "ship", "address": good } });
        *placement.pointer_mut(pointer).unwrap() = value;
        let (status, problem) = world.post(&format!("{path}/checkout"), &placement);
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{pointer}");
    }
    assert_eq!(world.get(&path), before);
    let (_, empty) = world.post("/v1/carts", &json!({}));
    let (status, problem) = world.post(&format!("/v1/carts/{}/checkout", empty["id"].as_str().unwrap()), &json!({
        "contact": { "name": "Ada", "email": "ada@example.org" }, "delivery": { "kind": "ship", "address": good } }));
    assert_eq!((status, &problem["code"]), (409, &json!("empty_cart")));
}

#[test]
fn a_store_that_is_down_is_said_so_to_the_asker_and_in_full_to_the_operator() {
    let world = World::new();
    world.down.set(true);
    let (status, problem) = world.post("/v1/carts", &json!({}));
    assert_eq!((status, &problem["code"]), (503, &json!("unavailable")));
    assert!(!problem.to_string().contains("secret-host"));
    assert!(world.log.borrow().iter().any(|line| line.contains("secret-host")));
    assert_eq!(world.get("/v1/products/harbour-trench-coat").0, 200, "reading goes on");
}

#[test]
fn who_may_keep_an_answer_is_said_and_problems_look_like_problems() {
    let world = World::new();
    let ask = |uri: &str| world.send(Request::get(uri).body(Bytes::new()).unwrap());
    let header = |uri: &str, name: &str| ask(uri).headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("/v1/stores?locale=en&currency=GBP", "cache-control"), "public, max-age=60");
    assert_eq!(header("/v1/orders/x?locale=en&currency=GBP", "cache-control"), "no-store");
    assert_eq!(header("/v1/stores", "content-type"), "application/problem+json");
    let wrong = world.send(Request::delete("/v1/stores").body(Bytes::new()).unwrap());
    assert_eq!((wrong.status().as_u16(), &wrong.headers()["allow"]), (405, &"GET, HEAD".parse().unwrap()));
}
