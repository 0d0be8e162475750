//! Sets of values that an attribute may be one of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Problems;

/// The scalars of a list, sorted, so that a group of 100,000 ids is searched in 17 steps. Lists and maps are members
/// of nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Members {
    null: bool,
    yes: bool,
    no: bool,
    numbers: Vec<f64>,
    texts: Vec<Box<str>>,
}

impl Members {
    pub(super) fn new(list: &[Value], any_case: bool) -> Self {
        let mut members = Self::default();
        for value in list {
            match value {
                Value::Null => members.null = true,
                Value::Bool(true) => members.yes = true,
                Value::Bool(false) => members.no = true,
                Value::Number(number) => members.numbers.extend(number.as_f64().map(|number| number + 0.0)),
                Value::String(text) if any_case => members.texts.push(text.to_lowercase().into()),
                Value::String(text) => members.texts.push(text.as_str().into()),
                Value::Array(_) | Value::Object(_) => {}
            }
        }
        members.numbers.sort_by(f64::total_cmp);
        members.texts.sort();
        members
    }

    /// Whether `value` is one of them, or, for a list, shares one with them.
    pub(super) fn meet(&self, value: &Value, any_case: bool) -> bool {
        match value {
            Value::Array(list) => list.iter().any(|value| self.contains(value, any_case)),
            _ => self.contains(value, any_case),
        }
    }

    fn contains(&self, value: &Value, any_case: bool) -> bool {
        let is_text = |text: &str| self.texts.binary_search_by(|held| held.as_ref().cmp(text)).is_ok();
        match value {
            Value::Null => self.null,
            Value::Bool(true) => self.yes,
            Value::Bool(false) => self.no,
            Value::Number(number) => number.as_f64().is_some_and(|number| {
                self.numbers.binary_search_by(|held| held.total_cmp(&(number + 0.0))).is_ok()
            }),
            Value::String(text) if any_case => is_text(&text.to_lowercase()),
            Value::String(text) => is_text(text),
            Value::Array(_) | Value::Object(_) => false,
        }
    }
}

/// Named groups of ids that conditions refer to (`savedGroups`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups(BTreeMap<String, Members>);

impl Groups {
    /// Reads a map of lists; a group that is no list has no members.
    pub fn read(groups: &Value, problems: &mut Problems) -> Self {
        let mut read = BTreeMap::new();
        for (name, list) in groups.as_object().into_iter().flatten() {
            match list {
                Value::Array(list) => drop(read.insert(name.clone(), Members::new(list, false))),
                _ => problems.add(|| format!("savedGroups.{name}: not a list, so nobody is in it")),
            }
        }
        Self(read)
    }

    /// Whether `value` is in the group `name`; nobody is in a group that does not exist.
    pub(super) fn hold(&self, name: &str, value: &Value) -> bool {
        self.0.get(name).is_some_and(|members| members.meet(value, false))
    }
}
