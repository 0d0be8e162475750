//! A rule of a feature.

use serde_json::{Map, Value};

use super::Problems;
use super::bandit::Bandits;
use super::condition::Condition;
use super::context::Exposure;
use super::read::{Prerequisite, entry, filters, hash_version, prerequisites, range, share, text};
use super::trial::Trial;
use super::value::truthy;
use crate::experiment::{Filter, HashVersion, Ids, Range, bucket};

/// A rule: to whom it applies, and what it gives.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) prerequisites: Vec<Prerequisite>,
    pub(super) filters: Vec<Filter>,
    pub(super) effect: Effect,
}

#[derive(Debug, Clone)]
pub(super) enum Effect {
    /// One value for everyone meant.
    Force { value: Value, condition: Option<Condition>, rollout: Option<Rollout>, tracks: Vec<Exposure> },
    /// The value of a variation.
    Experiment(Box<Trial>),
    /// Gives nothing; its prerequisites may end the feature.
    Nothing,
}

/// Lets a share of the visitors pass.
#[derive(Debug, Clone)]
pub(super) struct Rollout {
    seed: String,
    hash_attribute: String,
    /// Used only where assignments are kept.
    fallback_attribute: Option<String>,
    hash_version: Option<HashVersion>,
    share: Share,
}

#[derive(Debug, Clone, Copy)]
enum Share {
    Range(Range),
    Coverage(f64),
}

impl Rule {
    /// Reads a rule of `feature`.
    pub(super) fn read(rule: &Value, feature: &str, bandits: &Bandits, problems: &mut Problems) -> Self {
        let Value::Object(map) = rule else {
            problems.add(|| "not a map, so it gives nothing".to_owned());
            return Self {
                id: String::new(),
                prerequisites: Vec::new(),
                filters: Vec::new(),
                effect: Effect::Nothing,
            };
        };
        let has_list = |key| entry(map, key).is_some_and(Value::is_array);
        let effect = if let Some(value) = map.get("force") {
            let tracks = entry(map, "tracks").and_then(Value::as_array);
            Effect::Force {
                value: value.clone(),
                condition: entry(map, "condition").map(|value| Condition::read(value, problems)),
                rollout: Rollout::read(map, feature, problems),
                tracks: tracks.into_iter().flatten().filter_map(Exposure::read).collect(),
            }
        } else if has_list("variations") || has_list("contextualVariations") {
            Effect::Experiment(Box::new(Trial::of_rule(map, feature, bandits, problems)))
        } else {
            if entry(map, "parentConditions").is_none() {
                problems.add(|| "neither force nor a list of variations, so it gives nothing".to_owned());
            }
            Effect::Nothing
        };
        Self {
            id: text(map, "id", problems).unwrap_or_default(),
            prerequisites: prerequisites(map, problems),
            // An experiment's are read with it, and asked a second time there: the answer is the same.
            filters: filters(map, &mut Problems::default()),
            effect,
        }
    }
}

impl Rollout {
    fn read(map: &Map<String, Value>, feature: &str, problems: &mut Problems) -> Option<Self> {
        let share = match entry(map, "range") {
            Some(value) => Share::Range(range(value, problems)),
            None => Share::Coverage(share(map, "coverage", problems)?),
        };
        let sticky = !entry(map, "disableStickyBucketing").is_some_and(truthy);
        Some(Self {
            seed: text(map, "seed", problems).unwrap_or_else(|| feature.to_owned()),
            hash_attribute: text(map, "hashAttribute", problems).unwrap_or_else(|| "id".to_owned()),
            fallback_attribute: text(map, "fallbackAttribute", problems).filter(|_| sticky),
            hash_version: hash_version(map, HashVersion::V1, problems),
            share,
        })
    }

    /// Whether the visitor passes. `sticky` says whether assignments are kept.
    pub(super) fn admits(&self, ids: &dyn Ids, sticky: bool) -> bool {
        let fallback = || ids.id(self.fallback_attribute.as_deref().filter(|_| sticky)?);
        let (Some(id), Some(version)) = (ids.id(&self.hash_attribute).or_else(fallback), self.hash_version)
        else {
            return false;
        };
        let bucket = bucket(&self.seed, &id, version);
        match self.share {
            Share::Range(range) => range.contains(bucket),
            // The end is included, as in GrowthBook; but none of the visitors is nobody.
            Share::Coverage(share) => share > 0.0 && bucket <= share,
        }
    }
}
