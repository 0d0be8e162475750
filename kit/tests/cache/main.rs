//! The copies of the shop's answers, through a head in a rehearsed world.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

mod ages;
mod answers;
mod broken;
mod clocks;
mod flights;
mod foreign;
mod private;
mod writes;

use bytes::Bytes;
use commerce::ProductKey;
use http::{Method, header};
use kit::rehearsal::{Script, World};
use kit::visibility::Private;
use kit::{Answer, Ask, Failure, Head, Routes, Slot};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

#[derive(Clone, Copy)]
enum Page {
    Product,
    Choosy,
    Cart,
    Cookie,
    Partial,
}

struct Kiosk;

static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/{market}/p/{slug}", Page::Product),
        (Method::POST, "/{market}/p/{slug}", Page::Product),
        (Method::GET, "/p/{slug}", Page::Product),
        (Method::GET, "/{market}/choosy/{slug}", Page::Choosy),
        (Method::GET, "/{market}/cart/{slug}", Page::Cart),
        (Method::GET, "/{market}/cookie/{slug}", Page::Cookie),
        (Method::GET, "/{market}/partial/{slug}", Page::Partial),
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
        let key = ProductKey::Slug(ask.part("slug").to_owned());
        let product = ask.slots.required(Slot::new("product"), ask.shop.product(&key)).await?;
        let mut text = format!("{} {} {}", product.name, ask.market.id(), ask.site());
        match page {
            Page::Product => {}
            // One field is read only when another says so.
            Page::Choosy => {
                if ask.query.get("sort") == Some("by") {
                    text += ask.query.get("by").unwrap_or("nothing");
                }
                text += &format!(" {:?}", ask.query.beginning("facet.").collect::<Vec<_>>());
                if ask.query.get("agent").is_some() {
                    let (language, agent) = (ask.header("accept-language"), ask.header("user-agent"));
                    text += &format!(" {language:?} {agent:?}");
                }
            }
            Page::Cart => {
                let cart = ask.slots.optional(Slot::new("cart"), ask.cart()).await?;
                let cart = cart.and_then(Private::into_open).map_or(0, |cart| cart.quantity);
                text += &format!(" cart={cart}");
            }
            Page::Cookie => return Ok(Answer::html(text).header(header::SET_COOKIE, "a=b")),
            Page::Partial => {
                let stores = ask.slots.optional(Slot::new("stores"), ask.shop.stores()).await?;
                text += &format!(" stores={}", stores.is_some());
            }
        }
        Ok(Answer::html(text))
    }

    fn fail(_: &Ask, failure: &Failure) -> Answer {
        Answer::html(failure.code().to_owned())
    }
}

const MISSING: &str = r#"{"code":"not_found","status":404,"title":"t"}"#;
const PATH: &str = "/v1/products/";

fn product(name: &str) -> String {
    format!(r#"{{"id":"p","slug":"coat","name":"{name}","variants":[]}}"#)
}

/// A shop with copies, in which every product is a coat.
fn world() -> Rc<World> {
    let world = World::new();
    set(&world, "cache", "on");
    world.answer(PATH, 200, product("Coat"));
    world
}

fn set(world: &World, name: &str, value: &str) {
    world.variables.borrow_mut().insert(name.into(), value.into());
}

/// The backend's answers from now on.
fn becomes(world: &World, status: u16, body: impl Into<String>) {
    world.answer(PATH, status, body);
}

fn hangs(world: &World) {
    world.script(PATH, Script { after: HOUR, answer: Ok((200, product("Late"))) });
}

fn request(path: &str, headers: &[(&str, &[u8])]) -> http::Request<Bytes> {
    let mut request = http::Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::new()).unwrap()
}

fn ask(world: &Rc<World>, path: &str, headers: &[(&str, &[u8])]) -> http::Response<Bytes> {
    world.run(kit::handle::<Kiosk>(world.clone(), request(path, headers)))
}

fn get(world: &Rc<World>, path: &str) -> http::Response<Bytes> {
    ask(world, path, &[])
}

/// The page of the coat: what stands first on it, and what came of the slot.
fn coat(world: &Rc<World>) -> (String, String) {
    // Past the answers that are kept whole: those are tested by themselves.
    let response = ask(world, "/en-gb/p/coat", &[("authorization", b"x")]);
    let body = text(&response);
    (
        body.split(' ').next().unwrap_or_default().to_owned(),
        header_of(&response, "headwater-slots").to_owned(),
    )
}

fn text(response: &http::Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

fn header_of<'a>(response: &'a http::Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn is_kept(response: &http::Response<Bytes>) -> bool {
    header_of(response, "server-timing").contains("desc=kept")
}

/// How often the backend was asked since this was last looked at.
fn calls(world: &World) -> usize {
    world.sent.borrow_mut().drain(..).count()
}

fn pair(name: &str, outcome: &str) -> (String, String) {
    (name.to_owned(), format!("product={outcome}"))
}

/// Keys of copies in key-value, without the log of purges.
fn copies(world: &World) -> Vec<String> {
    world.store.borrow().keys().filter(|key| key.starts_with("headwater/copy/")).cloned().collect()
}
