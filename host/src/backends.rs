//! The part of `headwater check` that asks the shop's backends: each component that declares a `session_key`
//! is asked for `/.well-known/headwater` below its route, and says what it found. A component that does not
//! know the address answers 404 and is passed over.

use crate::manifest::{Manifest, Problems, Target};
use crate::moment::Moment;
use crate::operator::proof;
use crate::variables::{Sources, Variables};
use anyhow::Context as _;
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;

const PATH: &str = ".well-known/headwater";
/// More than any honest answer.
const MOST: usize = 1 << 20;

/// Serves the application for a moment, on a free port and with a state of its own, and asks.
///
/// # Errors
/// When it cannot be served; what the backends are found to lack goes to `problems`.
pub(crate) fn ask(
    path: &Path,
    manifest: &Manifest,
    given: &[String],
    state_dir: &Path,
    problems: &mut Problems,
) -> anyhow::Result<Vec<String>> {
    let sources = Sources::gather(given, &manifest.folder)?;
    let variables = Variables::resolve(manifest, &sources, &mut Problems::default());
    let keys: Vec<(String, String)> = asked(manifest, &variables);
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let moment = Moment::start(path, manifest, given, state_dir).await?;
        let mut said = BTreeSet::new();
        let mut lines = Vec::new();
        for (path, key) in &keys {
            let Some(findings) = fetch(moment.addr(), path, key).await? else { continue };
            for finding in findings.as_array().into_iter().flatten() {
                let (line, faults) = tell(finding);
                // Heads with the same settings find the same: once is enough.
                let kind: String = line.chars().filter(|c| !c.is_ascii_digit()).collect();
                if said.insert(kind) {
                    lines.push(line);
                    faults.into_iter().for_each(|fault| problems.error(None, fault));
                }
            }
        }
        moment.stop().await;
        Ok(lines)
    })
}

/// Paths to ask and the keys that open them.
fn asked(manifest: &Manifest, variables: &Variables) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for trigger in &manifest.triggers {
        let Target::Component(name) = &trigger.target else { continue };
        let Some(base) = trigger.route.as_deref().and_then(|route| route.strip_suffix("...")) else {
            continue;
        };
        let component = manifest.components.get(name);
        let Some((template, _)) = component.and_then(|c| c.variables.get("session_key")) else { continue };
        let Ok(key) = variables.expand(template) else { continue };
        paths.push((format!("{base}{PATH}"), key));
    }
    paths
}

async fn fetch(address: SocketAddr, path: &str, key: &str) -> anyhow::Result<Option<Value>> {
    let proof = proof("headwater-check", key);
    let stream = tokio::net::TcpStream::connect(address).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = hyper::Request::get(path)
        .header("host", address.to_string())
        .header("authorization", format!("Bearer {proof}"))
        .body(Empty::<bytes::Bytes>::new())?;
    let answer = sender.send_request(request).await?;
    if answer.status() != hyper::StatusCode::OK {
        return Ok(None);
    }
    let body = http_body_util::Limited::new(answer.into_body(), MOST).collect().await;
    let body = body.map_err(|error| anyhow::anyhow!("{path}: {error}"))?.to_bytes();
    serde_json::from_slice(&body).map(Some).with_context(|| path.to_owned())
}

/// A finding as a line, and what is wrong with it.
fn tell(finding: &Value) -> (String, Vec<String>) {
    let text = |name: &str| finding.get(name).and_then(Value::as_str).unwrap_or_default();
    let list = |name: &str| -> Vec<&str> {
        finding.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let (prefix, adapter) = (text("prefix"), text("adapter"));
    let mut faults = Vec::new();
    let mut fault = |what: &str| faults.push(format!("{prefix} ({adapter}): {what}"));
    if !text("fault").is_empty() {
        fault(text("fault"));
        return (format!("{prefix}: {adapter} cannot be asked"), faults);
    }
    let mut line = format!("{prefix}: {adapter}");
    for part in [text("name"), text("version")].into_iter().filter(|part| !part.is_empty()) {
        line.push_str(&format!(" {part}"));
    }
    if !list("currencies").is_empty() {
        line.push_str(&format!(", sells in {}", list("currencies").join(", ")));
    }
    // What is wrong in every market is said once.
    let mut wrong: Vec<(&str, Vec<&str>)> = Vec::new();
    for market in finding.get("markets").and_then(Value::as_array).into_iter().flatten() {
        let word = |name: &str| market.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = |name: &str| market.get(name).and_then(Value::as_u64);
        if !word("fault").is_empty() {
            match wrong.iter_mut().find(|(what, _)| *what == word("fault")) {
                Some((_, markets)) => markets.push(word("market")),
                None => wrong.push((word("fault"), vec![word("market")])),
            }
            continue;
        }
        let products = number("products").map_or_else(String::new, |count| format!(" {count} products"));
        let took = number("milliseconds").unwrap_or_default();
        line.push_str(&format!("; {}/{}{products} in {took} ms", word("market"), word("currency")));
    }
    for (what, markets) in wrong {
        fault(&format!("in {}: {what}", markets.join(", ")));
    }
    line.push_str(&format!("; has {}", list("capabilities").join(", ")));
    (line, faults)
}
