//! `conformance`: asks one backend, or writes the table of all that were asked.

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use commerce::adapters::{Settings, connect};
use commerce::{Capability, ListingQuery, Market, Port};
use conformance::beside::{beside, reference_settings};
use conformance::observe::{Notes, Observation};
use conformance::served::through_backend;
use conformance::upstream::{Forgetful, Network, Reference};
use conformance::verdict::{Verdict, compare, table};
use conformance::{codes, differences, journeys, reads};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Holds a backend against the demo shop. The backend must have the demo shop's catalogue loaded.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Command {
    #[command(subcommand)]
    table: Option<Table>,
    #[command(flatten)]
    backend: Backend,
}

#[derive(Subcommand)]
enum Table {
    /// Prints docs/adapters.md from the verdicts that --verdict wrote.
    Table {
        /// The verdicts, one column each.
        verdicts: Vec<PathBuf>,
    },
}

#[derive(Args)]
struct Backend {
    /// The adapter, such as plain, vendure or shopify.
    #[arg(long, default_value = "plain")]
    adapter: String,
    /// The settings as one line of JSON, as the start scripts print them: `{"adapter":…,"url":…}`.
    #[arg(long)]
    settings: Option<String>,
    /// The backend's address; without it, the demo shop is held against itself.
    #[arg(long, default_value = "")]
    url: String,
    /// Where its API begins there; without it, the adapter's usual place.
    #[arg(long, default_value = "")]
    path: String,
    /// Where access tokens are issued.
    #[arg(long, default_value = "")]
    auth_url: String,
    /// The backend's own name of the shop.
    #[arg(long, default_value = "")]
    project: String,
    /// Who we are, where tokens are issued.
    #[arg(long, default_value = "")]
    client_id: String,
    /// The proof of it.
    #[arg(long, default_value = "")]
    client_secret: String,
    /// An access token that does not expire.
    #[arg(long, default_value = "")]
    token: String,
    /// Which files the backend has.
    #[arg(long, default_value = "")]
    files: String,
    /// Asks as heads do: through the plain form of the component `backend`, in this process.
    #[arg(long)]
    through_backend: bool,
    /// How many differences to print.
    #[arg(long, default_value_t = 40)]
    most: usize,
    /// Only observations whose names contain this are compared.
    #[arg(long, default_value = "")]
    only: String,
    /// Writes the verdict here, for the table.
    #[arg(long)]
    verdict: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let command = Command::parse();
    if let Some(Table::Table { verdicts }) = command.table {
        let read = |path: &PathBuf| -> Result<Verdict> {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            Ok(serde_json::from_str(&text)?)
        };
        print!("{}", table(&verdicts.iter().map(read).collect::<Result<Vec<_>>>()?));
        return Ok(ExitCode::SUCCESS);
    }
    let verdict = run(&command.backend).await?;
    if let Some(path) = &command.backend.verdict {
        write(path, &verdict)?;
    }
    Ok(if verdict.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write(path: &Path, verdict: &Verdict) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, serde_json::to_string_pretty(verdict)?).with_context(|| path.display().to_string())
}

async fn run(backend: &Backend) -> Result<Verdict> {
    let (adapter, settings) = settings(backend)?;
    let network = Network::new();
    let calls = network.calls.clone();
    let port: Box<dyn Port> = if settings.url.is_empty() {
        connect(&adapter, &reference_settings(), Box::new(Forgetful(Reference::new())))?
    } else {
        connect(&adapter, &settings, Box::new(Forgetful(network)))?
    };
    let port = if backend.through_backend { through_backend(port)? } else { port };
    let offered = port.capabilities().to_vec();
    let port = beside(port)?;
    let reference = connect("plain", &reference_settings(), Box::new(Reference::new()))?;
    let slugs = every_slug(&*reference).await?;
    let expected = observe(&*reference, &slugs).await?;
    // A backend that fails just like a broken reference would otherwise conform.
    if let Some(broken) = expected.iter().find(|observation| observation.value.get("detail").is_some()) {
        bail!("the reference itself is broken: {}: {}", broken.name, broken.value);
    }
    let start = Instant::now();
    let seen = observe(&*port, &slugs).await?;
    let took = start.elapsed();
    let stated = if backend.only.is_empty() { differences::stated(&adapter)? } else { Vec::new() };
    let chosen = |all: Vec<Observation>| -> Vec<Observation> {
        all.into_iter().filter(|o| o.name.contains(&backend.only)).collect()
    };
    let verdict = compare(&adapter, &offered, &chosen(expected), &chosen(seen), &stated);
    print!("{}", verdict.complaints(backend.most));
    for capability in Capability::ALL {
        let standing = verdict.capabilities.get(capability.as_str()).copied().unwrap_or_default();
        match standing.offered {
            false => println!("{:12} –", capability.as_str()),
            true => println!(
                "{:12} {} the same, {} as stated, {} wrong",
                capability.as_str(),
                standing.same,
                standing.stated,
                standing.wrong
            ),
        }
    }
    println!(
        "{adapter}: {} in {:.1} s with {} calls",
        if verdict.holds() { "conforms" } else { "does not conform" },
        took.as_secs_f32(),
        calls.get()
    );
    Ok(verdict)
}

fn settings(backend: &Backend) -> Result<(String, Settings)> {
    let mut adapter = backend.adapter.clone();
    let mut settings = Settings {
        url: backend.url.clone(),
        path: backend.path.clone(),
        auth_url: backend.auth_url.clone(),
        project: backend.project.clone(),
        client_id: backend.client_id.clone(),
        client_secret: backend.client_secret.clone(),
        token: backend.token.clone(),
        files: backend.files.clone(),
        ..Settings::named("shop")
    };
    if let Some(line) = &backend.settings {
        let given: std::collections::BTreeMap<String, String> =
            serde_json::from_str(line).context("--settings is not an object of texts")?;
        for (name, value) in given {
            match settings.fields().into_iter().find(|(known, _)| *known == name) {
                Some((_, place)) => *place = value,
                None if name == "adapter" => adapter = value,
                None => bail!("--settings knows no `{name}`"),
            }
        }
    }
    Ok((adapter, settings))
}

async fn every_slug(port: &dyn Port) -> Result<Vec<String>> {
    let market = Market::parse("en-GB/GBP")?;
    let query = ListingQuery { page: 1, page_size: 100, ..ListingQuery::default() };
    Ok(port.listing(&market, &query).await?.items.into_iter().map(|card| card.slug).collect())
}

async fn observe(port: &dyn Port, slugs: &[String]) -> Result<Vec<Observation>> {
    let mut notes = Notes::default();
    let britain = Market::parse("en-GB/GBP")?;
    reads::read(&mut notes, port, &britain, slugs).await;
    for market in ["de-DE/EUR", "ar-GB/GBP"] {
        let some: Vec<String> = slugs.iter().step_by(6).cloned().collect();
        reads::read(&mut notes, port, &Market::parse(market)?, &some).await;
    }
    journeys::go(&mut notes, port, &britain).await;
    codes::ask(&mut notes, port).await;
    Ok(notes.0)
}
