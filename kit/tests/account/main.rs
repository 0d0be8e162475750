//! Customers who sign in, through a head in a rehearsed world: what their session keeps, what is learned of them, and
//! what is gone when they leave.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what a test builds itself is right, or the test stops there"
)]

mod later;
mod refused;
mod rotated;
mod sign_in;

use bytes::Bytes;
use commerce::{CartChange, Credentials, ProductKey, VariantId};
use http::{Method, header};
use jiff::{SignedDuration, Timestamp};
use kit::decide::Topic;
use kit::rehearsal::World;
use kit::visitor::{Consents, Field};
use kit::{Answer, Ask, Edge, Failure, Head, Routes, Slot};
use serde_json::{Value, json};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3_600);

const RULES: &str = r#"
[attributes]
"visitor.orders" = "int"
"visitor.email_subscriber" = "bool"
"visitor.days_since_order" = "int"
"visitor.tier" = "string"
"visitor.wish_list" = "list<string>"
[audience.lapsed]
needs = "personalisation"
when = 'visitor.email_subscriber && visitor.days_since_order > 120'
[offer.winback]
audience = "lapsed"
give = ["10% off"]
code = "WINBACK10"
once_per = "visitor"
[slot.hero]
show = [{ when = 'visitor.tier == "gold"', content = "gold" }, { content = "plain" }]
[slot.wished]
show = [{ when = '"lamp" in visitor.wish_list', content = "lamps" }, { content = "none" }]
"#;

#[derive(Clone, Copy)]
enum Page {
    Home,
    Wished,
    SignIn,
    SignOut,
    Me,
    Agree,
    Cart,
    Add,
    Order,
}

struct Kiosk;

static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/{market}/", Page::Home),
        (Method::GET, "/{market}/wished", Page::Wished),
        (Method::POST, "/{market}/sign-in", Page::SignIn),
        (Method::POST, "/{market}/sign-out", Page::SignOut),
        (Method::GET, "/{market}/me", Page::Me),
        (Method::POST, "/{market}/agree", Page::Agree),
        (Method::GET, "/{market}/cart", Page::Cart),
        (Method::POST, "/{market}/cart", Page::Add),
        (Method::POST, "/{market}/order", Page::Order),
    ])
    .0
});

impl Head for Kiosk {
    type Page = Page;
    const CHANNEL: &'static str = "kiosk";
    const BUDGET: Duration = Duration::from_millis(500);

    fn routes() -> &'static Routes<Page> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        &[("en", "kiosk = Kiosk")]
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        let text = |text: String| Answer::new("text/plain", text);
        match page {
            Page::Home => {
                let key = ProductKey::Slug("coat".to_owned());
                ask.slots.required(Slot::new("product"), ask.shop.product(&key)).await?;
                let name = ask.signed_in().map_or("stranger", |pass| pass.name()).to_owned();
                let choices = ask.choices(Topic::page("home")).await;
                let offer = choices.offer("offer").map_or("none", |offer| offer.name);
                Ok(text(format!("{name} {} {offer}", choices.content("hero").unwrap_or("nothing"))))
            }
            Page::Wished => {
                let choices = ask.choices(Topic::page("wished")).await;
                Ok(text(choices.content("wished").unwrap_or("nothing").to_owned()))
            }
            Page::SignIn => {
                let form = ask.form()?;
                let field = |name| form.get(name).unwrap_or_default().to_owned();
                let credentials = Credentials { email: field("email"), password: field("password") };
                Ok(text(String::new()).session(ask.sign_in(&credentials).await?))
            }
            Page::SignOut => Ok(text(String::new()).session(ask.sign_out().await)),
            Page::Me => match ask.customer(Slot::new("customer")).await? {
                Some(customer) => Ok(text(customer.name)),
                None => Ok(text("nobody".to_owned()).session(ask.without_customer())),
            },
            Page::Agree => {
                let purposes = ask.form()?.get("purposes").unwrap_or_default().to_owned();
                Ok(text(String::new()).session(ask.agree(Consents::named(&purposes)).await?))
            }
            Page::Cart => Ok(text(format!("{:?} {:?}", ask.session().cart, ask.session().applied))),
            Page::Add => {
                let change = CartChange::Add { variant: VariantId::new("v"), quantity: 1 };
                let (_, session) = ask.change_cart(&change).await?;
                Ok(text(String::new()).session(session))
            }
            Page::Order => {
                let id = ask.cart_id().cloned().unwrap();
                let json = r#"{"contact":{"name":"Nora","email":"a@b.test"},"delivery":{"kind":"ship"}}"#;
                let placement = serde_json::from_str(json).unwrap();
                let (_, session) = ask.check_out(Slot::new("order"), &id, &placement).await?;
                Ok(text(String::new()).session(session.unwrap()))
            }
        }
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::new("text/plain", failure.code())
    }
}

/// A visitor with what their browser keeps.
#[derive(Default, Clone)]
struct Visitor {
    cookies: String,
}

struct Told {
    status: u16,
    text: String,
    cache_control: String,
    retry_after: String,
}

impl Visitor {
    fn get(&mut self, world: &Rc<World>, path: &str) -> Told {
        self.send(world, Method::GET, path, "")
    }

    fn post(&mut self, world: &Rc<World>, path: &str, form: &str) -> Told {
        self.send(world, Method::POST, path, form)
    }

    fn send(&mut self, world: &Rc<World>, method: Method, path: &str, form: &str) -> Told {
        let mut request = http::Request::builder().method(method).uri(path).header("host", "kiosk.test");
        request = request.header("sec-fetch-site", "same-origin");
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if !self.cookies.is_empty() {
            request = request.header("cookie", &self.cookies);
        }
        let request = request.body(Bytes::from(form.to_owned())).unwrap();
        let response = world.run(kit::handle::<Kiosk>(world.clone(), request));
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            assert!(cookie.len() <= 4_096, "browsers take no longer one: {}", cookie.len());
            self.cookies = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        Told {
            status: response.status().as_u16(),
            cache_control: header("cache-control"),
            retry_after: header("retry-after"),
            text: String::from_utf8(response.body().to_vec()).unwrap(),
        }
    }

    /// What the front page says to them.
    fn home(&mut self, world: &Rc<World>) -> String {
        self.get(world, "/en-gb/").text
    }

    /// Signs in.
    fn enter(&mut self, world: &Rc<World>) -> Told {
        self.post(world, "/en-gb/sign-in", "email=nora%40example.test&password=lamp-light")
    }
}

fn agreed(world: &Rc<World>) -> Visitor {
    let mut visitor = Visitor::default();
    assert_eq!(visitor.post(world, "/en-gb/agree", "purposes=all").status, 200);
    visitor
}

fn order(world: &World, days_ago: i64) -> Value {
    let placed = world.now().checked_sub(SignedDuration::from_hours(24 * days_ago)).unwrap();
    let money = json!({"amount": 1000, "currency": "GBP"});
    json!({"id": format!("o-{days_ago}"), "number": "1", "state": "delivered", "placedAt": placed.to_string(),
        "lines": [], "quantity": 1, "subtotal": money, "total": money})
}

/// A customer whose last order was so many days ago.
fn customer(world: &World, days_ago: i64, groups: &[&str]) -> Value {
    json!({"id": "u", "name": "Nora Vale", "email": "nora@example.test", "groups": groups,
        "subscriber": groups.contains(&"subscriber"), "orderCount": 3, "orders": [order(world, days_ago)]})
}

fn say(world: &World, customer: &Value) {
    world.answer("/v1/customers/me", 200, customer.to_string());
}

/// How often the shop was asked of a path.
fn asked(world: &World, path: &str) -> usize {
    world.sent.borrow().iter().filter(|request| request.uri().path() == path).count()
}

const ME: &str = "/v1/customers/me";

/// The only profile there is, field by field.
fn profile(world: &World) -> Vec<Field> {
    let store = world.store.borrow();
    let mut profiles = store.iter().filter(|(key, _)| key.starts_with("visitor/"));
    let (_, bytes) = profiles.next().unwrap();
    assert!(profiles.next().is_none(), "one visitor, one profile");
    serde_json::from_slice::<kit::visitor::Profile>(bytes).unwrap().fields()
}

fn profiles(world: &World) -> usize {
    world.store.borrow().keys().filter(|key| key.starts_with("visitor/")).count()
}

fn publish(world: &Rc<World>, rules: &str) {
    let published = personalise::rules::publish(rules, Timestamp::UNIX_EPOCH);
    let compact =
        published.rules.unwrap_or_else(|| panic!("{:#?}", published.findings)).to_compact().unwrap();
    world.run(kit::rulebook::publish(&**world, kit::rulebook::Shelf::Rules, &compact, None)).unwrap();
    world.wait(2 * SECOND);
}

/// A shop with a product, a cart, and a customer who lapsed and is a subscriber; and the rules.
fn world() -> Rc<World> {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    let product = r#"{"id":"1","slug":"coat","name":"Coat","categories":[],"variants":[]}"#;
    world.answer("/v1/products/coat", 200, product);
    world.answer("/v1/customers/sign-in", 200, r#"{"token":"t0ken-of-nora"}"#);
    say(&world, &customer(&world, 200, &["subscriber", "loyalty-gold"]));
    world.answer("/v1/carts", 200, cart("c1", &[]));
    publish(&world, RULES);
    world
}

fn cart(id: &str, codes: &[&str]) -> String {
    let money = json!({"amount": 1000, "currency": "GBP"});
    let codes: Vec<Value> = codes.iter().map(|code| json!({"code": code, "active": true})).collect();
    json!({"id": id, "lines": [], "quantity": 1, "codes": codes, "subtotal": money, "total": money})
        .to_string()
}
