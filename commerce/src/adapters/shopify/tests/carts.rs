//! What visitors do.

use super::{Replay, kind, market, wait};
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    Address, Cart, CartChange, CartId, Checkout, Contact, Credentials, CustomerToken, Delivery, LineId,
    Placement, StoreId, VariantId,
};
use crate::port::Port;

const CART: &str = "gid://shopify/Cart/c1?key=k1";

fn change(replay: &Replay, change: CartChange) -> Result<Cart, Error> {
    wait(replay.shop().change_cart(&market("en-GB/GBP"), &CartId::new(CART), &change))
}

fn refusal(replay: &Replay, asked: CartChange) -> Refusal {
    match change(replay, asked).unwrap_err().kind {
        Kind::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn add(quantity: u32) -> CartChange {
    CartChange::Add { variant: VariantId::new("gid://shopify/ProductVariant/7285"), quantity }
}

fn text(replay: &str) -> String {
    let path = format!("{}/../fixtures/recorded/shopify/{replay}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_cart_adds_up() {
    let replay = Replay::default().then("CartAndVariant", "cart_and_variant").then("LinesAdd", "lines_add");
    let cart = change(&replay, add(2)).unwrap();
    assert_eq!((cart.quantity, cart.subtotal.amount, cart.total.amount), (2, 13_000, 13_000));
    assert_eq!((cart.lines[0].choices.as_str(), cart.lines[0].available), ("", Some(6)));
    assert_eq!((cart.delivery, cart.delivery_price), (None, None));
}

#[test]
fn too_many_are_refused_before_anything_is_written() {
    let replay = Replay::default().then("CartAndVariant", "cart_and_variant");
    assert_eq!(refusal(&replay, add(7)), Refusal::OutOfStock { available: Some(6) });
    let plenty = text("cart_and_variant").replace("\"quantityAvailable\": 6", "\"quantityAvailable\": 60");
    let replay = Replay::default().says("CartAndVariant", 200, plenty);
    assert_eq!(refusal(&replay, add(21)), Refusal::QuantityLimit { most: 20 });
    assert_eq!(refusal(&Replay::default(), add(0)), Refusal::Invalid { field: "quantity".into() });
}

#[test]
fn what_shopify_cut_is_put_back() {
    let unknown = text("cart_and_variant").replace("\"quantityAvailable\": 6", "\"quantityAvailable\": null");
    let replay = Replay::default()
        .says("CartAndVariant", 200, unknown)
        .then("LinesAdd", "lines_add_cut")
        .then("LinesUpdate", "lines_add");
    assert_eq!(refusal(&replay, add(9)), Refusal::OutOfStock { available: Some(6) });
    assert_eq!(replay.documents(), ["CartAndVariant", "LinesAdd", "LinesUpdate"]);
    assert_eq!(replay.variables(2)["lines"][0]["quantity"], 0, "the cart was empty");
}

#[test]
fn an_unknown_code_is_taken_out_again() {
    let replay = Replay::default()
        .then("Cart", "cart_with_code")
        .then("CodesUpdate", "code_unknown")
        .then("CodesUpdate", "code_good");
    assert_eq!(
        refusal(&replay, CartChange::ApplyCode { code: "NO-SUCH-CODE".into() }),
        Refusal::BadCode { exists: Some(false) }
    );
    assert_eq!(replay.variables(2)["codes"], serde_json::json!(["WELCOME10"]), "as it was");
}

#[test]
fn a_good_code_is_a_discount() {
    let replay = Replay::default().then("Cart", "cart").then("CodesUpdate", "code_good");
    let cart = change(&replay, CartChange::ApplyCode { code: " welcome10 ".into() }).unwrap();
    assert_eq!((cart.discounts[0].label.as_str(), cart.discounts[0].amount.amount), ("WELCOME10", 1_300));
    assert!(cart.codes[0].active);
    let replay = Replay::default().then("Cart", "cart");
    assert_eq!(
        refusal(&replay, CartChange::RemoveCode { code: "WELCOME10".into() }),
        Refusal::BadCode { exists: None }
    );
}

#[test]
fn a_pickup_is_an_option_and_a_preference() {
    let replay = Replay::default()
        .then("LocationName", "location_name")
        .then("AddressesReplace", "addresses_replace")
        .then("IdentityUpdate", "identity_pickup")
        .then("OptionsSelect", "options_select");
    let store = StoreId::new("gid://shopify/Location/7402");
    let delivery = Delivery::Pickup { store: store.clone() };
    let cart = change(&replay, CartChange::ChooseDelivery { delivery }).unwrap();
    assert_eq!(cart.delivery, Some(Delivery::Pickup { store }));
    assert_eq!(cart.delivery_price.map(|price| price.amount), Some(0));
    let preferred = replay.variables(2)["identity"]["preferences"]["delivery"].clone();
    assert_eq!(preferred["pickupHandle"][0], "gid://shopify/Location/7402");
    let unknown = Delivery::Pickup { store: StoreId::new("leeds") };
    let refused = refusal(&Replay::default(), CartChange::ChooseDelivery { delivery: unknown });
    assert_eq!(refused, Refusal::Invalid { field: "delivery.store".into() });
}

#[test]
fn shipping_free_by_code_costs_nothing() {
    let free = text("addresses_replace").replacen(
        "\"discountAllocations\": [",
        "\"discountAllocations\": [{\"targetType\":\"SHIPPING_LINE\",\"code\":\"WELCOME10\",\
         \"discountedAmount\":{\"amount\":\"3.95\",\"currencyCode\":\"GBP\"}},",
        1,
    );
    let free = free.replacen("\"amount\": \"0.0\"", "\"amount\": \"3.95\"", 1);
    let replay =
        Replay::default().says("AddressesReplace", 200, free.clone()).says("IdentityUpdate", 200, free);
    let cart = change(&replay, CartChange::ChooseDelivery { delivery: Delivery::Ship { address: None } });
    let cart = cart.unwrap();
    assert_eq!(cart.delivery, Some(Delivery::Ship { address: None }));
    assert_eq!(cart.delivery_price.map(|price| price.amount), Some(0));
    assert_eq!(cart.discounts.len(), 1, "shipping is not told twice");
}

#[test]
fn an_address_must_be_one() {
    let good = Address {
        name: "Ada Finch".into(),
        street: "1 Finch Row".into(),
        city: "Leeds".into(),
        postcode: "LS1 0ZZ".into(),
        country: "GB".into(),
    };
    for (field, address) in [
        ("street", Address { street: " ".into(), ..good.clone() }),
        ("postcode", Address { postcode: String::new(), ..good.clone() }),
        ("country", Address { country: "gb".into(), ..good.clone() }),
    ] {
        let delivery = Delivery::Ship { address: Some(address) };
        let refused = refusal(&Replay::default(), CartChange::ChooseDelivery { delivery });
        assert_eq!(refused, Refusal::Invalid { field: format!("delivery.address.{field}") });
    }
    let message = "Value \\\"QQ\\\" does not exist in CountryCode at countryCode";
    let answer = format!("{{\"errors\":[{{\"message\":\"{message}\"}}]}}");
    let replay = Replay::default().says("AddressesReplace", 200, answer);
    let delivery = Delivery::Ship { address: Some(Address { country: "QQ".into(), ..good }) };
    let refused = refusal(&replay, CartChange::ChooseDelivery { delivery });
    assert_eq!(refused, Refusal::Invalid { field: "delivery.address.country".into() });
}

#[test]
fn a_cart_of_another_market_is_moved() {
    let replay = Replay::default().then("Cart", "cart").then("IdentityUpdate", "identity_moved");
    let cart = wait(replay.shop().cart(&market("de-DE/EUR"), &CartId::new(CART))).unwrap();
    assert_eq!(cart.total.currency, crate::Currency::EUR);
    assert_eq!(replay.variables(1)["identity"]["countryCode"], "DE");
}

#[test]
fn a_checkout_is_handed_over() {
    let placement = Placement {
        contact: Contact { name: "Ada Finch".into(), email: "nobody".into() },
        delivery: Delivery::Ship { address: None },
    };
    let (cart, market) = (CartId::new(CART), market("en-GB/GBP"));
    let created: serde_json::Value = serde_json::from_str(&text("cart_create")).unwrap();
    let body = serde_json::json!({ "data": { "cart": created["data"]["done"]["cart"] } });
    let replay = Replay::default().says("Cart", 200, body.to_string());
    let refused = kind(replay.shop().check_out(&market, &cart, &placement));
    assert_eq!(refused, Kind::Refused(Refusal::EmptyCart));

    let to = |last: &str| {
        Replay::default()
            .then("Cart", "cart")
            .then("AddressesReplace", "addresses_replace")
            .then("IdentityUpdate", last)
    };
    let replay = to("identity_refused");
    let refused = kind(replay.shop().check_out(&market, &cart, &placement));
    assert_eq!(refused, Kind::Refused(Refusal::Invalid { field: "contact.email".into() }));

    let replay = to("addresses_replace");
    let done = wait(replay.shop().check_out(&market, &cart, &placement)).unwrap();
    let Checkout::Handover { url } = done else { panic!("{done:?}") };
    assert!(url.starts_with("https://larkspur.test/cart/c/"), "{url}");
    assert_eq!(replay.variables(2)["identity"]["email"], "nobody");
}

#[test]
fn hostile_ids_ask_nobody() {
    let (shop, market) = (Replay::default().shop(), market("en-GB/GBP"));
    for hostile in
        ["", "no-such-cart", "gid://shopify/Cart/", "gid://shopify/Product/1", "gid://shopify/Cart/1\"}"]
    {
        let gone = kind(shop.cart(&market, &CartId::new(hostile)));
        assert_eq!(gone, Kind::NotFound(Subject::Cart), "{hostile}");
        let line = CartChange::Remove { line: LineId::new(hostile) };
        assert_eq!(refusal(&Replay::default(), line), Refusal::UnknownLine, "{hostile}");
        let variant = CartChange::Add { variant: VariantId::new(hostile), quantity: 1 };
        assert_eq!(refusal(&Replay::default(), variant), Refusal::UnknownVariant, "{hostile}");
    }
}

#[test]
fn an_unknown_line_is_told_without_the_carts_secret() {
    let replay = Replay::default().then("LinesRemove", "line_unknown");
    let line = LineId::new("gid://shopify/CartLine/0?cart=c1");
    let error = change(&replay, CartChange::Remove { line }).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::UnknownLine));
    assert!(!error.to_string().contains("gid:"), "{error}");
}

#[test]
fn ada_signs_in_and_nobody_else() {
    let credentials = Credentials { email: "ada@example.test".into(), password: "secret-words".into() };
    let market = market("en-GB/GBP");
    let replay = Replay::default().then("SignIn", "sign_in_wrong");
    let error = wait(replay.shop().sign_in(&market, &credentials, None)).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::BadCredentials));
    assert!(!error.to_string().contains("secret-words"));

    let replay = Replay::default().then("SignIn", "sign_in").then("IdentityUpdate", "identity_pickup");
    let signed_in = wait(replay.shop().sign_in(&market, &credentials, Some(&CartId::new(CART)))).unwrap();
    assert_eq!(replay.variables(1)["identity"]["customerAccessToken"], signed_in.token.as_str());
    assert!(signed_in.cart.is_some());

    let replay = Replay::default().then("Customer", "customer");
    let ada = wait(replay.shop().customer(&market, &signed_in.token)).unwrap();
    assert_eq!((ada.name.as_str(), ada.email.as_str()), ("Ada Finch", "ada@example.test"));
    let replay = Replay::default().says("Customer", 200, r#"{"data":{"customer":null}}"#);
    let stranger = kind(replay.shop().customer(&market, &CustomerToken::new("old")));
    assert_eq!(stranger, Kind::NotFound(Subject::Customer));
}

#[test]
fn orders_of_a_customer_are_read() {
    let money = |amount: &str| serde_json::json!({ "amount": amount, "currencyCode": "JPY" });
    let order = serde_json::json!({
        "id": "gid://shopify/Order/1?key=k", "name": "#1001", "processedAt": "2026-10-01T09:00:00Z",
        "canceledAt": null, "fulfillmentStatus": "FULFILLED", "subtotalPrice": money("2400.0"),
        "totalShippingPrice": money("700.0"), "totalPrice": money("3100.0"),
        "lineItems": { "nodes": [
            { "title": "Mug", "quantity": 2, "originalTotalPrice": money("2400.0"),
              "discountedTotalPrice": money("2400.0"), "variant": {
                "id": "gid://shopify/ProductVariant/2", "title": "Blue", "selectedOptions": [{ "value": "Blue" }],
                "price": money("9999.0"), "product": { "id": "gid://shopify/Product/3", "handle": "mug",
                "featuredImage": null } } },
            { "title": "Gone", "quantity": 1, "originalTotalPrice": money("1.0"),
              "discountedTotalPrice": money("1.0"), "variant": null },
        ] },
    });
    let body = serde_json::json!({ "data": { "customer": { "id": "gid://shopify/Customer/1",
        "displayName": "Ada", "email": null, "tags": null, "numberOfOrders": "12", "acceptsMarketing": true,
        "orders": { "nodes": [order] } } } });
    let replay = Replay::default().says("Customer", 200, body.to_string());
    let ada = wait(replay.shop().customer(&market("en-GB/GBP"), &CustomerToken::new("t"))).unwrap();
    assert_eq!((ada.order_count, ada.subscriber), (Some(12), Some(true)), "more than are listed");
    let order = &ada.orders.unwrap()[0];
    assert_eq!((order.number.as_str(), order.state), ("#1001", crate::OrderState::Shipped));
    assert_eq!((order.total.amount, order.total.currency), (3_100, crate::Currency::JPY));
    assert_eq!(order.lines.len(), 1, "what is no longer sold is left out");
    assert_eq!((order.lines[0].price.current.amount, order.lines[0].choices.as_str()), (1_200, "Blue"));
}
