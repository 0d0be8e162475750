//! A file that is published whenever it changes.

use super::{Desk, Ready, Source};
use crate::log::Log;
use jiff::Timestamp;
use std::time::{Duration, SystemTime};

/// How often the file is looked at.
const OFTEN: Duration = Duration::from_secs(1);

/// Publishes a file to an application at once and on every change. One with errors is told and not published: what was
/// in force stays.
#[derive(Debug)]
pub struct Follower {
    /// The file.
    pub file: Source,
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
            if let Some(ready) = &waiting {
                let line = match self.publish(ready).await {
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

    /// What there is to publish of this state of the file, if it can be.
    async fn compile(&self, state: Option<(SystemTime, u64)>) -> Option<Ready> {
        let (shown, what) = (self.file.shown(), self.file.kind().words());
        if state.is_none() {
            self.log.line(format!("{shown} is gone: the {what} in force stay"));
            return None;
        }
        let file = self.file.clone();
        let compiled = tokio::task::spawn_blocking(move || file.draft(Timestamp::now())).await;
        let draft = match compiled.map_err(anyhow::Error::from).flatten() {
            Ok(draft) => draft,
            Err(error) => {
                self.log.line(format!("{error:#}: the {what} in force stay"));
                return None;
            }
        };
        draft.findings.iter().for_each(|line| self.log.line(line));
        if draft.ready.is_none() {
            self.log.line(format!("{shown} has errors: the {what} in force stay"));
        }
        draft.ready
    }

    async fn publish(&self, ready: &Ready) -> anyhow::Result<String> {
        let table = match &ready.table {
            Some(bytes) => Some(self.desk.keep_table(bytes.clone()).await?),
            None => None,
        };
        let live = self.desk.publish(self.file.kind(), ready.compact.clone(), table.as_deref()).await?;
        let digest = live.current.map(|current| current.digest).unwrap_or_default();
        let (within, words) = (live.seen_within.as_secs_f64(), &ready.words);
        Ok(format!("{} is live as {digest} within {within} s: {words}", self.file.shown()))
    }
}
