//! The codes of offers, asked of the shop by the real host and its WASM: by `headwater check`, and by `publish`.

use anyhow::{Context, Result, ensure};
use host::rules::{Kind, Publish};
use jiff::Timestamp;
use std::path::PathBuf;
use tests::bench::{Bench, Setting, part};
use tests::house::root;

/// The desk, who asks the shops for it, and a shop.
fn app() -> Result<String> {
    part(&["desk", "backend", "demo-shop"])
}

/// The application with the demo shop's rules, one line of them changed.
struct App(tempfile::TempDir);

impl App {
    fn with(from: &str, to: &str) -> Result<Self> {
        let app = Self(tempfile::tempdir()?);
        for shared in ["target", "fixtures"] {
            std::os::unix::fs::symlink(root().join(shared), app.0.path().join(shared))?;
        }
        std::fs::write(app.0.path().join("spin.toml"), app()?)?;
        let rules = std::fs::read_to_string(root().join("personalise.toml"))?;
        ensure!(rules.contains(from), "{from} is in the rules");
        std::fs::write(app.rules(), rules.replace(from, to))?;
        Ok(app)
    }

    fn rules(&self) -> PathBuf {
        self.0.path().join("personalise.toml")
    }

    fn line(&self, part: &str) -> Result<usize> {
        let text = std::fs::read_to_string(self.rules())?;
        Ok(text.lines().position(|line| line.contains(part)).context("the line")? + 1)
    }

    /// What `headwater check` says of the codes, and whether it goes on.
    async fn check(&self) -> Result<(Vec<String>, bool)> {
        let folder = self.0.path().to_owned();
        let check = move || host::check::codes(Some(&folder), &[], ".headwater".as_ref());
        tokio::task::spawn_blocking(check).await?
    }
}

async fn bench() -> Result<Bench> {
    Bench::with(Setting { manifest: Some(app()?), clock: None, ..Setting::default() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_the_shop_does_not_know_is_told_where_it_stands() -> Result<()> {
    let bench = bench().await?;
    let app = App::with("code = \"WINBACK10\"", "code = \"WINBACK01\"")?;
    let (lines, are_known) = app.check().await?;
    let told = lines.join("\n");
    let place = format!("personalise.toml:{}:8: error: ", app.line("WINBACK01")?);
    let message = "offer `winback`: the shop (plain) knows no code WINBACK01; make a promotion with it";
    ensure!(!are_known && told.contains(&format!("{place}{message}")), "{told}");
    ensure!(lines.len() == 2, "the others are not told of: {told}");
    ensure!(lines[1].ends_with("the shop (plain) knows 2 of 3 codes, asked in en-gb, de-de"), "{told}");
    // What is published is told of, and in force all the same.
    let order = Publish {
        manifest: Some(app.0.path().to_owned()),
        variables: Vec::new(),
        url: bench.address(""),
        file: None,
        only: Some(Kind::Rules),
        goes_with: None,
        rollback: false,
        offline: false,
    };
    let (lines, is_done) = order.run(Timestamp::now()).await?;
    let told = lines.join("\n");
    ensure!(is_done && told.contains(message) && told.contains("is live as"), "{told}");
    let (lines, _) = Publish { offline: true, ..order }.run(Timestamp::now()).await?;
    ensure!(!lines.join("\n").contains("WINBACK01"), "{lines:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_that_charge_what_is_promised_are_not_told_of_and_others_are() -> Result<()> {
    let _built = bench().await?;
    let (lines, are_known) = App::with("# The", "# The")?.check().await?;
    ensure!(are_known && lines.len() == 1 && lines[0].contains("knows 3 of 3 codes"), "{lines:?}");
    let app = App::with("give = [\"5% off\"]", "give = [\"15% off\"]")?;
    let (lines, are_known) = app.check().await?;
    let warned: Vec<&String> = lines.iter().filter(|line| line.contains(": warning: ")).collect();
    let place = format!("personalise.toml:{}:8: warning: offer `stay`: STAY5", app.line("STAY5")?);
    ensure!(are_known && warned.len() == 2 && warned.iter().all(|line| line.contains(&place)), "{lines:?}");
    ensure!(warned[0].contains("it takes GBP ") && warned[1].contains("it takes EUR "), "{lines:?}");
    println!("{}", lines.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_anybody_who_asks_the_shop_nothing_is_said_of_codes_but_why() -> Result<()> {
    let _built = bench().await?;
    let app = App::with("# The", "# The")?;
    std::fs::write(app.0.path().join("spin.toml"), part(&["desk", "demo-shop"])?)?;
    let (lines, are_known) = app.check().await?;
    ensure!(
        are_known
            && lines.len() == 1
            && lines[0].contains("note: no code is asked for: the component `backend`"),
        "{lines:?}"
    );
    Ok(())
}
