//! A condition as it was written, before types are known.

use super::Span;
use super::node::{Arithmetic, Comparison};
use crate::attribute::Value;

#[derive(Debug)]
pub(super) struct Expr {
    pub(super) span: Span,
    /// How many levels it has; bounded by the parser, so that walking and dropping it is.
    pub(super) depth: usize,
    pub(super) shape: Shape,
}

#[derive(Debug)]
pub(super) enum Shape {
    Literal(Value),
    /// A path of words, `visitor.visits`.
    Name(String),
    List(Vec<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Compare(Comparison, Box<[Expr; 2]>),
    In(Box<[Expr; 2]>),
    Arithmetic(Arithmetic, Box<[Expr; 2]>),
    /// A function with its arguments; of a method, what it is called on comes first.
    Call {
        name: String,
        method: bool,
        arguments: Vec<Expr>,
    },
}

impl Shape {
    pub(super) fn parts(&self) -> &[Expr] {
        match self {
            Self::Literal(_) | Self::Name(_) => &[],
            Self::Not(one) | Self::Negate(one) => std::slice::from_ref(one),
            Self::List(many) | Self::All(many) | Self::Any(many) => many,
            Self::Call { arguments, .. } => arguments,
            Self::Compare(_, both) | Self::In(both) | Self::Arithmetic(_, both) => both.as_slice(),
        }
    }
}
