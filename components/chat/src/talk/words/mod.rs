//! What people mean by what they type, per language: words as data, and one grammar for all.

pub mod fold;
pub mod language;
pub mod lexicon;
mod read;

pub(crate) use read::order_number;
pub use read::{Meaning, Which, Wish, read};
