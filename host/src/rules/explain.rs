//! `headwater explain`: what a visitor would see, and why and why not.

use super::{Desk, RuleFile, SessionValue, tree};
use crate::operator::application;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use personalise::rules::Scenario;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Which visit, and by which rules.
#[derive(Debug, Clone)]
pub struct Explain {
    /// The application's manifest; found as by the other commands unless given.
    pub manifest: Option<PathBuf>,
    /// Values for variables, `NAME=VALUE`.
    pub variables: Vec<String>,
    /// A rule file; `personalise.toml` beside the manifest unless it or `url` is given.
    pub file: Option<PathBuf>,
    /// An application to ask: by its rules in force, or by the file as a draft where one is given.
    pub url: Option<String>,
    /// The visit.
    pub visit: Scenario,
    /// A real visitor of the application at `url`, of whom everything is taken that the visit does not say.
    pub session: Option<SessionValue>,
}

impl Explain {
    /// What the visit comes to, as `POST /_headwater/explain` answers it.
    ///
    /// # Errors
    /// When the rules have errors, the visit does not fit them, or the application cannot be asked.
    pub async fn answer(&self, now: Timestamp) -> anyhow::Result<Value> {
        let (manifest, _) = application(self.manifest.as_deref(), &self.variables)?;
        let Some(url) = &self.url else {
            anyhow::ensure!(
                self.session.is_none(),
                "a visitor is known to the application alone: say where it answers with --url"
            );
            let file = RuleFile::must(self.file.as_deref(), &manifest.folder)?;
            let (rules, _) = draft(&file, now)?;
            let answered = self.visit.answer(&rules, now)?;
            return Ok(json!({"rules": file.shown(), "answer": answered}));
        };
        let desk = Desk::of(self.manifest.as_deref(), &self.variables, url)?;
        let draft = match &self.file {
            None => None,
            Some(path) => {
                let (_, compact) = draft(&RuleFile::must(Some(path), &manifest.folder)?, now)?;
                Some(STANDARD.encode(compact))
            }
        };
        let question = json!({
            "visit": self.visit,
            "draft": draft,
            "session": self.session.as_ref().map(SessionValue::sealed),
        });
        desk.explain(&question).await
    }

    /// The same as an indented tree for people.
    ///
    /// # Errors
    /// As [`Explain::answer`].
    pub async fn tree(&self, now: Timestamp) -> anyhow::Result<String> {
        Ok(tree::print(&self.answer(now).await?))
    }
}

fn draft(file: &RuleFile, now: Timestamp) -> anyhow::Result<(personalise::rules::Rules, Vec<u8>)> {
    let compiled = file.compile(now)?;
    let findings = compiled.findings.join("\n");
    let rules = compiled.rules.with_context(|| format!("the rules have errors:\n{findings}"))?;
    Ok((rules, compiled.compact))
}
