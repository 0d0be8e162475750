//! Where in a page something is put.

use lol_html::Selector;
pub use personalise::placements::Put;
use std::rc::Rc;

/// A place in a page: elements that a CSS selector names.
#[derive(Debug, Clone)]
pub struct Placed {
    pub(super) selector: Rc<Selector>,
    /// Where.
    pub put: Put,
    /// Whether every such element, or the first alone.
    pub every: bool,
    /// Which of the fillings stands there, by its number.
    pub filling: usize,
}

impl Placed {
    /// A place at the elements that a CSS selector names: the first of them.
    ///
    /// # Errors
    /// What is wrong with the selector. Of CSS (Selectors Level 3) it may use types, classes, ids, attributes, `:not()`,
    /// `:nth-child()`, descendants and children; what comes later in the page than the element cannot be asked for.
    pub fn new(selector: &str, put: Put, filling: usize) -> Result<Self, String> {
        let selector: Selector = selector.parse().map_err(|why| format!("{why}"))?;
        Ok(Self { selector: Rc::new(selector), put, every: false, filling })
    }

    /// The same place for another number.
    #[must_use]
    pub fn filled_by(&self, filling: usize) -> Self {
        Self { filling, ..self.clone() }
    }
}
