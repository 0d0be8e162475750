//! Contextual bandits: the weights of an experiment depend on the visitor. GrowthBook learns them; here they are read.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Problems;
use super::condition::Condition;
use super::members::Groups;
use super::read::entry;
use crate::experiment::{Experiment, bucket_ranges, equal_weights};

/// The weights for one kind of visitor.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Its number; -1 for who is of no kind.
    pub id: i64,
    /// The share of each variation.
    pub weights: Vec<f64>,
    /// The version of the bandit that it is of.
    pub version: Option<u64>,
    condition: Condition,
    pub(super) experiment: Experiment,
}

/// The leaves of an experiment; the last is for everyone.
#[derive(Debug, Clone)]
pub(super) struct Bandit(Vec<Leaf>);

impl Bandit {
    /// The first leaf that the visitor is of.
    pub(super) fn leaf(&self, attributes: &Value, groups: &Groups) -> Option<&Leaf> {
        self.0.iter().find(|leaf| leaf.condition.is_true_of(attributes, groups))
    }
}

/// The bandits that rules refer to (`contextualBandits`).
#[derive(Debug, Default)]
pub(super) struct Bandits(BTreeMap<String, Definition>);

#[derive(Debug)]
struct Definition {
    version: Option<u64>,
    leaves: Vec<(i64, Condition, Option<Vec<f64>>)>,
}

impl Bandits {
    pub(super) fn read(bandits: &Value, problems: &mut Problems) -> Self {
        let mut leaf = |leaf: &Value| {
            let weights = leaf.get("weights").and_then(Value::as_array);
            let weights =
                weights.map(|list| list.iter().map(|weight| weight.as_f64().unwrap_or(f64::NAN)).collect());
            let condition =
                leaf.get("condition").map_or_else(Condition::never, |it| Condition::read(it, problems));
            (leaf.get("leafId").and_then(Value::as_i64).unwrap_or(-1), condition, weights)
        };
        let mut definition = |bandit: &Value| Definition {
            version: bandit.get("banditVersion").and_then(Value::as_u64),
            leaves: bandit
                .get("contexts")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(&mut leaf)
                .collect(),
        };
        let entries = bandits.as_object().into_iter().flatten();
        Self(entries.map(|(name, bandit)| (name.clone(), definition(bandit))).collect())
    }

    /// The bandit that the rule names; `weights` are those of who is of no kind.
    pub(super) fn of_rule(
        &self,
        rule: &Map<String, Value>,
        experiment: &Experiment,
        coverage: f64,
        weights: Option<Vec<f64>>,
    ) -> Option<Bandit> {
        let definition = self.0.get(entry(rule, "contextualBanditRef")?.as_str()?)?;
        let count = experiment.variations;
        let weights = weights.unwrap_or_else(|| equal_weights(count));
        let leaf = |id: i64, condition: Condition, weights: Vec<f64>| Leaf {
            id,
            version: definition.version,
            condition,
            experiment: Experiment {
                ranges: bucket_ranges(count, coverage, Some(&weights)),
                ..experiment.clone()
            },
            weights,
        };
        let mut leaves = Vec::with_capacity(definition.leaves.len() + 1);
        for (id, condition, own) in &definition.leaves {
            leaves.push(leaf(*id, condition.clone(), own.clone().unwrap_or_else(|| weights.clone())));
        }
        leaves.push(leaf(-1, Condition::default(), weights));
        Some(Bandit(leaves))
    }
}
