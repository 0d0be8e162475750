//! A shop that fails in every way: each head answers in its own form, with the right status, and tells
//! nothing of what the shop said.

use anyhow::{Result, ensure};
use tests::bench::{Bench, Setting};
use tests::upstream::{Broken, Fault};

/// An address of each head that cannot be answered without the shop, and the form of its answer.
const REQUIRED: [(&str, &str); 4] = [
    ("/en-gb/p/any-product", "text/html"),
    ("/tv/screens/product/any-product?market=en-gb", "application/json"),
    ("/watch/glances/order/any-order?market=en-gb", "application/json"),
    ("/de-de/c/any-category", "text/html"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_shop_is_told_in_the_form_of_each_channel() -> Result<()> {
    for fault in Fault::ALL {
        let shop = Broken::start(fault).await?;
        let bench = Bench::with(Setting { variables: vec![shop.variable()], ..Setting::default() }).await?;
        let browser = bench.browser()?;
        for (path, media) in REQUIRED {
            let answer = browser.get(bench.address(path)).header("accept", "text/html").send().await?;
            let status = answer.status().as_u16();
            ensure!(status == fault.status(), "{fault:?} {path}: {status}, expected {}", fault.status());
            let given = answer.headers()["content-type"].to_str()?.to_owned();
            ensure!(given.starts_with(media), "{fault:?} {path}: {given}");
            ensure!(answer.headers()["cache-control"] == "no-store", "{fault:?} {path} may not be kept");
            ensure!(answer.headers().contains_key("retry-after"), "{fault:?} {path}: when to come back");
            let body = answer.text().await?;
            ensure!(!body.contains("secret-detail"), "{fault:?} {path} tells what the shop said: {body}");
            ensure!(body.len() > 100, "{fault:?} {path}: an answer with nothing in it: {body}");
        }
        // The host and the other routes are well; so is a page that needs no shop.
        let fine = browser.get(bench.address("/tv/")).send().await?.status();
        ensure!(fine == 200, "{fault:?}: /tv/ {fine}");
        let log = bench.log().join("\n");
        ensure!(log.contains("plain.product"), "{fault:?}: the operator is told which call failed: {log}");
        bench.stop().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_says_so_in_words_when_the_shop_is_gone() -> Result<()> {
    let shop = Broken::start(Fault::Refused).await?;
    let bench = Bench::with(Setting { variables: vec![shop.variable()], ..Setting::default() }).await?;
    let request = bench.browser()?.post(bench.address("/chat/messages?market=en-gb"));
    let answer =
        request.header("sec-fetch-site", "same-origin").json(&serde_json::json!({"text": "trench coat"}));
    let answer = answer.send().await?;
    ensure!(answer.headers()["content-type"].to_str()?.starts_with("application/json"));
    let body: serde_json::Value = answer.json().await?;
    ensure!(body["parts"].as_array().is_some_and(|parts| !parts.is_empty()), "{body}");
    Ok(())
}
