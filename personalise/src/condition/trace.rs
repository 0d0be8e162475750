//! Why a condition holds or not: each part with its source and what it came to.

use super::node::{At, Node};
use super::{Condition, Scene, Span};
use serde::Serialize;

/// The most characters of a part's source that a step repeats.
const MAX_SHOWN: usize = 200;

/// One part of a condition and what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// How deep it stands: 0 is the whole condition.
    pub depth: usize,
    /// Where it stands in the condition's source.
    pub span: Span,
    /// What stands there.
    pub source: String,
    /// What it came to: `true`, `3`, `"DE"`, `GBP 35.00`, `unknown`.
    pub value: String,
    /// Whether it came to something that is known.
    pub known: bool,
}

impl Condition {
    /// Every part in the order of the source, each after the one that it is a part of. Literals are left out: they
    /// come to what they say. Parts that a decision would not have looked at are told, too.
    pub fn trace(&self, scene: Scene<'_>) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut open = vec![(self.root(), 0)];
        while let Some((at, depth)) = open.pop() {
            let Some(node) = self.node(at) else { continue };
            if !matches!(node, Node::Literal(_)) {
                steps.push(self.step(at, depth, scene));
            }
            let before = open.len();
            node.parts(|part| open.push((part, depth + 1)));
            if let Some(parts) = open.get_mut(before..) {
                parts.reverse();
            }
        }
        steps
    }

    fn step(&self, at: At, depth: usize, scene: Scene<'_>) -> Step {
        let span = self.span(at);
        let seen = self.seen(at, &scene);
        Step {
            depth,
            span,
            source: span.of(self.source()).chars().take(MAX_SHOWN).collect(),
            value: seen.to_string(),
            known: seen != super::seen::Seen::Unknown,
        }
    }
}
