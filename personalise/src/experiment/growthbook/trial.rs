//! An experiment in GrowthBook's form.

use serde_json::{Map, Value};

use super::Problems;
use super::bandit::{Bandit, Bandits};
use super::condition::Condition;
use super::read::{
    Prerequisite, entry, filters, hash_version, namespace, prerequisites, ranges, share, text,
};
use crate::experiment::range::are_usable;
use crate::experiment::{Arm, Experiment, HashVersion, Range, Status, bucket_ranges};

/// Targeting that is decided in the browser; an experiment with one of these has no visitor here.
const UNSUPPORTED: [&str; 4] = ["urlPatterns", "url", "groups", "include"];

/// An experiment with the value that each variation gives.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Who takes part, and how the traffic is split.
    pub experiment: Experiment,
    /// The value of each variation.
    pub values: Vec<Value>,
    pub(super) condition: Option<Condition>,
    pub(super) prerequisites: Vec<Prerequisite>,
    /// Leaves whose weights replace the experiment's.
    pub(super) bandit: Option<Bandit>,
    pub(super) supported: bool,
}

impl Trial {
    /// Reads an experiment; what is no map, or has no list of variations, has no visitor.
    pub fn read(experiment: &Value, problems: &mut Problems) -> Self {
        let empty = Map::new();
        let map = experiment.as_object().unwrap_or_else(|| {
            problems.add(|| "experiment: not a map, so nobody takes part".to_owned());
            &empty
        });
        Self {
            prerequisites: prerequisites(map, problems),
            ..Self::of_rule(map, "", &Bandits::default(), problems)
        }
    }

    /// Reads the experiment of a rule; `feature` is its key where it names none. The rule keeps its prerequisites.
    pub(super) fn of_rule(
        map: &Map<String, Value>,
        feature: &str,
        bandits: &Bandits,
        problems: &mut Problems,
    ) -> Self {
        let values =
            ["variations", "contextualVariations"].iter().find_map(|key| entry(map, key)?.as_array());
        let values = values.cloned().unwrap_or_default();
        let count = values.len();
        if count < 2 {
            problems.add(|| format!("variations: {count}, fewer than two, so nobody takes part"));
        }
        let coverage = share(map, "coverage", problems).unwrap_or(1.0);
        let weights = weights(map, count, problems);
        let split = match entry(map, "ranges") {
            Some(value) => ranges(value, problems),
            None => bucket_ranges(count, coverage, weights.as_deref()),
        };
        if overlap(&split) {
            problems.add(|| "ranges: two overlap; the buckets in both get the first of them".to_owned());
        }
        let experiment = Experiment {
            seed: text(map, "seed", problems),
            hash_version: hash_version(map, HashVersion::V1, problems),
            hash_attribute: text(map, "hashAttribute", problems).unwrap_or_else(|| "id".to_owned()),
            fallback_attribute: text(map, "fallbackAttribute", problems),
            ranges: split,
            arms: arms(map, problems),
            filters: filters(map, problems),
            namespace: namespace(map, problems),
            status: status(map),
            // A force that is no whole number is a variation that does not exist.
            force: map.get("force").map(|force| force.as_i64().unwrap_or(-1)),
            sticky: !entry(map, "disableStickyBucketing").is_some_and(super::value::truthy),
            bucket_version: count_of(map, "bucketVersion"),
            min_bucket_version: count_of(map, "minBucketVersion"),
            ..Experiment::new(text(map, "key", problems).unwrap_or_else(|| feature.to_owned()), count)
        };
        let supported = !UNSUPPORTED.iter().any(|key| entry(map, key).is_some());
        if !supported {
            problems.add(|| {
                format!(
                    "one of {} is decided in the browser only, so nobody takes part",
                    UNSUPPORTED.join(", ")
                )
            });
        }
        Self {
            bandit: bandits.of_rule(map, &experiment, coverage, weights),
            experiment,
            values,
            condition: entry(map, "condition").map(|value| Condition::read(value, problems)),
            prerequisites: Vec::new(),
            supported,
        }
    }
}

/// The weights, where they split the traffic.
fn weights(map: &Map<String, Value>, count: usize, problems: &mut Problems) -> Option<Vec<f64>> {
    let list = entry(map, "weights")?;
    let weights = list.as_array().and_then(|list| list.iter().map(Value::as_f64).collect::<Option<Vec<_>>>());
    let usable = weights.filter(|weights| are_usable(weights, count));
    if usable.is_none() {
        problems.add(|| {
            format!("weights: not {count} numbers that add up to 1, so all variations weigh the same")
        });
    }
    usable
}

fn overlap(ranges: &[Range]) -> bool {
    let mut sorted = ranges.iter().filter(|range| range.start < range.end).collect::<Vec<_>>();
    sorted.sort_by(|one, other| one.start.total_cmp(&other.start));
    sorted.windows(2).any(|pair| matches!(pair, [one, next] if next.start < one.end))
}

fn arms(map: &Map<String, Value>, problems: &mut Problems) -> Vec<Arm> {
    let list = entry(map, "meta").and_then(Value::as_array);
    let mut arm = |value: &Value| match value.as_object() {
        Some(map) => Arm {
            key: text(map, "key", problems),
            name: text(map, "name", problems),
            passthrough: entry(map, "passthrough").is_some_and(super::value::truthy),
        },
        None => Arm::default(),
    };
    list.into_iter().flatten().map(&mut arm).collect()
}

fn status(map: &Map<String, Value>) -> Status {
    match (entry(map, "status").and_then(Value::as_str), map.get("active")) {
        (Some("draft"), _) | (_, Some(Value::Bool(false))) => Status::Draft,
        (Some("stopped"), _) => Status::Stopped,
        _ => Status::Running,
    }
}

fn count_of(map: &Map<String, Value>, key: &str) -> u64 {
    entry(map, key).and_then(Value::as_u64).unwrap_or(0)
}
