//! A port that notes what it is asked and always answers the same, and the plain form over it.

use crate::adapters::plain::{DEADLINE, serve};
use crate::model::*;
use crate::port::Capability;
use crate::upstream::Repeat;
use crate::{Call, Error, Pending, Port, Upstream};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// The port.
#[derive(Default)]
pub(super) struct Backend {
    /// What it answers instead of everything.
    pub(super) error: Option<Error>,
    /// What it was asked, printed.
    pub(super) asked: RefCell<Vec<String>>,
}

impl Backend {
    fn say<'a, T: DeserializeOwned + 'a>(&self, asked: String, value: Value) -> Pending<'a, T> {
        self.asked.borrow_mut().push(asked);
        let said = self.error.clone().map_or_else(|| Ok(serde_json::from_value(value).unwrap()), Err);
        Box::pin(std::future::ready(said))
    }
}

/// The plain form over it, as if by network.
pub(super) struct Served(pub(super) Rc<Backend>);

impl Upstream for Served {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move { Ok(serve::serve(&*self.0, &call.request).await) })
    }
}

/// One that knows how long its asker waits, and notes what is said of it.
pub(super) struct Patient {
    pub(super) left: Option<Duration>,
    pub(super) served: Served,
    pub(super) seen: Rc<RefCell<Option<String>>>,
}

impl Upstream for Patient {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        let said = call.request.headers().get(&DEADLINE).map(|value| value.to_str().unwrap().to_owned());
        self.seen.replace(said);
        self.served.send(call)
    }

    fn left(&self) -> Option<Duration> {
        self.left
    }
}

/// One that has keys for writes, and notes of each call whether it has one and may be repeated.
pub(super) struct Keyed {
    pub(super) served: Served,
    pub(super) calls: Rc<RefCell<Vec<(bool, Repeat)>>>,
}

impl Upstream for Keyed {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        let has_key = call.request.headers().contains_key("idempotency-key");
        self.calls.borrow_mut().push((has_key, call.repeat));
        self.served.send(call)
    }

    fn fresh_key(&self) -> Option<String> {
        Some("k3y".into())
    }
}

fn money(amount: i64) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

fn image() -> Value {
    json!({"url": "https://x.test/a.svg", "alt": "A", "width": 10, "height": 20,
        "renditions": [{"url": "/a.svg", "width": 5, "height": 10}]})
}

fn card() -> Value {
    json!({"id": "p", "slug": "coat", "name": "Coat \"<\u{2028}", "summary": "s", "brand": "b", "image": image(),
        "price": {"current": money(1), "was": money(2)}, "priceVaries": true, "stock": "low_stock",
        "onlyVariant": "v", "rating": {"averageTenths": 43, "count": 2}, "tags": ["new"], "swatches": ["#00ff00"]})
}

fn store() -> Value {
    json!({"id": "s", "slug": "leeds", "name": "Leeds", "address": {"name": "", "street": "s", "city": "c",
        "postcode": "p", "country": "GB"}, "latitudeE6": -51_511_800, "longitudeE6": 1, "phone": "+44",
        "hours": [{"days": [1, 7], "open": "09:00", "close": "18:00"}], "timezone": "Europe/London",
        "services": ["click-and-collect"], "image": image()})
}

fn line() -> Value {
    json!({"id": "l", "product": "p", "slug": "coat", "variant": "v", "name": "Coat", "choices": "S, Navy",
        "image": image(), "quantity": 2, "price": {"current": money(i64::MAX)}, "total": money(2), "available": 3})
}

fn cart() -> Value {
    json!({"id": "gid://x/Cart/1?key=2", "version": u64::MAX, "lines": [line()], "quantity": 2,
        "subtotal": money(9), "discounts": [{"label": "WELCOME10", "amount": money(1)}],
        "codes": [{"code": "WELCOME10", "active": true}],
        "delivery": {"kind": "pickup", "store": "s"}, "deliveryPrice": money(0), "total": money(8)})
}

fn order() -> Value {
    json!({"id": "o", "number": "1001", "state": "ready_for_pickup", 
        "placedAt": "2026-11-21T12:00:00Z", "lines": [line()], "quantity": 2, "subtotal": money(9),
        "discounts": [{"label": "x", "amount": money(1)}], "deliveryPrice": money(0), "total": money(8),
        "pickup": store(), "expectedAt": "2026-11-22T12:00:00Z"})
}

impl Port for Backend {
    fn capabilities(&self) -> &[Capability] {
        &Capability::ALL
    }

    fn about<'a>(&'a self, market: &'a Market) -> Pending<'a, About> {
        self.say(format!("about {market:?}"), json!({"name": "S", "version": "1", "currencies": ["EUR"]}))
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        let product = json!({"id": "p", "slug": "coat", "name": "Coat", "summary": "s", "description": "d",
            "brand": "b", "categories": [{"id": "c", "slug": "coats", "name": "Coats"}], "images": [image()],
            "options": [{"id": "size", "name": "Size", "values": [{"id": "s", "name": "S", "swatch": "#000000"}]}],
            "variants": [{"id": "v", "sku": "SKU", "choices": [{"option": "size", "value": "s"}],
                "price": {"current": money(5)}, "stock": {"level": "in_stock", "quantity": 4}}],
            "attributes": [{"id": "m", "name": "M", "value": "w"}], "tags": ["sale"],
            "rating": {"averageTenths": 10, "count": 1}, "looks": ["look"]});
        self.say(format!("product {market:?} {key:?}"), product)
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        let listing = json!({"category": {"id": "c", "slug": "coats", "name": "Coats"}, "items": [card()],
            "total": 1, "page": 7, "pageSize": 100, "sort": "price_descending", "sorts": ["name", "newest"],
            "facets": [{"id": "colour", "name": "Colour", "values": [{"id": "navy", "name": "Navy", "count": 1,
                "selected": true, "swatch": "#000080"}]}]});
        self.say(format!("listing {market:?} {query:?}"), listing)
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        let leaf = json!({"id": "d", "slug": "coats", "name": "Coats"});
        let tree = json!([{"id": "c", "slug": "f", "name": "F", "description": "d", "image": image(),
            "children": [leaf]}]);
        self.say(format!("categories {market:?}"), tree)
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        self.say(format!("related {market:?} {product:?}"), json!([card()]))
    }

    fn reviews<'a>(&'a self, market: &'a Market, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        let review = json!({"id": "r", "author": "A", "rating": 5, "date": "2026-02-28", "language": "en",
            "title": "t", "body": "b"});
        let reviews = json!({"rating": {"averageTenths": 50, "count": 1}, "distribution": [0, 0, 0, 0, 1],
            "items": [review], "page": 3, "pageSize": 10});
        self.say(format!("reviews {market:?} {product:?} {page}"), reviews)
    }

    fn content<'a>(&'a self, market: &'a Market, query: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        let block = json!({"id": "b", "slot": "home_hero", "kind": "other", "title": "t", "body": "b",
            "link": {"to": "search", "value": "x y"}, "linkLabel": "l", "image": image(), "products": [card()],
            "from": "2026-01-01T00:00:00Z", "until": "2026-12-31T00:00:00Z", "weekday": 7});
        self.say(format!("content {market:?} {query:?}"), json!([block]))
    }

    fn stores<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Store>> {
        self.say(format!("stores {market:?}"), json!([store()]))
    }

    fn store_stock<'a>(
        &'a self,
        market: &'a Market,
        variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        let stock = json!([{"store": store(), "stock": {"level": "out_of_stock"}}]);
        self.say(format!("store_stock {market:?} {variant:?}"), stock)
    }

    fn cart<'a>(&'a self, market: &'a Market, id: &'a CartId) -> Pending<'a, Cart> {
        self.say(format!("cart {market:?} {id:?}"), cart())
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        self.say(format!("create_cart {market:?}"), cart())
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        id: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        self.say(format!("change_cart {market:?} {id:?} {change:?}"), cart())
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        id: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        let Contact { name, email } = &placement.contact;
        let asked = format!("check_out {market:?} {id:?} {name} {email} {:?}", placement.delivery);
        self.say(asked, json!({"kind": "handover", "url": "https://shop.test/checkout?a=b%2F#c"}))
    }

    fn order<'a>(&'a self, market: &'a Market, id: &'a OrderId) -> Pending<'a, Order> {
        self.say(format!("order {market:?} {id:?}"), order())
    }

    fn sign_in<'a>(
        &'a self,
        market: &'a Market,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        let asked = format!("sign_in {market:?} {} {} {cart:?}", credentials.email, credentials.password);
        self.say(asked, json!({"token": "t0ken", "cart": "c2"}))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        let customer = json!({"id": "u", "name": "Ada", "email": "ada@example.test", "groups": ["gold"],
            "orders": [order()]});
        self.say(format!("customer {market:?} {token:?}"), customer)
    }
}
