//! Copies of what the shop says, through the real WASM in the real host: asked for once, called back by a purge.

use anyhow::{Context, Result, ensure};
use futures::future::try_join_all;
use host::purge::Purge;
use std::time::{Duration, Instant};
use tests::answer::{Answer, client};
use tests::bench::{Bench, Setting};
use tests::house::root;
use tests::proxy::Proxy;
use tests::shop::OpenShop;

/// What each head shows of one product.
const PAGES: [(&str, Option<&str>); 4] = [
    ("/en-gb/p/harbour-trench-coat", None),
    ("/tv/screens/product/harbour-trench-coat?market=en-gb", None),
    ("/tv/screens/category/fashion?market=en-gb", None),
    ("/chat/messages?market=en-gb", Some(r#"{"text": "trench coat"}"#)),
];

/// What a machine that has other work may add to an answer, in seconds.
const NOISE: f64 = 1.0;

async fn ask(client: &reqwest::Client, bench: &Bench, page: (&str, Option<&'static str>)) -> Result<Answer> {
    let address = bench.address(page.0);
    let request = match page.1 {
        None => client.get(address),
        Some(body) => client.post(address).header("content-type", "application/json").body(body),
    };
    let answer = Answer::to(request.header("sec-fetch-site", "same-origin")).await?;
    ensure!(answer.status == 200, "{}: {} {}", page.0, answer.status, answer.start());
    Ok(answer)
}

async fn bench(proxy: &Proxy) -> Result<Bench> {
    let variables = vec![proxy.variable(), "cache=on".to_owned()];
    Bench::with(Setting { variables, clock: None, ..Setting::default() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purge_is_seen_by_every_head_within_what_it_says() -> Result<()> {
    let shop = OpenShop::start().await?;
    let proxy = Proxy::before(&shop.host()).await?;
    let (bench, client) = (bench(&proxy).await?, client()?);
    for page in PAGES.iter().chain(&PAGES) {
        ensure!(ask(&client, &bench, *page).await?.body.contains("Harbour trench coat"), "{}", page.0);
    }
    proxy.edit("Harbour trench coat", "Harbour trench cape");
    proxy.take_calls();
    for page in PAGES {
        ensure!(
            ask(&client, &bench, page).await?.body.contains("Harbour trench coat"),
            "{} was not kept",
            page.0
        );
    }
    let asked = proxy.counts();
    ensure!(asked.is_empty(), "what is kept is asked for again: {asked:?}");
    let order = Purge {
        manifest: Some(root().join("spin.toml")),
        variables: Vec::new(),
        url: bench.address(""),
        tags: vec!["product:harbour-trench-coat".to_owned(), "listing".to_owned()],
    };
    let told = order.run().await?;
    let start = Instant::now();
    let bound = told.split_whitespace().find_map(|word| word.parse::<f64>().ok()).context("a bound")?;
    ensure!(bound < 5.0, "{told}");
    let mut seen = Vec::new();
    for page in PAGES {
        while !ask(&client, &bench, page).await?.body.contains("Harbour trench cape") {
            let late = start.elapsed().as_secs_f64();
            ensure!(late < bound + NOISE, "{} still shows it after {late} s", page.0);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // From here on it stays so: no instance gives the old one again.
        for _ in 0..20 {
            ensure!(
                ask(&client, &bench, page).await?.body.contains("Harbour trench cape"),
                "{} goes back",
                page.0
            );
        }
        seen.push(format!("{} after {} ms", page.0, start.elapsed().as_millis()));
    }
    println!("said: seen within {bound} s; {}", seen.join(", "));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_visitor_was_shown_is_hardly_asked_for_by_a_crowd() -> Result<()> {
    let shop = OpenShop::start().await?;
    let proxy = Proxy::before(&shop.host()).await?;
    let all = ["cache=on", "cache_writes_per_s=1000000000", "cache_writers=1"].map(str::to_owned);
    let variables = [vec![proxy.variable()], all.to_vec()].concat();
    let bench = Bench::with(Setting { variables, clock: None, ..Setting::default() }).await?;
    let client = client()?;
    ask(&client, &bench, PAGES[0]).await?;
    let first = proxy.take_calls().len();
    // What is written after the answer is there.
    tokio::time::sleep(Duration::from_millis(500)).await;
    // Many more than instances there are: new ones find what the first has left in key-value.
    let crowd = 40;
    try_join_all((0..crowd).map(|_| ask(&client, &bench, PAGES[0]))).await?;
    let asked = proxy.take_calls().len();
    println!("the first visitor made {first} calls, {crowd} at once after it {asked}");
    ensure!(first > 3, "the first visitor made {first} calls");
    // Where a busy machine makes key-value slow, an instance asks the shop instead.
    ensure!(asked * 10 <= first * crowd, "{asked} calls for {crowd} visitors");
    Ok(())
}
