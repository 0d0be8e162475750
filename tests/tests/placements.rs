//! What stands where in an existing site's pages, published to the real host and its WASM: checked, live within the
//! bound also in pages that are kept whole, with the way back.

use anyhow::{Context, Result, ensure};
use host::Log;
use host::rules::{Desk, Follower, Kind, Publish, RewriteFile, Source};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::answer::{Answer, client};
use tests::bench::{Bench, Setting, part};
use tests::house::root;
use tests::origin::{Origin, answer};
use tokio::net::TcpStream;

/// What a machine that has other work may add, in seconds.
const NOISE: f64 = 1.5;

/// The head and the desk alone, which start sooner than the whole product.
const APP: [&str; 2] = ["front", "desk"];

/// An operator's folder: the manifest, and placements that put a word after each heading.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(word: &str) -> Result<Self> {
        let folder = Self(tempfile::tempdir()?);
        std::fs::write(folder.manifest(), part(&APP)?)?;
        std::fs::create_dir(folder.0.path().join("rewrite"))?;
        folder.write(&placements(word))?;
        Ok(folder)
    }

    fn manifest(&self) -> PathBuf {
        self.0.path().join("spin.toml")
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("rewrite/rewrite.toml")
    }

    fn write(&self, text: &str) -> Result<()> {
        Ok(std::fs::write(self.file(), text)?)
    }

    fn order(&self, bench: &Bench) -> Publish {
        Publish {
            manifest: Some(self.manifest()),
            variables: Vec::new(),
            url: bench.address(""),
            file: None,
            only: None,
            goes_with: None,
            rollback: false,
            offline: true,
        }
    }
}

fn placements(word: &str) -> String {
    format!("[[place]]\nname = \"word\"\nselector = \"h1\"\nput = \"after\"\nhtml = \"<b>{word}</b>\"\n")
}

/// A site whose page everybody may keep for an hour, before which the product stands.
async fn bench() -> Result<(Origin, Bench)> {
    let origin = Origin::start(|stream: TcpStream, _: String| async move {
        let headers = ["content-type: text/html; charset=utf-8", "cache-control: public, max-age=3600"];
        answer(stream, &headers, b"<html><body><h1>Coat</h1></body></html>").await
    })
    .await?;
    let mut variables: Vec<String> = origin.variables().into_iter().take(1).collect();
    variables.push("cache=on".to_owned());
    let manifest = Some(part(&APP)?);
    let bench = Bench::with(Setting { manifest, variables, clock: None, ..Setting::default() }).await?;
    Ok((origin, bench))
}

async fn page(bench: &Bench) -> Result<Answer> {
    Answer::to(client()?.get(bench.address("/shop-plus/coat"))).await
}

/// Waits until the page has a word; fails after `bound` seconds and the machine's own.
async fn comes(bench: &Bench, word: &str, bound: f64) -> Result<f64> {
    let (start, wanted) = (Instant::now(), format!("<h1>Coat</h1><b>{word}</b>"));
    loop {
        let (shown, passed) = (page(bench).await?, start.elapsed().as_secs_f64());
        if shown.body.contains(&wanted) {
            return Ok(passed);
        }
        ensure!(passed < bound + NOISE, "{:?} instead of {word} after {passed} s", shown.body);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_published_is_in_pages_that_are_kept_whole_within_the_bound_and_so_is_a_rollback()
-> Result<()> {
    let (_origin, bench) = bench().await?;
    let folder = Folder::new("one")?;
    ensure!(
        page(&bench).await?.body.starts_with("<html><body><h1>Coat</h1></body></html>"),
        "nothing is published"
    );
    let (lines, is_done) = folder.order(&bench).run(Timestamp::now()).await?;
    let told = lines.join("\n");
    ensure!(
        is_done && told.contains("1 place") && told.contains("there were no placements before"),
        "{told}"
    );
    ensure!(told.contains("every head goes by it within 1.05 s"), "{told}");
    let first = comes(&bench, "one", 1.05).await?;
    // The instance keeps the page as it answered it, for all who come within the hour.
    page(&bench).await?;
    let kept = page(&bench).await?;
    ensure!(kept.header("server-timing").contains("answer;desc=kept"), "{kept:?}");
    folder.write(&placements("two"))?;
    let (lines, _) = folder.order(&bench).run(Timestamp::now()).await?;
    let second = comes(&bench, "two", 1.05).await?;
    let told = lines.join("\n");
    ensure!(told.contains("`headwater publish --rollback --only rewrite` goes back"), "{told}");
    // Rules have nothing to go back to, so there is no question what is meant.
    let rollback = Publish { rollback: true, ..folder.order(&bench) };
    let (lines, _) = rollback.run(Timestamp::now()).await?;
    ensure!(lines[0].starts_with("the former version of the placements is live as "), "{lines:?}");
    let third = comes(&bench, "one", 1.05).await?;
    println!("said: within 1.05 s; seen after {first:.2}, {second:.2} and {third:.2} s");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_errors_is_told_with_their_places_and_neither_it_nor_the_rules_are_sent() -> Result<()> {
    let (_origin, bench) = bench().await?;
    let folder = Folder::new("one")?;
    folder.order(&bench).run(Timestamp::now()).await?;
    comes(&bench, "one", 1.05).await?;
    let desk = Desk::of(Some(&folder.manifest()), &[], &bench.address(""))?;
    let live = desk.live(Kind::Rewrite).await?;
    std::fs::copy(root().join("personalise.toml"), folder.0.path().join("personalise.toml"))?;
    std::fs::create_dir(folder.0.path().join("fixtures"))?;
    std::fs::copy(root().join("fixtures/goes-with.hw"), folder.0.path().join("fixtures/goes-with.hw"))?;
    folder.write(&placements("two").replace("selector", "selektor"))?;
    let (lines, is_done) = folder.order(&bench).run(Timestamp::now()).await?;
    let place = format!("{}:3:1: error: ", folder.file().display());
    let is_told =
        lines.iter().any(|line| line.starts_with(&place) && line.contains("did you mean `selector`?"));
    ensure!(!is_done && is_told, "{lines:?}");
    ensure!(desk.live(Kind::Rewrite).await? == live, "nothing changed");
    ensure!(desk.live(Kind::Rules).await?.current.is_none(), "nor were the rules sent, which have no error");
    // One kind alone is published whatever is wrong with the other.
    let rules = Publish { only: Some(Kind::Rules), ..folder.order(&bench) };
    ensure!(rules.run(Timestamp::now()).await?.1 && desk.live(Kind::Rules).await?.current.is_some());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    ensure!(page(&bench).await?.body.contains("<b>one</b>"), "what was in force stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_both_have_a_way_back_nobody_guesses_which_is_meant() -> Result<()> {
    let (_origin, bench) = bench().await?;
    let folder = Folder::new("one")?;
    let rules = |content: &str| {
        let text = format!("[slot.home_hero]\nshow = [{{ content = \"{content}\" }}]\n");
        std::fs::write(folder.0.path().join("personalise.toml"), text)
    };
    for word in ["one", "two"] {
        rules(word)?;
        folder.write(&placements(word))?;
        folder.order(&bench).run(Timestamp::now()).await?;
    }
    let desk = Desk::of(Some(&folder.manifest()), &[], &bench.address(""))?;
    let before = desk.live(Kind::Rules).await?;
    let rollback = Publish { rollback: true, ..folder.order(&bench) };
    let error = rollback.run(Timestamp::now()).await.err().context("a question")?.to_string();
    ensure!(error.contains("--only rules or --only rewrite"), "{error}");
    let only = Publish { only: Some(Kind::Rewrite), ..rollback };
    only.run(Timestamp::now()).await?;
    comes(&bench, "one", 1.05).await?;
    ensure!(desk.live(Kind::Rules).await? == before, "the rules stay");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_followed_is_live_when_it_is_saved_and_stays_when_it_breaks() -> Result<()> {
    let (_origin, bench) = bench().await?;
    let folder = Folder::new("one")?;
    let lines = Arc::new(Mutex::new(Vec::new()));
    let said = |part: &str| {
        lines.lock().map(|lines| lines.iter().any(|line: &String| line.contains(part))).unwrap_or(false)
    };
    let file = RewriteFile::find(None, folder.0.path()).context("the file")?;
    let desk = Desk::of(Some(&folder.manifest()), &[], &bench.address(""))?;
    let following = Follower { file: Source::Rewrite(file), desk, log: Log::Lines(lines.clone()) };
    let following = tokio::spawn(following.run());
    comes(&bench, "one", 3.0).await?;
    folder.write(&placements("two"))?;
    let took = comes(&bench, "two", 3.0).await?;
    folder.write(&placements("three").replace("\"h1\"", "\"h1:hover\""))?;
    let start = Instant::now();
    while !said(":3:12: error: the selector \"h1:hover\" cannot be used: ") {
        ensure!(start.elapsed() < Duration::from_secs(5), "{:?}", lines.lock());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    ensure!(said("has errors: the placements in force stay"), "{:?}", lines.lock());
    ensure!(page(&bench).await?.body.contains("<b>two</b>"), "the placements in force stay");
    following.abort();
    println!("a saved file was live after {took:.2} s; {:?}", lines.lock());
    Ok(())
}

#[test]
fn check_compiles_the_file_beside_the_manifest() -> Result<()> {
    let check = |folder: &Path| host::check::published(Some(folder), Kind::Rewrite);
    let (lines, is_sound) = check(&root())?;
    ensure!(
        is_sound && lines.len() == 1 && lines[0].ends_with("rewrite/rewrite.toml: 7 places"),
        "{lines:?}"
    );
    let folder = Folder::new("one")?;
    let shop = std::fs::read_to_string(root().join("rewrite/rewrite.toml"))?;
    folder.write(&shop.replace("show = \"stock\"", "show = \"stok\""))?;
    let line = shop.lines().position(|line| line == "show = \"stock\"").context("the line")? + 1;
    let (lines, is_sound) = check(folder.0.path())?;
    let place = format!("rewrite/rewrite.toml:{line}:8: error: ");
    ensure!(
        !is_sound && lines[0].contains(&place) && lines[0].contains("did you mean `stock`?"),
        "{lines:?}"
    );
    std::fs::remove_file(folder.file())?;
    ensure!(check(folder.0.path())? == (Vec::new(), true), "there need be no placements");
    // What the rules lack that lie beside it is warned of.
    let banner = "[[place]]\nselector = \"h1\"\nput = \"after\"\nshow = \"banner\"\nslot = \"home_her\"\n";
    folder.write(banner)?;
    let rules = "[slot.home_hero]\nshow = [{ content = \"a\" }]\n";
    std::fs::write(folder.0.path().join("personalise.toml"), rules)?;
    let (lines, is_sound) = check(folder.0.path())?;
    ensure!(
        is_sound && lines[0].contains(":5:8: warning: ") && lines[0].contains("`home_hero`?"),
        "{lines:?}"
    );
    Ok(())
}
