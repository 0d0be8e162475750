//! Canned answers of the plain form; every text in them is the same.

use serde_json::{Value, json};

/// Answers by path. The cart `c1` holds one line; the code `GOOD` works; five pieces are too many.
pub(super) fn answer(text: &str, method: &str, path: &str, query: &str, body: &Value) -> (u16, Value) {
    let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
    match (method, parts.as_slice()) {
        ("GET", ["products", "coat"]) => (200, product(text)),
        ("GET", ["products", "by-id", "p1", "related"]) => (200, json!([card(text)])),
        ("GET", ["products", "by-id", "p1", "reviews"]) => (200, reviews(text)),
        ("GET", ["variants", _, "stock"]) => {
            (200, json!([{"store": store(text), "stock": {"level": "low_stock", "quantity": 2}}]))
        }
        ("GET", ["listing"]) if query.contains("facet.nonsense") => {
            problem(400, "invalid", json!({"field": "facet.nonsense"}))
        }
        ("GET", ["listing"]) if query.contains("category=nowhere") => problem(404, "not_found", json!({})),
        ("GET", ["listing"]) if query.contains("q=nothing") => (200, listing(text, 0)),
        ("GET", ["listing"]) => (200, listing(text, 60)),
        ("GET", ["categories"]) => {
            (200, json!([category(text, "fashion", json!([category(text, "coats", json!([]))]))]))
        }
        ("GET", ["content"]) => (200, content(text)),
        ("GET", ["stores"]) => (200, json!([store(text)])),
        ("POST", ["carts"]) => (201, cart(text, 0)),
        ("GET", ["carts", "c1"]) => (200, cart(text, 2)),
        ("POST", ["carts", "c1", "changes"]) => change(text, body),
        ("POST", ["carts", "c1", "checkout"]) => check_out(text, body),
        ("GET", ["orders", "o1"]) => (200, order(text)),
        ("GET", ["capabilities"]) => (200, json!(["product", "listing", "categories", "content", "cart"])),
        ("POST", ["customers", "sign-in"]) => sign_in(body),
        ("GET", ["customers", "me"]) => customer(text, body["token"].as_str().unwrap_or_default()),
        _ => problem(404, "not_found", json!({})),
    }
}

fn problem(status: u16, code: &str, more: Value) -> (u16, Value) {
    let mut problem = json!({"code": code, "status": status, "title": "No."});
    for (name, value) in more.as_object().unwrap() {
        problem[name] = value.clone();
    }
    (status, problem)
}

fn change(text: &str, body: &Value) -> (u16, Value) {
    match body["do"].as_str().unwrap() {
        "add" | "set" if body["quantity"].as_u64() >= Some(5) => {
            problem(409, "out_of_stock", json!({"available": 3}))
        }
        "apply_code" if body["code"] != "GOOD" => problem(400, "bad_code", json!({})),
        "set" | "remove" if body["line"] != "l1" => problem(404, "unknown_line", json!({})),
        _ => (200, cart(text, 2)),
    }
}

/// Ada's password is `right `, with a space at its end; the shop has had enough of Bob.
fn sign_in(body: &Value) -> (u16, Value) {
    match (body["email"].as_str().unwrap(), body["password"].as_str().unwrap()) {
        ("bob@example.test", _) => problem(429, "overloaded", json!({})),
        ("ada@example.test", "right ") => (200, json!({"token": "ada", "cart": body["cart"]})),
        ("ada@example.test", "for a moment") => (200, json!({"token": "over", "cart": body["cart"]})),
        ("ada@example.test", "without orders") => (200, json!({"token": "silent"})),
        ("new@example.test", _) => (200, json!({"token": "new"})),
        _ => problem(401, "bad_credentials", json!({})),
    }
}

fn customer(text: &str, token: &str) -> (u16, Value) {
    let known = |orders: Value| {
        let name = if text == "Plain" { "Ada Finch" } else { text };
        json!({"id": "u", "name": name, "email": "ada@example.test", "groups": ["loyalty-gold", text],
            "subscriber": true, "orderCount": 1, "orders": orders, "wishList": [card(text)]})
    };
    match token {
        "ada" => (200, known(json!([order(text)]))),
        "new" => (200, known(json!([]))),
        "silent" => {
            let mut silent = known(json!(null));
            silent.as_object_mut().unwrap().remove("orders");
            silent.as_object_mut().unwrap().remove("wishList");
            (200, silent)
        }
        _ => problem(404, "not_found", json!({"subject": "customer"})),
    }
}

fn check_out(text: &str, body: &Value) -> (u16, Value) {
    match body["delivery"]["address"]["postcode"].as_str() {
        Some("nonsense") => problem(400, "invalid", json!({"field": "delivery.address.postcode"})),
        _ => (200, json!({"kind": "placed", "order": order(text)})),
    }
}

fn money(amount: i64) -> Value {
    json!({"amount": amount, "currency": "GBP"})
}

fn price() -> Value {
    json!({"current": money(18500), "was": money(23000)})
}

fn image(text: &str) -> Value {
    json!({"url": "/media/coat.svg", "alt": text, "width": 960, "height": 1200,
        "renditions": [{"url": "/media/coat.svg?w=480", "width": 480, "height": 600}]})
}

fn card(text: &str) -> Value {
    json!({"id": "p1", "slug": "coat", "name": text, "summary": text, "brand": text, "image": image(text),
        "price": price(), "priceVaries": true, "stock": "in_stock", "rating": {"averageTenths": 43, "count": 2},
        "tags": ["sale", text], "swatches": ["#c9b08a", "#34426b", text]})
}

/// Navy in M is sold out; sand in L is not made.
fn product(text: &str) -> Value {
    let value =
        |id: &str| json!({"id": id, "name": text, "swatch": if id.len() > 1 { "#c9b08a" } else { text }});
    let variant = |size: &str, colour: &str, left: u32| {
        let level = if left == 0 { "out_of_stock" } else { "in_stock" };
        json!({"id": format!("v-{size}-{colour}"), "sku": text, "price": price(),
            "choices": [{"option": "size", "value": size}, {"option": "colour", "value": colour}],
            "stock": {"level": level, "quantity": left}})
    };
    json!({"id": "p1", "slug": "coat", "name": text, "summary": text, "description": format!("{text}\n\n{text}"),
        "brand": text, "categories": [{"id": "coats", "slug": "coats", "name": text}],
        "images": [image(text), image(text)],
        "options": [{"id": "size", "name": text, "values": [value("m"), value("l")]},
            {"id": "colour", "name": text, "values": [value("sand"), value("navy")]}],
        "variants": [variant("m", "sand", 9), variant("m", "navy", 0), variant("l", "navy", 9)],
        "attributes": [{"id": "material", "name": text, "value": text}],
        "tags": [text], "rating": {"averageTenths": 43, "count": 2}, "looks": ["look-1"]})
}

fn reviews(text: &str) -> Value {
    json!({"rating": {"averageTenths": 43, "count": 2}, "distribution": [0, 0, 0, 1, 1], "page": 1, "pageSize": 1,
        "items": [{"id": "r1", "author": text, "rating": 4, "date": "2026-09-14", "language": "en",
            "title": text, "body": text}]})
}

fn listing(text: &str, total: u32) -> Value {
    let items = if total == 0 { json!([]) } else { json!([card(text), card(text)]) };
    json!({"category": {"id": "coats", "slug": "coats", "name": text}, "items": items, "total": total,
        "page": 1, "pageSize": 24, "sort": "relevance", "sorts": ["relevance", "newest"],
        "facets": [{"id": "colour", "name": text, "values": [
            {"id": "navy", "name": text, "count": 3, "selected": true, "swatch": "#34426b"},
            {"id": "sand", "name": text, "count": 0, "swatch": text}]}]})
}

fn category(text: &str, slug: &str, children: Value) -> Value {
    json!({"id": slug, "slug": slug, "name": text, "description": text, "image": image(text), "children": children})
}

fn content(text: &str) -> Value {
    let block = |id: &str, slot: &str, kind: &str| {
        json!({"id": id, "slot": slot, "kind": kind, "title": text, "body": text, "linkLabel": text,
            "link": {"to": "search", "value": text}, "image": image(text), "products": [card(text)]})
    };
    json!([
        block("h", "home_hero", "hero"),
        block("p", "home_promo", "banner"),
        block("r", "home_rail", "rail"),
        block("o", "offer_of_the_day", "offer"),
        block("look-1", "look", "look"),
        block("d", "delivery_promise", "note")
    ])
}

fn store(text: &str) -> Value {
    json!({"id": "bath", "slug": "bath", "name": text, "phone": text, "timezone": "Europe/London",
        "address": {"street": text, "city": text, "postcode": text, "country": "GB"},
        "latitudeE6": 51_381_000, "longitudeE6": -2_359_000, "image": image(text),
        "hours": [{"days": [1, 2, 3, 4, 5, 6], "open": "09:30", "close": "18:00"}], "services": ["gift-wrapping", text]})
}

fn line(text: &str) -> Value {
    json!({"id": "l1", "product": "p1", "slug": "coat", "variant": "v-m-sand", "name": text, "choices": text,
        "image": image(text), "quantity": 2, "price": price(), "total": money(37000), "available": 3})
}

fn cart(text: &str, quantity: u32) -> Value {
    let lines = if quantity == 0 { json!([]) } else { json!([line(text)]) };
    json!({"id": "c1", "lines": lines, "quantity": quantity, "subtotal": money(37000), "total": money(34000),
        "discounts": [{"label": text, "amount": money(3000)}], "codes": [{"code": text, "active": true}],
        "deliveryPrice": money(0)})
}

fn order(text: &str) -> Value {
    json!({"id": "o1", "number": text, "state": "packing", "placedAt": "2026-11-21T10:00:00Z", "lines": [line(text)],
        "quantity": 2, "subtotal": money(37000), "discounts": [{"label": text, "amount": money(3000)}],
        "total": money(34000), "pickup": store(text), "expectedAt": "2026-11-22T10:00:00Z"})
}
