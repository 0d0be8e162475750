//! A file of placements, and what is found when it is compiled.

use super::syntax::Readers;
use super::{Draft, Ready, RuleFile};
use anyhow::Context as _;
use jiff::Timestamp;
use personalise::placements::publish;
use personalise::rules::Rules;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where the file is, from a manifest.
const NAME: &str = "rewrite/rewrite.toml";

/// Where an operator writes what stands where in the pages of an existing site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewriteFile {
    path: PathBuf,
    /// The rules that it goes with, to say what they lack.
    rules: Option<RuleFile>,
}

impl RewriteFile {
    /// The file that is given, or else the one beside a manifest, if there is one.
    #[must_use]
    pub fn find(given: Option<&Path>, folder: &Path) -> Option<Self> {
        let beside = || Some(folder.join(NAME)).filter(|path| path.is_file());
        let path = given.map(Path::to_owned).or_else(beside)?;
        Some(Self { path, rules: RuleFile::find(None, folder) })
    }

    /// Its path as people read it: from here, where it lies below.
    #[must_use]
    pub fn shown(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        self.path.strip_prefix(here).unwrap_or(&self.path).display().to_string()
    }

    /// Reads and compiles it, beside the rules as they are `now`; rules that cannot be used count as none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn draft(&self, now: Timestamp) -> anyhow::Result<Draft> {
        let text =
            std::fs::read_to_string(&self.path).with_context(|| format!("cannot read {}", self.shown()))?;
        let rules = self.rules.as_ref().and_then(|file| file.compile(now).ok()?.rules);
        Ok(self.drafted(&text, rules.as_ref()))
    }

    fn drafted(&self, text: &str, rules: Option<&Rules>) -> Draft {
        let published = publish(text, rules, &Readers::new());
        let shown = self.shown();
        let findings = published.findings.iter().map(|finding| finding.told(&shown).to_string()).collect();
        let ready = published.placements.and_then(|placements| {
            let count = placements.places.len();
            let words = format!("{count} place{}", if count == 1 { "" } else { "s" });
            Some(Ready { compact: placements.to_compact().ok()?, table: None, codes: Vec::new(), words })
        });
        Draft { findings, ready }
    }

    /// When it was changed last, and its length; `None` while it is not there.
    pub(super) fn state(&self) -> Option<(SystemTime, u64)> {
        let found = std::fs::metadata(&self.path).ok()?;
        Some((found.modified().ok()?, found.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(more: &str) -> Draft {
        let file = RewriteFile { path: PathBuf::from(NAME), rules: None };
        file.drafted(&format!("[[place]]\nselector = \"h1\"\nput = \"after\"\n{more}\n"), None)
    }

    #[test]
    fn css_and_html_are_read_as_they_are_carried_out() {
        for (more, begins, says) in [
            ("html = \"x\"\nselector = \"h1\"", "5:1: error: ", "duplicate key"),
            ("show = \"offer\"\nhtml = \"{% if %}\"", "5:9: error: html: ", "end of block"),
            ("show = \"offer\"\nhtml = '''\n<b>\n{{ title|uper }}'''", "7:1: error: html: ", "uper"),
            (
                "show = \"stock\"\nhtml = '{% for row in rows %}{{ row.stor }}{% endfor %}'",
                "5:9: error: html: ",
                "undefined",
            ),
            (
                "show = \"offer\"\nhtml = \"{{ title }} {{ cod }}\"",
                "5:24: error: html: ",
                "did you mean `code`?",
            ),
        ] {
            let Draft { findings, ready } = drafted(more);
            let begins = format!("rewrite/rewrite.toml:{begins}");
            let is_told = findings.iter().any(|line| line.starts_with(&begins) && line.contains(says));
            assert!(ready.is_none() && is_told, "{more}\n{findings:?}");
        }
        for wrong in ["h1:hover", "h1 + p", "p:last-child", "", "h1 >"] {
            let file = RewriteFile { path: PathBuf::from(NAME), rules: None };
            let text = format!("[[place]]\nput = \"after\"\nhtml = \"x\"\nselector = {wrong:?}\n");
            let Draft { findings, ready } = file.drafted(&text, None);
            let is_told = findings.iter().any(|line| line.starts_with("rewrite/rewrite.toml:4:12: error: "));
            assert!(ready.is_none() && is_told, "{wrong}\n{findings:?}");
        }
    }

    #[test]
    fn a_sound_file_is_ready_to_be_sent() {
        let Draft { findings, ready } = drafted("html = '<b lang=\"{{ lang }}\">new</b>'");
        let ready = ready.expect("no errors");
        assert_eq!((findings, ready.words.as_str()), (Vec::new(), "1 place"));
        assert!(personalise::placements::Placements::from_compact(&ready.compact).is_ok());
    }
}
