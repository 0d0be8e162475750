//! The head before a scripted site, in a world of memory.

mod copies;
mod passing;
mod plans;
mod slots;

use crate::head::Front;
use bytes::Bytes;
use http::{Request, Response};
use kit::edge::FetchError;
use kit::rehearsal::{Script, World};
use kit::rulebook::{Pointer, Shelf};
use personalise::placements::{Fault, Syntax, publish};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

const OLD: &str = "<html><head></head><body><h1>Old coat</h1><p class=price>£1</p>\
    <a href=/old/next>next</a></body></html>";

/// A world with a site at `http://origin.test/old`, seen below `/new`, and with placements in force.
struct Site {
    world: Rc<World>,
}

/// CSS as the head reads it; HTML is not looked into.
struct Css;

impl Syntax for Css {
    fn selector(&self, selector: &str) -> Result<(), String> {
        kit::rewrite::Placed::new(selector, kit::rewrite::Put::After, 0).map(drop)
    }

    fn names(&self, _: &str) -> Result<BTreeSet<String>, Fault> {
        Ok(BTreeSet::new())
    }

    fn print(&self, _: &str, _: &serde_json::Value) -> Result<String, Fault> {
        Ok(String::new())
    }
}

fn compact(text: &str) -> Vec<u8> {
    let published = publish(text, None, &Css);
    published.placements.unwrap_or_else(|| panic!("{:?}", published.findings)).to_compact().unwrap()
}

impl Site {
    fn with(plan: &str) -> Self {
        let world = World::new();
        let set = |name: &str, value: &str| {
            world.variables.borrow_mut().insert(name.to_owned(), value.to_owned());
        };
        set("origin", "http://origin.test/old");
        set("cache", "on");
        world.answer("/old/", 200, OLD);
        world.header("/old/", "content-type", "text/html; charset=utf-8");
        let site = Self { world };
        site.publish(&compact(plan));
        site
    }

    fn publish(&self, compact: &[u8]) -> Pointer {
        self.world.run(kit::rulebook::publish(&*self.world, Shelf::Placements, compact, None)).unwrap()
    }

    /// The site says that everyone may keep its pages.
    fn shared(self) -> Self {
        self.world.header("/old/", "cache-control", "public, max-age=60");
        self
    }

    fn get(&self, path: &str) -> Response<Bytes> {
        self.send(Request::get(path).body(Bytes::new()).unwrap())
    }

    fn with_cookie(&self, path: &str, cookie: &str) -> Response<Bytes> {
        self.send(Request::get(path).header("cookie", cookie).body(Bytes::new()).unwrap())
    }

    fn send(&self, mut request: Request<Bytes>) -> Response<Bytes> {
        request.headers_mut().insert("host", "shop.test".parse().unwrap());
        request.headers_mut().insert("spin-component-route", "/new".parse().unwrap());
        self.world.run(kit::handle::<Front>(self.world.clone(), request))
    }

    /// What went to the site, as paths.
    fn asked(&self) -> Vec<String> {
        let sent = self.world.sent.borrow();
        let own = sent.iter().filter(|request| request.uri().host() == Some("origin.test"));
        own.map(|request| request.uri().path().to_owned()).collect()
    }

    /// From now on the site is down.
    fn down(&self) {
        let refused = Err(FetchError::Unreachable("refused".into()));
        self.world.script("/old/", Script { after: Duration::ZERO, answer: refused });
    }
}

fn text(response: &Response<Bytes>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// A file with one place: a sentence after the heading.
const ONE: &str = "[[place]]\nselector = \"h1\"\nput = \"after\"\nhtml = \"<b>new</b>\"\n";
