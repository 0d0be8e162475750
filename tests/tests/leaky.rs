//! The search for leaks finds them: a web head built to forget what is private is caught, by what it tells caches
//! in front and by what it gives to the wrong visitor itself.

use anyhow::{Context, Result, ensure};
use std::process::Command;
use tests::bench::{Bench, Setting, build};
use tests::house::root;
use tests::leaks::MarkedShop;
use tests::leaks::pairs::pairs;
use tests::matrix::visit::SLACK;

/// Where the web head lies that leaks.
const LEAKY: &str = "target/leaky/web.wasm";

/// Builds the leaky web head, and then the right one again over it.
fn build_leaky() -> Result<()> {
    build();
    let web = "target/wasm32-wasip2/head/web.wasm";
    let cargo = |more: &[&str]| -> Result<()> {
        let mut command = Command::new("cargo");
        command.args(["rustc", "--target", "wasm32-wasip2", "--profile", "head", "--crate-type", "cdylib"]);
        command.args(["--package", "web"]);
        ensure!(command.args(more).current_dir(root()).status()?.success(), "the web head does not build");
        Ok(())
    };
    cargo(&["--features", "leaky"])?;
    std::fs::create_dir_all(root().join("target/leaky"))?;
    std::fs::copy(root().join(web), root().join(LEAKY))?;
    cargo(&[])?;
    ensure!(std::fs::read(root().join(web))? != std::fs::read(root().join(LEAKY))?, "both heads are one");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_forgets_what_is_private_is_caught() -> Result<()> {
    tokio::task::spawn_blocking(build_leaky).await??;
    let mut manifest: toml::Table = std::fs::read_to_string(root().join("spin.toml"))?.parse()?;
    let web = manifest["component"]["web"].as_table_mut().context("the web head")?;
    web.insert("source".to_owned(), LEAKY.into());
    // What is built is what runs.
    web.remove("build");
    let shop = MarkedShop::start().await?;
    let variables = vec![shop.variable(), SLACK.to_owned(), "cache=on".to_owned()];
    let manifest = Some(toml::to_string(&manifest)?);
    let bench = Bench::with(Setting { manifest, variables, ..Setting::default() }).await?;
    let found = pairs(&bench.address(""), 300).await?;
    let count = |what: &str| found.leaks.iter().filter(|leak| leak.contains(what)).count();
    let (kept, given) = (count("may be kept"), count("somebody else's"));
    println!(
        "{} leaks in {} pairs; of the first {}: {kept} told to caches, {given} given to another",
        found.count,
        found.pairs,
        found.leaks.len()
    );
    ensure!(kept > 0 && given > 0, "{} leaks: {kept} told to caches in front, {given} given", found.count);
    ensure!(
        found.leaks.iter().all(|leak| leak.starts_with("/en-gb/")),
        "other heads leak, too: {:?}",
        found.leaks
    );
    Ok(())
}
