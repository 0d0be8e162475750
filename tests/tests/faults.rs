//! A shop that fails in every way: each head answers in its own form, with the right status, and tells
//! nothing of what the shop said.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::bench::{Bench, Setting};
use tests::proxy::{Fault, Proxy, SECRET, nobody};

/// An address of each head that cannot be answered without the shop, and the form of its answer.
const REQUIRED: [(&str, &str); 5] = [
    // Each part of a home page can be left out; all of them at once cannot.
    ("/en-gb/", "text/html"),
    ("/en-gb/p/any-product", "text/html"),
    ("/tv/screens/product/any-product?market=en-gb", "application/json"),
    ("/watch/glances/order/any-order?market=en-gb", "application/json"),
    ("/de-de/c/any-category", "text/html"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_shop_is_told_in_the_form_of_each_channel() -> Result<()> {
    let faults = Fault::ALL.map(|fault| (format!("{fault:?}"), Some(fault), fault.status()));
    for (name, fault, status) in faults.into_iter().chain([("Nobody".to_owned(), None, 502)]) {
        let shop = match fault {
            Some(fault) => Some(Proxy::broken(fault).await?),
            None => None,
        };
        let variable = match &shop {
            Some(shop) => shop.variable(),
            None => nobody().await?,
        };
        // Nothing that one request finds out may spare the next one its own fault.
        let setting = Setting { variables: vec![variable], fresh: true, ..Setting::default() };
        let bench = Bench::with(setting).await?;
        let browser = bench.browser()?;
        for (path, media) in REQUIRED {
            let answer = browser.get(bench.address(path)).header("accept", "text/html").send().await?;
            let given = answer.status().as_u16();
            ensure!(given == status, "{name} {path}: {given}, expected {status}");
            let given = answer.headers()["content-type"].to_str()?.to_owned();
            ensure!(given.starts_with(media), "{name} {path}: {given}");
            ensure!(answer.headers()["cache-control"] == "no-store", "{name} {path} may not be kept");
            ensure!(answer.headers().contains_key("retry-after"), "{name} {path}: when to come back");
            let body = answer.text().await?;
            ensure!(!body.contains(SECRET), "{name} {path} tells what the shop said: {body}");
            ensure!(body.len() > 100, "{name} {path}: an answer with nothing in it: {body}");
        }
        chat_says_so(&bench, &browser, &name).await?;
        // The host and the other routes are well; so is a page that needs no shop.
        let fine = browser.get(bench.address("/tv/")).send().await?.status();
        ensure!(fine == 200, "{name}: /tv/ {fine}");
        let log = bench.log().join("\n");
        ensure!(log.contains("plain.product"), "{name}: the operator is told which call failed: {log}");
        bench.stop().await;
    }
    Ok(())
}

/// A chat answers in words, whatever is broken, and shows nothing of it.
async fn chat_says_so(bench: &Bench, browser: &reqwest::Client, name: &str) -> Result<()> {
    for text in ["trench coat", "show my basket", "stores near Leeds", "help"] {
        let request = browser.post(bench.address("/chat/messages?market=en-gb"));
        let answer =
            request.header("sec-fetch-site", "same-origin").json(&json!({ "text": text })).send().await?;
        let media = answer.headers()["content-type"].to_str()?.to_owned();
        ensure!(media.starts_with("application/json"), "{name} `{text}`: {media}");
        let status = answer.status().as_u16();
        let body: Value = answer.json().await?;
        ensure!(!body.to_string().contains(SECRET), "{name} `{text}` tells what the shop said: {body}");
        let words = body["parts"].as_array().is_some_and(|parts| !parts.is_empty());
        ensure!(words, "{name} `{text}`: {status} without words: {body}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_too_large_is_refused_in_the_form_of_each_channel() -> Result<()> {
    let bench = Bench::start().await?;
    let browser = bench.browser()?;
    let body = "x".repeat(300 << 10);
    for (path, media) in [
        ("/en-gb/cart/add", "text/html"),
        ("/tv/screens/cart/lines?market=en-gb", "application/json"),
        ("/chat/messages?market=en-gb", "application/json"),
        ("/chat/slack/events", "application/json"),
    ] {
        let request = browser.post(bench.address(path)).header("sec-fetch-site", "same-origin");
        let answer = request.header("content-type", media).body(body.clone()).send().await?;
        ensure!(answer.status() == 413, "{path}: {}", answer.status());
        let given = answer.headers()["content-type"].to_str()?.to_owned();
        ensure!(given.starts_with(media), "{path}: {given}");
        let text = answer.text().await?;
        ensure!(text.len() > 20, "{path}: what is the matter: {text}");
    }
    Ok(())
}
