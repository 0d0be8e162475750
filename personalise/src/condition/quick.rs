//! How nearly every condition is decided: an attribute held against a literal, and all or any of such tests.
//!
//! Found among the nodes once, when a condition is made, so that a decision need not find its way through them.

use super::evaluate::among;
use super::node::{At, Comparison, Node};
use super::seen::Seen;
use super::{Condition, Scene, Truth};
use crate::attribute::{AttributeId, Value};

/// Some tests, all or any of which are to hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quick {
    is_all: bool,
    tests: Box<[Test]>,
}

/// A comparison that asks for no other part; literals by their places.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Test {
    Compare(Comparison, AttributeId, At),
    In(AttributeId, At),
    Audience(u16),
}

impl Quick {
    /// Of a condition's nodes, the whole last; `None` where more is asked than this can say.
    pub(super) fn of(nodes: &[Node]) -> Option<Self> {
        let root = nodes.last()?;
        let one = |at: &At| Test::of(nodes.get(usize::from(*at))?, nodes);
        let tests = match root {
            Node::All(parts) | Node::Any(parts) => parts.iter().map(one).collect::<Option<_>>()?,
            root => [Test::of(root, nodes)?].into(),
        };
        Some(Self { is_all: !matches!(root, Node::Any(_)), tests })
    }

    /// What the condition comes to that it was made of.
    pub(super) fn truth(&self, condition: &Condition, scene: &Scene<'_>) -> Truth {
        let mut tests = self.tests.iter().map(|test| test.truth(condition, scene));
        if self.is_all { least(&mut tests) } else { !least(&mut tests.map(|truth| !truth)) }
    }
}

/// The least of some truths; those after one that does not hold are not asked for.
#[inline]
fn least(truths: &mut impl Iterator<Item = Truth>) -> Truth {
    let mut least = Truth::True;
    for truth in truths {
        least = least.min(truth);
        if least == Truth::False {
            break;
        }
    }
    least
}

impl Test {
    fn of(node: &Node, nodes: &[Node]) -> Option<Self> {
        let attribute = |at: At| match nodes.get(usize::from(at)) {
            Some(Node::Attribute(id)) => Some(*id),
            _ => None,
        };
        let is_literal = |at: At| matches!(nodes.get(usize::from(at)), Some(Node::Literal(_)));
        match node {
            Node::Compare(comparison, left, right) if is_literal(*right) => {
                Some(Self::Compare(*comparison, attribute(*left)?, *right))
            }
            Node::In(needle, list) if is_literal(*list) => Some(Self::In(attribute(*needle)?, *list)),
            Node::Audience(place) => Some(Self::Audience(*place)),
            _ => None,
        }
    }

    #[inline]
    fn truth(self, condition: &Condition, scene: &Scene<'_>) -> Truth {
        let (id, literal) = match self {
            Self::Audience(place) => {
                return scene.audiences.get(usize::from(place)).copied().unwrap_or_default();
            }
            Self::Compare(_, id, literal) | Self::In(id, literal) => (id, literal),
        };
        let (Some(value), Some(Node::Literal(literal))) = (scene.values.get(id), condition.node(literal))
        else {
            return Truth::Unknown;
        };
        match self {
            Self::Compare(comparison, ..) => comparison.between(value, literal),
            _ => within(value, literal),
        }
    }
}

impl Comparison {
    /// As [`Seen::order`] has it; what is compared most is not looked at twice.
    #[inline]
    fn between(self, left: &Value, right: &Value) -> Truth {
        match (left, right) {
            (Value::Int(left), Value::Int(right)) => self.holds(left.cmp(right)).into(),
            (Value::Text(left), Value::Text(right)) if self == Self::Equal => (left == right).into(),
            _ => {
                let order = Seen::from(left).order(Seen::from(right));
                order.map_or(Truth::Unknown, |order| self.holds(order).into())
            }
        }
    }
}

/// As [`among`] has it.
#[inline]
fn within(needle: &Value, list: &Value) -> Truth {
    match (needle, list) {
        (Value::Text(text), Value::List(items)) if items.iter().any(|item| is_text(item, text)) => {
            Truth::True
        }
        _ => among(needle.into(), list.into()),
    }
}

fn is_text(value: &Value, text: &str) -> bool {
    matches!(value, Value::Text(known) if known.as_ref() == text)
}

#[cfg(all(test, feature = "publish"))]
mod tests {
    use super::*;
    use crate::attribute::{Raw, Schema, Type, Values};
    use crate::condition::{Names, compile};
    use std::collections::BTreeMap;

    const TESTS: [&str; 12] = [
        "n > 3",
        "n == 3.0",
        "n in [1, 4]",
        "name == 'a'",
        "name != 'a'",
        "name < 'b'",
        "name in ['a', 'b']",
        "total >= money('GBP', 5)",
        "score <= 1.5",
        "audience.fans",
        "n == 1 && name in ['a', ''] && audience.fans",
        "n == 1 || total == money('EUR', 5) || audience.fans || name == 'b'",
    ];
    /// More than a row of tests says.
    const OTHERS: [&str; 6] = [
        "!(n > 3)",
        "n + 1 > 3",
        "(n > 1 && n < 4) || name == 'a'",
        "has(n)",
        "name in names",
        "size(name) > 1",
    ];

    fn condition(source: &str, schema: &Schema) -> Condition {
        let audiences = BTreeMap::from([("fans".to_owned(), 0)]);
        compile(&source.replace('\'', "\""), Names { schema, audiences: &audiences, items: false }).unwrap()
    }

    fn schema() -> Schema {
        let declared = [
            ("n", "int"),
            ("name", "string"),
            ("names", "list<string>"),
            ("total", "money"),
            ("score", "number"),
        ];
        Schema::new(declared.map(|(name, kind)| (name.to_owned(), Type::named(kind).unwrap()))).unwrap()
    }

    /// Whoever comes, the short way comes to what the long one does.
    #[test]
    fn a_row_of_tests_comes_to_what_its_condition_does() {
        let schema = schema();
        let conditions = TESTS.map(|source| condition(source, &schema));
        assert!(conditions.iter().all(|condition| condition.quick().is_some()));
        assert!(OTHERS.iter().all(|source| condition(source, &schema).quick().is_none()));
        let text = |text: &str| Raw::Text(text.to_owned());
        let (now, mut seen) = (jiff::Timestamp::UNIX_EPOCH, BTreeMap::<_, u32>::new());
        for n in [Raw::Null, Raw::Int(1), Raw::Int(3), Raw::Int(4)] {
            for name in [Raw::Null, text("a"), text("b"), text("")] {
                for total in [Raw::Null, text("GBP 5"), text("EUR 5")] {
                    let mut values = Values::new(&schema);
                    let score = if n == Raw::Null { Raw::Number(1.6) } else { Raw::Number(1.5) };
                    for (key, raw) in [("n", &n), ("name", &name), ("total", &total), ("score", &score)] {
                        values.read(&schema, key, raw).unwrap();
                    }
                    for fans in [Truth::True, Truth::Unknown, Truth::False] {
                        let scene = Scene { values: &values, now, audiences: &[fans], item: None };
                        for condition in &conditions {
                            let truth = condition.truth(condition.root(), &scene);
                            assert_eq!(
                                condition.evaluate(scene),
                                truth,
                                "{}: {values:?}",
                                condition.source()
                            );
                            *seen.entry(truth).or_default() += 1;
                        }
                    }
                }
            }
        }
        assert!(seen.len() == 3 && seen.values().all(|count| *count > 100), "{seen:?}");
    }
}
