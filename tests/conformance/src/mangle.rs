//! Answers that nobody should send, for every adapter: the one entry point of the fuzzer and of the bounded
//! test that every run makes.

use bytes::Bytes;
use commerce::adapters::{Settings, connect};
use commerce::{
    Address, Call, CartChange, CartId, Contact, ContentQuery, Credentials, CustomerToken, Delivery, Error,
    Kind, LineId, ListingQuery, Market, OrderId, Pending, Placement, Port, ProductId, ProductKey, ProductRef,
    StoreId, Upstream, VariantId, VariantRef,
};
use futures::FutureExt as _;
use serde_json::Value;
use std::cell::Cell;
use std::rc::Rc;

/// More calls than an honest answer of the port needs; an adapter that asks on and on is a defect.
pub const MOST_CALLS: usize = 64;

/// How many questions [`ask`] knows.
pub const QUESTIONS: usize = 19;

/// A backend that answers every call with the same bytes.
struct Parrot {
    status: u16,
    body: Bytes,
    calls: Rc<Cell<usize>>,
}

impl Upstream for Parrot {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        self.calls.set(self.calls.get() + 1);
        if self.calls.get() > MOST_CALLS {
            return Box::pin(std::future::ready(Err(Error::new(
                Kind::Unreachable,
                call.operation,
                "enough",
            ))));
        }
        let mut response = http::Response::new(self.body.clone());
        *response.status_mut() = http::StatusCode::from_u16(self.status).unwrap_or_default();
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// Puts one question to an adapter whose backend answers everything with `body`. Gives the number of calls.
///
/// # Panics
/// When the adapter panics, or waits for something other than its backend.
pub fn ask(adapter: &str, question: usize, status: u16, body: &[u8]) -> usize {
    let calls = Rc::new(Cell::new(0));
    let parrot = Parrot { status, body: Bytes::copy_from_slice(body), calls: calls.clone() };
    let text = |value: &str| value.to_owned();
    let settings = Settings {
        url: text("http://shop.test"),
        auth_url: text("http://auth.test"),
        project: text("project"),
        client_id: text("id"),
        client_secret: text("secret"),
        token: text("token"),
        files: text("products=products, stock=stock, stores=stores"),
        ..Settings::named("shop")
    };
    let port = connect(adapter, &settings, Box::new(parrot)).expect("the settings are complete");
    put(&*port, question).now_or_never().expect("a backend that answers at once lets nobody wait");
    calls.get()
}

async fn put(port: &dyn Port, question: usize) {
    let market = Market::parse("de-DE/EUR").expect("a market");
    let market = &market;
    let (cart, line, variant) = (CartId::new("cart"), LineId::new("line"), VariantId::new("variant"));
    let product = ProductRef { id: ProductId::new("product"), slug: "harbour-trench-coat".into() };
    let placement = Placement {
        contact: Contact { name: "Ada Finch".into(), email: "ada@example.test".into() },
        delivery: Delivery::Ship {
            address: Some(Address {
                name: "Ada Finch".into(),
                street: "1 Finch Row".into(),
                city: "Leeds".into(),
                postcode: "LS1 0ZZ".into(),
                country: "GB".into(),
            }),
        },
    };
    let change = async |change: CartChange| drop(port.change_cart(market, &cart, &change).await);
    let list = ListingQuery { page: 2, page_size: 24, ..ListingQuery::default() };
    match question % QUESTIONS {
        0 => drop(port.product(market, &ProductKey::Slug("harbour-trench-coat".into())).await),
        1 => drop(port.product(market, &ProductKey::Id(product.id.clone())).await),
        2 => drop(port.listing(market, &ListingQuery { category: Some("fashion".into()), ..list }).await),
        3 => drop(port.listing(market, &ListingQuery { search: Some("coat".into()), ..list }).await),
        4 => drop(port.categories(market).await),
        5 => drop(port.related(market, &product).await),
        6 => drop(port.reviews(market, &product, 1).await),
        7 => drop(port.content(market, &ContentQuery::default()).await),
        8 => drop(port.stores(market).await),
        9 => drop(port.store_stock(market, &VariantRef { id: variant, sku: "SKU".into(), product }).await),
        10 => drop(port.cart(market, &cart).await),
        11 => drop(port.create_cart(market).await),
        12 => change(CartChange::Add { variant, quantity: 2 }).await,
        13 => change(CartChange::Set { line, quantity: 3 }).await,
        14 => change(CartChange::ApplyCode { code: "WELCOME10".into() }).await,
        15 => {
            let delivery = Delivery::Pickup { store: StoreId::new("leeds") };
            change(CartChange::ChooseDelivery { delivery }).await;
        }
        16 => drop(port.check_out(market, &cart, &placement).await),
        17 => drop(port.order(market, &OrderId::new("order")).await),
        _ => {
            let credentials = Credentials { email: "ada@example.test".into(), password: "secret".into() };
            drop(port.sign_in(market, &credentials, Some(&cart)).await);
            drop(port.customer(market, &CustomerToken::new("token")).await);
        }
    }
}

/// A small generator of numbers, the same for the same seed on every machine (xorshift, Marsaglia 2003).
pub struct Chance(u64);

impl Chance {
    /// A generator; the seed may be anything.
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit.max(1)
    }
}

/// One wrong thing done to a recorded answer: to its bytes, or to one value of its JSON.
pub fn mangle(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    if chance.below(4) > 0
        && let Ok(mut value) = serde_json::from_slice::<Value>(seed)
    {
        for _ in 0..=chance.below(3) {
            spoil(&mut value, chance);
        }
        return serde_json::to_vec(&value).unwrap_or_default();
    }
    match chance.below(4) {
        0 => bytes.truncate(chance.below(seed.len())),
        1 => {
            for _ in 0..=chance.below(8) {
                let at = chance.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(chance.below(256)).unwrap_or(0);
                }
            }
        }
        2 => {
            let at = chance.below(bytes.len());
            let tail = bytes.split_off(at);
            bytes.extend_from_slice(&tail);
            bytes.extend_from_slice(&tail);
        }
        _ => bytes = [b"<html>".as_slice(), seed].concat(),
    }
    bytes
}

/// Replaces, removes or doubles one value somewhere inside.
fn spoil(value: &mut Value, chance: &mut Chance) {
    let inner = match value {
        Value::Array(items) if !items.is_empty() => {
            let at = chance.below(items.len());
            match chance.below(8) {
                0 => return items.clear(),
                1 => {
                    let item = items[at].clone();
                    return items.push(item);
                }
                _ => &mut items[at],
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = &names[chance.below(names.len())];
            if chance.below(8) == 0 {
                fields.remove(name);
                return;
            }
            &mut fields[name]
        }
        _ => value,
    };
    let deep = (0..60).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    let wrong = [
        Value::Null,
        Value::from(-1),
        Value::from(u64::MAX),
        Value::from(i64::MIN),
        Value::from(1.5e300),
        Value::from(""),
        Value::from("\u{202e}\u{0}'\"<script>"),
        Value::from("9".repeat(400)),
        Value::from("x".repeat(100_000)),
        Value::from("-0.001"),
        Value::Bool(true),
        Value::Array(Vec::new()),
        Value::Object(serde_json::Map::new()),
        deep,
    ];
    let leaf = !inner.is_object() && !inner.is_array();
    if leaf || chance.below(5) == 0 {
        *inner = wrong[chance.below(wrong.len())].clone();
    } else {
        spoil(inner, chance);
    }
}
