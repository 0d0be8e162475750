//! `headwater explain`.

use super::App;
use crate::rules::{Explain, SessionValue};
use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use personalise::attribute::Raw;
use personalise::rules::Scenario;
use std::path::PathBuf;

/// Whose visit, and by which rules.
#[derive(Args, Debug)]
pub(super) struct Visit {
    #[command(flatten)]
    app: App,
    /// The rules [default: personalise.toml beside the manifest]
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Ask a running application, by the rules that are in force there or by --rules as a draft
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A real visitor: the value of their cookie hw_session or header headwater-session; - reads it from standard
    /// input, so that it is in no history of commands. What else is said of the visit comes before what is known
    #[arg(long, value_name = "VALUE", requires = "url", allow_hyphen_values = true)]
    session: Option<SessionValue>,
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

impl Visit {
    /// Prints what it comes to.
    pub(super) fn explain(self) -> anyhow::Result<()> {
        let mut visit = Scenario {
            consents: self.consent,
            channel: self.channel,
            event: self.event,
            now: self.at,
            visitor: self.visitor,
            ..Scenario::default()
        };
        for pair in &self.set {
            let (name, value) = pair_of(pair)?;
            visit.attributes.insert(name, Raw::Text(value));
        }
        visit.forced = self.arm.iter().map(|pair| pair_of(pair)).collect::<anyhow::Result<_>>()?;
        let App { manifest, variables } = self.app;
        let session = self.session.map(|session| session.read(std::io::stdin().lock())).transpose()?;
        let explain = Explain { manifest, variables, file: self.rules, url: self.url, visit, session };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let now = Timestamp::now();
        if self.json {
            println!("{:#}", runtime.block_on(explain.answer(now))?);
        } else {
            print!("{}", runtime.block_on(explain.tree(now))?);
        }
        Ok(())
    }
}

fn pair_of(pair: &str) -> anyhow::Result<(String, String)> {
    let (name, value) = pair.split_once('=').with_context(|| format!("`{pair}` is not NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.to_owned()))
}
