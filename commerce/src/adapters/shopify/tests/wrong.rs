//! Answers that no shop should give.

use super::{Replay, kind, market, wait};
use crate::adapters::Settings;
use crate::adapters::shopify::Shopify;
use crate::error::{Error, Kind, Subject};
use crate::model::{ListingQuery, Product, ProductId, ProductKey};
use crate::port::Port;
use serde_json::{Value, json};

fn record(name: &str) -> Value {
    let path = format!("{}/../fixtures/recorded/shopify/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn read(status: u16, body: impl Into<String>) -> Result<Product, Error> {
    let replay = Replay::default().says("Product", status, body).then("Options", "options_of_none");
    wait(replay.shop().product(&market("en-GB/GBP"), &ProductKey::Slug("larder-hamper".into())))
}

/// The hamper with one value changed.
fn with(pointer: &str, value: Value) -> Result<Product, Error> {
    let mut answer = record("product_without_options");
    *answer.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    read(200, answer.to_string())
}

#[test]
fn failures_have_their_kinds() {
    let coded = |code: &str| format!(r#"{{"errors":[{{"message":"","extensions":{{"code":"{code}"}}}}]}}"#);
    let kind = |status, body: String| read(status, body).unwrap_err().kind;
    assert_eq!(kind(401, coded("UNAUTHORIZED")), Kind::Unauthorized);
    assert_eq!(kind(200, coded("ACCESS_DENIED")), Kind::Unauthorized);
    assert_eq!(kind(200, coded("THROTTLED")), Kind::Overloaded { retry_after: None });
    assert_eq!(kind(430, "<html>".into()), Kind::Overloaded { retry_after: None });
    assert_eq!(kind(402, "{}".into()), Kind::Failed { status: 402 });
    assert_eq!(kind(200, coded("GRAPHQL_VALIDATION_FAILED")), Kind::BadAnswer);
    assert_eq!(
        kind(200, r#"{"data":{"product":null,"menu":null}}"#.into()),
        Kind::NotFound(Subject::Product)
    );
    let broken = r#"{"data":{"product":null},"errors":[{"message":"x","path":["product","variants"]}]}"#;
    assert_eq!(kind(200, broken.into()), Kind::BadAnswer, "a failure is not an absence");
}

#[test]
fn what_cannot_be_read_names_its_place() {
    for (pointer, value, place) in [
        ("/data/product/variants/nodes/0/price", Value::Null, "data.product.variants.nodes[0].price"),
        (
            "/data/product/variants/nodes/0/price/amount",
            json!("12.345"),
            "data.product.variants.nodes[0].price",
        ),
        ("/data/product/variants/nodes/0/price/amount", json!(12.3), "data.product.variants.nodes[0].price"),
        ("/data/product/title", json!(["x"]), "data.product.title"),
        ("/data/product/variants", Value::Null, "data.product.variants"),
    ] {
        let error = with(pointer, value).unwrap_err();
        assert_eq!((error.kind.clone(), error.operation), (Kind::BadAnswer, "shopify.product"), "{error}");
        assert!(error.detail.contains(place), "{error}");
    }
    let euros = with("/data/product/variants/nodes/0/price/currencyCode", json!("EUR")).unwrap_err();
    assert!(euros.detail.contains("EUR"), "{euros}");
    for body in ["<!doctype html><p>Be right back", "", "{\"data\":{\"product\":{\"id\":"] {
        assert_eq!(read(200, body).unwrap_err().kind, Kind::BadAnswer, "{body}");
    }
}

#[test]
fn what_can_be_done_without_is_left_out() {
    let product = with("/data/product/images/nodes/0/width", Value::Null).unwrap();
    assert!(product.images.is_empty() && !product.variants.is_empty());
    let product = with("/data/product/attributes/references/nodes/0", json!({ "renamed": 1 })).unwrap();
    assert_eq!(product.attributes.len(), 1);
    let product = with("/data/product/variants/nodes", json!([])).unwrap();
    assert!(product.variants.is_empty(), "it cannot be bought");
    let lower = json!({ "amount": "1.0", "currencyCode": "GBP" });
    let product = with("/data/product/variants/nodes/0/compareAtPrice", lower).unwrap();
    assert_eq!(product.variants[0].price.was, None, "a former price was higher");
    let product = with("/data/product/rating", json!({ "value": "four" })).unwrap();
    assert_eq!(product.rating, None);
    assert!(with("/data/menu", Value::Null).unwrap().categories.len() > 1);
}

#[test]
fn values_stay_in_the_variables() {
    let hostile = "x\"){shop{name}} #";
    let nothing = r#"{"data":{"product":null,"menu":null}}"#;
    let replay = Replay::default().says("Product", 200, nothing).says("Options", 200, nothing);
    let missing = kind(replay.shop().product(&market("en-GB/GBP"), &ProductKey::Slug(hostile.into())));
    assert_eq!(missing, Kind::NotFound(Subject::Product));
    assert_eq!(replay.variables(0)["handle"], hostile);
    for id in ["", "1 or 1=1", "gid://shopify/Order/1", "gid://shopify/Product/1\u{0}", "../1"] {
        let key = ProductKey::Id(ProductId::new(id));
        let missing = kind(Replay::default().shop().product(&market("en-GB/GBP"), &key));
        assert_eq!(missing, Kind::NotFound(Subject::Product), "{id}");
    }
    let replay = Replay::default().says("Collection", 200, r#"{"data":{"collection":null}}"#);
    let query =
        ListingQuery { category: Some(hostile.into()), page: 1, page_size: 5, ..ListingQuery::default() };
    let missing = kind(replay.shop().listing(&market("en-GB/GBP"), &query));
    assert_eq!(missing, Kind::NotFound(Subject::Category));
}

#[test]
fn a_token_tells_its_header() {
    for (token, header) in
        [("shpat_x", "shopify-storefront-private-token"), ("0123", "x-shopify-storefront-access-token")]
    {
        let replay = Replay::default().then("Menu", "menu");
        wait(replay.shop_with(token).categories(&market("en-GB/GBP"))).unwrap();
        assert_eq!(replay.asked.borrow()[0].header, header);
    }
}

#[test]
fn settings_that_cannot_work_name_their_cure() {
    let open = |url: &str, token: &str| {
        let settings = Settings { url: url.into(), token: token.into(), ..Settings::named("shop") };
        Shopify::new(&settings, Box::new(Replay::default())).err().unwrap().detail
    };
    assert!(open("https://shop.test", "").contains("shop_token"));
    assert!(open("shop.test", "shpat_x").contains("shop_url"));
}
