//! Conditions, features, experiments and sticky buckets.

use std::rc::Rc;

use personalise::experiment::growthbook::{
    Answer, Condition, Context, Evaluator, Features, Groups, Leaf, Problems, Run, Trial,
};
use personalise::experiment::{Assignments, Ids, Record};
use serde_json::{Map, Value, json};

use crate::arithmetic::equal;

pub(crate) fn condition(case: &Value) -> Result<(), String> {
    let mut problems = Problems::default();
    let condition = Condition::read(&case[1], &mut problems);
    let groups = Groups::read(case.get(4).unwrap_or(&Value::Null), &mut problems);
    equal(Some(condition.is_true_of(&case[2], &groups)), case[3].as_bool())
}

pub(crate) fn feature(case: &Value) -> Result<(), String> {
    let features = Features::read(&case[1], &mut Problems::default());
    let context = context(&case[1]);
    let answer = Evaluator::new(&features, &context).feature(case[2].as_str().unwrap());
    let expected = &case[3];
    equal(answer.value, &expected["value"])?;
    equal(
        [Some(answer.is_on()), Some(!answer.is_on())],
        [expected["on"].as_bool(), expected["off"].as_bool()],
    )?;
    equal(Some(answer.source.name()), expected["source"].as_str())?;
    equal(Some(answer.rule_id), expected["ruleId"].as_str())?;
    same_experiment(&answer, expected.get("experiment"))?;
    same_result(&answer, case[2].as_str(), expected.get("experimentResult").unwrap_or(&Value::Null))
}

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let features = Features::read(&case[1], &mut Problems::default());
    let context = context(&case[1]);
    let trial = Trial::read(&case[2], &mut Problems::default());
    let run = Evaluator::new(&features, &context).trial(&trial);
    equal(run.value(), &case[3])?;
    equal(
        [Some(run.outcome.in_experiment), Some(run.outcome.hash_used)],
        [case[4].as_bool(), case[5].as_bool()],
    )
}

pub(crate) fn sticky(case: &Value) -> Result<(), String> {
    let held: Vec<Record> = serde_json::from_value(case[2].clone()).unwrap();
    let features = Features::read(&case[1], &mut Problems::default());
    let context = Context { assignments: Some(Rc::new(Assignments(held))), ..context(&case[1]) };
    let mut evaluator = Evaluator::new(&features, &context);
    let answer = evaluator.feature(case[3].as_str().unwrap());
    same_result(&answer, case[3].as_str(), &case[4])?;
    // The suite's store gives a visitor's own records only; here another's are there, and must stay untouched.
    let is_own = |record: &&Record| {
        context.attributes.id(&record.attribute_name).as_deref() == Some(&record.attribute_value)
    };
    let key = |record: &Record| format!("{}||{}", record.attribute_name, record.attribute_value);
    let after = evaluator.finish().0.unwrap();
    let after =
        after.0.iter().filter(is_own).map(|record| (key(record), json!(record))).collect::<Map<_, _>>();
    equal(&Value::Object(after), &case[5])
}

fn context(given: &Value) -> Context<'_> {
    let forced = given["forcedVariations"].as_object().into_iter().flatten();
    Context {
        url: given["url"].as_str().unwrap_or_default(),
        enabled: given["enabled"].as_bool().unwrap_or(true),
        qa_mode: given["qaMode"].as_bool().unwrap_or(false),
        forced: forced.map(|(key, variation)| (key.clone(), variation.as_i64().unwrap())).collect(),
        ..Context::new(&given["attributes"])
    }
}

/// The experiment that was run is the one that the case's definition reads as.
fn same_experiment(answer: &Answer<'_>, expected: Option<&Value>) -> Result<(), String> {
    let (Some(run), Some(definition)) = (&answer.run, expected) else {
        return equal(answer.run.is_some(), expected.is_some());
    };
    let expected = Trial::read(definition, &mut Problems::default());
    equal(&run.trial.values, &expected.values)?;
    equal(run.experiment, &expected.experiment)?;
    equal(run.leaf.map(bandit), definition.get("contextualBandit").map(with_floats))
}

fn same_result(answer: &Answer<'_>, feature: Option<&str>, expected: &Value) -> Result<(), String> {
    let Some(run) = &answer.run else { return equal(&Value::Null, expected) };
    let mut expected = with_floats(expected);
    // An id keeps its type there and is a text here.
    let id = &mut expected["hashValue"];
    *id = json!({ "id": id.take() }).id("id").into();
    equal(result(run, feature), expected)
}

fn result(run: &Run<'_>, feature: Option<&str>) -> Value {
    let outcome = &run.outcome;
    let mut result = run.leaf.map_or_else(|| json!({}), bandit);
    result["key"] = json!(run.experiment.arm_key(outcome.variation));
    result["featureId"] = json!(feature);
    result["inExperiment"] = json!(outcome.in_experiment);
    result["hashUsed"] = json!(outcome.hash_used);
    result["variationId"] = json!(outcome.variation);
    result["value"] = json!(run.value());
    result["hashAttribute"] = json!(outcome.hash_attribute);
    result["hashValue"] = json!(outcome.hash_value);
    result["stickyBucketUsed"] = json!(outcome.sticky_used);
    if let Some(bucket) = outcome.bucket {
        result["bucket"] = json!(bucket);
    }
    if let Some(name) = run.experiment.arms.get(outcome.variation).and_then(|arm| arm.name.as_deref()) {
        result["name"] = json!(name);
    }
    result
}

fn bandit(leaf: &Leaf) -> Value {
    let mut bandit = json!({ "leafId": leaf.id, "variationWeights": leaf.weights });
    if let Some(version) = leaf.version {
        bandit["banditVersion"] = json!(version);
    }
    bandit
}

/// `1` and `1.0` are two values to `serde_json`; the weights here are floats.
fn with_floats(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(Value::Array(weights)) = value.get_mut("variationWeights") {
        weights.iter_mut().for_each(|weight| *weight = json!(weight.as_f64()));
    }
    value
}
