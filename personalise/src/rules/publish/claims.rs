//! What a condition claims: enough of logic to see what can never hold and what another already covers.

use crate::attribute::{AttributeId, Value};
use crate::condition::{Comparison, Condition, Node, Truth};
use std::cmp::Ordering;

/// More parts than this are not held against each other; bounds the work.
const MAX_CLAIMS: usize = 64;

/// One part of an `&&`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Claim<'c> {
    /// An attribute held against a value.
    Bound(AttributeId, Comparison, Value),
    /// Anything else, by its source: it claims what is written the same.
    Other(&'c str),
}

/// The parts that must all hold; at most [`MAX_CLAIMS`].
pub(super) fn claims(condition: &Condition) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    collect(condition, condition.root(), &mut claims);
    claims
}

/// Whether a condition can never hold, whoever comes.
pub(super) fn never_holds(condition: &Condition) -> bool {
    never(condition, condition.root())
}

/// Whether `later` cannot hold without `earlier`: each part of `earlier` follows from a part of `later`.
pub(super) fn covers(earlier: &[Claim<'_>], later: &[Claim<'_>]) -> bool {
    earlier.len() < MAX_CLAIMS
        && earlier.iter().all(|wanted| later.iter().any(|given| implies(given, wanted)))
}

fn collect<'c>(condition: &'c Condition, at: u16, claims: &mut Vec<Claim<'c>>) {
    if claims.len() >= MAX_CLAIMS {
        return;
    }
    match condition.node(at) {
        Some(Node::All(parts)) => parts.iter().for_each(|part| collect(condition, *part, claims)),
        Some(node) => claims
            .push(bound(condition, node).unwrap_or(Claim::Other(condition.span(at).of(condition.source())))),
        None => {}
    }
}

fn bound<'c>(condition: &'c Condition, node: &Node) -> Option<Claim<'c>> {
    let attribute = |at| match condition.node(at) {
        Some(Node::Attribute(id)) => Some(*id),
        _ => None,
    };
    let literal = |at| match condition.node(at) {
        Some(Node::Literal(value)) => Some(value.clone()),
        _ => None,
    };
    Some(match node {
        Node::Attribute(id) => Claim::Bound(*id, Comparison::Equal, Value::Bool(true)),
        Node::Not(one) => Claim::Bound(attribute(*one)?, Comparison::Equal, Value::Bool(false)),
        Node::Compare(comparison, left, right) => match (attribute(*left), attribute(*right)) {
            (Some(id), None) => Claim::Bound(id, *comparison, literal(*right)?),
            (None, Some(id)) => Claim::Bound(id, comparison.turned(), literal(*left)?),
            _ => return None,
        },
        _ => return None,
    })
}

fn never(condition: &Condition, at: u16) -> bool {
    match condition.node(at) {
        Some(Node::Any(parts)) => parts.iter().all(|part| never(condition, *part)),
        Some(Node::All(parts)) => {
            let mut claims = Vec::new();
            collect(condition, at, &mut claims);
            let clash = |(place, one): (usize, &Claim<'_>)| {
                claims.iter().skip(place + 1).any(|other| clash(one, other))
            };
            parts.iter().any(|part| never(condition, *part)) || claims.iter().enumerate().any(clash)
        }
        _ => condition.constant(at).is_some_and(|truth| truth != Truth::True),
    }
}

/// Which side of its value a comparison leaves open, and whether the value itself is in.
fn side(comparison: Comparison) -> Option<(Ordering, bool)> {
    match comparison {
        Comparison::Less => Some((Ordering::Less, false)),
        Comparison::AtMost => Some((Ordering::Less, true)),
        Comparison::More => Some((Ordering::Greater, false)),
        Comparison::AtLeast => Some((Ordering::Greater, true)),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}

fn clash(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    let (Claim::Bound(a, first, x), Claim::Bound(b, second, y)) = (one, other) else { return false };
    let Some(order) = (a == b).then(|| x.order(y)).flatten() else { return false };
    match (first, second) {
        (Comparison::Equal, _) => !second.holds(order),
        (_, Comparison::Equal) => !first.holds(order.reverse()),
        _ => match (side(*first), side(*second)) {
            // Two open ends that point away from each other.
            (Some((up, with_x)), Some((down, with_y))) if up != down => {
                order == up || order.is_eq() && !(with_x && with_y)
            }
            _ => false,
        },
    }
}

fn implies(given: &Claim<'_>, wanted: &Claim<'_>) -> bool {
    let (Claim::Bound(a, have, x), Claim::Bound(b, want, y)) = (given, wanted) else {
        return given == wanted;
    };
    let Some(order) = (a == b).then(|| x.order(y)).flatten() else { return false };
    match have {
        Comparison::Equal => want.holds(order),
        Comparison::NotEqual => *want == Comparison::NotEqual && order.is_eq(),
        _ => match (side(*have), side(*want)) {
            (Some((end, with_x)), Some((same, with_y))) if end == same => {
                order == end || order.is_eq() && (with_y || !with_x)
            }
            _ => false,
        },
    }
}
