//! Carts, orders and customers.

use super::project::{Project, changed, left, market, recorded, run};
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    Cart, CartChange, CartId, Checkout, Contact, Credentials, CustomerToken, Delivery, LineId, Market, Order,
    OrderId, OrderState, Placement, StoreId, VariantId,
};
use crate::port::Port;
use serde_json::{Value, json};

fn value(name: &str) -> Value {
    serde_json::from_str(&recorded(name)).unwrap()
}

fn id() -> CartId {
    CartId::new(value("cart")["id"].as_str().unwrap())
}

fn path() -> String {
    format!("/shop/carts/{}", id())
}

/// A project with the recorded cart.
fn with_cart() -> Project {
    Project::new().with(&format!("GET {}", path()), 200, recorded("cart")).with(
        &format!("POST {}", path()),
        200,
        recorded("cart"),
    )
}

fn change(project: &Project, change: CartChange) -> Result<Cart, Error> {
    run(project.port().change_cart(&market(), &id(), &change))
}

fn add(sku: &str, quantity: u32) -> CartChange {
    CartChange::Add { variant: VariantId::new(sku), quantity }
}

fn line() -> LineId {
    LineId::new(value("cart")["lineItems"][0]["id"].as_str().unwrap())
}

fn actions(project: &Project) -> Value {
    project.sent(&format!("POST {}", path()))["actions"].clone()
}

#[test]
fn a_cart_adds_up_with_code_and_delivery() {
    let cart = run(with_cart().port().cart(&market(), &id())).unwrap();
    let first = &cart.lines[0];
    assert_eq!((first.slug.as_str(), first.choices.as_str()), ("harbour-trench-coat", "S, Navy"));
    assert_eq!((first.total.amount, cart.subtotal.amount), (37_000, 37_000), "before the reductions");
    assert_eq!(first.available, Some(7));
    assert_eq!(cart.discounts.len(), 1);
    assert_eq!(
        (cart.discounts[0].label.as_str(), cart.discounts[0].amount.amount),
        ("WELCOME10: 10% off", 3_700)
    );
    assert_eq!((cart.codes[0].code.as_str(), cart.codes[0].active), ("WELCOME10", true));
    assert_eq!((cart.delivery_price.map(|price| price.amount), cart.total.amount), (Some(0), 33_300));
    let Some(Delivery::Ship { address: Some(address) }) = cart.delivery else {
        panic!("{:?}", cart.delivery)
    };
    assert_eq!((address.name.as_str(), address.street.as_str()), ("Ada Finch", "1 Finch Row"));
}

#[test]
fn a_new_cart_is_of_the_markets_money() {
    let project = Project::new().with("POST /shop/carts", 201, recorded("cart-new"));
    let cart = run(project.port().create_cart(&market())).unwrap();
    assert_eq!((cart.quantity, cart.total.amount, cart.delivery), (0, 0, None));
    let draft = project.sent("POST /shop/carts");
    assert_eq!((&draft["currency"], &draft["country"]), (&json!("GBP"), &json!("GB")));
}

#[test]
fn a_write_names_the_version_that_was_read() {
    let project = with_cart();
    change(&project, add("LF-1001-S-NAVY", 1)).unwrap();
    let sent = project.sent(&format!("POST {}", path()));
    assert_eq!(sent["version"], value("cart")["version"]);
    assert_eq!(sent["actions"], json!([{ "action": "addLineItem", "sku": "LF-1001-S-NAVY", "quantity": 1 }]));
    change(&project, CartChange::RemoveCode { code: " welcome10".into() }).unwrap();
    assert_eq!(
        actions(&project)[0]["discountCode"]["id"],
        value("cart")["discountCodes"][0]["discountCode"]["id"]
    );
}

#[test]
fn a_conflict_is_read_anew_and_tried_once_more_and_then_told() {
    let post = format!("POST {}", path());
    let once = Project::new()
        .with(&format!("GET {}", path()), 200, changed("cart", |cart| cart["version"] = json!(1)))
        .with(&format!("GET {}", path()), 200, changed("cart", |cart| cart["version"] = json!(2)))
        .with(&post, 409, recorded("conflict"))
        .with(&post, 200, recorded("cart"));
    change(&once, add("LF-1001-S-NAVY", 1)).unwrap();
    assert_eq!((once.count(&post), &once.sent(&post)["version"]), (2, &json!(2)), "of the fresh version");

    let ever = Project::new().with(&format!("GET {}", path()), 200, recorded("cart")).with(
        &post,
        409,
        recorded("conflict"),
    );
    let error = change(&ever, add("LF-1001-S-NAVY", 1)).unwrap_err();
    assert_eq!((error.kind, ever.count(&post)), (Kind::Refused(Refusal::Conflict), 2));
}

#[test]
fn a_failed_write_is_not_repeated() {
    for status in [500, 502, 503, 504, 429] {
        let post = format!("POST {}", path());
        let project = with_cart().instead(&post, status, "busy");
        assert!(change(&project, add("LF-1001-S-NAVY", 1)).is_err());
        assert_eq!(project.count(&post), 1, "{status}");
    }
}

#[test]
fn more_than_there_is_is_refused_before_the_write() {
    let project = with_cart();
    let kind = |wanted| change(&project, wanted).unwrap_err().kind;
    // Seven are left and two of them are in the cart.
    assert_eq!(kind(add("LF-1001-S-NAVY", 6)), Kind::Refused(Refusal::OutOfStock { available: Some(7) }));
    let set = CartChange::Set { line: line(), quantity: 8 };
    assert_eq!(kind(set), Kind::Refused(Refusal::OutOfStock { available: Some(7) }));
    assert_eq!(kind(CartChange::Remove { line: LineId::new("x") }), Kind::Refused(Refusal::UnknownLine));
    assert_eq!(
        kind(CartChange::RemoveCode { code: "X".into() }),
        Kind::Refused(Refusal::BadCode { exists: None })
    );
    assert_eq!(project.count(&format!("POST {}", path())), 0);

    let project = with_cart().instead("GET /shop/inventory", 200, left(500));
    let error = change(&project, add("LF-1001-S-NAVY", 19)).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::QuantityLimit { most: 20 }));
}

#[test]
fn business_errors_are_refusals_in_whatever_dress() {
    let refused = |name: &str, wanted: CartChange| {
        let project = with_cart().instead(&format!("POST {}", path()), 400, recorded(name));
        change(&project, wanted).unwrap_err()
    };
    let code = || CartChange::ApplyCode { code: "NO-SUCH".into() };
    assert_eq!(refused("bad-code", code()).kind, Kind::Refused(Refusal::BadCode { exists: Some(false) }));
    assert!(!refused("bad-code", code()).detail.contains("NO-SUCH"), "what was typed is not told");
    let set = CartChange::Set { line: line(), quantity: 3 };
    assert_eq!(refused("above-limit", set).kind, Kind::Refused(Refusal::QuantityLimit { most: 20 }));
    let general = json!({ "errors": [{ "code": "General", "message": "no such SKU" }] }).to_string();
    let project = with_cart().instead(&format!("POST {}", path()), 400, general);
    assert_eq!(change(&project, add("x", 1)).unwrap_err().kind, Kind::Refused(Refusal::UnknownVariant));
}

#[test]
fn a_cart_that_is_gone_ordered_or_of_other_money_is_not_found() {
    let gone = Kind::NotFound(Subject::Cart);
    let get = format!("GET {}", path());
    let read = |project: Project, market: &str| {
        run(project.port().cart(&Market::parse(market).unwrap(), &id())).unwrap_err()
    };
    let missing = read(Project::new().with(&get, 404, recorded("not-found")), "en-GB/GBP");
    assert_eq!(missing.kind, gone);
    assert!(!missing.detail.contains(id().as_str()), "a cart's id opens it");
    let ordered = changed("cart", |cart| cart["cartState"] = json!("Ordered"));
    assert_eq!(read(Project::new().with(&get, 200, ordered), "en-GB/GBP").kind, gone);
    assert_eq!(read(with_cart(), "de-DE/EUR").kind, gone);
    for hostile in ["no-such-cart", "../orders", ""] {
        let project = Project::new();
        assert_eq!(run(project.port().cart(&market(), &CartId::new(hostile))).unwrap_err().kind, gone);
        assert!(!project.paths().iter().any(|path| path.contains("carts")), "{hostile}");
    }
    let gateway = Project::new().with(&get, 404, "<html>nothing here</html>");
    assert_eq!(read(gateway, "en-GB/GBP").kind, Kind::Failed { status: 404 }, "an outage, not an empty cart");
}

#[test]
fn a_pickup_is_a_method_and_a_reference() {
    let channel = value("channels")["results"][0].clone();
    let store = channel["id"].as_str().unwrap().to_owned();
    let project = with_cart().with(&format!("GET /shop/channels/{store}"), 200, channel.to_string());
    let pickup = |store: &str| CartChange::ChooseDelivery {
        delivery: Delivery::Pickup { store: StoreId::new(store) },
    };
    change(&project, pickup(&store)).unwrap();
    let sent = actions(&project);
    assert_eq!(sent[0]["address"]["city"], "London");
    let methods = value("shipping-methods");
    let method = methods["results"].as_array().unwrap().iter().find(|m| m["key"] == "pickup").unwrap();
    assert_eq!(sent[1]["shippingMethod"]["id"], method["id"]);
    assert_eq!(sent[2]["fields"]["pickup-store"]["id"], json!(store));
    let error = change(&project, pickup("../carts")).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::Invalid { field: "delivery.store".into() }));
}

fn placement(delivery: Delivery) -> Placement {
    Placement { contact: Contact { name: "Ada Finch".into(), email: "ada@example.test".into() }, delivery }
}

fn shipped() -> Placement {
    placement(Delivery::Ship {
        address: Some(crate::model::Address {
            name: String::new(),
            street: "1 Finch Row".into(),
            city: "Leeds".into(),
            postcode: "LS1 0ZZ".into(),
            country: "GB".into(),
        }),
    })
}

fn place(project: &Project, placement: &Placement) -> Result<Order, Error> {
    match run(project.port().check_out(&market(), &id(), placement))? {
        Checkout::Placed { order } => Ok(order),
        Checkout::Handover { .. } => panic!("a handover"),
    }
}

#[test]
fn an_order_is_of_the_version_that_was_prepared_and_is_placed_once() {
    let project = with_cart().with("POST /shop/orders", 201, recorded("order"));
    let order = place(&project, &shipped()).unwrap();
    assert_eq!((order.total.amount, order.state), (33_300, OrderState::Placed));
    assert_eq!(order.lines[0].available, None);
    assert_eq!(project.sent("POST /shop/orders")["version"], value("cart")["version"]);
    assert_eq!(
        actions(&project)[1]["address"]["lastName"],
        "Finch",
        "the contact's, when the address has none"
    );

    let conflict = with_cart().with("POST /shop/orders", 409, recorded("conflict"));
    assert_eq!(place(&conflict, &shipped()).unwrap_err().kind, Kind::Refused(Refusal::Conflict));
    assert_eq!(conflict.count("POST /shop/orders"), 1, "the visitor has not seen what changed");

    let short = json!({ "errors": [{ "code": "OutOfStock", "lineItems": [], "skus": [] }] }).to_string();
    let short = with_cart().with("POST /shop/orders", 400, short);
    assert_eq!(
        place(&short, &shipped()).unwrap_err().kind,
        Kind::Refused(Refusal::OutOfStock { available: None })
    );
}

#[test]
fn a_placement_that_no_parcel_could_follow_is_refused() {
    let project = with_cart();
    let field = |placement: &Placement| match place(&project, placement).unwrap_err().kind {
        Kind::Refused(Refusal::Invalid { field }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(&placement(Delivery::Ship { address: None })), "delivery.address");
    let mut nobody = shipped();
    nobody.contact.email = "ada".into();
    assert_eq!(field(&nobody), "contact.email");
    let empty = changed("cart", |cart| cart["lineItems"] = json!([]));
    let project = with_cart().instead(&format!("GET {}", path()), 200, empty);
    assert_eq!(place(&project, &shipped()).unwrap_err().kind, Kind::Refused(Refusal::EmptyCart));
}

#[test]
fn an_orders_way_is_told() {
    let order = OrderId::new(value("order")["id"].as_str().unwrap());
    let state = |state: &str, shipment: Value| {
        let body = changed("order", |order| {
            order["orderState"] = json!(state);
            order["shipmentState"] = shipment;
        });
        let project = Project::new().with(&format!("GET /shop/orders/{order}"), 200, body);
        run(project.port().order(&market(), &order)).unwrap().state
    };
    assert_eq!(state("Open", json!(null)), OrderState::Placed);
    assert_eq!(state("Confirmed", json!("Pending")), OrderState::Packing);
    assert_eq!(state("Confirmed", json!("Shipped")), OrderState::Shipped);
    assert_eq!(state("Cancelled", json!("Shipped")), OrderState::Cancelled);
    assert_eq!(state("Complete", json!(null)), OrderState::Delivered);
}

#[test]
fn a_wrong_password_is_refused_and_a_token_that_opens_nothing_is_nobody() {
    let credentials = Credentials { email: "ada@example.test".into(), password: "wrong&scope=x".into() };
    let path = "POST /oauth/shop/customers/token";
    let project = Project::new().with(path, 400, recorded("bad-credentials"));
    let error = run(project.port().sign_in(&market(), &credentials, None)).unwrap_err();
    assert_eq!(error.kind, Kind::Refused(Refusal::BadCredentials));
    assert!(!error.to_string().contains("wrong&") && !error.to_string().contains("ada@"));

    let unknown = json!({ "errors": [{ "code": "invalid_token" }] }).to_string();
    let project =
        Project::new().with("GET /shop/me", 401, unknown.clone()).with("GET /shop/me/orders", 401, unknown);
    for token in ["no-such-token", "a\r\nb", ""] {
        let error = run(project.port().customer(&market(), &CustomerToken::new(token))).unwrap_err();
        assert_eq!(error.kind, Kind::NotFound(Subject::Customer), "{token:?}");
    }
}

#[test]
fn a_customer_is_asked_with_their_own_token_and_their_cart_comes_along() {
    let cart = json!({ "customer": {}, "cart": { "id": "c-2" } }).to_string();
    let me = json!({ "id": "u", "email": "ada@example.test", "firstName": "Ada", "lastName": "Finch",
        "customerGroup": { "typeId": "customer-group", "id": "g", "obj": { "name": "Gold", "key": "loyalty-gold" } } });
    let orders = json!({ "results": [value("order")], "total": 14 });
    let wish =
        |id: &str, at: &str| json!({ "productId": id, "addedAt": format!("2026-01-{at}T00:00:00.000Z") });
    let coat = value("product")["results"][0]["id"].as_str().unwrap().to_owned();
    let lists = json!({ "results": [
        { "lineItems": [wish("gone", "03"), wish(&coat, "01")] },
        { "lineItems": [wish(&coat, "02")] },
        {},
    ] });
    let project = Project::new()
        .with("GET /shop/shopping-lists", 200, lists.to_string())
        .with("POST /oauth/shop/customers/token", 200, r#"{"access_token":"hers","expires_in":9}"#)
        .with("POST /shop/login", 200, cart)
        .with("GET /shop/me", 200, me.to_string())
        .with("GET /shop/me/orders", 200, orders.to_string());
    let credentials = Credentials { email: "ada@example.test".into(), password: "right".into() };
    let signed_in = run(project.port().sign_in(&market(), &credentials, Some(&id()))).unwrap();
    assert_eq!(signed_in.cart.map(|cart| cart.to_string()), Some("c-2".into()));
    let customer = run(project.port().customer(&market(), &signed_in.token)).unwrap();
    assert_eq!((customer.name.as_str(), &customer.groups), ("Ada Finch", &vec!["loyalty-gold".to_owned()]));
    assert_eq!((customer.tier(), customer.order_count), (Some("gold"), Some(14)));
    assert_eq!(customer.orders.unwrap().len(), 1);
    let wishes: Vec<String> = customer.wish_list.unwrap().into_iter().map(|wish| wish.slug).collect();
    assert_eq!(wishes, ["harbour-trench-coat"], "once, and nothing that is not sold");
    let asked = project.query("GET /shop/shopping-lists");
    assert_eq!((&*asked["where"], &*asked["var.customer"]), ("customer(id=:customer)", "u"), "nobody else's");
    assert_eq!(project.query("GET /shop/product-projections")["where"], format!("id in (\"{coat}\")"));
    // One source down: who they are is known all the same.
    let partial = Project::new()
        .with("GET /shop/me", 200, me.to_string())
        .with("GET /shop/me/orders", 500, "{}")
        .with("GET /shop/shopping-lists", 403, "{}");
    let customer = run(partial.port().customer(&market(), &signed_in.token)).unwrap();
    assert_eq!((customer.name.as_str(), customer.order_count, customer.orders), ("Ada Finch", None, None));
    assert!(customer.wish_list.is_none());
}
