//! Whether a condition is true of a visitor.

use serde_json::Value;

use super::condition::{Condition, Expected, Operator, Test};
use super::members::Groups;
use super::value::{at, equal, identical, number, order, text, truthy};
use super::version::sortable;

/// No regular expression matches a text longer than this (bytes): the time of one is the product of the pattern and
/// the text, and a visitor writes the text.
const LONGEST_TEXT: usize = 4 * 1024;

impl Condition {
    /// Whether it is true of `attributes`, a map; `groups` are those that it may name.
    pub fn is_true_of(&self, attributes: &Value, groups: &Groups) -> bool {
        self.0.iter().all(|test| test.holds(attributes, groups))
    }
}

impl Test {
    fn holds(&self, attributes: &Value, groups: &Groups) -> bool {
        let is_true = |condition: &Condition| condition.is_true_of(attributes, groups);
        match self {
            Self::Any(conditions) => conditions.is_empty() || conditions.iter().any(is_true),
            Self::All(conditions) => conditions.iter().all(is_true),
            Self::Whole(condition) => is_true(condition),
            Self::Not(test) => !test.holds(attributes, groups),
            Self::Path(path, expected) => expected.is(at(attributes, path), groups),
            Self::Never => false,
        }
    }
}

impl Expected {
    fn is(&self, actual: &Value, groups: &Groups) -> bool {
        match self {
            Self::Text(expected) => text(actual).is_some_and(|actual| actual == *expected),
            Self::Number(expected) => number(actual) == *expected,
            Self::Bool(expected) => !actual.is_null() && truthy(actual) == *expected,
            Self::Null => actual.is_null(),
            Self::Equal(expected) => equal(actual, expected),
            Self::Operators(operators) => operators.iter().all(|operator| operator.holds(actual, groups)),
        }
    }

    fn is_in_any_case(&self, actual: &Value, groups: &Groups) -> bool {
        match self {
            Self::Text(expected) => {
                text(actual).is_some_and(|actual| actual.to_lowercase() == expected.to_lowercase())
            }
            _ => self.is(actual, groups),
        }
    }
}

impl Operator {
    fn holds(&self, actual: &Value, groups: &Groups) -> bool {
        let some =
            |holds: &dyn Fn(&Value) -> bool| actual.as_array().is_some_and(|list| list.iter().any(holds));
        match self {
            Self::Version(orders, expected) => orders.contains(&sortable(actual).as_str().cmp(expected)),
            Self::Identical(expected) => identical(actual, expected),
            Self::Order(orders, expected) => {
                order(actual, expected).is_some_and(|order| orders.contains(&order))
            }
            Self::Exists => !actual.is_null(),
            Self::In { members, any_case } => members.meet(actual, *any_case),
            Self::InGroup(group) => groups.hold(group, actual),
            Self::All { each, any_case: false } => {
                actual.is_array() && each.iter().all(|each| some(&|element| each.is(element, groups)))
            }
            Self::All { each, any_case: true } => {
                actual.is_array()
                    && each.iter().all(|each| some(&|element| each.is_in_any_case(element, groups)))
            }
            Self::Size(expected) => {
                actual.as_array().is_some_and(|list| expected.is(&Value::from(list.len()), groups))
            }
            // GrowthBook passes over the elements that are false, 0, null or empty.
            Self::Element(expected) => some(&|element| truthy(element) && expected.is(element, groups)),
            Self::ElementMeets(condition) => {
                some(&|element| truthy(element) && condition.is_true_of(element, groups))
            }
            Self::Regex(regex) => {
                text(actual).is_some_and(|text| text.len() <= LONGEST_TEXT && regex.is_match(&text))
            }
            Self::Type(kind) => kind_of(actual) == kind,
            Self::Not(operator) => !operator.holds(actual, groups),
            Self::Expected(expected) => expected.is(actual, groups),
            Self::Never => false,
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
