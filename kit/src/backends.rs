//! Which backends the component's variables name.

use crate::edge::Edge;
use commerce::adapters::{Backend, Settings};
use std::rc::Rc;

/// The backends that the component's variables name: one, or two when there are `second_parts`.
pub(crate) async fn configured(edge: &Rc<dyn Edge>) -> Vec<Backend> {
    let instance = edge.instance();
    let parts = instance.variable(&**edge, "second_parts").await.unwrap_or_default();
    let prefixes = if parts.is_empty() { &["shop"][..] } else { &["shop", "second"] };
    let mut backends = Vec::new();
    for prefix in prefixes {
        let adapter = instance.variable(&**edge, &format!("{prefix}_adapter")).await;
        let mut settings = Settings::named(prefix);
        for (name, value) in settings.fields() {
            *value = instance.variable(&**edge, &format!("{prefix}_{name}")).await.unwrap_or_default();
        }
        backends.push(Backend { adapter: adapter.unwrap_or_else(|| "plain".to_owned()), settings });
    }
    backends
}
