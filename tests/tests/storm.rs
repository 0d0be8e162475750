//! A shop that is down is not trampled on by those who try again, and a write is never repeated blindly.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::collections::BTreeSet;
use tests::answer::{Answer, client};
use tests::bench::{Bench, Setting, known};
use tests::proxy::{Fault, Operation, Proxy};
use tests::shop::{OpenShop, cookie};

/// Pages, and how many questions each asks before it gives up.
const PAGES: [(&str, usize); 5] = [
    ("/en-gb/", 2),
    ("/en-gb/stores", 2),
    ("/tv/screens/home?market=en-gb", 2),
    ("/tv/screens/search?market=en-gb&q=coat", 2),
    ("/watch/glances/offer?market=en-gb", 1),
];

/// Requests for each page; as many as instances serve on end.
const EACH: usize = 120;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_is_down_is_asked_hardly_more_often_than_one_that_is_up() -> Result<()> {
    let client = client()?;
    let mut said = Vec::new();
    for fault in [Fault::Refuse, Fault::Broken, Fault::Unavailable, Fault::Throttled, Fault::Truncated] {
        let shop = Proxy::broken(fault).await?;
        let variables = [vec![shop.variable()], known(&["cache=off"])].concat();
        let bench = Bench::with(Setting { variables, ..Setting::default() }).await?;
        let (mut requests, mut due) = (0, 0);
        for (path, calls) in PAGES {
            for _ in 0..EACH {
                let answer = Answer::to(client.get(bench.address(path))).await?;
                ensure!(answer.status == fault.status(), "{fault:?} {path}: {}", answer.status);
            }
            requests += EACH;
            due += EACH * calls;
        }
        let calls = shop.take_calls().len();
        ensure!(calls > 0, "{fault:?}: the shop was never asked");
        ensure!(calls * 10 <= due * 11, "{fault:?}: {calls} calls where {due} were due");
        said.push(format!("{fault:?} {calls} of {due}"));
        ensure!(requests == PAGES.len() * EACH);
        bench.stop().await;
    }
    println!("calls made of those due: {}", said.join(", "));
    Ok(())
}

/// The writes of every head: path, body, its type, and the pieces that the cart holds after it.
const WRITES: [(&str, &str, &str, u64); 5] = [
    ("/en-gb/cart/add", "product={slug}&quantity=1", "application/x-www-form-urlencoded", 3),
    ("/en-gb/cart/change", "line={line}&quantity=5", "application/x-www-form-urlencoded", 5),
    ("/tv/screens/cart/lines?market=en-gb", r#"{"variant":"{variant}","quantity":1}"#, "application/json", 3),
    ("/tv/screens/cart/lines/{line}?market=en-gb", r#"{"quantity":5}"#, "application/json", 5),
    (
        "/chat/messages?market=en-gb",
        r#"{"action":{"do":"add","variant":"{variant}","quantity":1}}"#,
        "application/json",
        3,
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_whose_answer_is_lost_happens_once() -> Result<()> {
    let shop = OpenShop::start().await?;
    let proxy = Proxy::before(&shop.host()).await?;
    let variables = [vec![proxy.variable()], known(&["cache=off"])].concat();
    let bench = Bench::with(Setting { variables, fresh: true, ..Setting::default() }).await?;
    let client = client()?;
    let (mut writes, mut repeated) = (0, 0);
    for fault in [Fault::LostAnswer, Fault::Truncated, Fault::SlowFirstByte, Fault::SlowBody] {
        for (path, body, media, pieces) in WRITES {
            for every_time in [false, true] {
                let basket = shop.basket(2).await?;
                let fill = |text: &str| {
                    let text = text.replace("{slug}", &shop.slug).replace("{line}", &basket.line);
                    text.replace("{variant}", &shop.variant)
                };
                proxy.heal();
                proxy.take_calls();
                match every_time {
                    true => proxy.set(Operation::ChangeCart, fault),
                    false => proxy.set_once(Operation::ChangeCart, fault),
                }
                let request = client.post(bench.address(&fill(path))).header("content-type", media);
                let request = request.header("cookie", cookie(Some(&basket.id), None)).body(fill(body));
                let answer = Answer::to(request.header("sec-fetch-site", "same-origin")).await?;
                let name = format!("{fault:?} {path}, every time: {every_time}");
                // Whoever asked again got through where only the first answer was lost.
                let fine = !every_time && matches!(answer.status, 200 | 303);
                ensure!(fine || answer.status == fault.status(), "{name}: {}", answer.status);
                let calls = proxy.take_calls();
                let sent: Vec<_> = calls.iter().filter(|c| c.operation == Operation::ChangeCart).collect();
                let keys: BTreeSet<_> = sent.iter().filter_map(|call| call.key.as_ref()).collect();
                ensure!(
                    sent.len() == 1 || keys.len() == 1 && sent.iter().all(|call| call.key.is_some()),
                    "{name}: sent {} times with the keys {keys:?}",
                    sent.len()
                );
                let held = shop.pieces(&basket.id).await?;
                ensure!(held == Some(pieces), "{name}: the cart holds {held:?} and not {pieces}");
                writes += 1;
                repeated += sent.len() - 1;
            }
        }
    }
    println!("{writes} writes with a lost answer: each happened once; {repeated} sent again, with their key");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_whose_answer_is_lost_is_placed_once() -> Result<()> {
    let shop = OpenShop::start().await?;
    let proxy = Proxy::before(&shop.host()).await?;
    let variables = [vec![proxy.variable()], known(&["cache=off"])].concat();
    let bench = Bench::with(Setting { variables, fresh: true, ..Setting::default() }).await?;
    let client = client()?;
    let stock = async || {
        let path = format!("/v1/products/{}", shop.slug);
        let product = shop.ask("GET", &path, None, 200).await?;
        let variants = product["variants"].as_array().context("variants")?;
        let own = variants.iter().find(|variant| variant["id"] == json!(shop.variant));
        own.and_then(|variant| variant["stock"]["quantity"].as_u64()).context("its stock")
    };
    for every_time in [false, true] {
        let before = stock().await?;
        let basket = shop.basket(2).await?;
        proxy.heal();
        match every_time {
            true => proxy.set(Operation::CheckOut, Fault::LostAnswer),
            false => proxy.set_once(Operation::CheckOut, Fault::LostAnswer),
        }
        let form =
            [("name", "Ada"), ("email", "ada@example.com"), ("delivery", "pickup"), ("store", "leeds")];
        let request = client.post(bench.address("/en-gb/checkout")).form(&form);
        let request = request.header("cookie", cookie(Some(&basket.id), None));
        let answer = Answer::to(request.header("sec-fetch-site", "same-origin")).await?;
        let fine = !every_time && answer.status == 303;
        ensure!(fine || answer.status == 502, "{}", answer.status);
        ensure!(shop.pieces(&basket.id).await?.is_none(), "the cart became an order");
        ensure!(stock().await? + 2 == before, "two pieces were sold, once");
    }
    Ok(())
}
