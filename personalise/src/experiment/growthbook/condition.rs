//! The condition language: read once, kept in a form that is quick to evaluate.

use std::cmp::Ordering;

use regex_lite::{Regex, RegexBuilder};
use serde_json::{Map, Value};

use super::Problems;
use super::members::Members;
use super::value::truthy;
use super::version::sortable;

/// Conditions nested deeper than this are true of nobody.
const DEEPEST: usize = 64;
/// A regular expression whose compiled form is larger (bytes) matches nothing.
const LARGEST_REGEX: usize = 16 * 1024;

/// Who is meant, such as `{"country": {"$in": ["GB", "IE"]}, "visits": {"$gt": 3}}`: every entry must hold.
#[derive(Debug, Clone, Default)]
pub struct Condition(pub(super) Vec<Test>);

#[derive(Debug, Clone)]
pub(super) enum Test {
    /// One of them holds; an empty list holds.
    Any(Vec<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// This one does not.
    Not(Box<Test>),
    /// It holds of the whole.
    Whole(Condition),
    /// The attribute at the path is as expected.
    Path(Vec<String>, Expected),
    /// Malformed.
    Never,
}

#[derive(Debug, Clone)]
pub(super) enum Expected {
    Text(String),
    Number(f64),
    Bool(bool),
    Null,
    Equal(Value),
    Operators(Vec<Operator>),
}

#[derive(Debug, Clone)]
pub(super) enum Operator {
    /// The version, in sortable form, is one of these in order to the expected one.
    Version(&'static [Ordering], String),
    Identical(Value),
    Order(&'static [Ordering], Value),
    Exists,
    In {
        members: Members,
        any_case: bool,
    },
    InGroup(String),
    /// Every one matches an element.
    All {
        each: Vec<Expected>,
        any_case: bool,
    },
    Size(Expected),
    /// An element is as expected.
    Element(Expected),
    /// An element, as a map of attributes, meets the condition.
    ElementMeets(Condition),
    Regex(Regex),
    Type(String),
    Not(Box<Operator>),
    Expected(Expected),
    Never,
}

const LESS: &[Ordering] = &[Ordering::Less];
const AT_MOST: &[Ordering] = &[Ordering::Less, Ordering::Equal];
const SAME: &[Ordering] = &[Ordering::Equal];
const OTHER: &[Ordering] = &[Ordering::Less, Ordering::Greater];
const AT_LEAST: &[Ordering] = &[Ordering::Equal, Ordering::Greater];
const MORE: &[Ordering] = &[Ordering::Greater];

impl Condition {
    /// Reads a condition. An empty map is true of everyone. What is malformed (no map, an unknown operator, a broken
    /// regular expression) is false by itself, as in GrowthBook; a condition nested too deep is false as a whole.
    pub fn read(condition: &Value, problems: &mut Problems) -> Self {
        let mut reader = Reader { problems, too_deep: false };
        let read = reader.condition(condition, DEEPEST);
        if reader.too_deep {
            problems.add(|| format!("condition: nested deeper than {DEEPEST}, so it is true of nobody"));
            return Self::never();
        }
        read
    }

    /// True of nobody.
    pub(super) fn never() -> Self {
        Self(vec![Test::Never])
    }
}

struct Reader<'a> {
    problems: &'a mut Problems,
    too_deep: bool,
}

impl Reader<'_> {
    /// One level less; none, and a note, where no level is left.
    fn deeper(&mut self, depth: usize) -> Option<usize> {
        self.too_deep |= depth == 0;
        depth.checked_sub(1)
    }

    fn condition(&mut self, condition: &Value, depth: usize) -> Condition {
        let Some(depth) = self.deeper(depth) else { return Condition::never() };
        let Value::Object(entries) = condition else {
            self.problems.add(|| "condition: not a map, so it is true of nobody".to_owned());
            return Condition::never();
        };
        Condition(entries.iter().map(|(key, value)| self.test(key, value, depth)).collect())
    }

    fn test(&mut self, key: &str, value: &Value, depth: usize) -> Test {
        match (key, value) {
            ("$or", Value::Array(list)) => Test::Any(self.conditions(list, depth)),
            ("$nor", Value::Array(list)) => Test::Not(Box::new(Test::Any(self.conditions(list, depth)))),
            ("$and", Value::Array(list)) => Test::All(self.conditions(list, depth)),
            ("$not", _) => Test::Not(Box::new(Test::Whole(self.condition(value, depth)))),
            ("$or" | "$nor" | "$and", _) => {
                self.problems.add(|| format!("{key}: not a list, so it is never true"));
                Test::Never
            }
            _ => Test::Path(key.split('.').map(str::to_owned).collect(), self.expected(value, depth)),
        }
    }

    fn conditions(&mut self, list: &[Value], depth: usize) -> Vec<Condition> {
        list.iter().map(|condition| self.condition(condition, depth)).collect()
    }

    fn expected(&mut self, value: &Value, depth: usize) -> Expected {
        let Some(depth) = self.deeper(depth) else { return Expected::Null };
        match value {
            Value::String(text) => Expected::Text(text.clone()),
            Value::Number(number) => Expected::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::Bool(bool) => Expected::Bool(*bool),
            Value::Null => Expected::Null,
            Value::Object(map) if are_operators(map) => Expected::Operators(
                map.iter().map(|(name, value)| self.operator(name, value, depth)).collect(),
            ),
            Value::Array(_) | Value::Object(_) => Expected::Equal(value.clone()),
        }
    }

    fn operator(&mut self, name: &str, value: &Value, depth: usize) -> Operator {
        let not = |operator| Operator::Not(Box::new(operator));
        let in_list =
            |list: &[Value], any_case| Operator::In { members: Members::new(list, any_case), any_case };
        match (name, value) {
            ("$veq", _) => Operator::Version(SAME, sortable(value)),
            ("$vne", _) => Operator::Version(OTHER, sortable(value)),
            ("$vlt", _) => Operator::Version(LESS, sortable(value)),
            ("$vlte", _) => Operator::Version(AT_MOST, sortable(value)),
            ("$vgt", _) => Operator::Version(MORE, sortable(value)),
            ("$vgte", _) => Operator::Version(AT_LEAST, sortable(value)),
            ("$eq", _) => Operator::Identical(value.clone()),
            ("$ne", _) => not(Operator::Identical(value.clone())),
            ("$lt", _) => Operator::Order(LESS, value.clone()),
            ("$lte", _) => Operator::Order(AT_MOST, value.clone()),
            ("$gt", _) => Operator::Order(MORE, value.clone()),
            ("$gte", _) => Operator::Order(AT_LEAST, value.clone()),
            ("$exists", _) if truthy(value) => Operator::Exists,
            ("$exists", _) => not(Operator::Exists),
            ("$in", Value::Array(list)) => in_list(list, false),
            ("$ini", Value::Array(list)) => in_list(list, true),
            ("$nin", Value::Array(list)) => not(in_list(list, false)),
            ("$nini", Value::Array(list)) => not(in_list(list, true)),
            ("$inGroup", Value::String(group)) => Operator::InGroup(group.clone()),
            ("$notInGroup", Value::String(group)) => not(Operator::InGroup(group.clone())),
            ("$all" | "$alli", Value::Array(list)) => Operator::All {
                each: list.iter().map(|value| self.expected(value, depth)).collect(),
                any_case: name == "$alli",
            },
            ("$size", _) => Operator::Size(self.expected(value, depth)),
            ("$not", _) => not(Operator::Expected(self.expected(value, depth))),
            ("$elemMatch", Value::Object(map)) if are_operators(map) => {
                Operator::Element(self.expected(value, depth))
            }
            ("$elemMatch", _) => Operator::ElementMeets(self.condition(value, depth)),
            ("$regex" | "$regexi", Value::String(pattern)) => self.regex(name, pattern),
            ("$type", Value::String(kind)) => Operator::Type(kind.clone()),
            _ => {
                self.problems
                    .add(|| format!("{name}: an unknown operator or a wrong type, so it is never true"));
                Operator::Never
            }
        }
    }

    /// The regular expressions here take time in proportion to the text, whatever the pattern; so they know neither
    /// look-around nor back-references, and `$regexi` folds the case of ASCII letters only.
    fn regex(&mut self, name: &str, pattern: &str) -> Operator {
        let any_case = name == "$regexi";
        match RegexBuilder::new(pattern).case_insensitive(any_case).size_limit(LARGEST_REGEX).build() {
            Ok(regex) => Operator::Regex(regex),
            Err(error) => {
                self.problems.add(|| format!("{name}: {error}, so it is never true"));
                Operator::Never
            }
        }
    }
}

fn are_operators(map: &Map<String, Value>) -> bool {
    !map.is_empty() && map.keys().all(|key| key.starts_with('$'))
}
