//! `headwater publish`: files, compiled and put in force.

use super::{Codes, Desk, Draft, Kind, Live, Ready, RewriteFile, RuleFile, Source, Version};
use crate::operator::application;
use anyhow::Context as _;
use jiff::Timestamp;
use personalise::rules::Code;
use std::path::{Path, PathBuf};

/// What to put in force, and where.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The application's manifest; found as by the other commands unless given.
    pub manifest: Option<PathBuf>,
    /// Values for variables, `NAME=VALUE`: the `session_key` that the application runs with proves us.
    pub variables: Vec<String>,
    /// Where the application answers: `http:` or `https:`, without a path.
    pub url: String,
    /// A file of rules, or of the kind that `only` says; both that lie beside the manifest unless given.
    pub file: Option<PathBuf>,
    /// Nothing but this.
    pub only: Option<Kind>,
    /// A table of what goes with what, put in force with the rules, instead of the one that they name.
    pub goes_with: Option<PathBuf>,
    /// Go back to what was in force before, instead.
    pub rollback: bool,
    /// Whether the shop is left alone: else it is asked whether it knows the codes of offers, which is told and keeps
    /// nothing from being published.
    pub offline: bool,
}

impl Publish {
    /// Publishes, and says line by line what was found and what is in force. Nothing is sent while a file has
    /// errors: the second value is then `false`.
    ///
    /// # Errors
    /// When a file cannot be read, the application cannot be asked, or it refuses; each with the cure.
    pub async fn run(&self, now: Timestamp) -> anyhow::Result<(Vec<String>, bool)> {
        let desk = Desk::of(self.manifest.as_deref(), &self.variables, &self.url)?;
        if self.rollback {
            let kind = self.to_roll_back(&desk).await?;
            return Ok((
                tell(
                    &format!("the former version of the {}", kind.words()),
                    kind,
                    &desk.roll_back(kind).await?,
                ),
                true,
            ));
        }
        let (manifest, _) = application(self.manifest.as_deref(), &self.variables)?;
        let mut lines = Vec::new();
        let mut ready = Vec::new();
        let mut is_sound = true;
        for source in self.sources(&manifest.folder)? {
            let Draft { findings, ready: draft } = source.draft(now)?;
            lines.extend(findings);
            match draft {
                Some(draft) => {
                    lines.push(format!("{}: {}", source.shown(), draft.words));
                    if !self.offline {
                        lines.extend(asked(&desk, &source.shown(), &draft.codes).await);
                    }
                    ready.push((source, draft));
                }
                None => {
                    lines.push(format!("{} has errors: nothing was published", source.shown()));
                    is_sound = false;
                }
            }
        }
        for (source, draft) in ready.into_iter().filter(|_| is_sound) {
            match self.put(&desk, source.kind(), draft).await {
                Ok(live) => lines.extend(tell(&source.shown(), source.kind(), &live)),
                Err(error) => {
                    // What came before it is in force already.
                    let done = lines.iter().find(|line| line.contains(" is live as "));
                    return Err(match done {
                        Some(done) => {
                            error.context(format!("{done}, but {} is not published", source.shown()))
                        }
                        None => error,
                    });
                }
            }
        }
        Ok((lines, is_sound))
    }

    fn sources(&self, folder: &Path) -> anyhow::Result<Vec<Source>> {
        let given = self.file.as_deref();
        let sources = match (given, self.only) {
            (Some(_), None | Some(Kind::Rules)) => {
                RuleFile::find(given, folder).map(Source::Rules).into_iter().collect()
            }
            (Some(_), Some(Kind::Rewrite)) => {
                RewriteFile::find(given, folder).map(Source::Rewrite).into_iter().collect()
            }
            (None, only) => Source::beside(folder, only),
        };
        let folder = folder.display();
        match (sources.is_empty(), self.only) {
            (false, _) => Ok(sources),
            (true, Some(Kind::Rules)) => {
                anyhow::bail!("there is no personalise.toml in {folder}; name the file")
            }
            (true, Some(Kind::Rewrite)) => {
                anyhow::bail!("there is no rewrite/rewrite.toml in {folder}; name the file")
            }
            (true, None) => anyhow::bail!(
                "there is no personalise.toml in {folder}, and no rewrite/rewrite.toml; name the file to publish"
            ),
        }
    }

    async fn put(&self, desk: &Desk, kind: Kind, ready: Ready) -> anyhow::Result<Live> {
        let read =
            |path: &PathBuf| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        let own = self.goes_with.as_ref().filter(|_| kind == Kind::Rules).map(read).transpose()?;
        let table = match own.or(ready.table) {
            Some(bytes) => Some(desk.keep_table(bytes).await?),
            None => None,
        };
        desk.publish(kind, ready.compact, table.as_deref()).await
    }

    /// What was said, or else the only kind that has a way back: which of two is meant, nobody can guess.
    async fn to_roll_back(&self, desk: &Desk) -> anyhow::Result<Kind> {
        if let Some(kind) = self.only {
            return Ok(kind);
        }
        let (rules, rewrite) = (desk.live(Kind::Rules).await?, desk.live(Kind::Rewrite).await?);
        if rules.former.is_none() {
            return Ok(if rewrite.former.is_some() { Kind::Rewrite } else { Kind::Rules });
        }
        anyhow::ensure!(
            rewrite.former.is_none(),
            "rules (in force since {}) and placements (since {}) each have a way back: say which is meant, with \
             --only rules or --only rewrite",
            since(&rules),
            since(&rewrite)
        );
        Ok(Kind::Rules)
    }
}

async fn asked(desk: &Desk, shown: &str, codes: &[Code]) -> Vec<String> {
    match Codes::ask(desk, shown, codes).await {
        Ok(codes) => codes.lines,
        Err(why) => vec![format!("{shown}: note: no code is asked for: {why:#}")],
    }
}

fn since(live: &Live) -> &str {
    live.current.as_ref().map_or("", |current| current.at.as_str())
}

/// What is in force now, and what was.
fn tell(what: &str, kind: Kind, live: &Live) -> Vec<String> {
    let Some(current) = &live.current else { return vec![format!("{what}: nothing is in force")] };
    let within = live.seen_within.as_secs_f64();
    let mut lines = vec![format!(
        "{what} is live as {}, since {}; every head goes by it within {within} s",
        named(current),
        current.at
    )];
    lines.push(match &live.former {
        Some(former) => {
            let option = kind.option();
            format!(
                "before it was {}; `headwater publish --rollback {option}` goes back to it",
                named(former)
            )
        }
        None => format!("there were no {} before", kind.words()),
    });
    lines
}

fn named(version: &Version) -> String {
    match &version.goes_with {
        Some(table) => format!("{} with table {table}", version.digest),
        None => version.digest.clone(),
    }
}
