//! Conditions: a typed subset of the Common Expression Language (<https://github.com/google/cel-spec>).
//!
//! Published by `compile` (feature `publish`), decided by [`Condition::evaluate`], explained by [`Condition::trace`].
//! What is not known is neither true nor false: only [`Truth::True`] is a match.

mod arithmetic;
mod evaluate;
mod item;
mod node;
mod program;
mod quick;
mod seen;
mod span;
mod trace;
mod truth;

#[cfg(feature = "publish")]
mod check;
#[cfg(feature = "publish")]
mod compile;
#[cfg(feature = "publish")]
mod constant;
#[cfg(feature = "publish")]
mod lex;
#[cfg(feature = "publish")]
mod parse;
#[cfg(feature = "publish")]
mod primary;
#[cfg(feature = "publish")]
mod syntax;

#[cfg(feature = "publish")]
pub use compile::{Fault, MAX_SOURCE, Names, compile};
pub use evaluate::Scene;
pub use item::Item;
#[cfg(feature = "publish")]
pub(crate) use node::{Comparison, Node};
pub use program::{Condition, MAX_DEPTH, ProgramError};
pub use span::Span;
pub use trace::Step;
pub use truth::Truth;
