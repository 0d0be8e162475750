//! Definitions and visitors that nobody would write: each gives a defined result, and none a panic or a hang.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a payload that is not of the test's form is to fail the test at once"
)]

use std::collections::BTreeMap;
use std::rc::Rc;

use personalise::experiment::growthbook::{
    Condition, Context, Evaluator, Features, Groups, Problems, Source, Trial,
};
use personalise::experiment::{Assignments, Experiment, Range, Reason, Visit};
use serde_json::{Map, Value, json};

fn payload() -> Value {
    json!({
        "savedGroups": {"staff": ["1", 2, null, true]},
        "contextualBandits": {"b": {"banditVersion": 1, "contexts": [{"leafId": 1, "condition": {"plan": "pro"}, "weights": [1, 0]}]}},
        "features": {
            "parent": {"defaultValue": true, "rules": [{"force": false, "coverage": 0.5, "hashVersion": 2, "range": [0, 0.5]}]},
            "hero": {"defaultValue": "default", "rules": [
                {"id": "gate", "parentConditions": [{"id": "parent", "condition": {"value": true}, "gate": true}]},
                {"force": "staff", "condition": {"id": {"$inGroup": "staff"}, "agent": {"$regex": "^(a|b)+$"}},
                 "tracks": [{"experiment": {"key": "remote"}, "result": {"key": "1", "hashValue": 7}}]},
                {"key": "holdout", "variations": [0, 1], "ranges": [[0, 0.2], [0.2, 1]], "meta": [{"key": "a"}, {"passthrough": true}]},
                {"key": "hero", "seed": "s", "hashVersion": 2, "variations": ["x", "y", "z"], "weights": [0.2, 0.3, 0.5],
                 "coverage": 0.9, "hashAttribute": "id", "fallbackAttribute": "device", "bucketVersion": 2,
                 "minBucketVersion": 1, "filters": [{"seed": "f", "ranges": [[0, 0.9]]}], "namespace": ["n", 0, 0.9],
                 "condition": {"$or": [{"cart.total": {"$gt": 10, "$lte": 99}}, {"tags": {"$elemMatch": {"$in": ["a"]}}},
                    {"$not": {"v": {"$vgte": "1.2.3"}}}, {"tags": {"$all": ["a"], "$size": {"$gte": 1}}}]}},
                {"contextualVariations": ["control", "treatment"], "contextualBanditRef": "b", "weights": [0.5, 0.5]},
            ]},
        },
        "attributes": {"id": "1", "device": "d", "cart": {"total": 20}, "tags": ["a", 1, null, {"a": []}], "v": "1.10.0-rc.1"},
        "sticky": [{"attributeName": "id", "attributeValue": "1", "assignments": {"hero__2": "1", "hero__x": "2"}}],
        "forced": {"holdout": 1},
    })
}

/// Numbers that look random and are the same in each run (xorshift).
struct Dice {
    state: u64,
    hostile: Vec<Value>,
}

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 11).unwrap() % sides
    }

    fn hostile(&mut self) -> Value {
        let at = self.roll(self.hostile.len());
        self.hostile[at].clone()
    }
}

fn nested(depth: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..depth).fold(json!({"a": 1}), |inner, _| wrap(inner))
}

fn hostile() -> Vec<Value> {
    vec![
        json!(null),
        json!(-1),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(0.000_000_1),
        json!(""),
        json!("hero"),
        json!("\u{0}💥\u{202e}"),
        json!("x".repeat(20_000)),
        json!([]),
        json!({}),
        json!([[0, 1], [0.5, 0.4], ["a"], []]),
        json!({"$eq": {"$eq": {}}}),
        json!({"$regex": "((a{100}){100}){100}"}),
        json!([{"id": "hero", "condition": {"value": {"$exists": true}}, "gate": true}]),
        json!(true),
        json!("1e999"),
        nested(100, |inner| json!({"$not": inner})),
        nested(100, |inner| json!({"a": {"$elemMatch": inner}})),
    ]
}

/// Replaces, removes or doubles something at a random place.
fn mangle(value: &mut Value, dice: &mut Dice) {
    let stop = dice.roll(6) == 0;
    match value {
        Value::Object(map) if !stop && !map.is_empty() => {
            let key = map.keys().nth(dice.roll(map.len())).unwrap().clone();
            match dice.roll(20) {
                0 => drop(map.remove(&key)),
                1 => drop(map.insert("$nonsense".to_owned(), dice.hostile())),
                _ => mangle(map.get_mut(&key).unwrap(), dice),
            }
        }
        Value::Array(list) if !stop && !list.is_empty() => {
            let at = dice.roll(list.len());
            match dice.roll(20) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                _ => mangle(&mut list[at], dice),
            }
        }
        place => *place = dice.hostile(),
    }
}

/// What came of `features` in `payload`, as text.
fn decide(payload: &Value) -> String {
    let mut problems = Problems::default();
    let features = Features::read(payload, &mut problems);
    let sticky = serde_json::from_value::<Assignments>(payload["sticky"].clone()).unwrap_or_default();
    let forced = payload["forced"].as_object().into_iter().flatten();
    let forced = forced.filter_map(|(key, variation)| Some((key.clone(), variation.as_i64()?)));
    let context = Context {
        forced: forced.collect(),
        assignments: Some(Rc::new(sticky)),
        url: payload["url"].as_str().unwrap_or("https://shop.example/?hero=1"),
        ..Context::new(&payload["attributes"])
    };
    let mut evaluator = Evaluator::new(&features, &context);
    let mut said = String::new();
    for key in ["hero", "parent", "", "unknown"] {
        let answer = evaluator.feature(key);
        if let Some(run) = &answer.run {
            assert!(run.outcome.variation < run.experiment.variations, "{answer:?}");
        }
        said += &format!("{answer:?}");
    }
    let rules = payload["features"]["hero"]["rules"].as_array().cloned().unwrap_or_default();
    for rule in rules.iter().chain([payload]) {
        let trial = Trial::read(rule, &mut problems);
        said += &format!("{:?}", Evaluator::new(&features, &context).trial(&trial).outcome);
    }
    assert!(problems.list().len() <= Problems::MOST);
    said + &format!("{:?}{:?}", evaluator.finish(), problems)
}

#[test]
fn mangled_definitions_give_the_same_defined_result_twice() {
    let whole = payload();
    let mut problems = Problems::default();
    Features::read(&whole, &mut problems);
    assert_eq!(problems.list(), &[] as &[String], "the payload itself is sound");
    let mut dice = Dice { state: 0x9e37_79b9_7f4a_7c15, hostile: hostile() };
    let (mut different, sound) = (0, decide(&whole));
    for round in 0..3_000 {
        let mut mangled = whole.clone();
        for _ in 0..=round % 8 {
            mangle(&mut mangled, &mut dice);
        }
        let once = decide(&mangled);
        assert_eq!(once, decide(&mangled), "round {round}: {mangled}");
        different += usize::from(once != sound);
    }
    assert!(different > 1_500, "only {different} of 3000 changed anything: the mangling is too tame");
}

#[test]
fn a_condition_nested_1000_deep_is_true_of_nobody() {
    let groups = Groups::default();
    // By hand: `json!` copies what it is given, at every level.
    let map = |key: &str, value: Value| Value::Object(Map::from_iter([(key.to_owned(), value)]));
    let wraps: [&dyn Fn(Value) -> Value; 4] = [
        &|inner| map("$not", inner),
        &|inner| map("$nor", Value::Array(vec![inner])),
        &|inner| map("$and", Value::Array(vec![inner])),
        &|inner| map("a", map("$not", map("$elemMatch", inner))),
    ];
    let is_true = |condition: Value, problems: &mut Problems| {
        Condition::read(&condition, problems).is_true_of(&json!({"a": 1}), &groups)
    };
    for wrap in wraps {
        for depth in [999, 1000] {
            let mut problems = Problems::default();
            assert!(!is_true(nested(depth, wrap), &mut problems));
            assert!(problems.list()[0].contains("deeper"), "{problems:?}");
        }
    }
    for depth in [999, 1000] {
        let inner = |inner: Value| map("$all", Value::Array(vec![map("$not", inner)]));
        assert!(!is_true(map("a", map("$not", nested(depth, inner))), &mut Problems::default()));
    }
    let mut problems = Problems::default();
    assert!(is_true(nested(40, wraps[0]), &mut problems));
    assert_eq!(problems.list().len(), 0);
}

#[test]
fn hostile_patterns_do_not_hang() {
    let text = json!({"agent": "a".repeat(4_000) + "!"});
    for pattern in ["(a+)+$", "^(a|a)*$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a{0,60}){3}b"] {
        let condition = Condition::read(&json!({"agent": {"$regex": pattern}}), &mut Problems::default());
        assert!(!condition.is_true_of(&text, &Groups::default()), "{pattern}");
    }
    for broken in [
        json!("((a{1000}){1000}){1000}"),
        json!("("),
        json!("(?=a)"),
        json!("\\1"),
        json!(["a"]),
        json!("(".repeat(50_000)),
    ] {
        let mut problems = Problems::default();
        let condition = Condition::read(&json!({"agent": {"$regex": broken}}), &mut problems);
        let matches = condition.is_true_of(&json!({"agent": "a"}), &Groups::default());
        assert!(!matches && problems.list().len() == 1, "{broken}: {problems:?}");
    }
    let long = json!({"agent": "a".repeat(5_000)});
    let condition = Condition::read(&json!({"agent": {"$regex": "a"}}), &mut Problems::default());
    assert!(!condition.is_true_of(&long, &Groups::default()), "a text beyond the limit matches nothing");
}

fn features(rules: impl IntoIterator<Item = (String, Vec<String>)>) -> Value {
    let gate = |id: &String| json!({"id": id, "condition": {"value": true}, "gate": true});
    let feature = |needs: Vec<String>| json!({"defaultValue": true, "rules": [{"parentConditions": needs.iter().map(gate).collect::<Vec<_>>()}]});
    let features = rules.into_iter().map(|(key, needs)| (key, feature(needs))).collect::<Map<_, _>>();
    json!({ "features": features })
}

fn source(payload: &Value, key: &str) -> (Source, Problems) {
    let mut problems = Problems::default();
    let features = Features::read(payload, &mut problems);
    let attributes = json!({"id": "1"});
    let context = Context::new(&attributes);
    (Evaluator::new(&features, &context).feature(key).source, problems)
}

#[test]
fn circles_chains_and_doublings_of_prerequisites_end() {
    let name = |at: usize| format!("f{at}");
    let chain = |length: usize| {
        features((0..length).map(|at| (name(at), vec![name(at + 1)])).chain([(name(length), vec![])]))
    };
    assert_eq!(source(&chain(20), "f0").0, Source::DefaultValue);
    assert_eq!(source(&chain(10_000), "f0").0, Source::CyclicPrerequisite);

    let circle =
        features((0..5).map(|at| (name(at), vec![name((at + 1) % 5)])).chain([("out".to_owned(), vec![])]));
    let (source_of_circle, problems) = source(&circle, "f2");
    assert_eq!(source_of_circle, Source::CyclicPrerequisite);
    assert_eq!(problems.list().len(), 5, "{problems:?}");
    assert_eq!(source(&circle, "out").0, Source::DefaultValue);

    // Each names the next twice: 2^25 evaluations, were they not counted.
    let doubling =
        features((0..25).map(|at| (name(at), vec![name(at + 1), name(at + 1)])).chain([(name(25), vec![])]));
    assert_eq!(source(&doubling, "f0").0, Source::CyclicPrerequisite);
}

#[test]
fn a_circle_counts_nothing_twice() {
    let counted =
        json!({"key": "t", "variations": [0, 1], "meta": [{"passthrough": true}, {"passthrough": true}]});
    let needs = |id: &str| json!({"parentConditions": [{"id": id}]});
    let circle = json!({"features": {"a": {"rules": [counted, needs("b")]}, "b": {"rules": [needs("a")]}}});
    let features = Features::read(&circle, &mut Problems::default());
    let attributes = json!({"id": "1"});
    let context = Context::new(&attributes);
    let mut evaluator = Evaluator::new(&features, &context);
    assert_eq!(evaluator.feature("a").source, Source::CyclicPrerequisite);
    assert_eq!(evaluator.finish().1.len(), 1);
}

#[test]
fn what_cannot_be_split_is_named_and_admits_nobody_or_all_alike() {
    let read = |rule: Value| {
        let mut problems = Problems::default();
        let trial = Trial::read(&rule, &mut problems);
        (trial.experiment, problems.list().join("\n"))
    };
    let (experiment, problems) = read(json!({"key": "t", "variations": [0, 1], "weights": [0.5, 0.2]}));
    assert_eq!(experiment.ranges, Experiment::new("t", 2).ranges);
    assert!(problems.contains("add up to 1"), "{problems}");
    let (_, problems) = read(json!({"key": "t", "variations": [0, 1], "ranges": [[0, 0.6], [0.5, 1]]}));
    assert!(problems.contains("overlap"), "{problems}");
    let (experiment, problems) = read(json!({"key": "t", "variations": [0, 1], "coverage": "all"}));
    assert!(experiment.ranges.iter().all(|range| range.start == range.end), "{experiment:?}");
    assert!(problems.contains("coverage"), "{problems}");
    let (experiment, problems) = read(json!({"key": "t", "variations": [0, 1], "hashVersion": 7}));
    assert_eq!(experiment.hash_version, None);
    assert!(problems.contains("hashVersion"), "{problems}");

    let rule = |key: &str, from: f64| json!({"key": key, "variations": [0, 1], "namespace": ["n", from, from + 0.5]});
    let shared =
        json!({"features": {"a": {"rules": [rule("one", 0.0)]}, "b": {"rules": [rule("two", 0.4)]}}});
    let (_, problems) = source(&shared, "a");
    assert!(problems.list().join("").contains("one and two overlap"), "{problems:?}");
}

#[test]
fn targeting_that_is_malformed_or_of_the_browser_admits_nobody() {
    let attributes = json!({"id": "1"});
    let context = Context::new(&attributes);
    let features = Features::default();
    let run = |definition: Value| {
        let trial = Trial::read(&definition, &mut Problems::default());
        Evaluator::new(&features, &context).trial(&trial).outcome.reason
    };
    assert_eq!(run(json!({"key": "t", "variations": [0, 1]})), Reason::Assigned);
    let pattern =
        json!({"key": "t", "variations": [0, 1], "urlPatterns": [{"type": "simple", "pattern": "/home"}]});
    assert_eq!(run(pattern), Reason::Unsupported);
    assert_eq!(run(json!({"key": "t", "variations": [0, 1], "filters": "all"})), Reason::Filtered);
    assert_eq!(run(json!({"key": "t", "variations": [0, 1], "force": "first"})), Reason::NoSuchVariation);
    assert_eq!(run(json!({"key": "t", "variations": [0, 1], "namespace": ["n"]})), Reason::OutsideNamespace);
    assert_eq!(run(json!({"key": "t", "variations": [0, 1], "condition": "all"})), Reason::Condition);
    assert_eq!(run(json!({"key": "t", "variations": [0, 1], "parentConditions": [1]})), Reason::Prerequisite);
}

#[test]
fn ranges_beyond_the_variations_and_of_nothing_take_no_visitor() {
    let ids = json!({"id": "1"});
    let visit = Visit { ids: &ids, url: "", enabled: true, qa_mode: false, forced: &BTreeMap::new() };
    let all = Range { start: 0.0, end: 1.0 };
    let mut experiment = Experiment::new("t", 2);
    for ranges in [vec![], vec![Range::NOTHING, Range { start: f64::NAN, end: 1.0 }, all]] {
        experiment.ranges = ranges;
        let outcome = experiment.run(&visit, None, || Ok(()));
        assert_eq!(
            (outcome.in_experiment, outcome.variation, outcome.reason),
            (false, 0, Reason::NotCovered)
        );
    }
}
