//! What rewriting costs: `cargo bench --package tests --bench rewriting`.
//!
//! A page of 200 KB goes through the head `front` in our host, once searched for places and once passed as it is, and
//! through the same code natively. The ratios within one run count.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use futures::StreamExt;
use kit::rewrite::{Filling, Links, Page, Placed, Put, splice};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tests::answer::client;
use tests::bench::{Bench, Setting, place};
use tests::origin::{Origin, answer};
use tokio::net::TcpStream;

const PAGE: usize = 200 << 10;
const ROUNDS: usize = 200;
const READERS: usize = 500;

/// Shelves of products, as old shops have them.
fn page() -> String {
    let item = "<li class=\"card\"><a href=\"/p/coat-1\"><img src=\"/i/coat-1.jpg\" alt=\"Coat\"></a>\n\
        <h3 class=\"name\">Belted coat &amp; scarf</h3><p class=\"price\">&pound;129.00</p></li>\n";
    let items = item.repeat(PAGE / item.len());
    format!(
        "<!doctype html><html><head><title>Coats</title></head><body><div id=\"content\">\n<ul>{items}</ul></div></body></html>"
    )
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
}

fn speed(seconds: f64) -> f64 {
    PAGE as f64 / seconds / 1e6
}

/// The same natively: places, links and chunks as in the head.
fn natively(page: &Bytes) -> Result<Duration> {
    let places: Rc<[Placed]> = [("head", Put::Last), ("#content", Put::First), (".also", Put::Inside)]
        .into_iter()
        .enumerate()
        .map(|(at, (selector, put))| Placed::new(selector, put, at).map_err(anyhow::Error::msg))
        .collect::<Result<Vec<_>>>()?
        .into();
    let links = Rc::new(Links::new(&"http://origin.test".parse()?, "/shop-plus"));
    let fillings = (0..3).map(|_| Box::pin(async { Some("<b>new</b>".to_owned()) }) as Filling).collect();
    let chunks: Vec<_> = page.chunks(16 << 10).map(|chunk| Ok(page.slice_ref(chunk))).collect();
    let start = Instant::now();
    let source = Page { chunks: Box::pin(futures::stream::iter(chunks)), charset: Some("utf-8".into()) };
    let mut stream = splice(source, places, links, fillings, |_| ());
    let read = kit::rehearsal::World::new().run(async move {
        let mut read = 0;
        while let Some(chunk) = stream.next().await {
            read += chunk.map_or(0, |chunk| chunk.len());
        }
        read
    });
    ensure!(read > page.len(), "{read} bytes");
    Ok(start.elapsed())
}

/// Time to the first byte and to the last.
async fn through(bench: &Bench, path: &str) -> Result<(Duration, Duration)> {
    let client = client()?;
    let start = Instant::now();
    let mut page = client.get(bench.address(path)).send().await?;
    let mut read = page.chunk().await?.context("a first chunk")?.len();
    let first = start.elapsed();
    while let Some(chunk) = page.chunk().await? {
        read += chunk.len();
    }
    ensure!(read >= PAGE - 200, "{path}: {read} bytes");
    Ok((first, start.elapsed()))
}

/// Memory of this process, in bytes (Linux).
fn resident() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/self/statm")?;
    let pages: f64 = text.split(' ').nth(1).context("a number")?.parse()?;
    Ok(pages * 4096.0)
}

#[tokio::main]
async fn main() -> Result<()> {
    let body = Bytes::from(page());
    let sent = body.clone();
    let origin = Origin::start(move |stream: TcpStream, request: String| {
        let sent = sent.clone();
        async move {
            let kind = match request.starts_with("GET /page") {
                true => "content-type: text/html; charset=utf-8",
                false => "content-type: application/octet-stream",
            };
            let length = format!("content-length: {}", sent.len());
            answer(stream, &[kind, &length], &sent).await
        }
    })
    .await?;
    let bench =
        Bench::with(Setting { variables: origin.variables(), clock: None, ..Setting::default() }).await?;
    place(&bench).await?;
    let (mut rewritten, mut passed, mut native) =
        ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()), Vec::new());
    for round in 0..ROUNDS + 10 {
        let (page, plain) =
            (through(&bench, "/shop-plus/page").await?, through(&bench, "/shop-plus/bytes").await?);
        let own = natively(&body)?;
        if round >= 10 {
            rewritten.0.push(page.0);
            rewritten.1.push(page.1);
            passed.0.push(plain.0);
            passed.1.push(plain.1);
            native.push(own);
        }
    }
    let (page, plain, own) = (median(rewritten.1), median(passed.1), median(native));
    println!("a page of {} KB, medians of {ROUNDS} rounds in one run", PAGE >> 10);
    println!("  natively searched and filled    {:6.1} MB/s", speed(own));
    println!(
        "  in wasm, on top of passing it   {:6.1} MB/s, {:.1} times the native time",
        speed(page - plain),
        (page - plain) / own
    );
    println!(
        "  through the head, whole way     {:6.1} MB/s rewritten, {:.1} MB/s passed: {:.2} times the time",
        speed(page),
        speed(plain),
        page / plain
    );
    let added = (median(rewritten.0) - median(passed.0)) * 1e3;
    println!("  to the first byte               {added:+.2} ms beside passing it");

    let before = resident()?;
    let mut readers = Vec::new();
    for _ in 0..READERS {
        // Each reads the first chunk, and then nothing.
        let mut page = client()?.get(bench.address("/shop-plus/page")).send().await?;
        page.chunk().await?;
        readers.push(page);
    }
    let each = (resident()? - before) / READERS as f64 / 1024.0;
    println!(
        "  {READERS} readers who stopped reading     {each:.0} KB each, of this process with its clients"
    );
    Ok(())
}
