//! What an instance remembers from one request to the next. All visitors share it, so it holds nothing of any.

use crate::cache::Cache;
use crate::edge::Edge;
use crate::keys::Keys;
use crate::rulebook::{Books, Content};
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::time::Duration;

/// How long a variable's value is good for: an operator may change a secret, and a provider may be slow.
const GOOD_FOR: Duration = Duration::from_secs(10);

/// The memory of an instance.
pub struct Instance {
    pub(crate) cache: Cache,
    /// By the type of what is read; most heads read rules alone.
    books: RefCell<BTreeMap<TypeId, Rc<dyn Any>>>,
    variables: RefCell<HashMap<String, (Option<String>, Duration)>>,
    keys: RefCell<Option<(Rc<Keys>, Duration)>>,
}

impl Instance {
    /// An empty memory; `now` is [`Edge::elapsed`].
    pub fn new(now: Duration) -> Self {
        Self {
            cache: Cache::new(now),
            books: RefCell::default(),
            variables: RefCell::default(),
            keys: RefCell::default(),
        }
    }

    /// What is known of a kind of what is published.
    pub(crate) fn books<T: Content>(&self) -> Rc<Books<T>> {
        let mut all = self.books.borrow_mut();
        let known = all.entry(TypeId::of::<T>()).or_insert_with(|| Rc::<Books<T>>::default());
        known.clone().downcast().unwrap_or_default()
    }

    /// A variable of the component, asked at most every ten seconds; `None` when it is not declared or empty.
    pub(crate) async fn variable(&self, edge: &dyn Edge, name: &str) -> Option<String> {
        let now = edge.elapsed();
        let known =
            self.variables.borrow().get(name).filter(|(_, at)| now.saturating_sub(*at) < GOOD_FOR).cloned();
        if let Some((value, _)) = known {
            return value;
        }
        let value = edge.variable(name).await.filter(|value| !value.is_empty());
        self.variables.borrow_mut().insert(name.to_owned(), (value.clone(), now));
        value
    }

    /// The operator's keys, asked as often. Both at once: between the one and the other no session may be lost.
    pub(crate) async fn keys(&self, edge: &dyn Edge) -> Rc<Keys> {
        let now = edge.elapsed();
        let known = self.keys.borrow().clone().filter(|(_, at)| now.saturating_sub(*at) < GOOD_FOR);
        if let Some((keys, _)) = known {
            return keys;
        }
        let keys = Rc::new(Keys::read(edge).await);
        self.keys.replace(Some((keys.clone(), now)));
        keys
    }
}
