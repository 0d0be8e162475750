//! A shop whose every text is an attack: no page runs it, no answer is broken by it, none of it is taken
//! for markup of ours.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::bench::{Bench, Setting};
use tests::browser::{Driver, Window};
use tests::hostile::Hostile;

const PRODUCT: &str = "harbour-trench-coat";
const WINDOW: Window = Window { width: 1280, height: 900, scripts: true };

async fn bench() -> Result<Bench> {
    let shop = Hostile::start().await?;
    Bench::with(Setting { variables: vec![shop.variable()], ..Setting::default() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_broken_by_hostile_text() -> Result<()> {
    let bench = bench().await?;
    let browser = bench.browser()?;
    let add = [("product", "glasswing-protector-corvane-nine"), ("quantity", "1")];
    let get = async |path: &str| -> Result<String> {
        let answer = browser.get(bench.address(path)).send().await?;
        ensure!(answer.status() == 200, "{path}: {}", answer.status());
        Ok(answer.text().await?)
    };
    let request = browser.post(bench.address("/en-gb/cart/add")).header("sec-fetch-site", "same-origin");
    let added = request.form(&add).send().await?.status();
    ensure!(added == 303, "a basket with hostile goods: {added}");
    for path in ["", "c/fashion", "search?q=coat", &format!("p/{PRODUCT}"), "cart", "stores"] {
        let page = get(&format!("/en-gb/{path}")).await?;
        ensure!(!page.contains("<img src=x") && !page.contains("<script>window"), "{path} holds the attack");
        ensure!(page.contains("{{7*7}}"), "{path} shows the text as text");
        for block in page.split("<script type=\"application/ld+json\">").skip(1) {
            let block = block.split("</script>").next().context("an end")?;
            let _: Value =
                serde_json::from_str(block).with_context(|| format!("{path}: JSON-LD: {block}"))?;
        }
    }
    for path in
        ["tv/screens/home", "tv/screens/cart", &format!("tv/screens/product/{PRODUCT}"), "watch/glances"]
    {
        let text = get(&format!("/{path}?market=en-gb")).await?;
        let value: Value = serde_json::from_str(&text).with_context(|| path.to_owned())?;
        ensure!(value.is_object(), "{path}");
        ensure!(text.len() < 60 * 1024, "{path}: {} bytes", text.len());
    }
    for words in ["trench coat", "show my basket", "stores"] {
        let request = browser.post(bench.address("/chat/messages?market=en-gb"));
        let answer = request.header("sec-fetch-site", "same-origin").json(&json!({ "text": words }));
        let body: Value = answer.send().await?.json().await?;
        ensure!(body["parts"].as_array().is_some_and(|parts| !parts.is_empty()), "`{words}`: {body}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_runs_hostile_text() -> Result<()> {
    let Some(driver) = Driver::start().await? else { return Ok(()) };
    let bench = bench().await?;
    let page = driver.open(WINDOW).await?;
    let paths = [
        "/en-gb/".to_owned(),
        "/en-gb/c/fashion".into(),
        "/en-gb/search?q=coat".into(),
        format!("/en-gb/p/{PRODUCT}"),
        "/ar-gb/stores".into(),
        "/en-gb/cart".into(),
        "/tv/?market=en-gb".into(),
        format!("/tv/?market=en-gb#/product/{PRODUCT}"),
        "/watch/?market=en-gb".into(),
        "/chat/?market=en-gb".into(),
    ];
    for path in paths {
        page.client.goto(&bench.address(&path)).await?;
        page.until("document.readyState === 'complete'").await?;
        if path.starts_with("/chat/") {
            page.run("document.querySelector('#text').value = 'trench coat'; document.querySelector('#composer button').click()").await?;
        }
        if !path.contains("/cart") {
            // A watch has room for the beginning only.
            if path.starts_with("/watch/") {
                // The basket is empty here; the next glance is the offer.
                page.until("document.querySelector('.glance') && !document.querySelector('.glance .wait')")
                    .await?;
                page.press("ArrowRight").await?;
            }
            let shown = page.until(r#"document.body.textContent.includes('x\'"--')"#).await;
            let text = page.run("return document.body.innerText").await?;
            shown.with_context(|| format!("{path} shows {text}"))?;
        }
        let state = page
            .run("return [window.pwned ?? null, document.querySelectorAll('img[src=x], script:not([src]):not([type])').length]")
            .await?;
        ensure!(state == json!([null, 0]), "{path} took the text for markup: {state}");
    }
    page.close().await
}
