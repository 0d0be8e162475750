//! The head before a storefront that exists, through the real WASM in the real host: what it adds, what it leaves
//! alone, sites that lie, and pages that begin before all is there.

use anyhow::{Context, Result, ensure};
use std::io::Write as _;
use std::time::{Duration, Instant};
use tests::answer::{Answer, client};
use tests::bench::{Bench, Setting, place, publish};
use tests::browser::{Driver, Window};
use tests::house::{files, root};
use tests::origin::{Origin, answer};
use tests::proxy::{Fault, Operation, Proxy};
use tests::shop::OpenShop;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const HTML: &str = "content-type: text/html; charset=utf-8";

async fn get(bench: &Bench, path: &str) -> Result<Answer> {
    Answer::to(client()?.get(bench.address(path))).await
}

/// A site seen at `/shop-plus/`, nothing else but it.
async fn before(origin: &Origin) -> Result<Bench> {
    let bench = Bench::with(Setting { variables: origin.variables(), ..Setting::default() }).await?;
    place(&bench).await?;
    Ok(bench)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_the_old_website_is_there_with_its_slots_and_not_a_byte_less() -> Result<()> {
    let bench = Bench::start().await?;
    place(&bench).await?;
    let client = client()?;
    let (mut pages, mut slots) = (0, 0);
    for path in files("fixtures/legacy", ".html") {
        let name = path.strip_prefix(root().join("fixtures/legacy"))?.to_string_lossy().into_owned();
        let old = client.get(bench.address(&format!("/legacy/{name}"))).send().await?.bytes().await?;
        let new = client.get(bench.address(&format!("/shop-plus/{name}"))).send().await?.bytes().await?;
        // What the site itself says, in its order, is all there: lines that slots make room for apart.
        let mapped = |line: &str| {
            line.replace("\"/legacy/", "\"/shop-plus/")
                .replace("http://legacy.spin.internal/legacy/", "/shop-plus/")
        };
        let text = |bytes: &[u8]| -> String { bytes.iter().map(|byte| char::from(*byte)).collect() };
        let (old, new) = (text(&old), text(&new));
        let mut rest = new.as_str();
        for line in old.lines().map(mapped).filter(|line| !is_replaced(line)) {
            let plain = line.split(" srcset=").next().unwrap_or_default().trim();
            let Some((_, after)) = rest.split_once(plain) else {
                anyhow::bail!("{name}: {line:?} is missing or out of its order");
            };
            rest = after;
        }
        pages += 1;
        slots += new.matches("class=\"hw ").count();
    }
    println!("{pages} pages, {slots} slots");
    ensure!(pages >= 19 && slots >= 30, "{pages} pages, {slots} slots");
    Ok(())
}

/// Lines in which, or around which, something of the old site makes room.
fn is_replaced(line: &str) -> bool {
    ["class=\"price\"", "class=price", "class=\"cost\"", "</head>", "<div id=\"content\"", "<div id=content"]
        .iter()
        .any(|mark| line.contains(mark))
        || line.contains("<li><a href=")
        || line.contains("Goes well")
        || line.contains("welcome")
        || line.contains("hero-rain")
        || line.contains("Good day")
        || line.contains("stock-line")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_of_another_time_stay_as_they_are() -> Result<()> {
    let bench = Bench::start().await?;
    place(&bench).await?;
    let page = client()?.get(bench.address("/shop-plus/delivery.html")).send().await?;
    let kind = page.headers()["content-type"].to_str()?.to_owned();
    let bytes = page.bytes().await?;
    ensure!(kind.contains("windows-1252"), "{kind}");
    ensure!(bytes.contains(&0x96) || bytes.contains(&0x97) || bytes.contains(&0xa3), "bytes of windows-1252");
    ensure!(std::str::from_utf8(&bytes).is_err(), "which are no UTF-8");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_s_offer_is_in_their_page_and_in_nobody_else_s() -> Result<()> {
    let bench = Bench::with(Setting { variables: vec!["cache=on".into()], ..Setting::default() }).await?;
    place(&bench).await?;
    publish(&bench, &root().join("personalise.toml")).await?;
    let stranger = get(&bench, "/shop-plus/about.html").await?;
    ensure!(
        stranger.body.contains("hw-consent") && !stranger.body.contains("hw-offer"),
        "a stranger is asked"
    );
    let known = bench.browser()?;
    let form = [("purposes", "all"), ("back", "/shop-plus/about.html")];
    let agreed = known.post(bench.address("/shop-plus/_consent")).header("sec-fetch-site", "same-origin");
    let agreed = Answer::to(agreed.form(&form)).await?;
    ensure!(
        agreed.status == 303 && agreed.header("location") == "/shop-plus/about.html",
        "{}",
        agreed.status
    );
    for round in 0..3 {
        let own = Answer::to(known.get(bench.address("/shop-plus/about.html"))).await?;
        ensure!(
            own.body.contains("hw-offer") && own.body.contains("WELCOME10"),
            "round {round}: {}",
            own.body
        );
        ensure!(own.header("cache-control").contains("private"), "{}", own.header("cache-control"));
        let other = get(&bench, "/shop-plus/about.html").await?;
        ensure!(!other.body.contains("hw-offer"), "round {round}: a stranger sees it");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sites_that_lie_are_cut_or_passed_and_never_ended_as_if_all_were_said() -> Result<()> {
    let gzip = |bytes: &[u8]| {
        let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        pack.write_all(bytes).and_then(|()| pack.finish()).expect("memory")
    };
    let page = "<html><body><h1>Coat</h1><div id=\"content\">warm</div></body></html>";
    let (packed, bomb) = (gzip(page.as_bytes()), gzip(&vec![b'a'; 100 << 20]));
    let origin = Origin::start(move |stream: TcpStream, request: String| {
        let (packed, bomb) = (packed.clone(), bomb.clone());
        async move {
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            let body = page.as_bytes();
            match path.as_str() {
                "/honest" => answer(stream, &[HTML], body).await,
                "/packed" => answer(stream, &[HTML, "content-encoding: gzip"], &packed).await,
                "/zstd" => answer(stream, &[HTML, "content-encoding: zstd"], b"whatever it is").await,
                "/short" => answer(stream, &[HTML, "content-length: 5000"], body).await,
                "/no-gzip" => answer(stream, &[HTML, "content-encoding: gzip"], body).await,
                "/half-gzip" => {
                    answer(stream, &[HTML, "content-encoding: gzip"], &packed[..packed.len() / 2]).await
                }
                "/bomb" => answer(stream, &[HTML, "content-encoding: gzip"], &bomb).await,
                "/utf16" => {
                    let wide: Vec<u8> = [0xff, 0xfe]
                        .into_iter()
                        .chain(page.encode_utf16().flat_map(u16::to_le_bytes))
                        .collect();
                    answer(stream, &["content-type: text/html"], &wide).await
                }
                "/nothing" => answer(stream, &[HTML], b"").await,
                "/garbage" => {
                    let mut stream = stream;
                    stream.write_all(b"not HTTP at all\r\n\r\n").await
                }
                _ => {
                    // Never ends.
                    let mut stream = stream;
                    stream
                        .write_all(
                            format!("HTTP/1.1 200 OK\r\n{HTML}\r\nconnection: close\r\n\r\n").as_bytes(),
                        )
                        .await?;
                    loop {
                        stream.write_all("<p>more and more of it</p>\n".repeat(400).as_bytes()).await?;
                    }
                }
            }
        }
    })
    .await?;
    let bench = before(&origin).await?;
    for path in ["honest", "packed"] {
        let shown = get(&bench, &format!("/shop-plus/{path}")).await?;
        ensure!(shown.status == 200 && shown.header("content-encoding").is_empty(), "{path}: {shown:?}");
        ensure!(
            shown.body.starts_with("<html><body><h1>Coat</h1><div id=\"content\">"),
            "{path}: {}",
            shown.body
        );
        ensure!(
            shown.body.contains("warm</div></body></html><!-- headwater-slots: "),
            "{path}: {}",
            shown.body
        );
    }
    let shown = get(&bench, "/shop-plus/zstd").await?;
    ensure!(shown.header("content-encoding") == "zstd" && shown.body == "whatever it is", "{shown:?}");
    let wide = client()?.get(bench.address("/shop-plus/utf16")).send().await?.bytes().await?;
    ensure!(wide.starts_with(&[0xff, 0xfe, b'<', 0]), "UTF-16 passes as it is");
    ensure!(get(&bench, "/shop-plus/nothing").await?.status == 200, "an empty page is a page");
    for path in ["short", "no-gzip", "half-gzip", "bomb"] {
        // Cut at its first byte, not even its headers may have gone out.
        let asked = client()?.get(bench.address(&format!("/shop-plus/{path}"))).send();
        let Ok(begun) = asked.await else { continue };
        let status = begun.status();
        let ended = begun.bytes().await;
        ensure!(
            ended.is_err(),
            "{path}: {status}, ended as if whole: {} bytes",
            ended.map_or(0, |b| b.len())
        );
    }
    let shown = get(&bench, "/shop-plus/garbage").await?;
    ensure!(shown.status == 502 && shown.body.contains("The shop is not answering"), "{shown:?}");
    // An endless page streams for as long as somebody reads, and no longer.
    let mut endless = client()?.get(bench.address("/shop-plus/endless")).send().await?;
    let mut read = 0;
    while read < 3 << 20 {
        read += endless.chunk().await?.context("it does not end")?.len();
    }
    drop(endless);
    let gone = Instant::now();
    while origin.given_up() == 0 {
        ensure!(gone.elapsed() < Duration::from_secs(20), "nobody reads, and the site is still being read");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // After all that the head is well.
    ensure!(get(&bench, "/shop-plus/honest").await?.status == 200, "the head is well");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_begins_when_what_it_needs_is_there_and_tells_at_its_end_what_was_late() -> Result<()> {
    let shop = OpenShop::start().await?;
    let proxy = Proxy::before(&shop.host()).await?;
    let variables = vec![proxy.variable(), "web_deadline_ms=6000".to_owned(), "begin_after_ms=10".to_owned()];
    let bench = Bench::with(Setting { variables, ..Setting::default() }).await?;
    proxy.set(Operation::Reviews, Fault::BlackHole);
    let mut page = client()?.get(bench.address("/en-gb/p/harbour-trench-coat")).send().await?;
    let slots = page.headers()["headwater-slots"].to_str()?.to_owned();
    ensure!(slots.contains("product=fresh") && slots.contains("reviews=late"), "{slots}");
    let mut text = String::new();
    // What stands before the reviews comes while they are still being waited for, and nothing after them.
    while !text.contains("class=\"in-stores\"") {
        text.push_str(std::str::from_utf8(&page.chunk().await?.context("the first half")?)?);
    }
    ensure!(text.contains("Harbour trench coat") && text.contains("Add to basket"), "the product is there");
    ensure!(!text.contains("id=\"related\"") && !text.contains("</html>"), "{text}");
    while let Some(chunk) = page.chunk().await? {
        text.push_str(std::str::from_utf8(&chunk)?);
    }
    let (_, end) = text.rsplit_once("</html>").context("an end")?;
    ensure!(end.contains("reviews=omitted") && end.contains("related=fresh"), "{end}");
    ensure!(text.contains("id=\"related\"") && !text.contains("<!--seam"), "the rest is there");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_sees_the_old_website_and_the_new_beside_it() -> Result<()> {
    let Some(driver) = Driver::start().await? else { return Ok(()) };
    let bench = Bench::with(Setting { clock: None, ..Setting::default() }).await?;
    place(&bench).await?;
    publish(&bench, &root().join("personalise.toml")).await?;
    let page = driver.open(Window { width: 1000, height: 900, scripts: true }).await?;
    let there = |css: &str| format!("document.querySelector({css:?}) !== null");
    page.client.goto(&bench.address("/legacy/products/tessaly-3.html")).await?;
    page.until("document.readyState === 'complete'").await?;
    ensure!(page.run(&format!("return !({})", there(".hw"))).await? == true, "before: nothing of ours");
    page.picture("front-before").await?;
    page.client.goto(&bench.address("/shop-plus/")).await?;
    page.until(&there(".hw-consent button")).await?;
    page.run("document.querySelector('.hw-consent button').click()").await?;
    page.until(&there(".hw-offer")).await?;
    page.client.goto(&bench.address("/shop-plus/products/tessaly-3.html")).await?;
    page.until("document.readyState === 'complete'").await?;
    for css in [".hw-offer", ".price .hw-price", ".hw-stock li", ".also .hw-row li a"] {
        ensure!(page.run(&format!("return {}", there(css))).await? == true, "after: {css}");
    }
    let styled = "return getComputedStyle(document.querySelector('.hw-offer')).borderTopStyle";
    ensure!(page.run(styled).await? == "solid", "our style is there");
    page.picture("front-after").await?;
    // The old basket works as it did, through us.
    page.run("document.querySelector('form.order input[type=submit]').click()").await?;
    page.until("location.pathname === '/shop-plus/basket'").await?;
    ensure!(
        page.run("return document.body.textContent.includes('Tessaly 3')").await? == true,
        "the old basket"
    );
    page.close().await?;
    Ok(())
}
