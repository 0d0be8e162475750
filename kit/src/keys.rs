//! The operator's keys, `session_key` and `session_key_former`: what visitors keep for us is sealed with the present
//! one and opens with either, so that a key can be changed and nobody loses a cart.
//!
//! The former key opens what visitors keep, and nothing of the operator's: a proof ([`crate::proof`]) or a preview
//! ([`crate::preview`]) can be made anew at once, and whoever still knows the former key must not govern the shop.

use crate::edge::Edge;
use crate::seal::Seal;
use std::rc::Rc;

/// Both keys as they were at one moment. It is neither printed nor logged.
pub struct Keys {
    present: String,
    former: Option<String>,
}

impl Keys {
    /// The keys as an instance knows them, at most ten seconds old.
    pub async fn of(edge: &dyn Edge) -> Rc<Self> {
        edge.instance().keys(edge).await
    }

    /// The keys as they are now.
    pub async fn read(edge: &dyn Edge) -> Self {
        let present = edge.variable("session_key").await.unwrap_or_default();
        let former = edge.variable("session_key_former").await.unwrap_or_default();
        Self::new(&present, &former)
    }

    /// The present key and the one before it; an empty text is none.
    pub fn new(present: &str, former: &str) -> Self {
        // What the empty key seals, anybody can seal.
        let former = (!former.is_empty()).then(|| former.to_owned());
        Self { present: present.to_owned(), former }
    }

    /// What is sealed from now on is sealed with this one; empty where none is set, and then it proves nothing.
    pub fn present(&self) -> &str {
        &self.present
    }

    /// The one before it, where it is still good; never empty.
    pub fn former(&self) -> Option<&str> {
        self.former.as_deref()
    }

    /// Seals with the present key, and opens with both.
    pub fn seal(&self) -> Seal {
        Seal::new(&self.present).or_by(self.former())
    }
}
