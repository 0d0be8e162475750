//! A real visitor, looked up by the session that their watch keeps: on the real host and its WASM.

use anyhow::{Context, Result, ensure};
use host::rules::{Explain, SessionValue};
use personalise::rules::Scenario;
use serde_json::{Value, json};
use tests::bench::{Bench, Setting, part, publish};
use tests::house::root;

/// A head, the desk and the shop.
const APP: [&str; 4] = ["watch", "desk", "backend", "demo-shop"];

/// What `headwater explain --session` answers.
async fn explained(bench: &Bench, session: &str, visit: Scenario) -> Result<Value> {
    let session: SessionValue = session.parse().map_err(|why: String| anyhow::anyhow!(why))?;
    let explain = Explain {
        manifest: Some(root().join("spin.toml")),
        variables: Vec::new(),
        file: None,
        url: Some(bench.address("")),
        visit,
        session: Some(session),
    };
    let now = jiff::Timestamp::try_from(bench.now())?;
    let tree = explain.tree(now).await?;
    ensure!(tree.lines().nth(1).is_some_and(|line| line.starts_with("visitor ")), "{tree}");
    explain.answer(now).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_is_explained_by_the_session_that_they_keep() -> Result<()> {
    let variables = vec!["watch_deadline_ms=5000".to_owned()];
    let bench = Bench::with(Setting { manifest: Some(part(&APP)?), variables, ..Setting::default() }).await?;
    publish(&bench, &root().join("personalise.toml")).await?;
    let watch = bench.browser()?;
    let told = watch
        .post(bench.address("/watch/consent?market=en-gb"))
        .header("sec-fetch-site", "same-origin")
        .header("headwater-session", "")
        .json(&json!({"purposes": ["personalisation"]}))
        .send()
        .await?;
    let kept = |answer: &reqwest::Response| {
        answer.headers().get("headwater-session").and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let status = told.status();
    let session = kept(&told).with_context(|| format!("a session, with {status}"))?;
    let offer = watch
        .get(bench.address("/watch/glances/offer?market=en-gb"))
        .header("headwater-session", &session)
        .send()
        .await?
        .text()
        .await?;
    ensure!(offer.contains("10% off and free delivery from £30.00"), "{offer}\n{}", bench.log().join("\n"));
    let told =
        explained(&bench, &session, Scenario { channel: "watch".to_owned(), ..Scenario::default() }).await?;
    ensure!(told["visitor"]["standing"] == "known", "{told}");
    ensure!(told["visitor"]["attributes"]["visitor.visits"] == 1, "{told}");
    ensure!(told["answer"]["shown"]["offers"] == json!(["welcome"]), "as the watch shows it: {told}");
    let again = Scenario {
        attributes: [("visitor.visits".to_owned(), personalise::attribute::Raw::Int(2))].into(),
        ..Scenario::default()
    };
    let other = explained(&bench, &format!("hw_session={session}"), again).await?;
    ensure!(other["answer"]["shown"]["offers"] == json!([]), "what is said comes first: {other}");
    let forged = session.replace(&session[20..24], "AAAA");
    let error = explained(&bench, &forged, Scenario::default()).await.err().context("a refusal")?;
    ensure!(error.to_string().contains("no session of this application"), "{error}");
    let written = format!("{} {told} {error:#}", bench.log().join("\n"));
    for secret in [&session, &forged, &session[..40].to_owned()] {
        ensure!(!written.contains(secret.as_str()), "the session is written down: {written}");
    }
    Ok(())
}
