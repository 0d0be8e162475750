//! Every head over every real backend: what a visitor reads is what they read over the demo shop.
//!
//! `tests/backends/run.sh` starts the backends and sets `HEADWATER_BACKENDS` to a file with the settings of
//! each, one JSON object a line. Without it there is nothing to ask, and the test says so.

use anyhow::{Context, Result, ensure};
use conformance::differences::{fits, shown};
use regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::bench::{Bench, Setting};

const PRODUCT: &str = "harbour-trench-coat";

type Settings = BTreeMap<String, String>;

fn backends() -> Result<Vec<Settings>> {
    let Some(path) = std::env::var_os("HEADWATER_BACKENDS") else {
        eprintln!("SKIPPED: no backend is started; run tests/backends/run.sh");
        return Ok(Vec::new());
    };
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect()
}

/// The parts of a backend that is none of a shop's own: it stands beside the demo shop.
fn parts(adapter: &str) -> &'static [&'static str] {
    match adapter {
        "strapi" => &["content"],
        _ => &[],
    }
}

/// The variables for a backend; what it lacks comes from the demo shop.
fn variables(settings: &Settings, lacks: &[&str]) -> Vec<String> {
    let parts = parts(&settings["adapter"]);
    let (prefix, second) = if parts.is_empty() { ("shop", lacks) } else { ("second", parts) };
    // A development server on a busy machine is slower than a visitor's patience.
    let mut variables: Vec<String> =
        ["web", "tv", "watch", "chat"].iter().map(|head| format!("{head}_deadline_ms=20000")).collect();
    variables.push(format!("second_parts={}", second.join(", ")));
    variables.extend(settings.iter().map(|(name, value)| format!("{prefix}_{name}={value}")));
    variables
}

/// What these vendors' APIs do not have.
fn lacks(adapter: &str) -> &'static [&'static str] {
    match adapter {
        "vendure" | "medusa" => &["content", "reviews", "stores"],
        "commercetools" => &["content"],
        _ => &[],
    }
}

/// The whole answer: a server that has just started may be too late for the optional parts at first.
async fn get(bench: &Bench, path: &str) -> Result<String> {
    let mut slots = String::new();
    for _ in 0..8 {
        let answer = bench.browser()?.get(bench.address(path)).send().await?;
        ensure!(answer.status() == 200, "{path}: {}\n{}", answer.status(), bench.log().join("\n"));
        let told = answer.headers().get("headwater-slots").and_then(|value| value.to_str().ok());
        slots = told.unwrap_or_default().to_owned();
        if !slots.contains("omitted") {
            return Ok(answer.text().await?);
        }
    }
    anyhow::bail!("{path} is never whole: {slots}\n{}", bench.log().join("\n"))
}

/// What stands on a page, a line for each piece of text.
fn read_page(html: &str) -> Result<Vec<String>> {
    let unread = Regex::new(r"(?s)<(script|style|svg|head)\b.*?</(script|style|svg|head)>")?;
    let tags = Regex::new(r"(?s)<[^>]*>")?;
    let words = unread.replace_all(html, "\n");
    let words = tags.replace_all(&words, "\n");
    let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(lines.filter(|line| !line.is_empty()).collect())
}

/// What a client shows of an answer: its texts, without identifiers and addresses.
fn read_answer(value: &Value, key: &str, lines: &mut Vec<String>) {
    const UNREAD: [&str; 12] = [
        "id",
        "url",
        "src",
        "href",
        "product",
        "variant",
        "conversation",
        "action",
        "tap",
        "path",
        "open",
        "store",
    ];
    match value {
        Value::String(text)
            if !UNREAD.contains(&key) && !text.starts_with(['/', '#']) && !text.starts_with("http") =>
        {
            lines.push(format!("{key}: {text}"));
        }
        Value::Object(fields) => {
            let read = fields.iter().filter(|(name, _)| !UNREAD.contains(&name.as_str()));
            read.for_each(|(name, inner)| read_answer(inner, name, lines));
        }
        Value::Array(items) => items.iter().for_each(|item| read_answer(item, key, lines)),
        _ => {}
    }
}

/// What visitors read of the trench coat on each head.
async fn readings(bench: &Bench) -> Result<BTreeMap<String, Vec<String>>> {
    let mut readings = BTreeMap::new();
    for market in ["en-gb", "de-de", "ar-gb"] {
        let page = read_page(&get(bench, &format!("/{market}/p/{PRODUCT}")).await?)?;
        readings.insert(format!("web {market}"), page);
        for (head, path) in
            [("tv", format!("/tv/screens/product/{PRODUCT}")), ("watch", "/watch/glances/offer".into())]
        {
            let answer: Value = serde_json::from_str(&get(bench, &format!("{path}?market={market}")).await?)?;
            let mut lines = Vec::new();
            read_answer(&answer, "", &mut lines);
            readings.insert(format!("{head} {market}"), lines);
        }
    }
    let request = bench.browser()?.post(bench.address("/chat/messages?market=en-gb"));
    let request = request.header("sec-fetch-site", "same-origin");
    let answer: Value = request.json(&json!({ "text": "harbour trench coat" })).send().await?.json().await?;
    // Which other products a search engine finds, and in which order, is its own affair.
    let parts = answer["parts"].as_array().into_iter().flatten();
    let mut cards = parts.filter_map(|part| part["cards"].as_array()).flatten();
    let card = cards.find(|card| card["title"] == "Harbour trench coat").context("a card of the coat")?;
    let mut lines = Vec::new();
    read_answer(card, "", &mut lines);
    readings.insert("chat en-gb".into(), lines);
    Ok(readings)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_head_reads_the_same_over_every_backend() -> Result<()> {
    let backends = backends()?;
    if backends.is_empty() {
        return Ok(());
    }
    let bench = Bench::start().await?;
    let expected = readings(&bench).await?;
    ensure!(expected.values().all(|lines| lines.len() > 3), "something is read on each head");
    bench.stop().await;
    let mut wrong = Vec::new();
    for settings in &backends {
        let adapter = settings["adapter"].as_str();
        let allowed = shown(adapter)?;
        let variables = variables(settings, lacks(adapter));
        let bench = Bench::with(Setting { variables, ..Setting::default() }).await?;
        let seen = readings(&bench).await.with_context(|| adapter.to_owned())?;
        for (head, expected) in &expected {
            let compared = |lines: &[String]| -> Vec<String> {
                let differs = |line: &str| allowed.iter().any(|shown| fits(&shown.line, line));
                lines.iter().filter(|line| !differs(line)).cloned().collect()
            };
            let (left, right) = (compared(expected), compared(&seen[head]));
            for line in left.iter().filter(|line| !right.contains(line)) {
                wrong.push(format!("{adapter}, {head}: lacks   {line}"));
            }
            for line in right.iter().filter(|line| !left.contains(line)) {
                wrong.push(format!("{adapter}, {head}: instead {line}"));
            }
        }
        bench.stop().await;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// From the product's page to the order or the backend's own checkout, by the web head's forms.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_buys_over_every_backend() -> Result<()> {
    for settings in backends()? {
        let adapter = settings["adapter"].clone();
        let bench =
            Bench::with(Setting { variables: variables(&settings, lacks(&adapter)), ..Setting::default() })
                .await?;
        let browser = bench.browser()?;
        let post = async |path: &str, form: &[(&str, &str)]| -> Result<(u16, String)> {
            let request = browser.post(bench.address(path)).header("sec-fetch-site", "same-origin");
            let answer = request.form(form).send().await?;
            let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
            Ok((answer.status().as_u16(), location.unwrap_or_default().to_owned()))
        };
        let log = || bench.log().join("\n");
        // The demo shop's rules give a first order 10 % off and free delivery from £30; each backend has the code.
        tests::bench::publish(&bench, &tests::house::root().join("personalise.toml")).await?;
        let (agreed, _) = post("/en-gb/consent", &[("purposes", "all")]).await?;
        ensure!(agreed == 303, "{adapter}: agreed {agreed}\n{}", log());
        let (added, _) =
            post("/en-gb/cart/add", &[("product", "glasswing-protector-corvane-nine"), ("quantity", "2")])
                .await?;
        ensure!(added == 303, "{adapter}: added {added}\n{}", log());
        let basket = browser.get(bench.address("/en-gb/cart")).send().await?.text().await?;
        ensure!(basket.contains("£39.98"), "{adapter}: two at £19.99 in the basket\n{}", log());
        let promised = basket.contains("10% off and free delivery from £30.00");
        ensure!(
            promised && basket.contains("-£4.00") && basket.contains("£35.98"),
            "{adapter}: what was promised is not what is charged\n{}\n{basket}",
            log()
        );
        let watch =
            browser.get(bench.address("/watch/glances/cart?market=en-gb")).send().await?.text().await?;
        ensure!(watch.contains("£35.98"), "{adapter}: the same on the watch: {watch}");
        let form = [
            ("name", "Ada Finch"),
            ("email", "ada@example.test"),
            ("delivery", "ship"),
            ("street", "1 Finch Row"),
            ("city", "Leeds"),
            ("postcode", "LS1 0ZZ"),
            ("country", "GB"),
        ];
        let (placed, location) = post("/en-gb/checkout", &form).await?;
        ensure!(placed == 303, "{adapter}: checkout {placed}\n{}", log());
        if location.starts_with("https://") {
            println!("{adapter}: handed over to the backend's own checkout");
        } else {
            ensure!(location.contains("/en-gb/order/"), "{adapter}: to {location}");
            let order = browser.get(bench.address(&location)).send().await?;
            ensure!(order.status() == 200, "{adapter}: the order's page: {}\n{}", order.status(), log());
            let order = order.text().await?;
            ensure!(
                order.contains("£39.98") && order.contains("£35.98"),
                "{adapter}: what was charged: {order}"
            );
            println!("{adapter}: ordered, and charged what was shown: £39.98 - £4.00, delivered free");
        }
        bench.stop().await;
    }
    Ok(())
}
