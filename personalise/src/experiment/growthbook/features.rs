//! The features of a GrowthBook payload.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Problems;
use super::bandit::Bandits;
use super::members::Groups;
use super::rule::{Effect, Rule};

/// Features by name, with the groups that their conditions refer to.
#[derive(Debug, Clone, Default)]
pub struct Features {
    pub(super) features: BTreeMap<String, Feature>,
    pub(super) groups: Groups,
}

/// A feature: the first rule that gives a value decides.
#[derive(Debug, Clone)]
pub(super) struct Feature {
    pub(super) default: Value,
    pub(super) rules: Vec<Rule>,
}

impl Features {
    /// Reads a payload: the maps `features`, `savedGroups` and `contextualBandits`, each of which may be missing.
    pub fn read(payload: &Value, problems: &mut Problems) -> Self {
        let part = |key: &str| payload.get(key).unwrap_or(&Value::Null);
        problems.enter("payload".to_owned());
        let bandits = Bandits::read(part("contextualBandits"), problems);
        let groups = Groups::read(part("savedGroups"), problems);
        let entries = part("features").as_object().into_iter().flatten();
        let features =
            entries.map(|(key, value)| (key.clone(), Feature::read(key, value, &bandits, problems)));
        let read = Self { features: features.collect(), groups };
        read.report_unknown(problems);
        read.report_cycles(problems);
        read.report_namespaces(problems);
        read
    }

    /// A prerequisite that is no feature has no value, so most rules that need it never apply.
    fn report_unknown(&self, problems: &mut Problems) {
        for (key, feature) in &self.features {
            let needed = feature.rules.iter().flat_map(|rule| &rule.prerequisites).map(|it| &it.feature);
            for unknown in needed.filter(|needed| !self.features.contains_key(*needed)) {
                problems.enter(format!("features.{key}"));
                problems.add(|| format!("needs the feature {unknown:?}, which is not defined"));
            }
        }
    }

    /// Features that wait for themselves: each is left out until none is left that waits for none of the others.
    fn report_cycles(&self, problems: &mut Problems) {
        let known = |key: &&str| self.features.contains_key(*key);
        let needs = |feature: &'_ Feature| -> BTreeSet<String> {
            let prerequisites = feature.rules.iter().flat_map(|rule| &rule.prerequisites);
            prerequisites.map(|it| it.feature.as_str()).filter(known).map(str::to_owned).collect()
        };
        let mut waiting: BTreeMap<&str, BTreeSet<String>> =
            self.features.iter().map(|(key, feature)| (key.as_str(), needs(feature))).collect();
        let mut needed_by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (key, needs) in &waiting {
            needs.iter().for_each(|need| needed_by.entry(need.clone()).or_default().push(*key));
        }
        let mut free: Vec<&str> =
            waiting.iter().filter(|(_, needs)| needs.is_empty()).map(|(key, _)| *key).collect();
        while let Some(key) = free.pop() {
            waiting.remove(key);
            for dependent in needed_by.get(key).into_iter().flatten() {
                if let Some(needs) = waiting.get_mut(dependent)
                    && needs.remove(key)
                    && needs.is_empty()
                {
                    free.push(*dependent);
                }
            }
        }
        for key in waiting.keys() {
            problems.enter(format!("features.{key}"));
            problems.add(|| "its prerequisites lead into a circle, so it has no value".to_owned());
        }
    }

    /// Experiments that reserve the same buckets of a namespace share visitors after all.
    fn report_namespaces(&self, problems: &mut Problems) {
        let rules = self.features.values().flat_map(|feature| &feature.rules);
        let trials = rules.filter_map(|rule| match &rule.effect {
            Effect::Experiment(trial) => Some(&trial.experiment),
            _ => None,
        });
        let mut reserved: Vec<_> =
            trials.filter_map(|it| Some((it.namespace.as_ref()?, it.key.as_str()))).collect();
        reserved.sort_by(|(one, _), (other, _)| {
            one.key.cmp(&other.key).then(one.range.start.total_cmp(&other.range.start))
        });
        problems.enter("namespaces".to_owned());
        for pair in reserved.windows(2) {
            if let [(one, first), (next, second)] = pair
                && one.key == next.key
                && next.range.start < one.range.end
                && first != second
            {
                problems.add(|| format!("{}: experiments {first} and {second} overlap", one.key));
            }
        }
    }
}

impl Feature {
    fn read(key: &str, feature: &Value, bandits: &Bandits, problems: &mut Problems) -> Self {
        problems.enter(format!("features.{key}"));
        if !feature.is_object() {
            problems.add(|| "not a map, so its value is null".to_owned());
        }
        let rules = feature.get("rules").and_then(Value::as_array).into_iter().flatten().enumerate();
        Self {
            default: feature.get("defaultValue").cloned().unwrap_or_default(),
            rules: rules
                .map(|(at, rule)| {
                    problems.enter(format!("features.{key}.rules[{at}]"));
                    Rule::read(rule, key, bandits, problems)
                })
                .collect(),
        }
    }
}
