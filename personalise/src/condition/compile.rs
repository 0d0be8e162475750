//! From the source of a condition to its compiled form.

use super::check::Checker;
use super::parse::parse;
use super::{Condition, Span};
use crate::attribute::{Schema, Type};
use std::collections::BTreeMap;

/// The most bytes that the source of a condition may have.
pub const MAX_SOURCE: usize = 16 * 1_024;

/// The names that a condition may use.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The declared attributes.
    pub schema: &'a Schema,
    /// The audiences with their places, used as `audience.name`.
    pub audiences: &'a BTreeMap<String, u16>,
    /// Whether there is a product to ask about by `item.price` and the like.
    pub items: bool,
}

/// What is wrong with a condition, and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in the condition's source.
    pub span: Span,
    /// What.
    pub message: String,
}

/// Reads and checks a condition, which must come to a bool.
///
/// # Errors
/// Every fault of its types and names; of its syntax the first.
pub fn compile(source: &str, names: Names<'_>) -> Result<Condition, Vec<Fault>> {
    if source.len() > MAX_SOURCE {
        let message = format!(
            "the condition has {} bytes; it may have {MAX_SOURCE}: name parts of it as audiences",
            source.len()
        );
        return Err(vec![Fault { span: Span { start: 0, end: 1 }, message }]);
    }
    let tree = parse(source).map_err(|fault| vec![fault])?;
    let mut checker = Checker::new(source, names);
    let kind = checker.check(&tree).map(|(_, kind)| kind);
    if let Some(kind) = kind.filter(|kind| *kind != Type::BOOL) {
        checker
            .fault(tree.span, format!("a condition must be true or false, and this is {kind}; compare it"));
    }
    checker.finish()
}

#[cfg(test)]
#[path = "compile_tests.rs"]
mod tests;
