//! How GrowthBook compares JSON values: as JavaScript does, for scalars.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::experiment::Ids;

/// Values nested deeper than this are equal to nothing. JSON that was parsed is at most 128 deep.
const DEEPEST: usize = 128;

static NULL: Value = Value::Null;

/// The value at the end of `path`, through maps and lists; null where there is none.
pub(super) fn at<'a, S: AsRef<str>>(value: &'a Value, path: &[S]) -> &'a Value {
    let step = |value: &'a Value, step: &S| match value {
        Value::Object(map) => map.get(step.as_ref()),
        Value::Array(list) => list.get(step.as_ref().parse::<usize>().ok()?),
        _ => None,
    };
    path.iter().try_fold(value, step).unwrap_or(&NULL)
}

/// JavaScript's `String(value)`; none for a list or map.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::Null => "null".into(),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::Number(number) => number_text(number).into(),
        Value::String(text) => text.into(),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// Whole numbers carry no fraction (`3.0` is `3`), and no exponent.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        // Adding zero turns -0 into 0.
        Some(float) if number.is_f64() => (float + 0.0).to_string(),
        _ => number.to_string(),
    }
}

/// JavaScript's `Number(value)`: NaN for a text that is no number, and for a list or map.
pub(super) fn number(value: &Value) -> f64 {
    match value {
        Value::Null | Value::Bool(false) => 0.0,
        Value::Bool(true) => 1.0,
        Value::Number(number) => number.as_f64().unwrap_or(f64::NAN),
        Value::String(text) => match text.trim() {
            "" => 0.0,
            // Rust reads "inf" and "nan" too.
            trimmed
                if trimmed
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) =>
            {
                trimmed.parse().unwrap_or(f64::NAN)
            }
            _ => f64::NAN,
        },
        Value::Array(_) | Value::Object(_) => f64::NAN,
    }
}

/// JavaScript's `Boolean(value)`.
pub(super) fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(bool) => *bool,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// JavaScript's `<` and `>`: texts by their characters, all else as numbers; none where one is NaN.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => number(left).partial_cmp(&number(right)),
    }
}

/// JavaScript's `===`: no coercion; lists and maps equal nothing.
pub(super) fn identical(left: &Value, right: &Value) -> bool {
    !left.is_array() && !left.is_object() && equal(left, right)
}

/// Equal in all parts; maps whatever the order of their keys, and 1 is 1.0.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    equal_within(left, right, DEEPEST)
}

fn equal_within(left: &Value, right: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| equal_within(left, right, depth))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |(key, left)| right.get(key).is_some_and(|right| equal_within(left, right, depth));
            left.len() == right.len() && left.iter().all(same)
        }
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        (left, right) => left == right,
    }
}

/// A map of attributes. The name may be a key, dots and all, or a path of keys with dots between.
impl Ids for Value {
    fn id(&self, attribute: &str) -> Option<Cow<'_, str>> {
        let value = match self.get(attribute) {
            Some(value) => value,
            None => attribute.split('.').try_fold(self, |value, key| value.get(key))?,
        };
        truthy(value).then(|| text(value)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn scalars_are_coerced_as_javascript_does() {
        let texts = [json!(3.0), json!(-0.0), json!(0.5), json!(123), json!(null), json!(false), json!("x")];
        let texts = texts.iter().map(|value| text(value).unwrap().into_owned()).collect::<Vec<_>>();
        assert_eq!(texts, ["3", "0", "0.5", "123", "null", "false", "x"]);
        assert_eq!(text(&json!([1])), None);
        let numbers = [json!(null), json!(true), json!(" 8 "), json!("")].map(|value| number(&value));
        assert_eq!(numbers, [0.0, 1.0, 8.0, 0.0]);
        for none in [json!("nan"), json!("inf"), json!("8px"), json!([]), json!({})] {
            assert!(number(&none).is_nan(), "{none}");
        }
    }

    #[test]
    fn an_id_is_a_scalar_that_says_something() {
        let attributes =
            json!({"id": 7, "a.b": "dotted", "a": {"b": "nested", "c": "nested"}, "none": 0, "list": [1]});
        let id = |name| attributes.id(name).map(Cow::into_owned);
        assert_eq!(id("id").as_deref(), Some("7"));
        assert_eq!(id("a.b").as_deref(), Some("dotted"));
        assert_eq!(id("a.c").as_deref(), Some("nested"));
        assert_eq!(["none", "list", "a", "missing", "a.b.c"].map(id), [const { None }; 5]);
        assert_eq!(json!("no map").id("id"), None);
    }
}
