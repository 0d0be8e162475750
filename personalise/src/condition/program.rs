//! A compiled condition: its nodes, flat, and where each stands in the source.

use super::Span;
use super::node::{At, Node};
use super::quick::Quick;
use crate::attribute::AttributeId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The deepest nesting of a condition; bounds the stack that a decision takes.
pub const MAX_DEPTH: usize = 64;

/// A condition that was checked against the declared attributes. Its attribute and audience places are good for the
/// rules that it was compiled with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unproven")]
pub struct Condition {
    source: Box<str>,
    nodes: Box<[Node]>,
    spans: Box<[Span]>,
    /// Made of the nodes.
    #[serde(skip)]
    quick: Option<Quick>,
}

/// A published condition that was changed or damaged since; publish it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgramError;

#[derive(Deserialize)]
struct Unproven {
    source: Box<str>,
    nodes: Box<[Node]>,
    spans: Box<[Span]>,
}

impl TryFrom<Unproven> for Condition {
    type Error = ProgramError;
    fn try_from(read: Unproven) -> Result<Self, ProgramError> {
        Self::new(read.source, read.nodes, read.spans)
    }
}

impl Condition {
    /// Takes nodes in post-order, the whole condition last.
    ///
    /// # Errors
    /// [`ProgramError`] unless they form one tree no deeper than [`MAX_DEPTH`]: what is accepted ends.
    pub(crate) fn new(
        source: Box<str>,
        nodes: Box<[Node]>,
        spans: Box<[Span]>,
    ) -> Result<Self, ProgramError> {
        let mut depths: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
        let mut sound =
            !nodes.is_empty() && nodes.len() == spans.len() && nodes.len() <= usize::from(At::MAX);
        for node in &nodes {
            let mut depth = 1;
            // Taking a part's depth marks it as used.
            node.parts(|at| match depths.get_mut(usize::from(at)).and_then(Option::take) {
                Some(part) => depth = depth.max(part + 1),
                None => sound = false,
            });
            sound &= depth <= MAX_DEPTH;
            depths.push(Some(depth));
        }
        let roots = depths.iter().flatten().count();
        if !sound || roots != 1 {
            return Err(ProgramError);
        }
        let quick = Quick::of(&nodes);
        Ok(Self { source, nodes, spans, quick })
    }

    /// The text that it was compiled from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The places of the audiences that it asks for, in the order of the source.
    pub fn audiences(&self) -> impl Iterator<Item = (u16, Span)> {
        self.nodes.iter().zip(&self.spans).filter_map(|(node, span)| match node {
            Node::Audience(place) => Some((*place, *span)),
            _ => None,
        })
    }

    /// The attributes that it reads, in the order of the source; one may come twice.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = AttributeId> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Attribute(id) | Node::Has(id) => Some(*id),
            _ => None,
        })
    }

    pub(crate) fn node(&self, at: At) -> Option<&Node> {
        self.nodes.get(usize::from(at))
    }

    pub(super) fn quick(&self) -> Option<&Quick> {
        self.quick.as_ref()
    }

    pub(crate) fn span(&self, at: At) -> Span {
        self.spans.get(usize::from(at)).copied().unwrap_or(Span { start: 0, end: 0 })
    }

    pub(crate) fn root(&self) -> At {
        At::try_from(self.nodes.len().saturating_sub(1)).unwrap_or(At::MAX)
    }
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the compiled condition is damaged; publish the rules again")
    }
}

impl std::error::Error for ProgramError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(nodes: &[Node]) -> Result<Condition, ProgramError> {
        let spans = vec![Span { start: 0, end: 0 }; nodes.len()];
        Condition::new("".into(), nodes.into(), spans.into())
    }

    #[test]
    fn a_damaged_program_is_refused_and_never_loops() {
        assert!(read(&[Node::Now]).is_ok());
        assert!(read(&[]).is_err(), "nothing");
        assert!(read(&[Node::Not(0)]).is_err(), "itself");
        assert!(read(&[Node::Not(1), Node::Now]).is_err(), "a later part");
        assert!(read(&[Node::Now, Node::Now]).is_err(), "two roots");
        // A part used twice at each level would double the work at each level.
        assert!(read(&[Node::Now, Node::All([0, 0].into())]).is_err(), "shared");
        let deep = |depth: u16| -> Vec<Node> {
            std::iter::once(Node::Now).chain((0..depth).map(Node::Not)).collect()
        };
        assert!(read(&deep(63)).is_ok());
        assert!(read(&deep(64)).is_err(), "too deep");
    }

    #[test]
    fn serde_cannot_pass_by_the_check() {
        let json = r#"{"source":"","nodes":[{"Not":0}],"spans":[{"start":0,"end":0}]}"#;
        let error = serde_json::from_str::<Condition>(json).unwrap_err();
        assert!(error.to_string().contains("publish the rules again"), "{error}");
    }
}
