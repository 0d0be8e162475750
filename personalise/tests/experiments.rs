//! Experiments as a head runs them: natively, and from GrowthBook's definitions.

use std::collections::BTreeMap;
use std::rc::Rc;

use personalise::experiment::growthbook::{Condition, Context, Evaluator, Features, Groups, Problems};
use personalise::experiment::{
    Arm, Assignments, Experiment, Namespace, Outcome, Range, Reason, Status, Visit, bucket_ranges,
};
use serde_json::{Value, json};

fn hero() -> Experiment {
    let arm = |key: &str| Arm { key: Some(key.to_owned()), ..Arm::default() };
    Experiment { arms: vec![arm("control"), arm("short")], ..Experiment::new("hero", 2) }
}

fn run<'a>(
    experiment: &'a Experiment,
    ids: &'a Value,
    forced: &'a BTreeMap<String, i64>,
    held: Option<&Assignments>,
) -> Outcome<'a> {
    let visit = Visit { ids, url: "", enabled: true, qa_mode: false, forced };
    experiment.run(&visit, held, || Ok(()))
}

#[test]
fn a_visitor_keeps_the_arm_when_the_traffic_is_split_anew() {
    let (none, ids) = (BTreeMap::new(), json!({"id": "visitor-1"}));
    let mut held = Assignments::default();
    let mut experiment = hero();
    let first = run(&experiment, &ids, &none, Some(&held));
    assert!(first.remember(&experiment, &mut held));
    assert!(!first.remember(&experiment, &mut held), "nothing new to store");
    let (arm, other) = (first.variation, 1 - first.variation);

    let mut weights = [0.0; 2];
    weights[other] = 1.0;
    experiment.ranges = bucket_ranges(2, 1.0, Some(&weights));
    let again = run(&experiment, &ids, &none, Some(&held));
    assert_eq!((again.variation, again.reason), (arm, Reason::Sticky));
    assert_eq!(run(&experiment, &ids, &none, None).variation, other, "without assignments the hash decides");
    // The filter has nothing to say of who is in.
    experiment.namespace = Some(Namespace { key: "n".to_owned(), range: Range::NOTHING });
    assert_eq!(run(&experiment, &ids, &none, Some(&held)).variation, arm);
    assert_eq!(run(&experiment, &ids, &none, None).reason, Reason::OutsideNamespace);

    experiment.bucket_version = 1;
    experiment.min_bucket_version = 1;
    assert_eq!(run(&experiment, &ids, &none, Some(&held)).reason, Reason::OutsideNamespace);
    experiment.namespace = None;
    assert_eq!(run(&experiment, &ids, &none, Some(&held)).reason, Reason::StickyBlocked);
    experiment.sticky = false;
    assert_eq!(run(&experiment, &ids, &none, Some(&held)).reason, Reason::Assigned);
}

#[test]
fn a_device_keeps_its_arm_at_sign_in_when_assignments_are_kept() {
    let none = BTreeMap::new();
    let experiment = Experiment { fallback_attribute: Some("device".to_owned()), ..hero() };
    let signed_out = json!({"device": "d-1"});
    assert_eq!(run(&experiment, &signed_out, &none, None).reason, Reason::NoId);
    let mut moved = 0;
    for account in 0..20 {
        let mut held = Assignments::default();
        let before = run(&experiment, &signed_out, &none, Some(&held));
        assert_eq!((before.hash_attribute, before.hash_value.as_deref()), ("device", Some("d-1")));
        before.remember(&experiment, &mut held);
        let signed_in = json!({"device": "d-1", "id": format!("account-{account}")});
        let after = run(&experiment, &signed_in, &none, Some(&held));
        assert_eq!((after.variation, after.hash_attribute), (before.variation, "id"));
        moved += usize::from(run(&experiment, &signed_in, &none, None).variation != before.variation);
    }
    assert!(moved > 0, "no account would have moved: the test shows nothing");
}

#[test]
fn each_reason_keeps_a_visitor_out_or_in() {
    let (none, ids) = (BTreeMap::new(), json!({"id": "1"}));
    let reason = |experiment: Experiment| run(&experiment, &ids, &none, None).reason;
    assert_eq!(reason(hero()), Reason::Assigned);
    assert_eq!(reason(Experiment { variations: 1, ..hero() }), Reason::TooFewVariations);
    assert_eq!(reason(Experiment { status: Status::Stopped, ..hero() }), Reason::NotRunning(Status::Stopped));
    assert_eq!(reason(Experiment { force: Some(1), ..hero() }), Reason::ForcedByExperiment);
    assert_eq!(reason(Experiment { force: Some(2), ..hero() }), Reason::NoSuchVariation);
    assert_eq!(reason(Experiment { hash_version: None, ..hero() }), Reason::UnknownHash);
    let forced = BTreeMap::from([("hero".to_owned(), 1)]);
    let draft = Experiment { status: Status::Draft, ..hero() };
    let outcome = run(&draft, &ids, &forced, None);
    assert_eq!((outcome.variation, outcome.reason, outcome.hash_used), (1, Reason::ForcedForVisitor, false));
    assert!(!outcome.remember(&draft, &mut Assignments::default()), "a forced variation is not kept");
    let targeted = hero();
    let visit = Visit { ids: &ids, url: "/?hero=0", enabled: true, qa_mode: false, forced: &none };
    assert_eq!(targeted.run(&visit, None, || Err(Reason::Condition)).reason, Reason::ForcedByUrl);
    let visit = Visit { url: "", ..visit };
    assert_eq!(targeted.run(&visit, None, || Err(Reason::Condition)).reason, Reason::Condition);
    let visit = Visit { enabled: false, ..visit };
    assert_eq!(targeted.run(&visit, None, || Ok(())).reason, Reason::Disabled);
}

#[test]
fn every_experiment_that_counted_the_visitor_is_exposed_once_for_each_evaluation() {
    let payload = json!({"features": {
        "parent": {"rules": [{"key": "outer", "variations": [true, true]}]},
        "child": {"defaultValue": "none", "rules": [
            {"parentConditions": [{"id": "parent", "condition": {"value": true}, "gate": true}]},
            {"key": "holdout", "variations": [0, 1], "ranges": [[0, 0], [0, 1]], "meta": [{}, {"key": "in", "passthrough": true}]},
            {"key": "skipped", "variations": [0, 1], "coverage": 0},
            {"force": "value", "tracks": [{"experiment": {"key": "remote"}, "result": {"variationId": 1, "hashValue": 7}}]},
        ]},
    }});
    let features = Features::read(&payload, &mut Problems::default());
    let attributes = json!({"id": "1"});
    let context = Context { assignments: Some(Rc::default()), ..Context::new(&attributes) };
    let mut evaluator = Evaluator::new(&features, &context);
    assert_eq!(evaluator.feature("child").value, "value");
    let (held, exposures) = evaluator.finish();
    let seen = exposures.iter().map(|it| (it.experiment.as_str(), it.arm.as_str(), it.hash_value.as_str()));
    let arm = exposures[0].arm.as_str();
    assert_eq!(seen.collect::<Vec<_>>(), [("outer", arm, "1"), ("holdout", "in", "1"), ("remote", "1", "7")]);
    let held = held.unwrap();
    let kept = held.0[0].assignments.keys().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(kept, ["holdout__0", "outer__0"]);
    assert!(context.assignments.unwrap().0.is_empty(), "what was given is as it was");
}

#[test]
fn conditions_compare_as_growthbook_does_where_its_cases_are_silent() {
    let yes = |condition: Value, attributes: Value| {
        Condition::read(&condition, &mut Problems::default()).is_true_of(&attributes, &Groups::default())
    };
    assert!(yes(json!({"a": {"$in": [true, 1.0, null]}}), json!({"a": 1})));
    assert!(yes(json!({"a": {"$in": [true, null]}}), json!({})));
    assert!(!yes(json!({"a": {"$in": [true, "1"]}}), json!({"a": 1})));
    assert!(!yes(json!({"a": {"$in": [false]}}), json!({"a": true})));
    assert!(yes(json!({"a": {"$in": [false]}}), json!({"a": false})));
    assert!(yes(json!({"a.1.b": 2}), json!({"a": [0, {"b": 2}]})));
    assert!(yes(json!({"a": {"b": 1, "c": [2]}}), json!({"a": {"c": [2.0], "b": 1}})));
    assert!(!yes(json!({"a": {"$eq": [1]}}), json!({"a": [1]})), "a list is identical to nothing");
    assert!(yes(json!({"a": {"$ne": 2}}), json!({"a": 1})));
    assert!(!yes(json!({"a": {"$gt": 1}}), json!({"a": [5]})), "a list is no number");
    assert!(!yes(json!({"a": {"$lt": 9}}), json!({"a": "many"})));
    assert!(yes(json!({"a": {"$veq": 1.2}}), json!({"a": "1.2"})));
    assert!(
        !yes(json!({"a": {"$elemMatch": {"$eq": 0}}}), json!({"a": [0]})),
        "an element that is 0 is passed over"
    );
    assert!(!yes(json!({"$or": {"a": 1}}), json!({"a": 1})) && !yes(json!({"$nor": []}), json!({})));
    assert!(!yes(json!("everyone"), json!({})), "no map is true of nobody");
}

#[test]
fn a_prerequisite_that_is_no_feature_is_named() {
    let mut problems = Problems::default();
    let rule = json!({"parentConditions": [{"id": "gone"}]});
    Features::read(&json!({"features": {"child": {"rules": [rule]}}}), &mut problems);
    assert_eq!(problems.list(), [r#"features.child: needs the feature "gone", which is not defined"#]);
}

#[test]
fn a_rollout_takes_the_visitor_at_its_very_end() {
    // The suite's hash: "a" with the seed "seed" is 0.0505.
    let value = |coverage: f64| {
        let rule = json!({"force": true, "seed": "seed", "hashVersion": 2, "coverage": coverage});
        let payload = json!({"features": {"f": {"defaultValue": false, "rules": [rule]}}});
        let features = Features::read(&payload, &mut Problems::default());
        let attributes = json!({"id": "a"});
        let context = Context::new(&attributes);
        Evaluator::new(&features, &context).feature("f").is_on()
    };
    assert_eq!([0.0504, 0.0505, 0.0506].map(value), [false, true, true]);
}
