//! A rule file, and what is found when it is compiled.

use anyhow::Context as _;
use jiff::Timestamp;
use personalise::goes_with::GoesWith;
use personalise::rules::{Code, Rules, Severity, publish};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The name of the file beside a manifest.
const NAME: &str = "personalise.toml";

/// Where a merchandiser's rules are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile(PathBuf);

/// What came of a file.
#[derive(Debug)]
pub struct Compiled {
    /// What is wrong or likely not meant, as compilers tell it: `personalise.toml:3:7: error: …`.
    pub findings: Vec<String>,
    /// The rules; `None` where there are errors.
    pub rules: Option<Rules>,
    /// The form in which they are sent; empty where there are errors.
    pub compact: Vec<u8>,
    /// The table of what goes with what that the file names; `None` where it names none.
    pub table: Option<Vec<u8>>,
    /// The codes of offers; none where there are errors.
    pub codes: Vec<Code>,
    /// How many of the file's own checks ran; all of them passed where there are rules.
    pub checks: usize,
}

impl RuleFile {
    /// The file that is given, or else the one beside a manifest, if there is one.
    pub fn find(given: Option<&Path>, folder: &Path) -> Option<Self> {
        let beside = || Some(folder.join(NAME)).filter(|path| path.is_file());
        given.map(Path::to_owned).or_else(beside).map(Self)
    }

    /// The same, where there must be one.
    ///
    /// # Errors
    /// Where it was looked for.
    pub fn must(given: Option<&Path>, folder: &Path) -> anyhow::Result<Self> {
        let missing = || format!("there is no {NAME} in {}; name the file of the rules", folder.display());
        Self::find(given, folder).with_context(missing)
    }

    /// Its path as people read it: from here, where it lies below.
    #[must_use]
    pub fn shown(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        self.0.strip_prefix(here).unwrap_or(&self.0).display().to_string()
    }

    /// Reads and compiles it; checks that name no moment are made for `now`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn compile(&self, now: Timestamp) -> anyhow::Result<Compiled> {
        let text =
            std::fs::read_to_string(&self.0).with_context(|| format!("cannot read {}", self.shown()))?;
        Ok(self.compiled(&text, now))
    }

    fn compiled(&self, text: &str, now: Timestamp) -> Compiled {
        let published = publish(text, now);
        let shown = self.shown();
        let mut findings: Vec<String> =
            published.findings.iter().map(|finding| finding.told(&shown).to_string()).collect();
        let mut rules = published.rules;
        debug_assert!(
            rules.is_none() || !published.findings.iter().any(|one| one.severity == Severity::Error)
        );
        let compact = match rules.as_ref().map(Rules::to_compact).transpose() {
            Ok(compact) => compact.unwrap_or_default(),
            Err(error) => {
                findings.push(format!("{shown}:1:1: error: {error}"));
                rules = None;
                Vec::new()
            }
        };
        let table = match published.goes_with.as_deref().map(|name| self.table(name)).transpose() {
            Ok(table) => table,
            Err(error) => {
                findings.push(format!("{shown}:1:1: error: goes_with: {error:#}"));
                rules = None;
                None
            }
        };
        let codes = if rules.is_some() { published.codes } else { Vec::new() };
        Compiled { findings, rules, compact, table, codes, checks: published.checks }
    }

    /// A table beside the file, by its path from there.
    fn table(&self, name: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.0.parent().unwrap_or(Path::new(".")).join(name);
        let cure = "`headwater train` writes such a table";
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}; {cure}", path.display()))?;
        let table = GoesWith::open(bytes).with_context(|| format!("{}; {cure}", path.display()))?;
        Ok(table.as_bytes().to_vec())
    }

    /// When it was changed last, and its length; `None` while it is not there.
    pub(super) fn state(&self) -> Option<(SystemTime, u64)> {
        let found = std::fs::metadata(&self.0).ok()?;
        Some((found.modified().ok()?, found.len()))
    }
}

impl Compiled {
    /// What the rules are, in a few words: `2 audiences, 3 offers, 1 slot, 2 experiments; 7 checks passed`.
    #[must_use]
    pub fn words(&self) -> String {
        let Some(rules) = &self.rules else { return "not to be used".to_owned() };
        let count =
            |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        format!(
            "{}, {}, {}, {}; {} passed",
            count(rules.audiences.len(), "audience"),
            count(rules.offers.len(), "offer"),
            count(rules.slots.len(), "slot"),
            count(rules.experiments.len(), "experiment"),
            count(self.checks, "check"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(text: &str) -> Compiled {
        RuleFile(PathBuf::from("rules/personalise.toml")).compiled(text, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn findings_have_their_place_and_rules_their_words() {
        let good = compiled(
            "[slot.hero]\nshow = [{ content = \"a\" }]\n[[check]]\nexpect = { slot = { hero = \"a\" } }\n",
        );
        assert!(good.findings.is_empty(), "{:?}", good.findings);
        assert_eq!(good.words(), "0 audiences, 0 offers, 1 slot, 0 experiments; 1 check passed");
        assert!(Rules::from_compact(&good.compact).is_ok());
        let bad = compiled("[slot.hero]\nshow = [{ contnt = \"a\" }]\n");
        assert!(bad.rules.is_none() && bad.compact.is_empty());
        assert!(bad.findings[0].starts_with("rules/personalise.toml:2:9: error: "), "{:?}", bad.findings);
    }

    #[test]
    fn a_table_that_is_named_must_be_one() {
        let named = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
            let text = format!("goes_with = {name:?}\n[slot.hero]\nshow = [{{ content = \"a\" }}]\n");
            RuleFile(folder.join("personalise.toml")).compiled(&text, Timestamp::UNIX_EPOCH)
        };
        assert!(named("fixtures/goes-with.hw").table.is_some_and(|table| !table.is_empty()));
        for wrong in ["fixtures/no-such.hw", "fixtures/orders/demo.csv"] {
            let compiled = named(wrong);
            assert!(compiled.rules.is_none() && compiled.table.is_none());
            assert!(compiled.findings[0].contains("headwater train"), "{:?}", compiled.findings);
        }
    }

    #[test]
    fn rules_that_are_too_large_to_be_sent_are_an_error() {
        let slot = |n: usize| format!("[slot.s{n}]\nshow = [{{ content = \"{}\" }}]\n", "x".repeat(1000));
        let large = compiled(&(0..1100).map(slot).collect::<String>());
        assert!(large.rules.is_none());
        assert!(large.findings.iter().any(|line| line.contains(":1:1: error: the compiled rules have")));
    }
}
