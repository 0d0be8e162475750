//! Slots put into pages of another site: where they stand, what they leave alone, and that no byte is lost.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test builds itself is right, or the test stops there"
)]

mod chunks;
mod hostile;
mod pages;
mod places;

use bytes::Bytes;
use futures::StreamExt;
use kit::body::{Chunks, Cut};
use kit::rehearsal::World;
use kit::rewrite::{Done, Filling, Links, Page, Placed, Put, splice};
use std::cell::RefCell;
use std::rc::Rc;
use url::Url;

/// What came of a page.
struct Shown {
    text: String,
    bytes: Vec<u8>,
    cut: Option<Cut>,
    done: Done,
}

/// A site at `http://origin.test/old` that is seen below `/new`.
fn links() -> Rc<Links> {
    Rc::new(Links::new(&Url::parse("http://origin.test/old").unwrap(), "/new"))
}

fn ready(html: Option<&str>) -> Filling {
    let html = html.map(str::to_owned);
    Box::pin(async move { html })
}

/// One place and what stands there.
fn place(selector: &str, put: Put, html: Option<&'static str>) -> (Placed, Option<&'static str>) {
    (Placed::new(selector, put, 0).unwrap(), html)
}

fn every(selector: &str, put: Put, html: &'static str) -> (Placed, Option<&'static str>) {
    let (mut placed, html) = place(selector, put, Some(html));
    placed.every = true;
    (placed, html)
}

/// The page, cut into chunks of these sizes in turn.
fn cut(page: &[u8], sizes: &[usize]) -> Vec<Result<Bytes, Cut>> {
    let (mut rest, mut chunks) = (page, Vec::new());
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (chunk, more) = rest.split_at((*size).clamp(1, rest.len()));
        chunks.push(Ok(Bytes::copy_from_slice(chunk)));
        rest = more;
    }
    chunks
}

fn show_chunks(chunks: Chunks, charset: Option<&str>, places: &[(Placed, Option<&'static str>)]) -> Shown {
    let fillings = places.iter().map(|(_, html)| ready(*html)).collect();
    let placed: Rc<[Placed]> =
        places.iter().enumerate().map(|(at, (placed, _))| placed.filled_by(at)).collect();
    let told: Rc<RefCell<Done>> = Rc::default();
    let tell = told.clone();
    let page = Page { chunks, charset: charset.map(str::to_owned) };
    let stream = splice(page, placed, links(), fillings, move |done| *tell.borrow_mut() = done);
    let (bytes, cut) = World::new().run(read(stream));
    let done = told.borrow().clone();
    Shown { text: String::from_utf8_lossy(&bytes).into_owned(), bytes, cut, done }
}

async fn read(mut stream: Chunks) -> (Vec<u8>, Option<Cut>) {
    let (mut bytes, mut cut) = (Vec::new(), None);
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => bytes.extend_from_slice(&chunk),
            Err(why) => cut = Some(why),
        }
    }
    (bytes, cut)
}

fn show(page: &str, places: &[(Placed, Option<&'static str>)]) -> Shown {
    let chunks = Box::pin(futures::stream::iter(cut(page.as_bytes(), &[usize::MAX])));
    show_chunks(chunks, Some("utf-8"), places)
}
