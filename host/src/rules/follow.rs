//! A rule file that is published whenever it changes.

use super::{Compiled, Desk, RuleFile};
use crate::log::Log;
use jiff::Timestamp;
use std::time::{Duration, SystemTime};

/// How often the file is looked at.
const OFTEN: Duration = Duration::from_secs(1);

/// Publishes a file to an application at once and on every change. Rules with errors are told and not published: those
/// that were in force stay.
#[derive(Debug)]
pub struct Follower {
    /// The file.
    pub file: RuleFile,
    /// Where it is published.
    pub desk: Desk,
    /// Where findings and what came of a change are told.
    pub log: Log,
}

impl Follower {
    /// Follows the file until it is dropped.
    pub async fn run(self) {
        let mut known = None;
        let mut waiting = None;
        let mut told = String::new();
        loop {
            let state = self.file.state();
            if known != Some(state) {
                known = Some(state);
                waiting = self.compile(state).await.or(waiting);
            }
            if let Some(compiled) = &waiting {
                let line = match self.publish(compiled).await {
                    Ok(line) => {
                        waiting = None;
                        line
                    }
                    // The application may be too busy just now: again, without telling the same again.
                    Err(error) => format!("{} is not published: {error:#}", self.file.shown()),
                };
                if line != told || waiting.is_none() {
                    self.log.line(&line);
                    told = line;
                }
            }
            tokio::time::sleep(OFTEN).await;
        }
    }

    /// The rules of this state of the file, if they can be published.
    async fn compile(&self, state: Option<(SystemTime, u64)>) -> Option<Compiled> {
        let shown = self.file.shown();
        if state.is_none() {
            self.log.line(format!("{shown} is gone: the rules in force stay"));
            return None;
        }
        let file = self.file.clone();
        let compiled = tokio::task::spawn_blocking(move || file.compile(Timestamp::now())).await;
        let compiled = match compiled.map_err(anyhow::Error::from).flatten() {
            Ok(compiled) => compiled,
            Err(error) => {
                self.log.line(format!("{error:#}: the rules in force stay"));
                return None;
            }
        };
        compiled.findings.iter().for_each(|line| self.log.line(line));
        if compiled.rules.is_none() {
            self.log.line(format!("{shown} has errors: the rules in force stay"));
        }
        Some(compiled).filter(|compiled| compiled.rules.is_some())
    }

    async fn publish(&self, compiled: &Compiled) -> anyhow::Result<String> {
        let table = match &compiled.table {
            Some(bytes) => Some(self.desk.keep_table(bytes.clone()).await?),
            None => None,
        };
        let live = self.desk.publish(compiled.compact.clone(), table.as_deref()).await?;
        let digest = live.current.map(|current| current.digest).unwrap_or_default();
        let (within, words) = (live.seen_within.as_secs_f64(), compiled.words());
        Ok(format!("{} is live as {digest} within {within} s: {words}", self.file.shown()))
    }
}
