//! What is published, and from which file.

use super::{RewriteFile, RuleFile};
use clap::ValueEnum;
use jiff::Timestamp;
use personalise::rules::Code;
use std::path::Path;
use std::time::SystemTime;

/// What is in force by itself, with a way back of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The merchandiser's rules: personalise.toml
    Rules,
    /// What stands where in the pages of an existing site: rewrite/rewrite.toml
    Rewrite,
}

impl Kind {
    /// To people, and below the address of the desk.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Rewrite => "placements",
        }
    }

    /// As the command line says it.
    pub(super) fn option(self) -> &'static str {
        match self {
            Self::Rules => "--only rules",
            Self::Rewrite => "--only rewrite",
        }
    }
}

/// A file that can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Of rules.
    Rules(RuleFile),
    /// Of placements.
    Rewrite(RewriteFile),
}

/// What came of a file.
#[derive(Debug)]
pub struct Draft {
    /// What is wrong or likely not meant, as compilers tell it: `personalise.toml:3:7: error: …`.
    pub findings: Vec<String>,
    /// What can be published; `None` where there are errors.
    pub ready: Option<Ready>,
}

/// What is sent of a file.
#[derive(Debug)]
pub struct Ready {
    /// The compact form.
    pub compact: Vec<u8>,
    /// The table of what goes with what that a file of rules names.
    pub table: Option<Vec<u8>>,
    /// The codes of a file of rules.
    pub codes: Vec<Code>,
    /// What it is, in a few words: `2 audiences, 3 offers, …`.
    pub words: String,
}

impl Source {
    /// The files beside a manifest, or those of one kind.
    #[must_use]
    pub fn beside(folder: &Path, only: Option<Kind>) -> Vec<Self> {
        let rules = RuleFile::find(None, folder).map(Self::Rules);
        let rewrite = RewriteFile::find(None, folder).map(Self::Rewrite);
        let all = [rules, rewrite].into_iter().flatten();
        all.filter(|source| only.is_none_or(|only| only == source.kind())).collect()
    }

    /// What it is a file of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Rules(_) => Kind::Rules,
            Self::Rewrite(_) => Kind::Rewrite,
        }
    }

    /// Its path as people read it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Rules(file) => file.shown(),
            Self::Rewrite(file) => file.shown(),
        }
    }

    /// Reads and compiles it; checks that name no moment are made for `now`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn draft(&self, now: Timestamp) -> anyhow::Result<Draft> {
        match self {
            Self::Rewrite(file) => file.draft(now),
            Self::Rules(file) => {
                let compiled = file.compile(now)?;
                let words = compiled.words();
                let ready = compiled.rules.is_some();
                let ready = ready.then_some(Ready {
                    compact: compiled.compact,
                    table: compiled.table,
                    codes: compiled.codes,
                    words,
                });
                Ok(Draft { findings: compiled.findings, ready })
            }
        }
    }

    /// When it was changed last, and its length; `None` while it is not there.
    pub(super) fn state(&self) -> Option<(SystemTime, u64)> {
        match self {
            Self::Rules(file) => file.state(),
            Self::Rewrite(file) => file.state(),
        }
    }
}
