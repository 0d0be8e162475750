//! Deciding a condition: no allocation, and a stack no deeper than the condition.

use super::arithmetic::negated;
use super::node::{At, Node};
use super::seen::Seen;
use super::{Condition, Truth};
use crate::attribute::Values;
use jiff::Timestamp;

/// What a condition is decided by.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// What is known of the visitor.
    pub values: &'a Values,
    /// The moment of the decision, `now` in a condition.
    pub now: Timestamp,
    /// The audiences by their places; one that is missing is unknown.
    pub audiences: &'a [Truth],
}

impl Condition {
    /// Whether it holds. What is unknown goes through every operator but three: `false && x` is false,
    /// `true || x` is true, and `has(x)` is always known.
    pub fn evaluate(&self, scene: Scene<'_>) -> Truth {
        self.seen(self.root(), scene).truth()
    }

    pub(crate) fn seen<'a>(&'a self, at: At, scene: Scene<'a>) -> Seen<'a> {
        let Some(node) = self.node(at) else {
            return Seen::Unknown;
        };
        match node {
            Node::Literal(value) => value.into(),
            Node::Attribute(id) => scene.values.get(*id).map_or(Seen::Unknown, Seen::from),
            Node::Audience(place) => {
                scene.audiences.get(usize::from(*place)).copied().unwrap_or_default().into()
            }
            Node::Now => Seen::Time(scene.now),
            Node::Has(id) => Seen::Bool(scene.values.get(*id).is_some()),
            Node::Not(one) => (!self.seen(*one, scene).truth()).into(),
            Node::Negate(one) => negated(self.seen(*one, scene)),
            Node::All(parts) => self.all(parts, scene).into(),
            Node::Any(parts) => self.any(parts, scene).into(),
            Node::Compare(comparison, left, right) => {
                let order = self.seen(*left, scene).order(self.seen(*right, scene));
                order.map_or(Seen::Unknown, |order| Seen::Bool(comparison.holds(order)))
            }
            Node::In(needle, list) => among(self.seen(*needle, scene), self.seen(*list, scene)).into(),
            Node::Text(test, text, part) => match (self.seen(*text, scene), self.seen(*part, scene)) {
                (Seen::Text(text), Seen::Text(part)) => Seen::Bool(test.holds(text, part)),
                _ => Seen::Unknown,
            },
            Node::Arithmetic(operation, left, right) => {
                operation.apply(self.seen(*left, scene), self.seen(*right, scene))
            }
            Node::Size(one) => size(self.seen(*one, scene)),
        }
    }

    /// What a part comes to whoever comes; `None` where it depends on them.
    #[cfg(feature = "publish")]
    pub(crate) fn constant(&self, at: At) -> Option<Truth> {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            let node = self.node(at)?;
            if matches!(node, Node::Attribute(_) | Node::Audience(_) | Node::Has(_) | Node::Now) {
                return None;
            }
            node.parts(|part| open.push(part));
        }
        let values = Values::new(&crate::attribute::Schema::default());
        let scene = Scene { values: &values, now: Timestamp::UNIX_EPOCH, audiences: &[] };
        Some(self.seen(at, scene).truth())
    }

    fn all(&self, parts: &[At], scene: Scene<'_>) -> Truth {
        let mut truth = Truth::True;
        for part in parts {
            truth = truth.min(self.seen(*part, scene).truth());
            if truth == Truth::False {
                break;
            }
        }
        truth
    }

    fn any(&self, parts: &[At], scene: Scene<'_>) -> Truth {
        let mut truth = Truth::False;
        for part in parts {
            truth = truth.max(self.seen(*part, scene).truth());
            if truth == Truth::True {
                break;
            }
        }
        truth
    }
}

fn among(needle: Seen<'_>, list: Seen<'_>) -> Truth {
    match (needle, list) {
        (Seen::Unknown, _) => Truth::Unknown,
        (needle, Seen::List(items)) => {
            let equal = |item| Some(needle.order(Seen::from(item))?.is_eq());
            let truths = items.iter().map(|item| equal(item).map_or(Truth::Unknown, Truth::from));
            truths.max().unwrap_or(Truth::False)
        }
        _ => Truth::Unknown,
    }
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
