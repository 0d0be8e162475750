//! Recorded answers of a real Vendure (`fixtures/recorded/vendure`) and broken ones, replayed.

mod carts;
mod reads;
mod replay;

use replay::{Answer, Replay, now};

use crate::error::{Error, Kind};
use crate::model::{Market, Product, ProductKey};

fn market(text: &str) -> Market {
    Market::parse(text).unwrap()
}

/// What comes of a product when this is answered.
fn product(answer: Answer) -> Result<Product, Error> {
    let (shop, _) = Replay::of([answer]);
    now(shop.product(&market("de-DE/EUR"), &ProductKey::Slug("lambswool-stripe-scarf".into())))
}

#[test]
fn broken_answers_say_what_is_wrong_and_where() {
    let recorded = replay::recorded("product");
    let broken = |from: &str, to: &str| {
        assert!(recorded.contains(from), "{from}");
        product(Answer::ok(recorded.replacen(from, to, 1))).unwrap_err()
    };
    for (error, kind, said) in [
        (broken("priceWithTax", "price"), Kind::BadAnswer, "missing field `priceWithTax`"),
        (broken("\"currencyCode\": \"EUR\"", "\"currencyCode\": \"USD\""), Kind::BadAnswer, "USD"),
        (broken("\"variants\": [", "\"variants\": 7, \"x\": ["), Kind::BadAnswer, "data.product.variants"),
        (product(Answer::ok("<html>busy</html>")).unwrap_err(), Kind::BadAnswer, "not JSON"),
        (
            product(Answer::ok(recorded.chars().take(900).collect::<String>())).unwrap_err(),
            Kind::BadAnswer,
            "ends too early",
        ),
        (product(Answer::ok(r#"{"data":null}"#)).unwrap_err(), Kind::BadAnswer, "data is null"),
        (
            product(Answer::ok(
                r#"{"errors":[{"message":"boom","path":["product"]}],"data":{"product":null}}"#,
            ))
            .unwrap_err(),
            Kind::BadAnswer,
            "boom",
        ),
        (product(Answer::status(401, "no")).unwrap_err(), Kind::Unauthorized, "401"),
        (product(Answer::status(500, "oh")).unwrap_err(), Kind::Failed { status: 500 }, "500"),
        (
            product(Answer::ok(r#"{"errors":[{"message":"?","extensions":{"code":"CHANNEL_NOT_FOUND"}}]}"#))
                .unwrap_err(),
            Kind::Unauthorized,
            "channel",
        ),
    ] {
        assert_eq!(error.kind, kind, "{error}");
        assert_eq!(error.operation, "vendure.product");
        assert!(error.detail.contains(said), "{said}: {error}");
    }
    let busy = product(Answer::status(429, "").with("retry-after", "7")).unwrap_err();
    assert_eq!(busy.kind, Kind::Overloaded { retry_after: Some(std::time::Duration::from_secs(7)) });
}

#[test]
fn a_broken_optional_part_is_left_out_and_the_rest_stays() {
    let recorded = replay::recorded("product");
    let whole = product(Answer::ok(&recorded)).unwrap();
    let first = "\"width\": 960";
    let fewer = product(Answer::ok(recorded.replacen(first, "\"width\": null", 2))).unwrap();
    assert_eq!(fewer.variants, whole.variants);
    assert_eq!(fewer.images.len() + 1, whole.images.len());
    let (before, after) = recorded.split_once("\"featuredAsset\"").unwrap();
    let bare = format!("{before}\"featuredAsset\": null, \"x\"{after}");
    assert_eq!(product(Answer::ok(bare)).unwrap().images, whole.images);
    let facts =
        product(Answer::ok(recorded.replacen("\"attributes\": \"[", "\"attributes\": \"", 1))).unwrap();
    assert!(facts.attributes.is_empty() && !whole.attributes.is_empty());
    assert_eq!(facts.summary, whole.summary);
}

#[test]
fn a_shop_without_the_custom_fields_is_asked_without_them_and_that_is_remembered() {
    let mut plain: serde_json::Value = serde_json::from_str(&replay::recorded("product")).unwrap();
    plain["data"]["product"].as_object_mut().unwrap().remove("customFields");
    let lacking = || Answer::status(400, replay::recorded("lacking"));
    let (shop, calls) =
        Replay::of([lacking(), Answer::ok(plain.to_string()), Answer::ok(plain.to_string()), lacking()]);
    let key = ProductKey::Slug("lambswool-stripe-scarf".into());
    for _ in 0..2 {
        let product = now(shop.product(&market("de-DE/EUR"), &key)).unwrap();
        assert!(product.summary.is_empty() && product.rating.is_none());
        assert_eq!(product.brand.as_deref(), Some("Brackenfold"));
    }
    let asked: Vec<bool> = calls.documents().iter().map(|d| d.contains("customFields")).collect();
    assert_eq!(asked, [true, false, false]);

    // A field that no shop lacks is still an error with its name.
    let (shop, _) = Replay::of([lacking(), lacking()]);
    let error = now(shop.product(&market("en-GB/GBP"), &key)).unwrap_err();
    assert_eq!(error.kind, Kind::BadAnswer);
    assert!(error.detail.contains("Cannot query field"), "{error}");
}
