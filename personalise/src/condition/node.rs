//! The parts of a compiled condition.

use super::item::ItemPart;
use crate::attribute::{AttributeId, Value};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The place of a node among its condition's nodes.
pub(crate) type At = u16;

/// One part. Its own parts stand before it, each used once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Node {
    Literal(Value),
    Attribute(AttributeId),
    /// The result of an audience, by its place.
    Audience(u16),
    /// Of the product that a filter is asked about.
    Item(ItemPart),
    /// The moment of the decision.
    Now,
    Has(AttributeId),
    Not(At),
    Negate(At),
    All(Box<[At]>),
    Any(Box<[At]>),
    Compare(Comparison, At, At),
    In(At, At),
    Text(TextTest, At, At),
    Arithmetic(Arithmetic, At, At),
    Size(At),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TextTest {
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Node {
    /// Calls with each of its parts, in the order of the source.
    pub(crate) fn parts(&self, mut each: impl FnMut(At)) {
        match self {
            Self::Literal(_)
            | Self::Attribute(_)
            | Self::Audience(_)
            | Self::Item(_)
            | Self::Now
            | Self::Has(_) => {}
            Self::Not(one) | Self::Negate(one) | Self::Size(one) => each(*one),
            Self::All(many) | Self::Any(many) => many.iter().copied().for_each(each),
            Self::Compare(_, left, right)
            | Self::In(left, right)
            | Self::Text(_, left, right)
            | Self::Arithmetic(_, left, right) => {
                each(*left);
                each(*right);
            }
        }
    }
}

impl Comparison {
    /// The same with its sides changed over.
    #[cfg(feature = "publish")]
    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            same @ (Self::Equal | Self::NotEqual) => same,
        }
    }

    pub(crate) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl TextTest {
    pub(crate) fn holds(self, text: &str, part: &str) -> bool {
        match self {
            Self::Contains => text.contains(part),
            Self::StartsWith => text.starts_with(part),
            Self::EndsWith => text.ends_with(part),
        }
    }
}
