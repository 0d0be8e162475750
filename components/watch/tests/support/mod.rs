//! A shop in memory, and glances held against their schema.
#![allow(dead_code, reason = "each test file uses a part of it")]

use bytes::Bytes;
use commerce::{
    Address, Cart, CartId, CartLine, ContentBlock, Currency, Image, LineId, Money, OpeningHours, Order,
    OrderId, OrderState, Price, ProductCard, ProductId, StockLevel, Store, StoreId, VariantId,
};
use http::{Method, Request, Response};
use kit::rehearsal::World;
use kit::seal::Seal;
use kit::visitor::Session;
use serde_json::{Value, json};
use std::rc::Rc;
use std::sync::LazyLock;
use watch::head::Watch;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(include_str!("../../schema/glance.schema.json")).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
});

/// What the schema says against a glance.
pub(crate) fn faults(glance: &Value) -> Vec<String> {
    SCHEMA.iter_errors(glance).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

pub(crate) fn request(method: Method, path: &str) -> Request<Bytes> {
    Request::builder().method(method).uri(path).header("host", "shop.test:3000").body(Bytes::new()).unwrap()
}

/// A request of a visitor with a cart and an order.
pub(crate) fn known(path: &str) -> Request<Bytes> {
    let session = Session {
        cart: Some(CartId::new("cart-1")),
        order: Some(OrderId::new("order-1")),
        ..Session::default()
    };
    let sealed = session.close(&Seal::new("key of the test"), [9; 16]);
    let mut request = request(Method::GET, path);
    request.headers_mut().insert("cookie", format!("hw_session={sealed}").parse().unwrap());
    request
}

pub(crate) fn send(world: &Rc<World>, request: Request<Bytes>) -> Response<Bytes> {
    world.run(kit::handle::<Watch>(world.clone(), request))
}

/// An answer with this status, which holds to the schema and, glance by glance, to the limit.
pub(crate) fn glance_of(response: &Response<Bytes>, status: u16) -> Value {
    let text = String::from_utf8_lossy(response.body());
    assert_eq!(response.status().as_u16(), status, "{text}");
    let said: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(faults(&said), Vec::<String>::new(), "{said:#}");
    let alone = vec![said.clone()];
    for glance in said["glances"].as_array().unwrap_or(&alone) {
        let bytes = serde_json::to_vec(glance).unwrap().len();
        assert!(bytes <= watch::glance::LIMIT, "{bytes} bytes");
    }
    said
}

pub(crate) fn get(world: &Rc<World>, path: &str, status: u16) -> Value {
    glance_of(&send(world, request(Method::GET, path)), status)
}

pub(crate) fn image(name: &str) -> Image {
    Image {
        url: format!("/media/{name}"),
        alt: String::new(),
        width: 240,
        height: 300,
        renditions: Vec::new(),
    }
}

pub(crate) fn pounds(pence: i64) -> Money {
    Money::new(pence, Currency::GBP)
}

pub(crate) fn card(name: &str) -> ProductCard {
    ProductCard {
        id: ProductId::new("p-1"),
        slug: "coat".into(),
        name: name.to_owned(),
        summary: String::new(),
        brand: None,
        image: Some(image("coat.svg")),
        price: Price { current: pounds(12_500), was: Some(pounds(15_000)) },
        price_varies: false,
        stock: StockLevel::InStock,
        only_variant: None,
        rating: None,
        tags: Vec::new(),
        swatches: Vec::new(),
    }
}

pub(crate) fn offer(weekday: Option<u8>, title: &str) -> ContentBlock {
    serde_json::from_value(json!({
        "id": title, "slot": "offer_of_the_day", "kind": "offer", "title": title, "products": [card("Coat")],
        "link": {"to": "product", "value": "coat"}, "weekday": weekday,
    }))
    .unwrap()
}

pub(crate) fn line(name: &str) -> CartLine {
    CartLine {
        id: LineId::new("l"),
        product: ProductId::new("p-1"),
        slug: "coat".into(),
        variant: VariantId::new("v"),
        name: name.to_owned(),
        choices: String::new(),
        image: Some(image("coat.svg")),
        quantity: 2,
        price: Price { current: pounds(12_500), was: None },
        total: pounds(25_000),
        available: None,
    }
}

pub(crate) fn cart() -> Cart {
    Cart {
        id: CartId::new("cart-1"),
        version: None,
        lines: vec![line("Harbour coat")],
        quantity: 2,
        subtotal: pounds(25_000),
        discounts: Vec::new(),
        codes: Vec::new(),
        delivery: None,
        delivery_price: None,
        total: pounds(25_000),
    }
}

pub(crate) fn order(state: OrderState) -> Order {
    let store = Store {
        id: StoreId::new("leeds"),
        slug: "leeds".into(),
        name: "Leeds".into(),
        address: Address {
            name: String::new(),
            street: "1 Briggate".into(),
            city: "Leeds".into(),
            postcode: "LS1".into(),
            country: "GB".into(),
        },
        latitude_e6: 0,
        longitude_e6: 0,
        phone: String::new(),
        hours: vec![OpeningHours { days: vec![6], open: "09:00".into(), close: "18:00".into() }],
        timezone: "Europe/London".into(),
        services: Vec::new(),
        image: None,
    };
    Order {
        id: OrderId::new("order-1"),
        number: "LF-1001".into(),
        state,
        placed_at: "2026-11-20T10:00:00Z".parse().unwrap(),
        lines: vec![line("Harbour coat")],
        quantity: 2,
        subtotal: pounds(25_000),
        discounts: Vec::new(),
        delivery_price: None,
        total: pounds(25_000),
        pickup: Some(store),
        expected_at: Some("2026-11-22T15:30:00Z".parse().unwrap()),
    }
}

/// A world with a small shop in it; it is Saturday noon.
pub(crate) fn shop() -> Rc<World> {
    let world = World::new();
    tell(&world, "/v1/content", &vec![offer(Some(5), "Friday"), offer(Some(6), "Saturday's coat")]);
    tell(&world, "/v1/carts/cart-1", &cart());
    tell(&world, "/v1/orders/order-1", &order(OrderState::ReadyForPickup));
    world.answer("/v1/orders/ghost", 404, r#"{"code":"not_found","status":404,"title":"none"}"#);
    world
}

/// Puts rules in force, written as a merchandiser writes them.
pub(crate) fn rules(world: &World, file: &str) {
    let published = personalise::rules::publish(file, kit::Edge::now(world));
    let compact = published.rules.unwrap_or_else(|| panic!("{:?}", published.findings)).to_compact().unwrap();
    world.run(kit::rulebook::publish(world, kit::rulebook::Shelf::Rules, &compact, None)).unwrap();
}

pub(crate) fn tell(world: &World, path: &str, value: &impl serde::Serialize) {
    world.answer(path, 200, serde_json::to_string(value).unwrap());
}
