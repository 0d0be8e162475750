//! What an instance remembers from one request to the next. All visitors share it, so it holds nothing of any.

use crate::cache::Cache;
use crate::edge::Edge;
use crate::rulebook::Books;
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

/// How long a variable's value is good for: an operator may change a secret, and a provider may be slow.
const GOOD_FOR: Duration = Duration::from_secs(10);

/// The memory of an instance.
pub struct Instance {
    pub(crate) cache: Cache,
    pub(crate) books: Books,
    variables: RefCell<HashMap<String, (Option<String>, Duration)>>,
}

impl Instance {
    /// An empty memory; `now` is [`Edge::elapsed`].
    pub fn new(now: Duration) -> Self {
        Self { cache: Cache::new(now), books: Books::default(), variables: RefCell::default() }
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
}
