//! Recorded answers of a real Medusa 2.21.2 with our catalogue, replayed; and answers that no server should give.

use super::*;
use crate::{
    Address, Contact, Delivery, FacetChoice, LineId, Money, OrderState, ProductId, Refusal, Sort, StockLevel,
    StoreId, VariantId,
};
use bytes::Bytes;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

macro_rules! recorded {
    ($name:literal) => {
        include_str!(concat!("../../../../fixtures/recorded/medusa/", $name, ".json"))
    };
}

/// Gives the answers in their order and keeps what was asked.
struct Replay {
    answers: RefCell<VecDeque<(u16, String)>>,
    asked: Rc<RefCell<Vec<http::Request<Bytes>>>>,
    kept: RefCell<HashMap<String, String>>,
}

impl Upstream for Replay {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        crate::upstream::assert_repeat(&call);
        self.asked.borrow_mut().push(call.request);
        let (status, body) = self.answers.borrow_mut().pop_front().expect("one call too many");
        let response = http::Response::builder().status(status).header("retry-after", "7");
        Box::pin(std::future::ready(Ok(response.body(Bytes::from(body)).unwrap())))
    }

    fn recall(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }

    fn keep(&self, key: &str, value: &str, _: Duration) {
        self.kept.borrow_mut().insert(key.to_owned(), value.to_owned());
    }
}

struct Shop {
    medusa: Medusa,
    asked: Rc<RefCell<Vec<http::Request<Bytes>>>>,
}

fn shop(answers: &[(u16, &str)]) -> Shop {
    let asked = Rc::default();
    let answers = answers.iter().map(|(status, body)| (*status, (*body).to_owned())).collect();
    let replay =
        Replay { answers: RefCell::new(answers), asked: Rc::clone(&asked), kept: RefCell::default() };
    let settings =
        Settings { url: "http://shop.test".into(), token: "pk_test".into(), ..Settings::named("shop") };
    Shop { medusa: Medusa::new(&settings, Box::new(replay)).unwrap(), asked }
}

/// Every answer is there at once.
fn now<T>(mut pending: Pending<'_, T>) -> Result<T, Error> {
    match pending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing to wait for"),
    }
}

impl Shop {
    /// What was asked: method and address without the fields.
    fn said(&self) -> Vec<String> {
        let said = |request: &http::Request<Bytes>| {
            let (path, query) =
                request.uri().path_and_query().unwrap().as_str().split_once('?').unwrap_or_default();
            let query: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("fields=")).collect();
            format!(
                "{} {} {}",
                request.method(),
                if path.is_empty() { request.uri().path() } else { path },
                query.join("&")
            )
        };
        self.asked.borrow().iter().map(|request| said(request).trim_end().to_owned()).collect()
    }

    fn body(&self, at: usize) -> serde_json::Value {
        serde_json::from_slice(self.asked.borrow()[at].body()).unwrap()
    }
}

fn britain() -> Market {
    Market::parse("en-GB/GBP").unwrap()
}

fn pounds(amount: i64) -> Money {
    Money::new(amount, crate::Currency::GBP)
}

const REGIONS: (u16, &str) = (200, recorded!("regions"));
const CART: (u16, &str) = (200, recorded!("cart"));

fn slug(text: &str) -> ProductKey {
    ProductKey::Slug(text.into())
}

fn placement(delivery: Delivery) -> Placement {
    Placement { contact: Contact { name: "Ada M. Finch".into(), email: "ada@example.test".into() }, delivery }
}

fn home() -> Address {
    Address {
        name: String::new(),
        street: "1 Finch Row".into(),
        city: "Leeds".into(),
        postcode: "LS1 0ZZ".into(),
        country: "GB".into(),
    }
}

#[test]
fn a_product_is_read_from_its_fields_and_its_metadata() {
    let shop = shop(&[REGIONS, (200, recorded!("product")), (200, recorded!("product"))]);
    let market = Market::parse("de-GB/GBP").unwrap();
    let product = now(shop.medusa.product(&market, &slug("harbour-trench-coat"))).unwrap();
    assert_eq!(
        (product.name.as_str(), product.brand.as_deref()),
        ("Trenchcoat Harbour", Some("Larkspur & Finch"))
    );
    assert_eq!(product.categories[0].slug, "trench-coats");
    assert_eq!(product.attributes[0].value, "100 % Baumwollgabardine");
    assert_eq!(product.images[0].alt, "Trenchcoat Harbour in Sand");
    let options: Vec<_> = product.options.iter().map(|o| (o.id.as_str(), o.values[0].id.as_str())).collect();
    assert_eq!(options, [("size", "s"), ("colour", "sand")]);
    assert_eq!(product.options[1].values[0].swatch.as_deref(), Some("#c9b08a"));
    let first = &product.variants[0];
    assert_eq!((first.price.current, first.price.was), (pounds(18_500), Some(pounds(23_000))));
    assert_eq!((first.choices[1].value.as_str(), first.stock.quantity), ("sand", Some(12)));
    assert_eq!(product.variants[1].price.was, None);
    // The region is asked for once.
    now(shop.medusa.product(&market, &ProductKey::Id(ProductId::new("a&limit=9/..")))).unwrap();
    let said = shop.said();
    assert_eq!(said[0], "GET /store/regions limit=100");
    assert!(
        said[1].contains("locale=de-GB&region_id=reg_")
            && said[1].contains("&country_code=gb&handle=harbour")
    );
    assert!(said[2].ends_with("&id=a%26limit%3D9%2F..&limit=1"), "{}", said[2]);
    assert!(
        shop.asked.borrow().iter().all(|request| request.headers()["x-publishable-api-key"] == "pk_test")
    );
}

#[test]
fn a_list_is_narrowed_to_a_category_and_all_below_it() {
    let shop = shop(&[REGIONS, (200, recorded!("category")), (200, recorded!("listing"))]);
    let query = ListingQuery {
        category: Some("home".into()),
        search: Some(" mug&limit=1 ".into()),
        sort: Some(Sort::PriceAscending),
        page: 3,
        page_size: 7,
        ..ListingQuery::default()
    };
    let list = now(shop.medusa.listing(&britain(), &query)).unwrap();
    assert_eq!((list.total as usize, list.sort), (list.items.len(), Sort::Relevance));
    assert_eq!(list.category.unwrap().slug, "home");
    assert!(list.items.iter().all(|card| card.image.is_some() && card.price.current.amount > 0));
    let asked = shop.said().pop().unwrap();
    assert!(asked.contains("limit=7&offset=14") && asked.contains("q=mug%26limit%3D1"), "{asked}");
    assert_eq!(asked.matches("pcat_").count(), 5);
    assert!(!asked.contains("order="));
}

#[test]
fn what_is_not_there_is_not_found() {
    let none = r#"{"products":[],"count":0}"#;
    let missing = now(shop(&[REGIONS, (200, none)]).medusa.product(&britain(), &slug("none"))).unwrap_err();
    assert_eq!(missing.kind, Kind::NotFound(Subject::Product));
    let query = ListingQuery { category: Some("none".into()), ..ListingQuery::default() };
    let none = (200, r#"{"product_categories":[]}"#);
    let missing = now(shop(&[REGIONS, none]).medusa.listing(&britain(), &query)).unwrap_err();
    assert_eq!(missing.kind, Kind::NotFound(Subject::Category));
    let no_cart = shop(&[(404, recorded!("no-cart"))]);
    let missing = now(no_cart.medusa.cart(&britain(), &CartId::new("../orders/x"))).unwrap_err();
    assert_eq!(missing.kind, Kind::NotFound(Subject::Cart));
    assert_eq!(no_cart.said(), ["GET /store/carts/..%2Forders%2Fx"]);
    for id in ["", ".", ".."] {
        let missing = now(shop(&[]).medusa.order(&britain(), &OrderId::new(id))).unwrap_err();
        assert_eq!(missing.kind, Kind::NotFound(Subject::Order), "{id}");
    }
    let chosen = vec![FacetChoice { facet: "colour".into(), value: "navy".into() }];
    let query = ListingQuery { facets: chosen, ..ListingQuery::default() };
    let refused = now(shop(&[]).medusa.listing(&britain(), &query)).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused(Refusal::Invalid { field: "facet.colour".into() }));
}

#[test]
fn odd_products_keep_what_can_be_read_and_wrong_ones_name_their_field() {
    let read = |product: &str| {
        let body = format!(r#"{{"products":[{{"id":"p","handle":"h","title":"T",{product}}}]}}"#);
        now(shop(&[REGIONS, (200, &body)]).medusa.product(&britain(), &slug("h")))
    };
    let odd = read(
        r#""subtitle":null,"metadata":null,"tags":null,"options":null,"variants":null,
        "images":[null,{"url":null},{"url":"javascript:x"},{"url":"https://m.test/a.svg"}]"#,
    );
    let odd = odd.unwrap();
    assert_eq!((odd.images.len(), odd.variants.len(), odd.summary.as_str()), (1, 0, ""));
    let price = |price: &str| {
        read(&format!(r#""variants":[{{"id":"v","manage_inventory":true,"calculated_price":{price}}}]"#))
    };
    assert!(price("null").unwrap().variants.is_empty());
    let fine = price(r#"{"currency_code":"gbp","calculated_amount":3.9499999999999997}"#).unwrap();
    assert_eq!(fine.variants[0].price.current, pounds(395));
    assert_eq!(fine.variants[0].stock.level, StockLevel::OutOfStock);
    let lacking = read(r#""variants":[{"id":"v"}]"#).unwrap_err();
    assert!(
        lacking.detail.contains("products[0].variants[0]") && lacking.detail.contains("calculated_price")
    );
    for (wrong, field) in [
        (r#"{"currency_code":"eur","calculated_amount":1}"#, "currency_code is eur"),
        (r#"{"currency_code":"gbp","calculated_amount":"1"}"#, "calculated_amount is not"),
        (r#"{"currency_code":"gbp","calculated_amount":-1}"#, "calculated_amount is negative"),
        (r#"{"currency_code":7,"calculated_amount":1}"#, "currency_code (expected"),
    ] {
        let error = price(wrong).unwrap_err();
        assert_eq!((&error.kind, error.operation), (&Kind::BadAnswer, "medusa.product"));
        assert!(error.detail.contains(field), "{error}");
    }
}

#[test]
fn failures_of_the_server_have_their_kinds() {
    let ask = |status, body: &str| now(shop(&[(status, body)]).medusa.categories(&britain())).unwrap_err();
    assert_eq!(ask(429, "").kind, Kind::Overloaded { retry_after: Some(Duration::from_secs(7)) });
    let key = r#"{"type":"not_allowed","message":"A valid publishable key is required to proceed"}"#;
    assert_eq!(ask(400, key).kind, Kind::Unauthorized);
    assert!(ask(200, "<html>busy").detail.contains("starts with `<html>busy`"));
    assert!(ask(200, r#"{"product_categories":[{"id":"#).detail.contains("ends too early"));
    assert!(ask(200, r#"{"product_categories":7}"#).detail.contains("product_categories"));
    assert_eq!(ask(500, r#"{"type":"unknown_error","message":"x"}"#).kind, Kind::Failed { status: 500 });
    assert_eq!(ask(200, "{}").kind, Kind::BadAnswer);
    let settings = Settings { url: "http://shop.test".into(), ..Settings::named("shop") };
    let replay = Replay { answers: RefCell::default(), asked: Rc::default(), kept: RefCell::default() };
    let keyless = Medusa::new(&settings, Box::new(replay)).err().unwrap();
    assert!(keyless.detail.contains("shop_token is empty"), "{keyless}");
    let yen = Market::parse("ja-JP/KWD").unwrap();
    let nowhere = now(shop(&[REGIONS]).medusa.product(&yen, &slug("x"))).unwrap_err();
    assert!(nowhere.detail.contains("no region of Medusa sells in KWD"), "{nowhere}");
}

#[test]
fn a_cart_adds_up_to_the_penny() {
    let cart = now(shop(&[CART]).medusa.cart(&britain(), &CartId::new("c"))).unwrap();
    assert_eq!((cart.lines.len(), cart.quantity), (2, 2));
    assert_eq!(cart.lines[1].choices, "S, Sand");
    assert_eq!((cart.lines[0].choices.as_str(), cart.lines[1].price.was), ("", Some(pounds(23_000))));
    assert_eq!((cart.codes[0].code.as_str(), cart.codes[0].active, cart.codes.len()), ("WELCOME10", true, 1));
    assert_eq!(cart.delivery, Some(Delivery::Ship { address: None }));
    assert_eq!(cart.delivery_price, Some(pounds(0)));
    let lines: i64 = cart.lines.iter().map(|line| line.total.amount).sum();
    assert_eq!(cart.subtotal, pounds(lines));
    assert_eq!(cart.total.amount, lines - cart.discounts[0].amount.amount);
    // Half a penny is the customer's in both sums.
    let odd = r#"{"cart":{"id":"c","currency_code":"gbp","locale":"en-GB","item_total":26.955,"shipping_total":3.95,
        "original_item_total":29.95,"total":30.904999999999998,"items":[],"shipping_methods":[{}]}}"#;
    let cart = now(shop(&[(200, odd)]).medusa.cart(&britain(), &CartId::new("c"))).unwrap();
    assert_eq!((cart.discounts[0].amount, cart.total), (pounds(300), pounds(3090)));
}

#[test]
fn changes_are_asked_once_and_refusals_are_values() {
    let change = |answers: &[(u16, &str)], change: CartChange| {
        let shop = shop(answers);
        let result = now(shop.medusa.change_cart(&britain(), &CartId::new("cart_secret"), &change));
        if let Err(error) = &result {
            assert!(!error.detail.contains("cart_secret"), "{error}");
        }
        (result.map_err(|error| error.kind), shop.said().len())
    };
    let refused = |refusal| Err(Kind::Refused(refusal));
    let add = |quantity| CartChange::Add { variant: VariantId::new("v"), quantity };
    let code = |code: &str| CartChange::ApplyCode { code: code.into() };
    let remove = CartChange::Remove { line: LineId::new("none") };
    let none = |result: Result<Cart, Kind>| result.map(|_| ());
    let check = |(result, calls): (Result<Cart, Kind>, usize), wanted, times| {
        assert_eq!((none(result), calls), (wanted, times));
    };
    let (left, no_stock) = ((200, r#"{"variant":{"inventory_quantity":3}}"#), (400, recorded!("no-stock")));
    let out_of_stock = |available| refused(Refusal::OutOfStock { available });
    check(change(&[no_stock, left], add(500)), out_of_stock(Some(3)), 2);
    check(change(&[no_stock, (500, "")], add(500)), out_of_stock(None), 2);
    let gone = CartChange::Set { line: LineId::new("gone"), quantity: 9 };
    check(change(&[no_stock, CART], gone), out_of_stock(None), 2);
    check(change(&[(400, recorded!("no-variant"))], add(1)), refused(Refusal::UnknownVariant), 1);
    check(change(&[], add(0)), refused(Refusal::Invalid { field: "quantity".into() }), 0);
    check(change(&[(404, recorded!("no-line"))], remove), refused(Refusal::UnknownLine), 1);
    let dotted = CartChange::Set { line: LineId::new(".."), quantity: 1 };
    check(change(&[], dotted), refused(Refusal::UnknownLine), 0);
    check(
        change(&[(400, recorded!("no-code"))], code("NOPE")),
        refused(Refusal::BadCode { exists: Some(false) }),
        1,
    );
    check(change(&[(400, recorded!("no-code")), CART], code(" welcome10")), Ok(()), 2);
    let back = |code: &str| CartChange::RemoveCode { code: code.into() };
    check(change(&[CART], back("STAY5")), refused(Refusal::BadCode { exists: None }), 1);
    check(change(&[CART, CART], back("welcome10")), Ok(()), 2);
    let conflict = r#"{"type":"conflict","message":"cart_secret is locked"}"#;
    check(change(&[(409, conflict)], add(1)), refused(Refusal::Conflict), 1);
    let broken = r#"{"type":"x","message":"cart_secret and ada@example.test"}"#;
    check(change(&[(500, broken)], add(1)), Err(Kind::Failed { status: 500 }), 1);
}

#[test]
fn a_cart_follows_the_visitor_into_another_market() {
    let euros = recorded!("cart").replace("\"gbp\"", "\"eur\"").replace("\"en-GB\"", "\"de-DE\"");
    let shop = shop(&[CART, REGIONS, (200, &euros)]);
    let market = Market::parse("de-DE/EUR").unwrap();
    let cart = now(shop.medusa.cart(&market, &CartId::new("c"))).unwrap();
    assert_eq!(cart.total.currency, crate::Currency::EUR);
    assert_eq!(shop.body(2)["locale"], "de-DE");
    // One that stays in pounds is no cart of this market.
    let wrong = now(self::shop(&[CART, REGIONS, CART]).medusa.cart(&market, &CartId::new("c"))).unwrap_err();
    assert!(wrong.detail.contains("currency_code is not EUR"), "{wrong}");
}

#[test]
fn a_pickup_names_its_store_in_cart_and_order() {
    let store = StoreId::new("leeds");
    let options = (200, recorded!("shipping-options"));
    let shop = shop(&[options, CART]);
    let pickup = CartChange::ChooseDelivery { delivery: Delivery::Pickup { store } };
    now(shop.medusa.change_cart(&britain(), &CartId::new("c"), &pickup)).unwrap();
    assert_eq!(shop.body(1)["data"]["store"]["store"], "leeds");
    let unknown = CartChange::ChooseDelivery { delivery: Delivery::Pickup { store: StoreId::new("none") } };
    let refused = now(self::shop(&[options]).medusa.change_cart(&britain(), &CartId::new("c"), &unknown));
    assert_eq!(refused.unwrap_err().kind, Kind::Refused(Refusal::Invalid { field: "delivery.store".into() }));
    let order = (200, recorded!("order"));
    let order = now(self::shop(&[order]).medusa.order(&britain(), &OrderId::new("o"))).unwrap();
    let store = order.pickup.unwrap();
    assert_eq!((store.name.as_str(), store.latitude_e6, store.hours.len()), ("Leeds", 53_797_400, 2));
    assert_eq!((order.state, order.delivery_price), (OrderState::Placed, Some(pounds(0))));
}

#[test]
fn checkout_makes_each_step_once() {
    let ship = placement(Delivery::Ship { address: Some(home()) });
    let payment = (200, recorded!("payment"));
    let shop = shop(&[CART, CART, payment, (200, "{}"), (200, recorded!("completed"))]);
    let done = now(shop.medusa.check_out(&britain(), &CartId::new("c"), &ship)).unwrap();
    assert!(matches!(done, Checkout::Placed { order } if order.lines.len() == 2));
    let said = shop.said();
    assert_eq!(said[0], "GET /store/carts/c");
    assert_eq!(
        (said[1].as_str(), said[2].as_str()),
        ("POST /store/carts/c", "POST /store/payment-collections")
    );
    assert!(said[3].ends_with("/payment-sessions") && said[4] == "POST /store/carts/c/complete");
    assert_eq!(shop.body(1)["shipping_address"]["first_name"], "Ada M.");
    let empty = recorded!("cart-new");
    let refused = |answers: &[(u16, &str)], placement: &Placement| {
        now(self::shop(answers).medusa.check_out(&britain(), &CartId::new("c"), placement)).unwrap_err().kind
    };
    assert_eq!(refused(&[(200, empty)], &ship), Kind::Refused(Refusal::EmptyCart));
    let nowhere = placement(Delivery::Ship { address: None });
    assert_eq!(
        refused(&[CART], &nowhere),
        Kind::Refused(Refusal::Invalid { field: "delivery.address".into() })
    );
    let ordered = recorded!("cart").replace("\"completed_at\": null", "\"completed_at\": \"2026-11-21\"");
    assert_eq!(refused(&[(200, &ordered)], &ship), Kind::NotFound(Subject::Cart));
    let unpaid = r#"{"type":"cart","cart":{},"error":{"type":"payment_requires_more_error","message":"x"}}"#;
    let answers = [CART, CART, payment, (200, "{}"), (200, unpaid)];
    assert_eq!(refused(&answers, &ship), Kind::BadAnswer);
}

#[test]
fn a_customer_signs_in_and_takes_the_cart_along() {
    let credentials = Credentials { email: "ada@example.test".into(), password: "hunter2".into() };
    let token = (200, r#"{"token":"eyJsecret"}"#);
    let cart = CartId::new("c");
    let shop = shop(&[token, (200, "{}")]);
    let entered = now(shop.medusa.sign_in(&britain(), &credentials, Some(&cart))).unwrap();
    assert_eq!((entered.token.as_str(), entered.cart.as_ref()), ("eyJsecret", Some(&cart)));
    assert_eq!(shop.asked.borrow()[1].headers()["authorization"], "Bearer eyJsecret");
    let gone = self::shop(&[token, (404, recorded!("no-cart"))]);
    assert_eq!(now(gone.medusa.sign_in(&britain(), &credentials, Some(&cart))).unwrap().cart, None);
    let wrong = r#"{"type":"unauthorized","message":"Invalid email or password"}"#;
    let refused =
        now(self::shop(&[(401, wrong)]).medusa.sign_in(&britain(), &credentials, None)).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused(Refusal::BadCredentials));
    let expired = self::shop(&[(401, wrong), (401, wrong)]);
    let expired = now(expired.medusa.customer(&britain(), &entered.token)).unwrap_err();
    assert_eq!(expired.kind, Kind::NotFound(Subject::Customer));
    let who = r#"{"customer":{"id":"cus","email":"ada@example.test","first_name":"Ada","last_name":"Finch","groups":[{"name":"gold"}]}}"#;
    let known = self::shop(&[(200, who), (200, r#"{"orders":[]}"#)]);
    let customer = now(known.medusa.customer(&britain(), &entered.token)).unwrap();
    assert_eq!((customer.name.as_str(), customer.groups), ("Ada Finch", vec!["gold".to_owned()]));
}
