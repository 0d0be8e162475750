//! The command line.

mod visit;

use crate::log::Log;
use crate::manifest::{Manifest, Problems};
use crate::preview::{Preview, lasting};
use crate::purge::Purge;
use crate::record::{Recorder, Recording};
use crate::rules::{Desk, Follower, Kind, Publish, RewriteFile, RuleFile, Source};
use crate::serve::{Options, Running, serve};
use crate::signals::Signals;
use crate::train::Training;
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};
use visit::Visit;

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
    Check {
        #[command(flatten)]
        place: Place,
        /// Ask no backend: neither how it is, nor whether it knows the codes of offers
        #[arg(long)]
        offline: bool,
    },
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
        /// Do not ask the shop whether it knows the codes of offers
        #[arg(long)]
        offline: bool,
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

/// Runs the command that this process was started as.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => up(cli.up),
        Some(Command::Up(arguments)) => up(arguments),
        Some(Command::Build { place, components }) => build(&place, &components),
        Some(Command::Check { place, offline }) => return check(&place, offline),
        Some(Command::Purge { app: App { manifest, variables }, url, tags }) => {
            purge(&Purge { manifest, variables, url, tags })
        }
        Some(Command::Publish {
            app: App { manifest, variables },
            file,
            only,
            url,
            goes_with,
            rollback,
            offline,
        }) => {
            return publish(&Publish { manifest, variables, url, file, only, goes_with, rollback, offline });
        }
        Some(Command::Explain(visit)) => visit.explain(),
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

fn check(place: &Place, offline: bool) -> ExitCode {
    match checked(place, offline) {
        Ok(is_sound) => {
            if is_sound {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => failed(&error),
    }
}

/// Prints what is found, up to the first part that has errors; whether there are none.
fn checked(place: &Place, offline: bool) -> anyhow::Result<bool> {
    let (app, variables, state) = (place.app.manifest.as_deref(), &place.app.variables, &place.state_dir);
    let print = |lines: Vec<String>| lines.iter().for_each(|line| println!("{line}"));
    let tell = |problems: &Problems| problems.0.iter().for_each(|problem| println!("{problem}"));
    let (manifest, problems) = crate::check::check(app, variables, state)?;
    tell(&problems);
    if problems.has_errors() {
        return Ok(false);
    }
    if !offline {
        let (lines, problems) = crate::check::backends(app, variables, state)?;
        print(lines);
        tell(&problems);
        if problems.has_errors() {
            return Ok(false);
        }
    }
    // What is wrong with one file keeps nobody from hearing of the other.
    let published = [Kind::Rules, Kind::Rewrite].map(|kind| crate::check::published(app, kind));
    let mut are_sound = true;
    for found in published {
        let (lines, is_sound) = found?;
        print(lines);
        are_sound &= is_sound;
    }
    if !are_sound {
        return Ok(false);
    }
    if !offline {
        let (lines, are_known) = crate::check::codes(app, variables, state)?;
        print(lines);
        if !are_known {
            return Ok(false);
        }
    }
    println!("{} is ready: {} components", manifest.name, manifest.components.len());
    Ok(true)
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
