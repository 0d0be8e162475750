//! Deciding a condition: no allocation, and a stack no deeper than the condition.

use super::arithmetic::negated;
use super::node::{At, Node};
use super::seen::Seen;
use super::{Condition, Item, Truth};
use crate::attribute::Values;
use jiff::Timestamp;
use std::cmp::Ordering;

/// What a condition is decided by.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// What is known of the visitor.
    pub values: &'a Values,
    /// The moment of the decision, `now` in a condition.
    pub now: Timestamp,
    /// The audiences by their places; one that is missing is unknown.
    pub audiences: &'a [Truth],
    /// The product that a filter is asked about.
    pub item: Option<&'a Item<'a>>,
}

impl Condition {
    /// Whether it holds. What is unknown goes through every operator but three: `false && x` is false,
    /// `true || x` is true, and `has(x)` is always known.
    pub fn evaluate(&self, scene: Scene<'_>) -> Truth {
        match self.quick() {
            Some(quick) => quick.truth(self, &scene),
            None => self.truth(self.root(), &scene),
        }
    }

    /// Of a part that is true or false: without the detour by a value.
    pub(super) fn truth(&self, at: At, scene: &Scene<'_>) -> Truth {
        match self.node(at) {
            Some(Node::Audience(place)) => {
                scene.audiences.get(usize::from(*place)).copied().unwrap_or_default()
            }
            Some(Node::Has(id)) => scene.values.get(*id).is_some().into(),
            Some(Node::Not(one)) => !self.truth(*one, scene),
            Some(Node::All(parts)) => self.all(parts, scene),
            Some(Node::Any(parts)) => self.any(parts, scene),
            Some(Node::Compare(comparison, left, right)) => {
                let order = self.operand(*left, scene).order(self.operand(*right, scene));
                order.map_or(Truth::Unknown, |order| comparison.holds(order).into())
            }
            Some(Node::In(needle, list)) => among(self.operand(*needle, scene), self.operand(*list, scene)),
            Some(Node::Text(test, text, part)) => {
                match (self.operand(*text, scene), self.operand(*part, scene)) {
                    (Seen::Text(text), Seen::Text(part)) => test.holds(text, part).into(),
                    _ => Truth::Unknown,
                }
            }
            Some(
                Node::Literal(_)
                | Node::Attribute(_)
                | Node::Item(_)
                | Node::Now
                | Node::Negate(_)
                | Node::Arithmetic(..)
                | Node::Size(_),
            )
            | None => self.operand(at, scene).truth(),
        }
    }

    /// What nearly every comparison is between is seen without another call.
    #[inline]
    fn operand<'a>(&'a self, at: At, scene: &Scene<'a>) -> Seen<'a> {
        match self.node(at) {
            Some(Node::Literal(value)) => value.into(),
            Some(Node::Attribute(id)) => scene.values.get(*id).map_or(Seen::Unknown, Seen::from),
            _ => self.seen(at, scene),
        }
    }

    pub(crate) fn seen<'a>(&'a self, at: At, scene: &Scene<'a>) -> Seen<'a> {
        match self.node(at) {
            None => Seen::Unknown,
            Some(Node::Literal(value)) => value.into(),
            Some(Node::Attribute(id)) => scene.values.get(*id).map_or(Seen::Unknown, Seen::from),
            Some(Node::Item(part)) => part.of(scene.item),
            Some(Node::Now) => Seen::Time(scene.now),
            Some(Node::Negate(one)) => negated(self.operand(*one, scene)),
            Some(Node::Arithmetic(operation, left, right)) => {
                operation.apply(self.operand(*left, scene), self.operand(*right, scene))
            }
            Some(Node::Size(one)) => size(self.operand(*one, scene)),
            Some(
                Node::Audience(_)
                | Node::Has(_)
                | Node::Not(_)
                | Node::All(_)
                | Node::Any(_)
                | Node::Compare(..)
                | Node::In(..)
                | Node::Text(..),
            ) => self.truth(at, scene).into(),
        }
    }

    /// What a part comes to whoever comes; `None` where it depends on them.
    #[cfg(feature = "publish")]
    pub(crate) fn constant(&self, at: At) -> Option<Truth> {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            let node = self.node(at)?;
            if matches!(
                node,
                Node::Attribute(_) | Node::Audience(_) | Node::Item(_) | Node::Has(_) | Node::Now
            ) {
                return None;
            }
            node.parts(|part| open.push(part));
        }
        let values = Values::new(&crate::attribute::Schema::default());
        let scene = Scene { values: &values, now: Timestamp::UNIX_EPOCH, audiences: &[], item: None };
        Some(self.seen(at, &scene).truth())
    }

    fn all(&self, parts: &[At], scene: &Scene<'_>) -> Truth {
        let mut truth = Truth::True;
        for part in parts {
            truth = truth.min(self.truth(*part, scene));
            if truth == Truth::False {
                break;
            }
        }
        truth
    }

    fn any(&self, parts: &[At], scene: &Scene<'_>) -> Truth {
        let mut truth = Truth::False;
        for part in parts {
            truth = truth.max(self.truth(*part, scene));
            if truth == Truth::True {
                break;
            }
        }
        truth
    }
}

/// Whether it is one of the items.
pub(super) fn among(needle: Seen<'_>, list: Seen<'_>) -> Truth {
    let Seen::List(items) = list else { return Truth::Unknown };
    if needle == Seen::Unknown {
        return Truth::Unknown;
    }
    let mut truth = Truth::False;
    for item in items {
        match needle.order(Seen::from(item)) {
            Some(Ordering::Equal) => return Truth::True,
            Some(_) => {}
            None => truth = Truth::Unknown,
        }
    }
    truth
}

/// Characters of a text, items of a list.
fn size(seen: Seen<'_>) -> Seen<'_> {
    let count = match seen {
        Seen::Text(text) => text.chars().count(),
        Seen::List(items) => items.len(),
        _ => return Seen::Unknown,
    };
    i64::try_from(count).map_or(Seen::Unknown, Seen::Int)
}
