//! What the rules choose, through a head in a rehearsed world: who sees what, what is kept of it, and what goes into
//! the cart.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::panic,
    reason = "what a test builds itself is right, or the test stops there"
)]

mod beside;
mod cart;
mod consent;
mod shared;

use bytes::Bytes;
use commerce::{CartChange, ProductKey, VariantId};
use http::{Method, header};
use jiff::Timestamp;
use kit::decide::Topic;
use kit::rehearsal::World;
use kit::visitor::Consents;
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

const RULES: &str = r#"
[attributes]
"visitor.visits" = "int"
"visitor.orders" = "int"
"visitor.viewed_categories" = "list<string>"
"cart.total" = "money"
"product.category" = "string"
"geo.country" = "string"
[audience.first]
when = 'visitor.visits == 1 && visitor.orders == 0'
[offer.welcome]
audience = "first"
give = ["10% off", { free_shipping_from = "GBP 30" }]
once_per = "visitor"
code = "WELCOME10"
[offer.stay]
on = "exit_intent"
slot = "exit"
when = 'cart.total > money("GBP", 0)'
give = ["5% off"]
cooldown = "7 days"
code = "STAY5"
[slot.hero]
show = [
  { when = 'geo.country == "DE"', content = "rain" },
  { when = '"coats" in visitor.viewed_categories', content = "coats" },
  { audience = "first", content = "welcome" },
  { content = "plain" },
]
"#;

#[derive(Clone, Copy)]
enum Page {
    Home,
    Product,
    Beside,
    Both,
    Add,
    Code,
    Leave,
    Take,
    Agree,
    Order,
}

struct Kiosk;

static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/{market}/", Page::Home),
        (Method::GET, "/{market}/p/{slug}", Page::Product),
        (Method::GET, "/{market}/beside/{slug}", Page::Beside),
        (Method::GET, "/{market}/both", Page::Both),
        (Method::POST, "/{market}/cart", Page::Add),
        (Method::POST, "/{market}/code", Page::Code),
        (Method::POST, "/{market}/leave", Page::Leave),
        (Method::POST, "/{market}/take/{grant}", Page::Take),
        (Method::POST, "/{market}/agree", Page::Agree),
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
                let choices = ask.choices(Topic::page("home")).await;
                let offer = choices.offer("offer").map_or("none", |offer| offer.name);
                let asks = choices.asks_for_consent();
                Ok(text(format!("{} {offer} {asks}", choices.content("hero").unwrap_or("nothing"))))
            }
            Page::Product => {
                let key = ProductKey::Slug(ask.part("slug").to_owned());
                let product = ask.slots.required(Slot::new("product"), ask.shop.product(&key)).await?;
                let choices = ask.choices(Topic::product(&product)).await;
                Ok(text(format!("{} {}", product.name, choices.content("hero").unwrap_or("nothing"))))
            }
            Page::Beside => {
                let key = ProductKey::Slug(ask.part("slug").to_owned());
                let product = ask.slots.required(Slot::new("product"), ask.shop.product(&key)).await?;
                let choices = ask.choices(Topic::product(&product)).await;
                let (slot, seeds) = (Slot::new("beside"), [product.slug.as_str()]);
                let beside = ask.recommend(&choices, slot, "product", Some(&product), &seeds).await?;
                let slugs: Vec<&str> = beside.cards.iter().map(|card| card.slug.as_str()).collect();
                Ok(text(format!("{} {}", slugs.join(","), beside.wants_related())))
            }
            Page::Both => {
                let key = ProductKey::Slug("coat".to_owned());
                ask.slots.required(Slot::new("product"), ask.shop.product(&key)).await?;
                let one = ask.choices(Topic::page("one")).await;
                let other = ask.choices(Topic::page("other")).await;
                let shown = |choices: &kit::decide::Choices| choices.content("hero").map(str::to_owned);
                Ok(text(format!("{:?} {:?}", shown(&one), shown(&other))))
            }
            Page::Add => {
                let change = CartChange::Add { variant: VariantId::new("v"), quantity: 1 };
                let (cart, session) = ask.change_cart(&change).await?;
                Ok(text(codes(&cart)).session(session))
            }
            Page::Code => {
                let form = ask.form()?;
                let code = form.require("code", 60)?.to_owned();
                let change = match form.get("remove") {
                    Some(_) => CartChange::RemoveCode { code },
                    None => CartChange::ApplyCode { code },
                };
                let (cart, session) = ask.change_cart(&change).await?;
                Ok(text(codes(&cart)).session(session))
            }
            Page::Leave => {
                let choices = ask.choices_on(Some("exit_intent"), Topic::page("cart")).await;
                Ok(text(choices.offer("exit").and_then(|offer| ask.grant(&offer)).unwrap_or_default()))
            }
            Page::Take => {
                let (cart, session) = ask.take(ask.part("grant")).await?;
                Ok(text(codes(&cart)).session(session))
            }
            Page::Agree => {
                let purposes = ask.form()?.get("purposes").unwrap_or_default().to_owned();
                Ok(text(String::new()).session(ask.agree(Consents::named(&purposes)).await?))
            }
            Page::Order => {
                let id = ask.cart_id().cloned().unwrap();
                let json = r#"{"contact":{"name":"Ann","email":"a@b.test"},"delivery":{"kind":"ship"}}"#;
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

fn codes(cart: &commerce::Cart) -> String {
    cart.codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>().join(",")
}

/// A visitor with what their browser keeps.
#[derive(Default, Clone)]
struct Visitor {
    cookies: String,
    headers: Vec<(&'static str, String)>,
}

struct Told {
    status: u16,
    text: String,
    cache_control: String,
    is_kept: bool,
}

impl Visitor {
    fn with(name: &'static str, value: &str) -> Self {
        Self { cookies: String::new(), headers: vec![(name, value.to_owned())] }
    }

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
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Bytes::from(form.to_owned())).unwrap();
        let response = world.run(kit::handle::<Kiosk>(world.clone(), request));
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            self.cookies = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        Told {
            status: response.status().as_u16(),
            cache_control: header("cache-control"),
            is_kept: header("server-timing").contains("answer;desc=kept"),
            text: String::from_utf8(response.body().to_vec()).unwrap(),
        }
    }

    /// What the front page says to them.
    fn home(&mut self, world: &Rc<World>) -> String {
        self.get(world, "/en-gb/").text
    }
}

fn agreed(world: &Rc<World>) -> Visitor {
    let mut visitor = Visitor::default();
    assert_eq!(visitor.post(world, "/en-gb/agree", "purposes=all").status, 200);
    visitor
}

fn publish(world: &Rc<World>, rules: &str) {
    let published = personalise::rules::publish(rules, Timestamp::UNIX_EPOCH);
    let compact =
        published.rules.unwrap_or_else(|| panic!("{:#?}", published.findings)).to_compact().unwrap();
    world.run(kit::rulebook::publish(&**world, kit::rulebook::Shelf::Rules, &compact, None)).unwrap();
    world.wait(2 * SECOND);
}

/// A shop with a product of a category and content, and the rules.
fn world() -> Rc<World> {
    let world = World::new();
    world.variables.borrow_mut().insert("cache".into(), "on".into());
    world.variables.borrow_mut().insert("geo_header".into(), "cf-ipcountry".into());
    let product = r#"{"id":"1","slug":"coat","name":"Coat","categories":[{"id":"k","slug":"coats","name":"Coats"}],"variants":[]}"#;
    world.answer("/v1/products/coat", 200, product);
    publish(&world, RULES);
    world
}
