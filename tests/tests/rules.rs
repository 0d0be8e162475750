//! The merchandiser's rules, published to the real host and its WASM: live within the bound, with the way back.

use anyhow::{Context, Result, ensure};
use host::Log;
use host::rules::{Desk, Explain, Follower, Kind, Publish, RuleFile, Source};
use jiff::Timestamp;
use personalise::attribute::Raw;
use personalise::rules::{Scenario, publish};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::bench::{Bench, Setting, part};
use tests::house::root;
use tests::shop::SESSION_KEY;

/// What a machine that has other work may add, in seconds.
const NOISE: f64 = 1.5;

/// The desk alone, which starts sooner than the whole product.
fn desk_alone() -> Result<String> {
    part(&["desk"])
}

async fn bench() -> Result<Bench> {
    Bench::with(Setting { manifest: Some(desk_alone()?), clock: None, ..Setting::default() }).await
}

/// Rules that show `content` to everybody, in a folder of their own.
struct File(tempfile::TempDir);

impl File {
    fn new(content: &str) -> Result<Self> {
        let file = Self(tempfile::tempdir()?);
        file.write(&rules(content))?;
        Ok(file)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("personalise.toml")
    }

    fn write(&self, text: &str) -> Result<()> {
        Ok(std::fs::write(self.path(), text)?)
    }
}

fn rules(content: &str) -> String {
    format!(
        "[attributes]\n\"visitor.visits\" = \"int\"\n[slot.home_hero]\nshow = [{{ content = \"{content}\" }}]\n"
    )
}

fn order(bench: &Bench, file: &Path) -> Publish {
    Publish {
        manifest: Some(root().join("spin.toml")),
        variables: vec![format!("session_key={SESSION_KEY}")],
        url: bench.address(""),
        file: Some(file.to_owned()),
        only: None,
        goes_with: None,
        rollback: false,
        offline: true,
    }
}

fn desk(bench: &Bench) -> Result<Desk> {
    Desk::of(Some(&root().join("spin.toml")), &[], &bench.address(""))
}

/// What an instance that answers now shows in the hero.
async fn hero(bench: &Bench) -> Result<Option<String>> {
    match desk(bench)?.explain(&json!({})).await {
        Ok(told) => Ok(told["answer"]["shown"]["slots"]["home_hero"].as_str().map(str::to_owned)),
        Err(error) if error.to_string().contains("no rules are in force") => Ok(None),
        Err(error) => Err(error),
    }
}

/// Waits until an instance shows `content`; fails after `bound` seconds and the machine's own.
async fn comes(bench: &Bench, content: &str, bound: f64) -> Result<f64> {
    let start = Instant::now();
    loop {
        let (shown, passed) = (hero(bench).await?, start.elapsed().as_secs_f64());
        if shown.as_deref() == Some(content) {
            return Ok(passed);
        }
        ensure!(passed < bound + NOISE, "{shown:?} instead of {content} after {passed} s");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn bound(lines: &[String]) -> Result<f64> {
    let words = lines.iter().flat_map(|line| line.split_once("within ")).map(|(_, rest)| rest);
    words.filter_map(|rest| rest.split(' ').next()?.parse().ok()).next().context("a bound")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_published_is_live_within_the_bound_and_so_is_a_rollback() -> Result<()> {
    let (bench, file) = (bench().await?, File::new("one")?);
    ensure!(hero(&bench).await?.is_none(), "there are no rules before");
    let (lines, is_done) = order(&bench, &file.path()).run(Timestamp::now()).await?;
    let told = lines.join("\n");
    ensure!(
        is_done && told.contains("0 checks passed") && told.contains("there were no rules before"),
        "{told}"
    );
    let seconds = bound(&lines)?;
    ensure!(seconds < 2.0, "{told}");
    let first = comes(&bench, "one", seconds).await?;
    file.write(&rules("two"))?;
    let (lines, _) = order(&bench, &file.path()).run(Timestamp::now()).await?;
    let second = comes(&bench, "two", seconds).await?;
    let live = desk(&bench)?.live(Kind::Rules).await?;
    let (current, former) = (live.current.context("rules")?, live.former.context("former rules")?);
    let told = lines.join("\n");
    ensure!(told.contains(&format!("is live as {}", current.digest)), "{told}");
    ensure!(told.contains(&format!("before it was {}", former.digest)), "{told}");
    let rollback = Publish { rollback: true, ..order(&bench, &file.path()) };
    rollback.run(Timestamp::now()).await?;
    let third = comes(&bench, "one", seconds).await?;
    let back = desk(&bench)?.live(Kind::Rules).await?;
    ensure!(back.former.is_some_and(|was| was.digest == current.digest), "the way back has a way back");
    println!("said: within {seconds} s; seen after {first:.2}, {second:.2} and {third:.2} s");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_errors_is_told_with_their_places_and_never_sent() -> Result<()> {
    let (bench, file) = (bench().await?, File::new("one")?);
    order(&bench, &file.path()).run(Timestamp::now()).await?;
    let live = desk(&bench)?.live(Kind::Rules).await?;
    file.write(&rules("two").replace("content", "contents"))?;
    let (lines, is_done) = order(&bench, &file.path()).run(Timestamp::now()).await?;
    let place = format!("{}:4:11: error: ", file.path().display());
    ensure!(!is_done && lines.iter().any(|line| line.starts_with(&place)), "{lines:?}");
    ensure!(desk(&bench)?.live(Kind::Rules).await? == live, "nothing changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_followed_is_live_when_it_is_saved_and_stays_when_it_breaks() -> Result<()> {
    let (bench, file) = (bench().await?, File::new("one")?);
    let lines = Arc::new(Mutex::new(Vec::new()));
    let said = |part: &str| {
        lines.lock().map(|lines| lines.iter().any(|line: &String| line.contains(part))).unwrap_or(false)
    };
    let found = RuleFile::find(Some(&file.path()), Path::new("/")).context("the file")?;
    let following =
        Follower { file: Source::Rules(found), desk: desk(&bench)?, log: Log::Lines(lines.clone()) };
    let following = tokio::spawn(following.run());
    comes(&bench, "one", 3.0).await?;
    file.write(&rules("two"))?;
    let took = comes(&bench, "two", 3.0).await?;
    file.write(&rules("three").replace("content", "contents"))?;
    let start = Instant::now();
    while !said(":4:11: error: ") {
        ensure!(start.elapsed() < Duration::from_secs(5), "{:?}", lines.lock());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    ensure!(said("has errors: the rules in force stay"), "{:?}", lines.lock());
    tokio::time::sleep(Duration::from_millis(1500)).await;
    ensure!(hero(&bench).await?.as_deref() == Some("two"), "the rules in force stay");
    file.write(&rules("four"))?;
    comes(&bench, "four", 3.0).await?;
    following.abort();
    println!("a saved file was live after {took:.2} s; {:?}", lines.lock());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_another_key_there_is_no_desk() -> Result<()> {
    let (bench, file) = (bench().await?, File::new("one")?);
    let stranger =
        Publish { variables: vec!["session_key=a guess".to_owned()], ..order(&bench, &file.path()) };
    let error = stranger.run(Timestamp::now()).await.err().context("a refusal")?.to_string();
    ensure!(error.contains("runs with another session_key"), "{error}");
    let client = bench.browser()?;
    for path in ["/_headwater/rules", "/_headwater/explain?visitor.visits=1", "/_headwater/"] {
        let answer = client.get(bench.address(path)).send().await?;
        let (status, body) = (answer.status().as_u16(), answer.text().await?);
        ensure!(status == 404 && body.contains("there is no such address"), "{path}: {status} {body}");
    }
    ensure!(desk(&bench)?.live(Kind::Rules).await?.current.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_desk_explains_is_what_the_rules_explain() -> Result<()> {
    let bench = bench().await?;
    let path = root().join("personalise.toml");
    let now: Timestamp = "2026-11-21T12:00:00Z".parse()?;
    let rules =
        publish(&std::fs::read_to_string(&path)?, now).rules.context("the shop's rules are in order")?;
    let (lines, _) = order(&bench, &path).run(now).await?;
    tokio::time::sleep(Duration::from_secs_f64(bound(&lines)?)).await;
    let visits = [
        json!({"attributes": {"visitor.visits": 1, "visitor.orders": 0, "cart.total": "GBP 30.00"}, "now": now}),
        json!({"attributes": {"visitor.visits": 2, "geo.country": "DE"}, "visitor": "v1", "now": now}),
        json!({"attributes": {"cart.total": "GBP 5"}, "event": "exit_intent", "channel": "tv", "now": now}),
        json!({"forced": {"hero_copy": "rain"}, "consents": ["personalisation"], "now": now}),
    ];
    for visit in visits {
        let scenario: Scenario = serde_json::from_value(visit)?;
        let expected = serde_json::to_value(scenario.answer(&rules, now)?)?;
        let explain = |url: Option<String>, file: Option<PathBuf>| Explain {
            manifest: Some(root().join("spin.toml")),
            variables: Vec::new(),
            file,
            url,
            visit: scenario.clone(),
            session: None,
        };
        let there = Some(bench.address(""));
        for explain in [explain(there.clone(), None), explain(there, Some(path.clone())), explain(None, None)]
        {
            let told = explain.answer(now).await?;
            ensure!(told["answer"] == expected, "{} is not {expected}", told["answer"]);
            ensure!(explain.tree(now).await?.contains("home_hero: it shows"));
        }
    }
    let visit =
        Scenario { attributes: [("visitor.visit".to_owned(), Raw::Int(1))].into(), ..Scenario::default() };
    let question: Value = json!({"visit": visit});
    let error = desk(&bench)?.explain(&question).await.err().context("a refusal")?.to_string();
    ensure!(error.contains("\"visitor.visit\" is not declared"), "{error}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_and_their_table_go_live_and_back_together() -> Result<()> {
    let (bench, file) = (bench().await?, File::new("one")?);
    order(&bench, &file.path()).run(Timestamp::now()).await?;
    file.write(&rules("two"))?;
    let table = file.0.path().join("table");
    std::fs::write(&table, "what goes with what")?;
    let both = Publish { goes_with: Some(table), ..order(&bench, &file.path()) };
    both.run(Timestamp::now()).await?;
    let live = desk(&bench)?.live(Kind::Rules).await?;
    ensure!(live.current.is_some_and(|now| now.goes_with.is_some()));
    ensure!(live.former.is_some_and(|was| was.goes_with.is_none()), "rules and table came at once");
    let back = desk(&bench)?.roll_back(Kind::Rules).await?;
    ensure!(back.current.is_some_and(|now| now.goes_with.is_none()));
    Ok(())
}

#[test]
fn check_compiles_the_file_beside_the_manifest_and_runs_its_checks() -> Result<()> {
    let (lines, is_sound) = host::check::published(Some(&root()), Kind::Rules)?;
    let last = lines.last().context("a line")?;
    ensure!(is_sound && lines.len() == 1 && last.ends_with("15 checks passed"), "{lines:?}");
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("spin.toml"), desk_alone()?)?;
    ensure!(
        host::check::published(Some(folder.path()), Kind::Rules)? == (Vec::new(), true),
        "there need be no rules"
    );
    let shop = std::fs::read_to_string(root().join("personalise.toml"))?;
    let wrong = shop.replace("visitor.visits == 1 &&", "visitor.vists == 1 &&");
    std::fs::write(folder.path().join("personalise.toml"), &wrong)?;
    let (lines, is_sound) = host::check::published(Some(folder.path()), Kind::Rules)?;
    let line = wrong.lines().position(|line| line.contains("visitor.vists")).context("the line")? + 1;
    let told = lines.join("\n");
    let place = format!("personalise.toml:{line}:9: error: ");
    ensure!(!is_sound && told.contains(&place) && told.contains("`visitor.visits`?"), "{told}");
    Ok(())
}

#[test]
fn the_shop_has_all_that_its_rules_show() -> Result<()> {
    let text = std::fs::read_to_string(root().join("personalise.toml"))?;
    let rules = publish(&text, Timestamp::UNIX_EPOCH).rules.context("the shop's rules are in order")?;
    let content: Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("fixtures/catalogue/content.json"))?)?;
    let known: Vec<&str> =
        content.as_array().context("a list")?.iter().filter_map(|block| block["id"].as_str()).collect();
    let shown = rules.slots.iter().flat_map(|slot| &slot.show).map(|variant| &variant.content);
    let arms = rules.experiments.iter().flat_map(|one| &one.arms).filter_map(|arm| arm.content.as_ref());
    let missing: Vec<_> = shown.chain(arms).filter(|id| !known.contains(&id.as_ref())).collect();
    ensure!(missing.is_empty() && known.len() > 20, "{missing:?}");
    Ok(())
}
