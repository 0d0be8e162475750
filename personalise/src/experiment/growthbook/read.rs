//! Readers of the parts that rules and experiments share. What is malformed admits nobody.

use serde_json::{Map, Value};

use super::Problems;
use super::condition::Condition;
use crate::experiment::{Filter, HashVersion, Namespace, Range};

/// The entry `key`; none where it is null too.
pub(super) fn entry<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|value| !value.is_null())
}

/// The text `key`; none where it is empty too.
pub(super) fn text(map: &Map<String, Value>, key: &str, problems: &mut Problems) -> Option<String> {
    let text = entry(map, key)?.as_str();
    if text.is_none() {
        problems.add(|| format!("{key}: not a text, so it is ignored"));
    }
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The share `key` of the visitors, 0 to 1; none of them where it is no number.
pub(super) fn share(map: &Map<String, Value>, key: &str, problems: &mut Problems) -> Option<f64> {
    let share = entry(map, key)?.as_f64();
    if !share.is_some_and(|share| (0.0..=1.0).contains(&share)) {
        problems.add(|| {
            format!("{key}: not a number from 0 to 1, so the nearer end is taken, and 0 for no number")
        });
    }
    Some(share.unwrap_or(0.0))
}

/// The hash version, or `default` where none is named.
pub(super) fn hash_version(
    map: &Map<String, Value>,
    default: HashVersion,
    problems: &mut Problems,
) -> Option<HashVersion> {
    let Some(value) = entry(map, "hashVersion") else { return Some(default) };
    // 1.0 is 1.
    let number = value.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as u64);
    let version = number.and_then(HashVersion::from_number);
    if version.is_none() {
        problems.add(|| "hashVersion: neither 1 nor 2, so nobody takes part".to_owned());
    }
    version
}

/// A list of `[start, end]`.
pub(super) fn ranges(value: &Value, problems: &mut Problems) -> Vec<Range> {
    value.as_array().into_iter().flatten().map(|value| range(value, problems)).collect()
}

/// `[start, end]`.
pub(super) fn range(value: &Value, problems: &mut Problems) -> Range {
    let ends = value.as_array().map(Vec::as_slice);
    let range = match ends {
        Some([start, end]) => start.as_f64().zip(end.as_f64()).map(|(start, end)| Range { start, end }),
        _ => None,
    };
    if !range.is_some_and(|range| range.start <= range.end) {
        problems
            .add(|| "a range is not [start, end] with a start before its end, so nobody is in it".to_owned());
    }
    range.unwrap_or(Range::NOTHING)
}

/// The filters of a rule or experiment.
pub(super) fn filters(map: &Map<String, Value>, problems: &mut Problems) -> Vec<Filter> {
    let Some(value) = entry(map, "filters") else { return Vec::new() };
    let Value::Array(list) = value else {
        problems.add(|| "filters: not a list, so nobody passes".to_owned());
        return vec![filter(&Map::new(), problems)];
    };
    list.iter().map(|value| filter(value.as_object().unwrap_or(&Map::new()), problems)).collect()
}

fn filter(map: &Map<String, Value>, problems: &mut Problems) -> Filter {
    Filter {
        attribute: text(map, "attribute", problems).unwrap_or_else(|| "id".to_owned()),
        seed: text(map, "seed", problems).unwrap_or_default(),
        hash_version: hash_version(map, HashVersion::V2, problems),
        ranges: entry(map, "ranges").map(|value| ranges(value, problems)).unwrap_or_default(),
    }
}

/// `[name, start, end]`.
pub(super) fn namespace(map: &Map<String, Value>, problems: &mut Problems) -> Option<Namespace> {
    let parts = entry(map, "namespace")?.as_array().map(Vec::as_slice);
    if let Some([Value::String(key), start, end]) = parts
        && let (Some(start), Some(end)) = (start.as_f64(), end.as_f64())
    {
        return Some(Namespace { key: key.clone(), range: Range { start, end } });
    }
    problems.add(|| "namespace: not [name, start, end], so nobody is in it".to_owned());
    Some(Namespace { key: String::new(), range: Range::NOTHING })
}

/// A feature whose value decides whether a rule or experiment applies.
#[derive(Debug, Clone)]
pub(super) struct Prerequisite {
    pub(super) feature: String,
    /// Of a map with the one entry `value`.
    pub(super) condition: Condition,
    /// Failing it ends the feature rather than the rule.
    pub(super) gate: bool,
}

/// The `parentConditions` of a rule or experiment.
pub(super) fn prerequisites(map: &Map<String, Value>, problems: &mut Problems) -> Vec<Prerequisite> {
    let Some(value) = entry(map, "parentConditions") else { return Vec::new() };
    let never = || Prerequisite { feature: String::new(), condition: Condition::never(), gate: false };
    let mut read = |value: &Value| match value.as_object() {
        Some(map) => Prerequisite {
            feature: text(map, "id", problems).unwrap_or_default(),
            condition: entry(map, "condition")
                .map(|value| Condition::read(value, problems))
                .unwrap_or_default(),
            gate: entry(map, "gate").is_some_and(super::value::truthy),
        },
        None => {
            problems.add(|| "parentConditions: one is no map, so it is never met".to_owned());
            never()
        }
    };
    match value {
        Value::Array(list) => list.iter().map(&mut read).collect(),
        other => vec![read(other)],
    }
}
