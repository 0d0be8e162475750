//! What is known only where placements are carried out.

use serde_json::Value;
use std::collections::BTreeSet;

/// The languages in which a file says what is not its own: CSS, and HTML with the view of a slot in it. Give the readers
/// that rewrite and print the pages, so that what is published is what can be carried out.
pub trait Syntax {
    /// Reads a CSS selector.
    ///
    /// # Errors
    /// What is wrong with it.
    fn selector(&self, selector: &str) -> Result<(), String>;

    /// The names of a view that HTML asks for.
    ///
    /// # Errors
    /// Where it cannot be read, and why.
    fn names(&self, html: &str) -> Result<BTreeSet<String>, Fault>;

    /// Prints a view.
    ///
    /// # Errors
    /// Where it cannot be printed, and why.
    fn print(&self, html: &str, view: &Value) -> Result<String, Fault>;
}

/// What is wrong with HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line of the HTML, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}
