//! Products, lists, categories, orders, customers.

use super::market;
use super::replay::{Answer, Replay, now, recorded};
use crate::adapters::vendure::price::{money, stock};
use crate::error::{Kind, Refusal, Subject};
use crate::model::{
    CartId, Credentials, Currency, CustomerToken, FacetChoice, ListingQuery, Money, OrderId, OrderState,
    ProductId, ProductKey, ProductRef, Sort, StockLevel,
};
use crate::port::Capability;

#[test]
fn a_product_is_read_whole() {
    let (shop, calls) = Replay::of([Answer::recorded("product")]);
    let product =
        now(shop.product(&market("de-DE/EUR"), &ProductKey::Slug("lambswool-stripe-scarf".into()))).unwrap();
    assert_eq!(product.slug, "lambswool-stripe-scarf");
    assert_eq!(product.brand.as_deref(), Some("Brackenfold"));
    assert!(!product.description.contains('<') && !product.summary.is_empty());
    let categories: Vec<_> = product.categories.iter().map(|c| c.slug.as_str()).collect();
    assert!(categories.contains(&"scarves") && !categories.contains(&"fashion"), "{categories:?}");
    let option = product.options.first().unwrap();
    assert_eq!(option.id, "colour");
    assert!(option.values.iter().all(|value| value.swatch.is_some()));
    for variant in &product.variants {
        assert_eq!(variant.price.current.currency, Currency::EUR);
        assert_eq!(variant.choices.len(), 1);
        assert!(variant.stock.quantity.is_some());
    }
    let call = calls.call(0);
    assert_eq!(call.uri(), "https://shop.test/shop-api?languageCode=de&currencyCode=EUR");
    assert_eq!(call.headers()["vendure-token"], "a-channel");
}

#[test]
fn nothing_of_a_visitor_gets_into_a_document() {
    let hostile = "\"}{ x(id:1) } # ../..?a=b&c";
    let ask = |answer: &str, act: &dyn Fn(&dyn crate::Port)| {
        let (shop, calls) = Replay::of([Answer::recorded("facets"), Answer::ok(answer)]);
        act(&*shop);
        for (at, document) in calls.documents().iter().enumerate() {
            assert!(!document.contains("a=b"), "{document}");
            assert_eq!(calls.call(at).uri().path(), "/shop-api");
        }
    };
    let british = market("en-GB/GBP");
    ask("{}", &|shop| drop(now(shop.product(&british, &ProductKey::Slug(hostile.into())))));
    ask("{}", &|shop| drop(now(shop.product(&british, &ProductKey::Id(ProductId::new(hostile))))));
    ask("{}", &|shop| drop(now(shop.order(&british, &OrderId::new(hostile)))));
    let query = ListingQuery {
        category: Some(hostile.into()),
        search: Some(hostile.into()),
        facets: vec![FacetChoice { facet: "colour".into(), value: "moss".into() }],
        ..ListingQuery::default()
    };
    ask("{}", &|shop| drop(now(shop.listing(&british, &query))));
    // A cart's id is a header: what is no token never leaves.
    let (shop, calls) = Replay::of([]);
    let error = now(shop.cart(&british, &CartId::new("x\r\nvendure-token: y"))).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound(Subject::Cart));
    assert!(calls.documents().is_empty());
}

#[test]
fn a_list_is_found_counted_and_shown_in_the_order_of_the_search() {
    let (shop, calls) = Replay::of(["facets", "listing", "cards"].map(Answer::recorded));
    let query = ListingQuery {
        category: Some("knitwear".into()),
        facets: vec![FacetChoice { facet: "colour".into(), value: "charcoal".into() }],
        sort: Some(Sort::Rating),
        page: 1,
        page_size: 2,
        ..ListingQuery::default()
    };
    let list = now(shop.listing(&market("en-GB/GBP"), &query)).unwrap();
    assert_eq!(list.category.as_ref().unwrap().slug, "knitwear");
    let ids: Vec<&str> = list.items.iter().map(|card| card.id.as_str()).collect();
    let mut sorted = ids.clone();
    sorted.sort_by_key(|id| id.parse::<u32>().unwrap());
    // The cards were recorded in reverse.
    assert_eq!(ids, sorted);
    assert_eq!((list.sort, list.sorts.contains(&Sort::Rating)), (Sort::Relevance, false));
    let colour = list.facets.iter().find(|facet| facet.id == "colour").unwrap();
    let selected: Vec<_> = colour.values.iter().filter(|v| v.selected).map(|v| v.id.as_str()).collect();
    assert_eq!(selected, ["charcoal"]);
    assert!(colour.values.len() > 1, "the other colours stay to choose from");
    assert!(list.facets.iter().all(|facet| facet.id != "tag"));
    assert_eq!(calls.names(), ["Facets", "Listing", "Cards"]);
    assert_eq!(calls.variables(1)["f0"]["facetValueFilters"], serde_json::json!([]));
    assert!(calls.variables(1)["input"].get("sort").is_none());
}

#[test]
fn what_a_list_cannot_be_is_said() {
    let british = market("en-GB/GBP");
    let query = ListingQuery {
        facets: vec![FacetChoice { facet: "colour".into(), value: "no-such".into() }],
        ..ListingQuery::default()
    };
    let (shop, _) = Replay::of([Answer::recorded("facets")]);
    let error = now(shop.listing(&british, &query)).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::Invalid { field: "facet.colour".into() }));

    let nothing = r#"{"data":{"found":{"totalItems":0,"items":[],"facetValues":[]},"collection":null}}"#;
    let (shop, calls) = Replay::of([Answer::ok(nothing), Answer::ok(nothing)]);
    let unknown = ListingQuery { category: Some("no-such".into()), ..ListingQuery::default() };
    let error = now(shop.listing(&british, &unknown)).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound(Subject::Category));
    let far = ListingQuery { page: u32::MAX, page_size: u32::MAX, ..ListingQuery::default() };
    assert_eq!(now(shop.listing(&british, &far)).unwrap().total, 0);
    assert_eq!(calls.variables(1)["input"]["skip"], i32::MAX);
    assert_eq!(calls.variables(1)["input"]["take"], 100);
}

#[test]
fn related_products_are_named_first_and_read_then() {
    let british = market("en-GB/GBP");
    let of = ProductRef { id: ProductId::new("elsewhere"), slug: "harbour-trench-coat".into() };
    let (shop, calls) = Replay::of(["related", "cards"].map(Answer::recorded));
    let related = now(shop.related(&british, &of)).unwrap();
    assert_eq!(related.len(), 2);
    assert_eq!(calls.names(), ["Related", "Cards"]);
    assert_eq!(calls.variables(0)["slug"], "harbour-trench-coat");

    let without = r#"{"data":{"product":{"__typename":"Product"}}}"#;
    let (shop, _) = Replay::of([Answer::status(400, recorded("lacking")), Answer::ok(without)]);
    let error = now(shop.related(&british, &of)).unwrap_err();
    assert_eq!(error.kind, Kind::Unsupported(Capability::Related));
}

#[test]
fn a_price_in_another_currency_fails_the_list() {
    let (shop, _) = Replay::of([Answer::recorded("related"), Answer::recorded("cards")]);
    let of = ProductRef { id: ProductId::new("1"), slug: "harbour-trench-coat".into() };
    let error = now(shop.related(&market("de-DE/EUR"), &of)).unwrap_err();
    assert_eq!(error.kind, Kind::BadAnswer);
    assert!(error.detail.contains("GBP"), "{error}");
}

#[test]
fn categories_hang_below_their_department() {
    let (shop, _) = Replay::of([Answer::recorded("categories")]);
    let tree = now(shop.categories(&market("en-GB/GBP"))).unwrap();
    let fashion = tree.first().unwrap();
    assert_eq!((fashion.slug.as_str(), fashion.children.len()), ("fashion", 1));
    assert_eq!(fashion.image.as_ref().unwrap().width, 1200);
}

#[test]
fn an_order_that_vendure_hides_is_not_found() {
    let british = market("en-GB/GBP");
    let (shop, _) = Replay::of([Answer::recorded("order"), Answer::recorded("order_none")]);
    let order = now(shop.order(&british, &OrderId::new("A"))).unwrap();
    assert_eq!((order.state, order.lines.len()), (OrderState::Placed, 1));
    let sum = order.subtotal.amount + order.delivery_price.unwrap().amount
        - order.discounts.iter().map(|discount| discount.amount.amount).sum::<i64>();
    assert_eq!(order.total.amount, sum);
    let error = now(shop.order(&british, &OrderId::new("NOPE"))).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound(Subject::Order));
}

#[test]
fn who_signs_in_gets_one_token_for_customer_and_cart() {
    let british = market("en-GB/GBP");
    let credentials = Credentials { email: "ada@example.test".into(), password: "a-secret".into() };
    let (shop, calls) = Replay::of([
        Answer::recorded("login").with("vendure-auth-token", "fresh"),
        Answer::recorded("login_wrong"),
        Answer::recorded("customer"),
        Answer::recorded("customer_none"),
    ]);
    let signed_in = now(shop.sign_in(&british, &credentials, Some(&CartId::new("old")))).unwrap();
    assert_eq!((signed_in.token.as_str(), signed_in.cart.unwrap().as_str()), ("fresh", "fresh"));
    assert_eq!(calls.call(0).headers()["authorization"], "Bearer old");
    let error = now(shop.sign_in(&british, &credentials, None)).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::BadCredentials));
    assert!(!error.detail.contains("secret"));
    let customer = now(shop.customer(&british, &CustomerToken::new("fresh"))).unwrap();
    assert_eq!((customer.name.as_str(), customer.email.as_str()), ("Ada Finch", "ada@example.test"));
    let error = now(shop.customer(&british, &CustomerToken::new("stale"))).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound(Subject::Customer));
}

#[test]
fn amounts_are_hundredths_in_every_currency() {
    let in_minor = |hundredths, code: &str| money(hundredths, Currency::new(code).unwrap()).amount;
    assert_eq!(in_minor(18_500, "GBP"), 18_500);
    assert_eq!((in_minor(3_640_000, "JPY"), in_minor(150, "JPY"), in_minor(-149, "JPY")), (36_400, 2, -1));
    assert_eq!(in_minor(1_234, "KWD"), 12_340);
    assert_eq!(
        money(i64::MAX, Currency::new("KWD").unwrap()),
        Money::new(i64::MAX, Currency::new("KWD").unwrap())
    );
}

#[test]
fn stock_is_a_number_or_a_word() {
    assert_eq!((stock("2").level, stock("2").quantity), (StockLevel::LowStock, Some(2)));
    assert_eq!((stock("LOW_STOCK").level, stock("LOW_STOCK").quantity), (StockLevel::LowStock, None));
    assert_eq!(stock("OUT_OF_STOCK").level, StockLevel::OutOfStock);
    assert_eq!(stock("IN_STOCK").level, StockLevel::InStock);
}
