//! Golden files: a conversation with a head, one file a case.
//!
//! A file is a row of exchanges. `>>> METHOD path` begins one, request headers follow, then an empty line
//! and the body; `<<<` begins the answer as it was recorded. Cookies are kept from one exchange to the next.
//! `UPDATE_GOLDEN=1 cargo test --package tests` records anew; read the difference before committing it.

use crate::bench::Bench;
use anyhow::{Context, Result, bail};
use regex::Regex;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The headers of an answer that a channel's clients rely on.
const HEADERS: [&str; 8] = [
    "content-type",
    "cache-control",
    "vary",
    "location",
    "allow",
    "retry-after",
    "headwater-slots",
    "headwater-trimmed",
];

/// Values that differ from run to run, and what stands for them.
static VOLATILE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).expect("a pattern");
    vec![
        (pattern(r"/assets/([a-z-]+)[-.][0-9a-f]{8,}\."), "/assets/$1-HASH."),
        (pattern(r"LF-[0-9A-Z]{4}-[0-9A-Z]{4}"), "LF-ORDER"),
        (pattern(r"http://127\.0\.0\.1:\d+"), "http://SITE"),
        (pattern(r"127\.0\.0\.1:\d+"), "SITE"),
        // What is sealed begins with chance.
        (pattern(r"[A-Za-z0-9_-]{100,}"), "SEALED"),
    ]
});

struct Exchange {
    request: String,
    answer: String,
}

fn read(text: &str) -> Vec<Exchange> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    let mut answering = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with(">>> ") {
            exchanges.push(Exchange { request: String::new(), answer: String::new() });
            answering = false;
        } else if line.trim_end() == "<<<" {
            answering = true;
            continue;
        }
        if let Some(exchange) = exchanges.last_mut() {
            let part = if answering { &mut exchange.answer } else { &mut exchange.request };
            part.push_str(line);
        }
    }
    exchanges
}

/// Runs one file against a running application.
///
/// # Errors
/// The first difference, with both sides; or that the file is no conversation.
pub async fn check(bench: &Bench, path: &Path) -> Result<usize> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let exchanges = read(&text);
    if exchanges.is_empty() {
        bail!("{} holds no exchange", path.display());
    }
    let browser = bench.browser()?;
    let mut known: Vec<(String, String)> = Vec::new();
    let mut recorded = String::new();
    for exchange in &exchanges {
        let answer = ask(bench, &browser, &exchange.request, &mut known).await?;
        write!(recorded, "{}\n\n<<<\n{}\n", exchange.request.trim_end(), answer.trim_end())?;
        recorded.push('\n');
        if std::env::var_os("UPDATE_GOLDEN").is_none() && answer.trim_end() != exchange.answer.trim_end() {
            let first = exchange.request.lines().next().unwrap_or_default();
            bail!(
                "{}: {first}\n{}",
                path.display(),
                difference(exchange.answer.trim_end(), answer.trim_end())
            );
        }
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, recorded)?;
    }
    Ok(exchanges.len())
}

async fn ask(
    bench: &Bench,
    browser: &reqwest::Client,
    request: &str,
    known: &mut Vec<(String, String)>,
) -> Result<String> {
    let mut request = request.to_owned();
    for (value, name) in known.iter() {
        request = request.replace(name, value);
    }
    let (head, body) = request.split_once("\n\n").unwrap_or((&request, ""));
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default().trim_start_matches(">>> ");
    let (method, address) = first.split_once(' ').context("`>>> METHOD path`")?;
    let mut asked = browser.request(method.parse()?, bench.address(address.trim()));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let (name, value) = line.split_once(": ").context("`name: value`")?;
        asked = asked.header(name, value.replace("SITE", &bench.host()));
    }
    let answer = asked.body(body.trim_end().to_owned()).send().await?;
    let mut text = format!("{}\n", answer.status().as_u16());
    for name in HEADERS {
        // How far the other slots were when a required one failed is a race.
        if name == "headwater-slots" && answer.status().is_client_error() {
            continue;
        }
        if let Some(value) = answer.headers().get(name) {
            writeln!(text, "{name}: {}", value.to_str()?)?;
        }
    }
    let location = answer.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Some((_, id)) = location.rsplit_once("/order/") {
        known.push((id.split('?').next().unwrap_or(id).to_owned(), "{order}".to_owned()));
    }
    let cookies = answer.headers().get_all("set-cookie").iter();
    for cookie in cookies.filter_map(|value| value.to_str().ok()?.split('=').next()) {
        writeln!(text, "set-cookie: {cookie}=…")?;
    }
    let body = String::from_utf8(answer.bytes().await?.to_vec())?;
    writeln!(text, "\n{}", pretty(&body))?;
    for (value, name) in known.iter() {
        text = text.replace(value, name);
    }
    for (pattern, stands_for) in VOLATILE.iter() {
        text = pattern.replace_all(&text, *stands_for).into_owned();
    }
    Ok(text)
}

/// JSON on many lines, so that a difference can be read; anything else as it is.
fn pretty(body: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(body).ok().filter(|value| value.is_object());
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.to_owned())
}

fn difference(expected: &str, given: &str) -> String {
    let mut lines = expected.lines().zip(given.lines()).enumerate();
    match lines.find(|(_, (expected, given))| expected != given) {
        Some((at, (expected, given))) => {
            format!("line {}\n  expected: {expected}\n  given:    {given}", at + 1)
        }
        None => format!("{} lines expected, {} given", expected.lines().count(), given.lines().count()),
    }
}
