//! Who asks, and what is told of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::experiment::{Assignments, Experiment, Outcome, Visit};

/// Who asks for features.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// What is known of the visitor: a map.
    pub attributes: &'a Value,
    /// The page's address, for variations forced by it; empty where visitors may not force any.
    pub url: &'a str,
    /// False: nobody takes part in any experiment.
    pub enabled: bool,
    /// Only who is forced sees a variation.
    pub qa_mode: bool,
    /// Experiment → the variation that this visitor is to see.
    pub forced: BTreeMap<String, i64>,
    /// What the visitor saw before; none where nothing may be kept.
    pub assignments: Option<Rc<Assignments>>,
}

impl<'a> Context<'a> {
    /// A visitor with `attributes`, with nothing forced and nothing kept.
    pub fn new(attributes: &'a Value) -> Self {
        Self {
            attributes,
            url: "",
            enabled: true,
            qa_mode: false,
            forced: BTreeMap::new(),
            assignments: None,
        }
    }

    pub(super) fn visit(&self) -> Visit<'_> {
        Visit {
            ids: self.attributes,
            url: self.url,
            enabled: self.enabled,
            qa_mode: self.qa_mode,
            forced: &self.forced,
        }
    }
}

/// That a visitor was counted in an experiment: to be recorded for its analysis, once a visitor and experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The experiment's key.
    pub experiment: String,
    /// The key of the arm.
    pub arm: String,
    /// The attribute that the id is of.
    pub hash_attribute: String,
    /// The visitor's id: personal data where the attribute is.
    pub hash_value: String,
}

impl Exposure {
    /// The exposure that `outcome` of `experiment` is, where its variation came of the hash.
    pub(super) fn of(experiment: &Experiment, outcome: &Outcome<'_>) -> Option<Self> {
        outcome.hash_used.then(|| Self {
            experiment: experiment.key.clone(),
            arm: experiment.arm_key(outcome.variation).into_owned(),
            hash_attribute: outcome.hash_attribute.to_owned(),
            hash_value: outcome.hash_value.as_deref().unwrap_or_default().to_owned(),
        })
    }

    /// Reads one of a rule's `tracks`: what an experiment that was decided elsewhere wants recorded.
    pub(super) fn read(track: &Value) -> Option<Self> {
        let text = |part: &str, key: &str| -> Option<Cow<'_, str>> {
            super::value::text(track.get(part)?.get(key)?).filter(|text| !text.is_empty())
        };
        Some(Self {
            experiment: text("experiment", "key")?.into_owned(),
            arm: text("result", "key").or_else(|| text("result", "variationId"))?.into_owned(),
            hash_attribute: text("result", "hashAttribute").unwrap_or("id".into()).into_owned(),
            hash_value: text("result", "hashValue").unwrap_or_default().into_owned(),
        })
    }
}
