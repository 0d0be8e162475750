//! The component in a rehearsed world: what it asks of whom, and what it says of it.

use super::answer;
use bytes::Bytes;
use commerce::adapters::plain::Problem;
use http::{Request, Response};
use kit::Edge;
use kit::edge::FetchError;
use kit::rehearsal::{Script, World};
use std::rc::Rc;
use std::time::Duration;

const PRODUCT: &str = r#"{"id":"p","slug":"coat","name":"Coat","variants":[]}"#;
const CART: &str = r#"{"id":"s3cret-cart","lines":[],"quantity":0,"subtotal":{"amount":0,"currency":"GBP"},"total":{"amount":0,"currency":"GBP"}}"#;

fn world(variables: &[(&str, &str)]) -> Rc<World> {
    let world = World::new();
    for (name, value) in variables {
        world.variables.borrow_mut().insert((*name).to_owned(), (*value).to_owned());
    }
    world
}

fn get_within(world: &Rc<World>, path: &str, milliseconds: &str) -> Response<Bytes> {
    let and = if path.contains('?') { '&' } else { '?' };
    let request = Request::get(format!("{path}{and}locale=en-GB&currency=GBP"));
    let request = request.header("headwater-deadline-ms", milliseconds).body(Bytes::new()).unwrap();
    world.run(answer(world.clone(), &request))
}

fn get(world: &Rc<World>, path: &str) -> Response<Bytes> {
    get_within(world, path, "1000")
}

fn problem(response: &Response<Bytes>) -> Problem {
    serde_json::from_slice(response.body()).unwrap()
}

fn asked(world: &World) -> Vec<String> {
    let sent = world.sent.borrow();
    sent.iter().map(|request| format!("{}{}", request.uri().host().unwrap(), request.uri().path())).collect()
}

#[test]
fn the_backend_that_the_variables_name_answers() {
    let world = world(&[]);
    world.answer("/v1/products/coat", 200, PRODUCT);
    let response = get(&world, "/v1/products/coat");
    let told: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!((response.status().as_u16(), &told["name"]), (200, &"Coat".into()));
    assert_eq!(asked(&world), ["shop.test/v1/products/coat"]);
}

#[test]
fn two_backends_are_one_shop() {
    let settings = [("second_parts", "content"), ("second_url", "http://cms.test")];
    let world = world(&settings);
    world.answer("/v1/content", 200, "[]");
    world.answer("/v1/stores", 200, "[]");
    assert_eq!(get(&world, "/v1/content?slot=home_hero").status(), 200);
    assert_eq!(get(&world, "/v1/stores").status(), 200);
    assert_eq!(asked(&world), ["cms.test/v1/content", "shop.test/v1/stores"]);
}

#[test]
fn a_file_beside_a_shop_says_of_when_it_is_and_the_log_which_rows_are_bad() {
    let world = world(&[
        ("second_parts", "stores"),
        ("second_adapter", "batch"),
        ("second_url", "http://files.test"),
        ("second_path", "export"),
        ("second_files", "stores=stores.csv, stock=stock.csv"),
    ]);
    let stores =
        "id,name,city,country,latitude,longitude,timezone\nleeds,Leeds,Leeds,GB,53.8,-1.5,Europe/London\n";
    world.answer("/export/stores.csv", 200, stores);
    let stock = "sku,store,quantity,as_of\nCOAT,leeds,7,2026-11-21T09:40:00Z\nCOAT,leeds,many,\n";
    world.answer("/export/stock.csv", 200, stock);
    let response = get(&world, "/v1/variants/v1/stock?sku=COAT&slug=coat&product=p1");
    let told: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(told[0]["stock"]["quantity"], 7, "{told}");
    assert_eq!(told[0]["stock"]["asOf"], "2026-11-21T09:40:00Z");
    let line =
        "second batch.stock: 1 row left out: line 3, column `quantity`: is not a number of pieces such as 12";
    assert_eq!(*world.lines.borrow(), [line]);
}

#[test]
fn content_of_a_cms_shows_what_the_shop_sells_at_its_price() {
    let world = world(&[
        ("second_parts", "content"),
        ("second_adapter", "strapi"),
        ("second_url", "http://cms.test"),
    ]);
    world.answer(
        "/api/blocks",
        200,
        r#"{"data":[{"key":"new","slot":"home_rail","kind":"rail","title":"New","products":"coat, hat"}],"meta":{}}"#,
    );
    let variants = r#"[{"id":"v","sku":"S","price":{"current":{"amount":1250,"currency":"GBP"}},"stock":{"level":"in_stock"}}]"#;
    world.answer("/v1/products/coat", 200, PRODUCT.replace("[]", variants));
    world.answer("/v1/products/hat", 404, r#"{"code":"not_found","status":404,"title":"No."}"#);
    let response = get(&world, "/v1/content?slot=home_rail");
    let told: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    let products = told[0]["products"].as_array().unwrap();
    assert_eq!((products.len(), &products[0]["price"]["current"]["amount"]), (1, &1250.into()), "{told}");
}

#[test]
fn what_is_wrong_behind_is_told_by_its_kind_and_without_secrets() {
    let settings =
        [("shop_adapter", "shopify"), ("shop_url", "http://shop.test"), ("shop_token", "t0p-s3cret")];
    let world = world(&settings);
    world.answer("/api", 401, "no such t0ken");
    let response = get(&world, "/v1/products/coat");
    let told = problem(&response);
    assert_eq!((response.status().as_u16(), told.code.as_str()), (502, "unauthorized"));
    assert!(told.detail.unwrap().starts_with("shopify.product"));
    assert!(!String::from_utf8_lossy(response.body()).contains("t0p-s3cret"));
}

#[test]
fn a_wrong_setting_names_its_cure() {
    for (name, value, cure) in [
        (
            "shop_adapter",
            "nonsense",
            "set shop_adapter to one of: batch, commercetools, medusa, plain, shopify, strapi, vendure",
        ),
        ("shop_url", "nonsense", "set shop_url to an http: or https: address"),
        ("second_parts", "contents", "`contents` is no part"),
    ] {
        let response = get(&world(&[(name, value), ("second_url", "http://cms.test")]), "/v1/products/coat");
        let told = problem(&response);
        assert_eq!((response.status().as_u16(), told.code.as_str()), (500, "misconfigured"), "{name}");
        assert!(told.detail.as_deref().unwrap().contains(cure), "{name}: {told:?}");
    }
}

#[test]
fn the_askers_deadline_is_its_own() {
    for (said, most) in [("300", 300), ("0", 1), ("99999999999", 30_000), ("-1", 10_000), ("soon", 10_000)] {
        let world = world(&[]);
        world.script("/v1", Script { after: Duration::from_secs(3_600), answer: Err(FetchError::TimedOut) });
        let response = get_within(&world, "/v1/stores", said);
        assert_eq!(
            (response.status().as_u16(), problem(&response).code.as_str()),
            (504, "timed_out"),
            "{said}"
        );
        assert!(world.elapsed() <= Duration::from_millis(most), "{said}: {:?}", world.elapsed());
        assert!(world.elapsed() >= Duration::from_millis(most / 2), "{said}: {:?}", world.elapsed());
    }
}

#[test]
fn the_log_says_who_was_asked_what_and_never_which_cart() {
    let world = world(&[("log_calls", "true")]);
    world.answer("/v1/carts/s3cret-cart", 200, CART);
    assert_eq!(get(&world, "/v1/carts/s3cret-cart").status(), 200);
    assert_eq!(*world.lines.borrow(), ["cart asked plain.cart 200 0 ms"]);
}

#[test]
fn nobody_is_asked_for_what_cannot_be_read() {
    for path in ["/", "/v1/nothing", "/v2/stores", "/v1/listing?page=0", "/v1/capabilities"] {
        let world = world(&[]);
        get(&world, path);
        assert!(world.sent.borrow().is_empty(), "{path}");
    }
}

#[test]
fn each_backend_is_probed_in_each_market() {
    let settings =
        [("second_parts", "content"), ("second_adapter", "medusa"), ("second_url", "http://cms.test")];
    let world = world(&settings);
    world.answer("/v1", 200, r#"{"name":"Test shop"}"#);
    world.answer("/v1/listing", 200, r#"{"items":[],"total":12,"page":1,"pageSize":1,"sort":"relevance"}"#);
    let response = get(&world, "/.well-known/headwater?market=de-DE%2FEUR&market=en-GB%2FGBP");
    let told: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!((&told[0]["name"], &told[0]["markets"][0]["market"]), (&"Test shop".into(), &"de-de".into()));
    assert_eq!(told[0]["markets"].as_array().unwrap().len(), 2);
    assert!(told[1]["fault"].as_str().unwrap().contains("second_token is empty"), "{told}");
    assert_eq!(get(&world, "/.well-known/headwater?market=../").status(), 200);
}

#[test]
fn a_backends_news_are_read_for_the_heads() {
    let world = world(&[("shop_adapter", "plain"), ("shop_news_secret", "hush")]);
    let tell = |proof: &str| {
        let request = Request::post("/v1/news/shop").header("authorization", proof);
        let request = request.body(Bytes::from_static(br#"{"tags":["product:coat"]}"#)).unwrap();
        let told = world.run(answer(world.clone(), &request));
        (told.status().as_u16(), String::from_utf8_lossy(told.body()).into_owned())
    };
    assert_eq!(tell("Bearer hush"), (200, r#"{"tags":["product:coat"]}"#.to_owned()));
    assert_eq!(tell("Bearer wrong").0, 401);
    assert!(super::body_cap("/v1/news/shop") > super::body_cap("/v1/carts"));
}
