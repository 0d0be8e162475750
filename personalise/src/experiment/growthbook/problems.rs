//! What is wrong with a definition, for whoever publishes it.

/// What is wrong with a definition, each with its place; at most [`Problems::MOST`] are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    place: String,
    found: Vec<String>,
}

impl Problems {
    /// Definitions with more problems than this are no more readable for listing all.
    pub const MOST: usize = 100;

    /// The problems, in the order of the definition.
    pub fn list(&self) -> &[String] {
        &self.found
    }

    /// What is found from here on is at `place`.
    pub(super) fn enter(&mut self, place: String) {
        self.place = place;
    }

    pub(super) fn add(&mut self, problem: impl FnOnce() -> String) {
        if self.found.len() < Self::MOST {
            let separator = if self.place.is_empty() { "" } else { ": " };
            self.found.push(format!("{}{separator}{}", self.place, problem()));
        }
    }
}
