//! What an experiment is, and who visits.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bucket::{HashVersion, bucket, v1};
use super::range::{Range, bucket_ranges};

/// An experiment: compiled once, run for each visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// Its name: the tracking key, the seed where there is none, the query parameter that forces a variation.
    pub key: String,
    /// What is hashed with the id. Two experiments with one seed put the same visitors together.
    pub seed: Option<String>,
    /// None for a version that GrowthBook does not define: nobody takes part.
    pub hash_version: Option<HashVersion>,
    /// The attribute whose value is hashed.
    pub hash_attribute: String,
    /// The attribute that is hashed where the first has no value. Only with sticky buckets, as the variation would
    /// change at sign-in otherwise.
    pub fallback_attribute: Option<String>,
    /// How many variations there are. Fewer than two are no experiment: nobody takes part.
    pub variations: usize,
    /// The buckets of each variation; a bucket of none takes no part. Where two overlap, the first wins.
    pub ranges: Vec<Range>,
    /// The variations' names, in the same order; may be shorter.
    pub arms: Vec<Arm>,
    /// A visitor takes part who passes every filter.
    pub filters: Vec<Filter>,
    /// Keeps experiments apart: those with one namespace and ranges that do not overlap share no visitor.
    pub namespace: Option<Namespace>,
    /// Draft, running or stopped.
    pub status: Status,
    /// The variation that everyone who takes part gets.
    pub force: Option<i64>,
    /// False: what a visitor saw before does not count and is not kept.
    pub sticky: bool,
    /// Assignments of another version do not count.
    pub bucket_version: u64,
    /// Who was assigned in a version below this one is left out.
    pub min_bucket_version: u64,
}

impl Experiment {
    /// A running experiment that splits the whole traffic evenly by the attribute `id` with version 2 of the hash.
    pub fn new(key: impl Into<String>, variations: usize) -> Self {
        Self {
            key: key.into(),
            seed: None,
            hash_version: Some(HashVersion::V2),
            hash_attribute: "id".to_owned(),
            fallback_attribute: None,
            variations,
            ranges: bucket_ranges(variations, 1.0, None),
            arms: Vec::new(),
            filters: Vec::new(),
            namespace: None,
            status: Status::Running,
            force: None,
            sticky: true,
            bucket_version: 0,
            min_bucket_version: 0,
        }
    }

    /// The key of the arm `variation`: its own, or its number.
    pub fn arm_key(&self, variation: usize) -> Cow<'_, str> {
        match self.arms.get(variation).and_then(|arm| arm.key.as_deref()) {
            Some(key) => Cow::Borrowed(key),
            None => Cow::Owned(variation.to_string()),
        }
    }
}

/// The name of a variation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// As recorded; the variation's number where there is none.
    pub key: Option<String>,
    /// For people.
    pub name: Option<String>,
    /// The visitor is counted here and goes on to the next rule: the outer part of a holdout.
    pub passthrough: bool,
}

/// Whether an experiment takes visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Only who forces a variation sees it.
    Draft,
    /// Takes visitors.
    Running,
    /// As if nobody were in it, unless it forces a variation.
    Stopped,
}

/// Lets those pass whose bucket under `seed` is in one of `ranges`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    /// The attribute that is hashed.
    pub attribute: String,
    /// What is hashed with it.
    pub seed: String,
    /// None for a version that GrowthBook does not define: nobody passes.
    pub hash_version: Option<HashVersion>,
    /// The buckets that pass.
    pub ranges: Vec<Range>,
}

impl Filter {
    /// Whether the visitor passes; without the attribute, not.
    pub fn admits(&self, ids: &dyn Ids) -> bool {
        let (Some(id), Some(version)) = (ids.id(&self.attribute), self.hash_version) else { return false };
        let bucket = bucket(&self.seed, &id, version);
        self.ranges.iter().any(|range| range.contains(bucket))
    }
}

/// A share of the visitors that experiments reserve among themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Namespace {
    /// Its name.
    pub key: String,
    /// The buckets that this experiment reserves.
    pub range: Range,
}

impl Namespace {
    /// Whether the id `value` is in the reserved share.
    pub fn contains(&self, value: &str) -> bool {
        self.range.contains(v1(&[value, "__", &self.key]))
    }
}

/// The visitor's ids, as text.
pub trait Ids {
    /// The value of `attribute`; none where it is missing, null, empty or no scalar.
    fn id(&self, attribute: &str) -> Option<Cow<'_, str>>;
}

/// Who visits, and what was forced. No clock and no randomness: the same visit gives the same outcome.
#[derive(Clone, Copy)]
pub struct Visit<'a> {
    /// The visitor's ids.
    pub ids: &'a dyn Ids,
    /// The page's address, for variations forced by `?KEY=NUMBER`; empty where visitors may not force any.
    pub url: &'a str,
    /// False: nobody takes part in any experiment.
    pub enabled: bool,
    /// Only who is forced sees a variation.
    pub qa_mode: bool,
    /// Experiment → the variation that this visitor is to see.
    pub forced: &'a BTreeMap<String, i64>,
}
