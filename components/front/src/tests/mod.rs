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
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const OLD: &str = "<html><head></head><body><h1>Old coat</h1><p class=price>£1</p>\
    <a href=/old/next>next</a></body></html>";

/// A world with a site at `http://origin.test/old`, seen below `/new`, and a file that says what stands where.
struct Site {
    world: Rc<World>,
    file: std::path::PathBuf,
}

impl Site {
    fn with(plan: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        crate::plan::forget();
        let name = format!("rewrite-{}-{}.toml", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, plan).unwrap();
        let world = World::new();
        let set = |name: &str, value: &str| {
            world.variables.borrow_mut().insert(name.to_owned(), value.to_owned());
        };
        set("origin", "http://origin.test/old");
        set("rewrite_file", file.to_str().unwrap());
        set("cache", "on");
        world.answer("/old/", 200, OLD);
        world.header("/old/", "content-type", "text/html; charset=utf-8");
        Self { world, file }
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

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
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
