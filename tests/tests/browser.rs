//! A real browser in front of every head: shops with and without JavaScript, drives the TV by keys, reads
//! the watch, talks to the chat, looks for barriers with axe-core, and takes the pictures of the README.

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use fantoccini::elements::Element;
use std::time::{Duration, Instant};
use tests::bench::{Bench, Setting};
use tests::browser::{Driver, Page, Window};

/// How long a visitor waits; only a broken page takes so long, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(15);
const DESKTOP: Window = Window { width: 1280, height: 900, scripts: true };
const PHONE: Window = Window { width: 390, height: 844, scripts: true };

async fn begin() -> Result<Option<(Driver, Bench)>> {
    let Some(driver) = Driver::start().await? else { return Ok(None) };
    Ok(Some((driver, Bench::with(Setting { clock: None, ..Setting::default() }).await?)))
}

/// Waits for an element, as a visitor waits for a page: a click returns before what it leads to is there.
async fn find(page: &Page, css: &str) -> Result<Element> {
    let wait = page.client.wait().at_most(PATIENCE);
    wait.for_element(Locator::Css(css)).await.with_context(|| css.to_owned())
}

async fn click(page: &Page, css: &str) -> Result<()> {
    Ok(find(page, css).await?.click().await?)
}

async fn fill(page: &Page, css: &str, text: &str) -> Result<()> {
    let element = find(page, css).await?;
    element.clear().await?;
    Ok(element.send_keys(text).await?)
}

async fn text(page: &Page, css: &str) -> Result<String> {
    Ok(find(page, css).await?.text().await?)
}

/// Waits until the address begins with a path.
async fn arrive(page: &Page, path: &str) -> Result<()> {
    let start = Instant::now();
    loop {
        let address = page.client.current_url().await?;
        if address.path().starts_with(path) {
            return Ok(());
        }
        ensure!(start.elapsed() < PATIENCE, "still at {address}, not at {path}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn no_barriers(page: &Page, place: &str) -> Result<()> {
    if let Some(barriers) = page.barriers().await? {
        ensure!(barriers.is_empty(), "{place}:\n  {}", barriers.join("\n  "));
    }
    Ok(())
}

/// From the category to the order, by links and forms alone.
async fn shop(page: &Page, bench: &Bench) -> Result<()> {
    page.client.goto(&bench.address("/en-gb/c/candles")).await?;
    click(page, ".card:not(.card-gone) .card-name a").await?;
    arrive(page, "/en-gb/p/").await?;
    let name = text(page, "h1").await?;
    click(page, ".choose button.button-wide").await?;
    arrive(page, "/en-gb/cart").await?;
    ensure!(text(page, ".lines").await?.contains(&name), "{name} is in the basket");
    fill(page, ".line-change input[name=quantity]", "2").await?;
    if let Ok(update) = page.client.find(Locator::Css(".line-change button")).await {
        // With a script the form may have gone by itself, and the button may not be shown.
        let _ = update.click().await;
    }
    find(page, ".line-change input[name=quantity][value='2']").await.context("the basket holds two")?;
    fill(page, "#code", "NO-SUCH-CODE").await?;
    click(page, ".code button").await?;
    ensure!(text(page, "#code-wrong").await?.len() > 5, "a bad code is told");
    fill(page, "#code", "WELCOME10").await?;
    click(page, ".code button").await?;
    ensure!(text(page, ".code-given").await?.contains("WELCOME10"), "a good code is kept");
    click(page, ".sum a.button-wide").await?;
    arrive(page, "/en-gb/checkout").await?;
    fill(page, "#name", "Ada Example").await?;
    fill(page, "#email", "ada@example.com").await?;
    click(page, "label[for=way-pickup]").await?;
    click(page, "label[for=store-1]").await?;
    click(page, ".order-form button.button-wide").await?;
    arrive(page, "/en-gb/order/").await?;
    let whole = text(page, "main").await?;
    ensure!(whole.contains(&name) && whole.contains("LF-"), "the order: {whole}");
    ensure!(!whole.contains("ada@example.com"), "an order's address shows no personal data");
    Ok(())
}

/// Signs in with a wrong password and the right one, looks at the account, and signs out.
async fn account(page: &Page, bench: &Bench) -> Result<()> {
    page.client.goto(&bench.address("/en-gb/account/sign-in")).await?;
    fill(page, "#email", "nora@example.test").await?;
    fill(page, "#password", "a guess").await?;
    click(page, ".sign-in button").await?;
    ensure!(text(page, "#notice").await?.contains("wrong"), "a wrong password is told");
    no_barriers(page, "a refused sign-in").await?;
    fill(page, "#password", "lamp-by-the-stairs").await?;
    click(page, ".sign-in button").await?;
    find(page, ".past").await.context("the orders of the past")?;
    ensure!(text(page, "h1").await?.contains("Nora Vale"), "the customer is greeted");
    no_barriers(page, "account").await?;
    click(page, "form[action$=sign-out] button").await?;
    ensure!(text(page, ".bar-end").await?.contains("Sign in"), "a stranger again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_shops_without_javascript() -> Result<()> {
    let Some((driver, bench)) = begin().await? else { return Ok(()) };
    let page = driver.open(Window { scripts: false, ..DESKTOP }).await?;
    shop(&page, &bench).await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_shops_with_javascript_and_finds_no_barriers() -> Result<()> {
    let Some((driver, bench)) = begin().await? else { return Ok(()) };
    let page = driver.open(DESKTOP).await?;
    shop(&page, &bench).await?;
    no_barriers(&page, "order").await?;
    account(&page, &bench).await?;
    for (path, name) in [
        ("/en-gb/", "web-home"),
        ("/en-gb/c/fashion", "web-category"),
        ("/en-gb/search?q=trench+coat", "web-search"),
        ("/en-gb/p/harbour-trench-coat", "web-product"),
        ("/en-gb/stores", "web-stores"),
        ("/en-gb/account/sign-in", "web-sign-in"),
        ("/en-gb/p/no-such-product", "web-not-found"),
        ("/de-de/", "web-home-de"),
        ("/ar-gb/", "web-home-ar"),
    ] {
        page.client.goto(&bench.address(path)).await?;
        no_barriers(&page, path).await?;
        let wide = page.run("return document.documentElement.scrollWidth - innerWidth").await?;
        ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "{path} is {wide} pixels too wide");
        page.picture(name).await?;
    }
    page.close().await?;
    let page = driver.open(PHONE).await?;
    for (path, name) in
        [("/en-gb/", "phone-home"), ("/ar-gb/c/fashion", "phone-category-ar"), ("/en-gb/cart", "phone-cart")]
    {
        page.client.goto(&bench.address(path)).await?;
        no_barriers(&page, path).await?;
        let wide = page.run("return document.documentElement.scrollWidth - innerWidth").await?;
        ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "{path} is {wide} pixels too wide on a phone");
        page.picture(name).await?;
    }
    page.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_television_is_driven_by_keys() -> Result<()> {
    let Some((driver, bench)) = begin().await? else { return Ok(()) };
    let page = driver.open(Window { width: 1920, height: 1080, scripts: true }).await?;
    page.client.goto(&bench.address("/tv/?market=en-gb")).await?;
    page.until("document.querySelector('.stage [data-item]')").await?;
    page.until("[...document.images].every(image => image.complete)").await?;
    no_barriers(&page, "/tv/").await?;
    page.picture("tv-home").await?;
    let focused = "return document.activeElement.dataset.item || ''";
    let first = page.run(focused).await?;
    page.press("ArrowDown").await?;
    page.press("ArrowRight").await?;
    let second = page.run(focused).await?;
    ensure!(first != second && second != "", "the focus moves: {first} to {second}");
    page.press("Enter").await?;
    page.until("location.hash.length > 2 && !location.hash.endsWith('/home')").await?;
    page.until("!document.body.classList.contains('busy') && document.querySelector('.stage [data-item]')")
        .await?;
    no_barriers(&page, "a screen of /tv/").await?;
    page.press("Escape").await?;
    page.until("location.hash === '' || location.hash.endsWith('/home')").await?;
    page.client.goto(&bench.address("/tv/?market=en-gb#/product/harbour-trench-coat")).await?;
    page.until("document.querySelector('.stage')?.textContent.includes('Trench')").await?;
    page.until("[...document.images].every(image => image.complete)").await?;
    no_barriers(&page, "product on /tv/").await?;
    page.picture("tv-product").await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_shows_its_glances() -> Result<()> {
    let Some((driver, bench)) = begin().await? else { return Ok(()) };
    let page = driver.open(Window { width: 1280, height: 900, scripts: true }).await?;
    page.client.goto(&bench.address("/watch/?market=en-gb")).await?;
    page.until("document.querySelector('.glance') && !document.querySelector('.glance .wait')").await?;
    page.until("[...document.images].every(image => image.complete)").await?;
    let sizes = page.run(
        "return [...document.querySelectorAll('[data-screen]')].map(s => [s.clientWidth, s.clientHeight])",
    );
    let sizes = sizes.await?;
    ensure!(sizes == serde_json::json!([[396, 484], [324, 394]]), "the faces: {sizes}");
    ensure!(text(&page, ".glance").await?.len() > 10, "something to read");
    no_barriers(&page, "/watch/").await?;
    let first = text(&page, ".glance").await?;
    page.press("ArrowRight").await?;
    ensure!(text(&page, ".glance").await? != first, "a key turns to the next glance");
    page.until("[...document.images].every(image => image.complete)").await?;
    page.picture("watch").await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_answers_with_and_without_javascript() -> Result<()> {
    let Some((driver, bench)) = begin().await? else { return Ok(()) };
    for scripts in [true, false] {
        let page = driver.open(Window { scripts, ..DESKTOP }).await?;
        page.client.goto(&bench.address("/chat/?market=en-gb")).await?;
        fill(&page, "#text", "do you have a trench coat?").await?;
        click(&page, "#composer button").await?;
        let mut answer = String::new();
        for _ in 0..100 {
            answer = text(&page, "#log").await.unwrap_or_default();
            if answer.contains("Trench") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        ensure!(answer.contains("Trench"), "scripts {scripts}: {answer}");
        if scripts {
            page.until("[...document.images].every(image => image.complete)").await?;
            no_barriers(&page, "/chat/").await?;
            page.picture("chat").await?;
        }
        page.close().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_basket_on_every_screen() -> Result<()> {
    let Some((driver, bench)) = begin().await? else { return Ok(()) };
    let page = driver.open(DESKTOP).await?;
    page.client.goto(&bench.address("/en-gb/c/candles")).await?;
    click(&page, ".card:not(.card-gone) .card-name a").await?;
    arrive(&page, "/en-gb/p/").await?;
    click(&page, ".choose button.button-wide").await?;
    arrive(&page, "/en-gb/cart").await?;
    let total = page.run("return document.querySelector('.line-total').lastChild.textContent.trim()").await?;
    let total = total.as_str().context("a total")?.to_owned();
    for path in ["/tv/screens/cart?market=en-gb", "/watch/glances/cart?market=en-gb"] {
        page.client.goto(&bench.address(path)).await?;
        let shown = text(&page, "body").await?;
        ensure!(shown.contains(&total), "{path} shows {total}: {shown}");
    }
    page.client.goto(&bench.address("/chat/?market=en-gb")).await?;
    fill(&page, "#text", "show my basket").await?;
    click(&page, "#composer button").await?;
    page.until(&format!("document.querySelector('#log').textContent.includes('{total}')")).await?;
    page.close().await
}
