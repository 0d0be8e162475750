//! A project that fails, and tokens that end.

use super::project::{Project, changed, market, recorded, run};
use crate::adapters::commercetools::Commercetools;
use crate::adapters::registry::Settings;
use crate::error::{Error, Kind};
use crate::model::{CartId, ProductKey};
use crate::port::Port;
use serde_json::json;
use std::time::Duration;

const PRODUCT: &str = "GET /shop/product-projections";
const TOKEN: &str = "POST /oauth/token";

fn product(project: &Project) -> Result<crate::model::Product, Error> {
    run(project.port().product(&market(), &ProductKey::Slug("harbour-trench-coat".into())))
}

fn answered(status: u16, body: &str) -> Error {
    product(&Project::new().instead(PRODUCT, status, body.to_owned())).unwrap_err()
}

#[test]
fn settings_that_are_missing_are_named() {
    let full = Settings {
        url: "https://api.test".into(),
        auth_url: "https://auth.test".into(),
        project: "shop".into(),
        client_id: "id".into(),
        client_secret: "secret".into(),
        ..Settings::named("shop")
    };
    for name in ["url", "auth_url", "project", "client_id", "client_secret"] {
        let mut settings = full.clone();
        for (known, value) in settings.fields() {
            if known == name {
                value.clear();
            }
        }
        let error = Commercetools::new(&settings, Box::new(Project::new())).err().unwrap();
        assert!(error.detail.contains(&format!("shop_{name}")), "{name}: {error}");
    }
}

#[test]
fn a_token_is_fetched_once_and_anew_when_it_has_ended() {
    let project = Project::new();
    product(&project).unwrap();
    product(&project).unwrap();
    assert_eq!(project.count(TOKEN), 1, "kept, and one for calls that are made at once");

    let ended = json!({ "errors": [{ "code": "invalid_token", "message": "x" }] }).to_string();
    let once = Project::new().instead(PRODUCT, 401, ended.clone()).with(PRODUCT, 200, recorded("product"));
    product(&once).unwrap();
    assert_eq!(once.count(PRODUCT), 2);

    let ever = Project::new().instead(PRODUCT, 401, ended);
    assert_eq!(product(&ever).unwrap_err().kind, Kind::Unauthorized);
    assert_eq!(ever.count(PRODUCT), 2, "once and no more");
}

#[test]
fn credentials_that_are_not_accepted_are_the_operators_concern() {
    let no = json!({ "errors": [{ "code": "invalid_client" }], "error": "invalid_client" }).to_string();
    for status in [400, 401] {
        let error = product(&Project::new().instead(TOKEN, status, no.clone())).unwrap_err();
        assert_eq!(error.kind, Kind::Unauthorized, "{status}");
        assert!(error.detail.contains("invalid_client") && !error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn failures_keep_their_kind() {
    assert_eq!(answered(429, "").kind, Kind::Overloaded { retry_after: Some(Duration::from_secs(7)) });
    assert_eq!(answered(503, "<html>busy").kind, Kind::Overloaded { retry_after: None });
    assert_eq!(answered(500, "{}").kind, Kind::Failed { status: 500 });
    assert_eq!(answered(504, "").kind, Kind::TimedOut);
    let scope = json!({ "errors": [{ "code": "insufficient_scope" }] }).to_string();
    assert_eq!(answered(403, &scope).kind, Kind::Unauthorized);
}

#[test]
fn what_cannot_be_read_names_its_field() {
    let whole = recorded("product");
    let cut = whole.get(..whole.len() / 2).unwrap();
    for (body, said) in [
        ("<html>hello", "not JSON"),
        (cut, "ends too early"),
        (r#"{"results":[{"id":7}]}"#, "results[0].id"),
        (r#"{"products":[]}"#, "results"),
    ] {
        let error = answered(200, body);
        assert_eq!(
            (error.kind.clone(), error.operation),
            (Kind::BadAnswer, "commercetools.product"),
            "{error}"
        );
        assert!(error.detail.contains(said), "{error}");
    }
    let renamed = changed("product", |page| {
        page["results"][0]["masterVariant"]["price"] = json!({ "amount": 1 });
    });
    assert!(answered(200, &renamed).detail.contains("value"), "the price's field");
    let float = changed("product", |page| {
        page["results"][0]["masterVariant"]["price"]["value"]["centAmount"] = json!(185.5);
    });
    assert_eq!(answered(200, &float).kind, Kind::BadAnswer, "money is whole");
}

#[test]
fn prices_of_other_money_are_not_shown() {
    let euro = changed("product", |page| {
        page["results"][0]["masterVariant"]["price"]["value"]["currencyCode"] = json!("EUR");
        page["results"][0]["masterVariant"]["price"]["discounted"] = json!(null);
    });
    let error = answered(200, &euro);
    assert_eq!(error.kind, Kind::BadAnswer);
    assert!(error.detail.contains("EUR"), "{error}");
}

#[test]
fn nothing_broken_is_kept() {
    let project = Project::new().instead("GET /shop/product-types", 200, "<html>busy").with(
        "GET /shop/product-types",
        200,
        recorded("product-types"),
    );
    assert_eq!(product(&project).unwrap_err().kind, Kind::BadAnswer);
    product(&project).unwrap();
}

#[test]
fn a_cart_with_broken_sums_is_not_shown() {
    let cart: serde_json::Value = serde_json::from_str(&recorded("cart")).unwrap();
    let id = CartId::new(cart["id"].as_str().unwrap());
    let huge = changed("cart", |cart| {
        cart["lineItems"][0]["price"]["value"]["centAmount"] = json!(i64::MAX);
        cart["lineItems"][0]["price"]["discounted"] = json!(null);
    });
    let project = Project::new().with(&format!("GET /shop/carts/{id}"), 200, huge);
    let error = run(project.port().cart(&market(), &id)).unwrap_err();
    assert_eq!((error.kind, error.operation), (Kind::BadAnswer, "commercetools.cart"));
    assert!(error.detail.contains("lineItems"), "{}", error.detail);
}
