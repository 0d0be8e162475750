//! `headwater publish`: a rule file, compiled and put in force.

use super::{Codes, Compiled, Desk, Live, RuleFile, Version};
use crate::operator::application;
use anyhow::Context as _;
use jiff::Timestamp;
use std::path::PathBuf;

/// What to put in force, and where.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The application's manifest; found as by the other commands unless given.
    pub manifest: Option<PathBuf>,
    /// Values for variables, `NAME=VALUE`: the `session_key` that the application runs with proves us.
    pub variables: Vec<String>,
    /// Where the application answers: `http:` or `https:`, without a path.
    pub url: String,
    /// The rules; `personalise.toml` beside the manifest unless given.
    pub file: Option<PathBuf>,
    /// A table of what goes with what, put in force with the rules, instead of the one that they name.
    pub goes_with: Option<PathBuf>,
    /// Go back to what was in force before, instead.
    pub rollback: bool,
    /// Whether the shop is left alone: else it is asked whether it knows the codes of offers, which is told and keeps
    /// nothing from being published.
    pub offline: bool,
}

impl Publish {
    /// Publishes, and says line by line what was found and what is in force. Nothing is sent while the file has
    /// errors: the second value is then `false`.
    ///
    /// # Errors
    /// When the file cannot be read, the application cannot be asked, or it refuses; each with the cure.
    pub async fn run(&self, now: Timestamp) -> anyhow::Result<(Vec<String>, bool)> {
        let desk = Desk::of(self.manifest.as_deref(), &self.variables, &self.url)?;
        if self.rollback {
            return Ok((tell("the former rules", &desk.roll_back().await?), true));
        }
        let (manifest, _) = application(self.manifest.as_deref(), &self.variables)?;
        let file = RuleFile::must(self.file.as_deref(), &manifest.folder)?;
        let compiled = file.compile(now)?;
        let mut lines = compiled.findings.clone();
        if compiled.rules.is_none() {
            lines.push(format!("{} has errors: nothing was published", file.shown()));
            return Ok((lines, false));
        }
        lines.push(format!("{}: {}", file.shown(), compiled.words()));
        if !self.offline {
            lines.extend(self.asked(&desk, &file, &compiled).await);
        }
        let Compiled { compact, table, .. } = compiled;
        let read =
            |path: &PathBuf| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        let table = self.goes_with.as_ref().map(read).transpose()?.or(table);
        let table = match table {
            Some(bytes) => Some(desk.keep_table(bytes).await?),
            None => None,
        };
        lines.extend(tell(&file.shown(), &desk.publish(compact, table.as_deref()).await?));
        Ok((lines, true))
    }

    async fn asked(&self, desk: &Desk, file: &RuleFile, compiled: &Compiled) -> Vec<String> {
        match Codes::ask(desk, &file.shown(), compiled).await {
            Ok(codes) => codes.lines,
            Err(why) => vec![format!("{}: note: no code is asked for: {why:#}", file.shown())],
        }
    }
}

/// What is in force now, and what was.
fn tell(what: &str, live: &Live) -> Vec<String> {
    let Some(current) = &live.current else { return vec![format!("{what}: nothing is in force")] };
    let within = live.seen_within.as_secs_f64();
    let mut lines = vec![format!(
        "{what} is live as {}, since {}; every head goes by it within {within} s",
        named(current),
        current.at
    )];
    lines.push(match &live.former {
        Some(former) => {
            format!("before it was {}; `headwater publish --rollback` goes back to it", named(former))
        }
        None => "there were no rules before".to_owned(),
    });
    lines
}

fn named(version: &Version) -> String {
    match &version.goes_with {
        Some(table) => format!("{} with table {table}", version.digest),
        None => version.digest.clone(),
    }
}
