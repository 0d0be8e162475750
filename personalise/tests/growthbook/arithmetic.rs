//! Hashes, ranges, weights, namespaces and overrides.

use personalise::experiment::{
    HashVersion, Namespace, Range, bucket, bucket_ranges, choose_variation, equal_weights,
    query_string_override,
};
use serde_json::Value;

pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(actual: T, expected: T) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("is {actual:?}, not {expected:?}")) }
}

/// The cases round to eight places.
fn near(actual: &[f64], expected: &[f64]) -> Result<(), String> {
    let is_near =
        actual.len() == expected.len() && actual.iter().zip(expected).all(|(a, e)| (a - e).abs() < 1e-8);
    if is_near { Ok(()) } else { Err(format!("is {actual:?}, not {expected:?}")) }
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn ranges(list: &Value) -> Vec<Range> {
    let range = |ends: &Value| Range { start: ends[0].as_f64().unwrap(), end: ends[1].as_f64().unwrap() };
    list.as_array().unwrap().iter().map(range).collect()
}

pub(crate) fn hash(case: &Value) -> Result<(), String> {
    let version = HashVersion::from_number(case[2].as_u64().unwrap());
    let hash = version.map(|version| bucket(case[0].as_str().unwrap(), case[1].as_str().unwrap(), version));
    equal(hash, case[3].as_f64())
}

pub(crate) fn bucket_range(case: &Value) -> Result<(), String> {
    let given = &case[1];
    let weights = given[2].is_array().then(|| numbers(&given[2]));
    let variations = given[0].as_u64().unwrap() as usize;
    let actual = bucket_ranges(variations, given[1].as_f64().unwrap(), weights.as_deref());
    let flat = |ranges: Vec<Range>| ranges.into_iter().flat_map(|it| [it.start, it.end]).collect::<Vec<_>>();
    near(&flat(actual), &flat(ranges(&case[2])))
}

pub(crate) fn choice(case: &Value) -> Result<(), String> {
    let chosen = choose_variation(case[1].as_f64().unwrap(), &ranges(&case[2]));
    equal(chosen, usize::try_from(case[3].as_i64().unwrap()).ok())
}

pub(crate) fn weights(case: &Value) -> Result<(), String> {
    // A count is never negative here; such a case is one of no variations.
    let count = usize::try_from(case[0].as_i64().unwrap()).unwrap_or(0);
    near(&equal_weights(count), &numbers(&case[1]))
}

pub(crate) fn namespace(case: &Value) -> Result<(), String> {
    let key = case[2][0].as_str().unwrap().to_owned();
    let range = Range { start: case[2][1].as_f64().unwrap(), end: case[2][2].as_f64().unwrap() };
    equal(Some(Namespace { key, range }.contains(case[1].as_str().unwrap())), case[3].as_bool())
}

pub(crate) fn query_string(case: &Value) -> Result<(), String> {
    let variations = case[3].as_u64().unwrap() as usize;
    let forced = query_string_override(case[1].as_str().unwrap(), case[2].as_str().unwrap(), variations);
    equal(forced.map(|forced| forced as u64), case[4].as_u64())
}
