//! A question on its way.

use crate::visibility::Visible;
use commerce::{Error, Pending};
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

/// A public question of the shop on its way. Only [`crate::slots::Slots`] waits for it: there it gets its time,
/// and a copy past its time stands in when the answer does not come.
pub struct Asked<'a, V> {
    pub(crate) pending: Pending<'a, V>,
    /// The copy, once it is known that there is one.
    pub(crate) copy: Rc<RefCell<Option<V>>>,
    /// What to do when nobody waits any more.
    pub(crate) late: Option<Box<dyn FnOnce() + 'a>>,
}

/// What a slot can wait for: a question with its copy, or any other that has none.
pub trait Awaited<'a> {
    /// What it gives.
    type Value: Visible;
    /// The question.
    fn asked(self) -> Asked<'a, Self::Value>;
}

impl<'a, V: Visible> Awaited<'a> for Asked<'a, V> {
    type Value = V;

    fn asked(self) -> Self {
        self
    }
}

impl<'a, V: Visible, F: Future<Output = Result<V, Error>> + 'a> Awaited<'a> for F {
    type Value = V;

    fn asked(self) -> Asked<'a, V> {
        Asked { pending: Box::pin(self), copy: Rc::default(), late: None }
    }
}
