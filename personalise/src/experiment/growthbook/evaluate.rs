//! The value of a feature for a visitor.

use std::rc::Rc;

use serde_json::{Value, json};

use super::bandit::Leaf;
use super::context::{Context, Exposure};
use super::features::{Feature, Features};
use super::read::Prerequisite;
use super::rule::{Effect, Rule};
use super::trial::Trial;
use super::value::truthy;
use crate::experiment::{Assignments, Experiment, Outcome, Reason};

/// A longer chain of prerequisites is treated as a circle.
const LONGEST_CHAIN: usize = 32;
/// A feature that needs more evaluations of others than this is treated as a circle: what names a feature twice in
/// each of many steps would double the work with each step.
const MOST_EVALUATIONS: usize = 1_000;

static NULL: Value = Value::Null;

/// Evaluates features for one visitor, and keeps what is to be recorded of it.
#[derive(Debug)]
pub struct Evaluator<'a> {
    features: &'a Features,
    context: &'a Context<'a>,
    assignments: Option<Rc<Assignments>>,
    exposures: Vec<Exposure>,
    /// The features that wait for the one that is evaluated.
    chain: Vec<&'a str>,
    evaluations: usize,
}

/// The value of a feature, and where it is from.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// The value; null where the feature is unknown or blocked.
    pub value: &'a Value,
    /// Where it is from.
    pub source: Source,
    /// The id of the rule that decided; empty for one without, and for none.
    pub rule_id: &'a str,
    /// The experiment, when [`Source::Experiment`].
    pub run: Option<Run<'a>>,
}

/// An experiment that was run for the visitor.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// As defined.
    pub trial: &'a Trial,
    /// As run: with the weights for this kind of visitor where it is a bandit.
    pub experiment: &'a Experiment,
    /// The bandit's leaf, where its weights decided.
    pub leaf: Option<&'a Leaf>,
    /// What came of it.
    pub outcome: Outcome<'a>,
}

impl<'a> Run<'a> {
    /// The value of the variation; null where the definition has none.
    pub fn value(&self) -> &'a Value {
        self.trial.values.get(self.outcome.variation).unwrap_or(&NULL)
    }
}

impl Answer<'_> {
    /// Whether the value is a truth to JavaScript: not null, false, 0 or empty.
    pub fn is_on(&self) -> bool {
        truthy(self.value)
    }
}

/// Where the value of a feature is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// There is no such feature.
    UnknownFeature,
    /// No rule applied.
    DefaultValue,
    /// A rule that gives one value.
    Force,
    /// A rule with an experiment.
    Experiment,
    /// A gate is closed: the feature has no value.
    Prerequisite,
    /// Its prerequisites lead into a circle, or on and on: the feature has no value.
    CyclicPrerequisite,
}

impl Source {
    /// GrowthBook's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownFeature => "unknownFeature",
            Self::DefaultValue => "defaultValue",
            Self::Force => "force",
            Self::Experiment => "experiment",
            Self::Prerequisite => "prerequisite",
            Self::CyclicPrerequisite => "cyclicPrerequisite",
        }
    }
}

/// What prerequisites come to.
enum Gate {
    Open,
    /// The rule does not apply.
    Skip,
    /// The feature has no value.
    Blocked(Source),
}

impl<'a> Evaluator<'a> {
    /// Evaluates `features` for the visitor of `context`.
    pub fn new(features: &'a Features, context: &'a Context<'a>) -> Self {
        let assignments = context.assignments.clone();
        Self { features, context, assignments, exposures: Vec::new(), chain: Vec::new(), evaluations: 0 }
    }

    /// The value of the feature `key`.
    pub fn feature(&mut self, key: &str) -> Answer<'a> {
        self.evaluations = 0;
        self.evaluate(key)
    }

    /// Runs an experiment that belongs to no feature.
    pub fn trial(&mut self, trial: &'a Trial) -> Run<'a> {
        self.evaluations = 0;
        self.run(trial)
    }

    /// What the visitor saw, now included, where assignments are kept; and the experiments that it was counted in,
    /// those of prerequisites too.
    pub fn finish(self) -> (Option<Rc<Assignments>>, Vec<Exposure>) {
        (self.assignments, self.exposures)
    }

    fn evaluate(&mut self, key: &str) -> Answer<'a> {
        self.evaluations += 1;
        let is_endless = self.chain.len() >= LONGEST_CHAIN || self.evaluations > MOST_EVALUATIONS;
        if is_endless || self.chain.contains(&key) {
            return Answer::of(&NULL, Source::CyclicPrerequisite);
        }
        let Some((key, feature)) = self.features.features.get_key_value(key) else {
            return Answer::of(&NULL, Source::UnknownFeature);
        };
        self.chain.push(key);
        let answer = self.first_rule(feature);
        self.chain.pop();
        answer
    }

    fn first_rule(&mut self, feature: &'a Feature) -> Answer<'a> {
        for rule in &feature.rules {
            match self.gate(&rule.prerequisites) {
                Gate::Open => {}
                Gate::Skip => continue,
                Gate::Blocked(source) => return Answer::of(&NULL, source),
            }
            if rule.filters.iter().all(|filter| filter.admits(self.context.attributes))
                && let Some(answer) = self.apply(rule)
            {
                return Answer { rule_id: &rule.id, ..answer };
            }
        }
        Answer::of(&feature.default, Source::DefaultValue)
    }

    fn gate(&mut self, prerequisites: &'a [Prerequisite]) -> Gate {
        for prerequisite in prerequisites {
            let parent = self.evaluate(&prerequisite.feature);
            if parent.source == Source::CyclicPrerequisite {
                return Gate::Blocked(Source::CyclicPrerequisite);
            }
            // Groups are not known here, as in GrowthBook: the value is a feature's, not an id.
            if !prerequisite.condition.is_true_of(&json!({ "value": parent.value }), &Default::default()) {
                return if prerequisite.gate { Gate::Blocked(Source::Prerequisite) } else { Gate::Skip };
            }
        }
        Gate::Open
    }

    fn apply(&mut self, rule: &'a Rule) -> Option<Answer<'a>> {
        match &rule.effect {
            Effect::Nothing => None,
            Effect::Force { value, condition, rollout, tracks } => {
                let context = self.context;
                let meant = |it: &super::Condition| it.is_true_of(context.attributes, &self.features.groups);
                let applies = condition.as_ref().is_none_or(meant)
                    && rollout
                        .as_ref()
                        .is_none_or(|it| it.admits(context.attributes, self.assignments.is_some()));
                applies.then(|| {
                    self.exposures.extend(tracks.iter().cloned());
                    Answer::of(value, Source::Force)
                })
            }
            Effect::Experiment(trial) => {
                let run = self.run(trial);
                let counts = run.outcome.in_experiment && !run.outcome.passes_through(run.experiment);
                counts
                    .then(|| Answer { run: Some(run.clone()), ..Answer::of(run.value(), Source::Experiment) })
            }
        }
    }

    fn run(&mut self, trial: &'a Trial) -> Run<'a> {
        let context = self.context;
        let groups = &self.features.groups;
        let leaf = trial.bandit.as_ref().and_then(|bandit| bandit.leaf(context.attributes, groups));
        let experiment = leaf.map_or(&trial.experiment, |leaf| &leaf.experiment);
        // Prerequisites may be experiments too and keep what they find, so this one reads its own copy of the handle.
        let held = self.assignments.clone();
        let outcome = experiment.run(&context.visit(), held.as_deref(), || {
            if !trial.supported {
                return Err(Reason::Unsupported);
            }
            if !trial.condition.as_ref().is_none_or(|it| it.is_true_of(context.attributes, groups)) {
                return Err(Reason::Condition);
            }
            match self.gate(&trial.prerequisites) {
                Gate::Open => Ok(()),
                Gate::Skip | Gate::Blocked(_) => Err(Reason::Prerequisite),
            }
        });
        drop(held);
        if let Some(assignments) = &mut self.assignments {
            outcome.remember(experiment, Rc::make_mut(assignments));
        }
        self.exposures.extend(Exposure::of(experiment, &outcome));
        let leaf = leaf.filter(|_| outcome.hash_used);
        Run { trial, experiment, leaf, outcome }
    }
}

impl<'a> Answer<'a> {
    fn of(value: &'a Value, source: Source) -> Self {
        Self { value, source, rule_id: "", run: None }
    }
}
