//! A rule file that is published whenever it changes.

use super::{Desk, RuleFile};
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
        loop {
            let state = self.file.state();
            if known != Some(state) && self.publish(state).await {
                known = Some(state);
            }
            tokio::time::sleep(OFTEN).await;
        }
    }

    /// Whether this state of the file is done with, well or not; otherwise it is to be tried again.
    async fn publish(&self, state: Option<(SystemTime, u64)>) -> bool {
        if state.is_none() {
            self.log.line(format!("{} is gone: the rules in force stay", self.file.shown()));
            return true;
        }
        let file = self.file.clone();
        let compiled = tokio::task::spawn_blocking(move || file.compile(Timestamp::now())).await;
        let compiled = match compiled.map_err(anyhow::Error::from).flatten() {
            Ok(compiled) => compiled,
            Err(error) => {
                self.log.line(format!("{error:#}"));
                return true;
            }
        };
        compiled.findings.iter().for_each(|line| self.log.line(line));
        let words = compiled.words();
        if compiled.rules.is_none() {
            self.log.line(format!("{} has errors: the rules in force stay", self.file.shown()));
            return true;
        }
        match self.desk.publish(compiled.compact, None).await {
            Ok(live) => {
                let digest = live.current.map(|current| current.digest).unwrap_or_default();
                let within = live.seen_within.as_secs_f64();
                let shown = self.file.shown();
                self.log.line(format!("{shown} is live as {digest} within {within} s: {words}"));
                true
            }
            Err(error) => {
                self.log.line(format!("{} is not published: {error:#}", self.file.shown()));
                // The application may be too busy just now.
                false
            }
        }
    }
}
