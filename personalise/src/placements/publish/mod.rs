//! Publishing: `rewrite.toml` is read, checked and compiled, and everything wrong with it is told at once.

mod beside;
mod file;
mod html;
mod links;
mod place;
mod syntax;
mod view;

pub use file::{MAX_FILE, MAX_PLACES, Published, publish};
pub use syntax::{Fault, Syntax};
pub use view::sample;

#[cfg(test)]
mod tests;
