//! The comparison, and what is printed of it.

use crate::differences::{Difference, fits};
use crate::observe::Observation;
use commerce::Capability;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What came of one adapter.
#[derive(Debug, Serialize, Deserialize)]
pub struct Verdict {
    /// The adapter's name.
    pub adapter: String,
    /// By capability: how it fares.
    pub capabilities: BTreeMap<String, Standing>,
    /// Differences that nobody has stated: `where: reference | backend`.
    pub surprises: Vec<String>,
    /// Stated differences that were met, with their reasons.
    pub stated: Vec<(String, String)>,
    /// Stated differences that were not met.
    pub idle: Vec<String>,
}

/// How one capability fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// Whether the adapter has it.
    pub offered: bool,
    /// Observations that were the same.
    pub same: usize,
    /// Observations that differ only as stated.
    pub stated: usize,
    /// Observations that differ otherwise.
    pub wrong: usize,
}

/// Compares what was seen of a backend with what was seen of the reference.
pub fn compare(
    adapter: &str,
    offered: &[Capability],
    reference: &[Observation],
    backend: &[Observation],
    differences: &[Difference],
) -> Verdict {
    let mut capabilities: BTreeMap<String, Standing> = BTreeMap::new();
    let mut surprises = Vec::new();
    for capability in Capability::ALL {
        let standing = capabilities.entry(capability.as_str().to_owned()).or_default();
        standing.offered = offered.contains(&capability);
    }
    let mut seen: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    backend.iter().for_each(|observation| seen.entry(&observation.name).or_default().push(observation));
    for expected in reference.iter().filter(|o| offered.contains(&o.capability)) {
        let standing = capabilities.entry(expected.capability.as_str().to_owned()).or_default();
        let found =
            seen.get_mut(expected.name.as_str()).filter(|all| !all.is_empty()).map(|all| all.remove(0));
        let mut here = Vec::new();
        let missing = Value::String("(not observed)".into());
        walk("", &expected.value, found.map_or(&missing, |o| &o.value), &mut here);
        let mut as_stated = true;
        for (path, left, right) in &here {
            let place = format!("{}:{path}", expected.name);
            match differences.iter().find(|difference| fits(&difference.at, &place)) {
                Some(difference) => difference.met.set(difference.met.get() + 1),
                None => {
                    as_stated = false;
                    surprises.push(format!("{place}: {} | {}", brief(left), brief(right)));
                }
            }
        }
        match (here.is_empty(), as_stated) {
            (true, _) => standing.same += 1,
            (false, true) => standing.stated += 1,
            (false, false) => standing.wrong += 1,
        }
    }
    let (met, idle): (Vec<_>, Vec<_>) = differences.iter().partition(|difference| difference.met.get() > 0);
    Verdict {
        adapter: adapter.to_owned(),
        capabilities,
        surprises,
        stated: met.iter().map(|d| (d.at.clone(), d.reason.clone())).collect(),
        idle: idle.iter().map(|d| d.at.clone()).collect(),
    }
}

fn walk<'a>(path: &str, left: &'a Value, right: &'a Value, found: &mut Vec<(String, Value, Value)>) {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(&inner, a.get(name).unwrap_or(&Value::Null), b.get(name).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| walk(&format!("{path}[{i}]"), a, b, found));
        }
        (a, b) if a == b => {}
        (a, b) => found.push((path.to_owned(), a.clone(), b.clone())),
    }
}

fn brief(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 120 {
        text
    } else {
        format!("{}…", text.chars().take(120).collect::<String>())
    }
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.surprises.is_empty() && self.idle.is_empty()
    }

    /// What is wrong, for people; at most `most` lines of each kind.
    pub fn complaints(&self, most: usize) -> String {
        let mut text = String::new();
        let more = |count: usize| count.saturating_sub(most);
        for surprise in self.surprises.iter().take(most) {
            let _ = writeln!(text, "  differs  {surprise}");
        }
        if more(self.surprises.len()) > 0 {
            let _ = writeln!(text, "  … and {} more", more(self.surprises.len()));
        }
        for idle in self.idle.iter().take(most) {
            let _ = writeln!(text, "  stated, but nothing differs there any more: {idle}");
        }
        text
    }
}

/// The table of adapters and capabilities with what is stated of each, as Markdown.
pub fn table(verdicts: &[Verdict]) -> String {
    let mut text = String::from(
        "# Adapters\n\nWritten by the conformance suite, which asks every backend through its adapter for the same \
         catalogue and goes the same journeys as in the demo shop. ✓: the same model and the same results. \
         ≈: the same up to what is stated below. –: the backend has no such thing, and heads leave that part out.\n\n| |",
    );
    for verdict in verdicts {
        let _ = write!(text, " {} |", verdict.adapter);
    }
    text.push_str("\n|---|");
    verdicts.iter().for_each(|_| text.push_str(":-:|"));
    text.push('\n');
    for capability in Capability::ALL {
        let _ = write!(text, "| {} |", capability.as_str());
        for verdict in verdicts {
            let standing = verdict.capabilities.get(capability.as_str()).copied().unwrap_or_default();
            let mark = match standing {
                Standing { offered: false, .. } => "–",
                Standing { wrong: 1.., .. } => "✗",
                Standing { stated: 1.., .. } => "≈",
                _ => "✓",
            };
            let _ = write!(text, " {mark} |");
        }
        text.push('\n');
    }
    for verdict in verdicts.iter().filter(|verdict| !verdict.stated.is_empty()) {
        let _ = writeln!(text, "\n## {}\n", verdict.adapter);
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for (at, reason) in &verdict.stated {
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, places)) => places.push(at),
                None => reasons.push((reason, vec![at])),
            }
        }
        for (reason, places) in reasons {
            let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
            let _ = writeln!(text, "- {reason} ({})", places.join(", "));
        }
    }
    text
}
