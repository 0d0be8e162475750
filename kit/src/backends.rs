//! Which backends the component's variables name.

use crate::edge::Edge;
use commerce::adapters::{Backend, Settings};
use std::rc::Rc;

/// The backends that the component's variables name: one, or two when there are `second_parts`.
pub(crate) async fn configured(edge: &Rc<dyn Edge>) -> Vec<Backend> {
    let parts = edge.variable("second_parts").await.unwrap_or_default();
    let prefixes = if parts.is_empty() { &["shop"][..] } else { &["shop", "second"] };
    let mut backends = Vec::new();
    for prefix in prefixes {
        let adapter = edge.variable(&format!("{prefix}_adapter")).await.filter(|name| !name.is_empty());
        let mut settings = Settings::named(prefix);
        for (name, value) in settings.fields() {
            *value = edge.variable(&format!("{prefix}_{name}")).await.unwrap_or_default();
        }
        backends.push(Backend { adapter: adapter.unwrap_or_else(|| "plain".to_owned()), settings });
    }
    backends
}
