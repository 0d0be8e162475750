//! The command line.

use crate::log::Log;
use crate::manifest::Manifest;
use crate::preview::{Preview, lasting};
use crate::purge::Purge;
use crate::record::{Recorder, Recording};
use crate::rules::{Desk, Explain, Follower, Kind, Publish, RewriteFile, RuleFile, Source};
use crate::serve::{Options, Running, serve};
use crate::signals::Signals;
use crate::train::Training;
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use personalise::attribute::Raw;
use personalise::rules::Scenario;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// Serves a storefront: the heads of a spin.toml, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "headwater", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    up: Up,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the components and serve them (what happens without a subcommand)
    Up(Up),
    /// Build the components with their own commands
    Build {
        #[command(flatten)]
        place: Place,
        /// The components to build; all of them when none is named
        components: Vec<String>,
    },
    /// Say everything that is wrong with the application, at once, and how its backends are
    Check(Place),
    /// Tell a running application what has changed: no head shows what it kept of it
    Purge {
        #[command(flatten)]
        app: App,
        /// Where the application answers
        #[arg(long, default_value = "http://127.0.0.1:3000", value_name = "URL")]
        url: String,
        /// What has changed, such as product:trench-coat, category:coats, listing or shop (everything)
        #[arg(required = true, value_name = "TAG")]
        tags: Vec<String>,
    },
    /// Put rules and placements in force in a running application, or go back to the former
    Publish {
        #[command(flatten)]
        app: App,
        /// The rules, or what --only says [default: personalise.toml and rewrite/rewrite.toml beside the manifest]
        file: Option<PathBuf>,
        /// Nothing but this
        #[arg(long, value_name = "KIND")]
        only: Option<Kind>,
        /// Where the application answers
        #[arg(long, default_value = "http://127.0.0.1:3000", value_name = "URL")]
        url: String,
        /// A table of what goes with what, for these rules
        #[arg(long, value_name = "TABLE")]
        goes_with: Option<PathBuf>,
        /// Go back to what was in force before; where rules and placements both have a way back, --only says which
        #[arg(long, conflicts_with_all = ["file", "goes_with"])]
        rollback: bool,
    },
    /// Say what a visitor would see, and why and why not
    Explain(Visit),
    /// Make the address of a page as the backends have it now, past everything that heads keep
    Preview {
        #[command(flatten)]
        app: App,
        /// The page, such as http://127.0.0.1:3000/en-gb/
        url: String,
        /// How long the address works: 30m, 1h, 2d, at most 30d
        #[arg(long = "for", default_value = "1h", value_parser = lasting, value_name = "TIME")]
        lasts: Duration,
    },
    /// Learn from orders which products go with which, and write the table that heads recommend by
    Train(Training),
    /// Stand between an adapter and a backend, and keep what both say as fixtures, without secrets
    Record {
        /// The backend, such as http://127.0.0.1:3310
        #[arg(long, value_name = "URL")]
        upstream: String,
        /// The folder for the recorded exchanges
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
        /// The address to listen on, to which shop_url is set
        #[arg(long, default_value = "127.0.0.1:3900", value_name = "ADDRESS")]
        listen: SocketAddr,
    },
}

#[derive(Args, Debug)]
struct App {
    /// The manifest [default: spin.toml here or in the nearest folder above]
    #[arg(long, short = 'f', visible_alias = "from", value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// A value for a variable; may be repeated
    #[arg(long = "variable", value_name = "NAME=VALUE")]
    variables: Vec<String>,
}

#[derive(Args, Debug)]
struct Place {
    #[command(flatten)]
    app: App,
    /// Where state is kept, relative to the manifest
    #[arg(long, default_value = ".headwater", value_name = "FOLDER")]
    state_dir: PathBuf,
}

#[derive(Args, Debug)]
struct Up {
    #[command(flatten)]
    place: Place,
    /// The address to listen on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Serve what was built before
    #[arg(long)]
    no_build: bool,
    /// No line for every request
    #[arg(long, short)]
    quiet: bool,
    /// The rules, published at once and whenever they change [default: personalise.toml beside the manifest]
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Leave the rules that are in force as they are
    #[arg(long, conflicts_with = "rules")]
    no_rules: bool,
    /// The placements, published at once and whenever they change [default: rewrite/rewrite.toml beside the manifest]
    #[arg(long, value_name = "FILE")]
    rewrite: Option<PathBuf>,
    /// Leave the placements that are in force as they are
    #[arg(long, conflicts_with = "rewrite")]
    no_rewrite: bool,
}

#[derive(Args, Debug)]
struct Visit {
    #[command(flatten)]
    app: App,
    /// The rules [default: personalise.toml beside the manifest]
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Ask a running application, by the rules that are in force there or by --rules as a draft
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// What is known, such as visitor.visits=1; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// The channel that asks
    #[arg(long, default_value = "web")]
    channel: String,
    /// A purpose that the visitor consented to, such as personalisation; may be repeated
    #[arg(long, value_name = "PURPOSE")]
    consent: Vec<String>,
    /// What just happened, such as exit_intent
    #[arg(long)]
    event: Option<String>,
    /// The moment, such as 2026-11-27T09:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// The visitor's pseudonymous id, which experiments go by
    #[arg(long, value_name = "ID")]
    visitor: Option<String>,
    /// An arm of an experiment that is to be shown; may be repeated
    #[arg(long, value_name = "EXPERIMENT=ARM")]
    arm: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command that this process was started as.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => up(cli.up),
        Some(Command::Up(arguments)) => up(arguments),
        Some(Command::Build { place, components }) => build(&place, &components),
        Some(Command::Check(place)) => return check(&place),
        Some(Command::Purge { app: App { manifest, variables }, url, tags }) => {
            purge(&Purge { manifest, variables, url, tags })
        }
        Some(Command::Publish { app: App { manifest, variables }, file, only, url, goes_with, rollback }) => {
            return publish(&Publish { manifest, variables, url, file, only, goes_with, rollback });
        }
        Some(Command::Explain(visit)) => explain(visit),
        Some(Command::Preview { app: App { manifest, variables }, url, lasts }) => {
            let preview = Preview { manifest, variables, url, lasts };
            preview.address(SystemTime::now()).map(|address| println!("{address}"))
        }
        Some(Command::Train(training)) => training.run().map(|said| print!("{said}")),
        Some(Command::Record { upstream, into, listen }) => record(&Recording { upstream, into, listen }),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("headwater: {error:#}");
    ExitCode::FAILURE
}

fn build(place: &Place, components: &[String]) -> anyhow::Result<()> {
    let (manifest, problems) = Manifest::load(&Manifest::find(place.app.manifest.as_deref())?)?;
    problems.into_result()?;
    crate::build::build(&manifest, components)
}

fn check(place: &Place) -> ExitCode {
    match crate::check::check(place.app.manifest.as_deref(), &place.app.variables, &place.state_dir) {
        Ok((manifest, problems)) => {
            for problem in &problems.0 {
                println!("{problem}");
            }
            if problems.has_errors() {
                return ExitCode::FAILURE;
            }
            match crate::check::backends(
                place.app.manifest.as_deref(),
                &place.app.variables,
                &place.state_dir,
            ) {
                Ok((lines, problems)) => {
                    lines.iter().for_each(|line| println!("{line}"));
                    problems.0.iter().for_each(|problem| println!("{problem}"));
                    if problems.has_errors() {
                        return ExitCode::FAILURE;
                    }
                }
                Err(error) => return failed(&error),
            }
            let published = [Kind::Rules, Kind::Rewrite].map(|kind| {
                let (lines, is_sound) = crate::check::published(place.app.manifest.as_deref(), kind)?;
                lines.iter().for_each(|line| println!("{line}"));
                Ok(is_sound)
            });
            for is_sound in published {
                match is_sound {
                    Ok(true) => {}
                    Ok(false) => return ExitCode::FAILURE,
                    Err(error) => return failed(&error),
                }
            }
            println!("{} is ready: {} components", manifest.name, manifest.components.len());
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}

fn up(arguments: Up) -> anyhow::Result<()> {
    let place = arguments.place;
    if !arguments.no_build {
        build(&place, &[])?;
    }
    let manifest = Manifest::find(place.app.manifest.as_deref())?;
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let rules = RuleFile::find(arguments.rules.as_deref(), folder).filter(|_| !arguments.no_rules);
    let rewrite = RewriteFile::find(arguments.rewrite.as_deref(), folder).filter(|_| !arguments.no_rewrite);
    let sources = rules.map(Source::Rules).into_iter().chain(rewrite.map(Source::Rewrite));
    let options = Options {
        manifest: Some(manifest.clone()),
        listen: arguments.listen,
        variables: place.app.variables.clone(),
        state_dir: place.state_dir,
        log: Log::Stderr,
        access_log: !arguments.quiet,
        ..Options::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::new()?;
        let running = serve(options).await?;
        announce(&running);
        for file in sources {
            let url = format!("http://{}", running.addr());
            match Desk::of(Some(&manifest), &place.app.variables, &url) {
                Ok(desk) => drop(tokio::spawn(Follower { file, desk, log: Log::Stderr }.run())),
                Err(error) => eprintln!("warning: {} is not published: {error:#}", file.shown()),
            }
        }
        signals.wait().await;
        eprintln!("stopping: requests in progress may end (again to stop at once)");
        tokio::select! {
            () = running.stop() => Ok(()),
            () = signals.wait() => Ok(()),
        }
    })
}

fn purge(order: &Purge) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("{}", runtime.block_on(order.run())?);
    Ok(())
}

fn publish(order: &Publish) -> ExitCode {
    let run = || -> anyhow::Result<(Vec<String>, bool)> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(order.run(Timestamp::now()))
    };
    match run() {
        Ok((lines, is_done)) => {
            lines.iter().for_each(|line| println!("{line}"));
            if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => failed(&error),
    }
}

fn explain(asked: Visit) -> anyhow::Result<()> {
    let mut visit = Scenario {
        consents: asked.consent,
        channel: asked.channel,
        event: asked.event,
        now: asked.at,
        visitor: asked.visitor,
        ..Scenario::default()
    };
    for pair in &asked.set {
        let (name, value) = pair_of(pair)?;
        visit.attributes.insert(name, Raw::Text(value));
    }
    visit.forced = asked.arm.iter().map(|pair| pair_of(pair)).collect::<anyhow::Result<_>>()?;
    let App { manifest, variables } = asked.app;
    let explain = Explain { manifest, variables, file: asked.rules, url: asked.url, visit };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let now = Timestamp::now();
    if asked.json {
        println!("{:#}", runtime.block_on(explain.answer(now))?);
    } else {
        print!("{}", runtime.block_on(explain.tree(now))?);
    }
    Ok(())
}

fn pair_of(pair: &str) -> anyhow::Result<(String, String)> {
    let (name, value) = pair.split_once('=').with_context(|| format!("`{pair}` is not NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

fn record(recording: &Recording) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::new()?;
        let recorder = Recorder::start(recording).await?;
        let (address, into) = (recorder.address()?, recording.into.display());
        eprintln!(
            "http://{address} forwards to {} and keeps what is said in {into}; Ctrl-C stops",
            recording.upstream
        );
        tokio::select! {
            () = recorder.run() => {}
            () = signals.wait() => {}
        }
        Ok(())
    })
}

fn announce(running: &Running) {
    let width = running.routes().iter().map(|(by, _)| by.len()).max().unwrap_or(0);
    let mut text = "\n".to_owned();
    for (by, route) in running.routes() {
        let path = route.strip_suffix("...").unwrap_or(route);
        text.push_str(&format!("  {by:<width$}  http://{}{path}\n", running.addr()));
    }
    text.push_str("\n  Ctrl-C stops.\n\n");
    // Whoever started us may have stopped reading; that is no reason to stop serving.
    drop(std::io::stdout().lock().write_all(text.as_bytes()));
}
