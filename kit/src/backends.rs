//! Which backends the component's variables name, and who asks them: this component, where the adapter is
//! built in, or else the app's component `backend`, which has all adapters and all secrets and answers the
//! plain form.

use crate::edge::Edge;
use crate::keep;
use crate::slots::Deadline;
use crate::trace::Trace;
use crate::upstream::EdgeUpstream;
use bytes::Bytes;
use commerce::adapters::{Backend, Settings, connect, names, open as connected};
use commerce::{Capability, Error, Port, Upstream};
use std::rc::Rc;
use std::time::Duration;

/// The component that asks the backends for all others, by service chaining: inside the app only.
pub(crate) const BACKEND: &str = "http://backend.spin.internal";
/// Asked once an instance; what is late is taken for able.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long an instance trusts it.
const GOOD_FOR: Duration = Duration::from_secs(300);
const KEPT: &str = "backend capabilities";

/// The backend that this component asks: the shop itself, when its adapter is built in, it answers everything
/// (no `second_parts`) and `shop_direct` is not `false`; else the component `backend`.
pub(crate) async fn configured(edge: &Rc<dyn Edge>) -> Vec<Backend> {
    if is_direct(edge).await {
        return named(edge).await;
    }
    let url = BACKEND.to_owned();
    let capabilities = capabilities(edge).await;
    let settings = Settings { url, capabilities, relayed: true, ..Settings::named("shop") };
    vec![Backend { adapter: "plain".to_owned(), settings }]
}

/// Whether this component asks the shop without the component `backend` between them.
pub(crate) async fn is_direct(edge: &Rc<dyn Edge>) -> bool {
    let instance = edge.instance();
    let variable = async |name: &str| instance.variable(&**edge, name).await.unwrap_or_default();
    let adapter = adapter(edge, "shop").await;
    variable("second_parts").await.is_empty()
        && names().any(|built_in| built_in == adapter)
        && variable("shop_direct").await != "false"
}

/// The backends that the variables name: one, or two when there are `second_parts`.
pub(crate) async fn named(edge: &Rc<dyn Edge>) -> Vec<Backend> {
    let instance = edge.instance();
    let parts = instance.variable(&**edge, "second_parts").await.unwrap_or_default();
    let prefixes = if parts.is_empty() { &["shop"][..] } else { &["shop", "second"] };
    let mut backends = Vec::new();
    for prefix in prefixes {
        let mut settings = Settings::named(prefix);
        for (name, value) in settings.fields() {
            *value = instance.variable(&**edge, &format!("{prefix}_{name}")).await.unwrap_or_default();
        }
        backends.push(Backend { adapter: adapter(edge, prefix).await, settings });
    }
    backends
}

/// The port of the backends that the variables name: `shop_adapter`, `shop_url` and so on (see [`Settings`]),
/// and the same with `second_` for a backend that answers `second_parts`. For the component `backend`; a head
/// has its [`Shop`](crate::shop::Shop).
///
/// # Errors
/// `Internal`, with the cure, when the settings do not work.
pub async fn open(
    edge: &Rc<dyn Edge>,
    deadline: Deadline,
    trace: &Rc<Trace>,
) -> Result<Box<dyn Port>, Error> {
    let instance = edge.instance();
    let parts = instance.variable(&**edge, "second_parts").await.unwrap_or_default();
    let upstream = |name| -> Box<dyn Upstream> {
        Box::new(EdgeUpstream::new(edge.clone(), deadline, trace.clone(), name))
    };
    connected(&named(edge).await, &parts, &upstream)
}

/// The port of the component `backend`, for a component that has no settings of a shop.
///
/// # Errors
/// Never; the settings are its own.
pub(crate) fn behind(
    edge: &Rc<dyn Edge>,
    deadline: Deadline,
    trace: &Rc<Trace>,
) -> Result<Box<dyn Port>, Error> {
    let settings = Settings { url: BACKEND.to_owned(), relayed: true, ..Settings::named("shop") };
    let upstream = EdgeUpstream::new(edge.clone(), deadline, trace.clone(), "shop");
    connect("plain", &settings, Box::new(upstream))
}

/// The adapter of the backend that has the carts.
pub(crate) async fn of_cart(edge: &Rc<dyn Edge>) -> String {
    let parts = edge.instance().variable(&**edge, "second_parts").await.unwrap_or_default();
    let is_second = parts.split([',', ' ']).any(|part| part == "cart");
    adapter(edge, if is_second { "second" } else { "shop" }).await
}

async fn adapter(edge: &Rc<dyn Edge>, prefix: &str) -> String {
    let name = edge.instance().variable(&**edge, &format!("{prefix}_adapter")).await;
    name.unwrap_or_else(|| "plain".to_owned())
}

/// What the shop behind the component `backend` can be asked; `None`, which stands for everything, while that is
/// not known.
async fn capabilities(edge: &Rc<dyn Edge>) -> Option<Vec<Capability>> {
    let words = match keep::recall(KEPT, edge.elapsed()) {
        Some(words) => words,
        None => {
            let request = http::Request::get(format!("{BACKEND}/v1/capabilities")).body(Bytes::new()).ok()?;
            let answer = edge.fetch(request, PATIENCE, 4 << 10).await.ok()?;
            let words = String::from_utf8(answer.body().to_vec()).ok().filter(|_| answer.status() == 200)?;
            keep::keep(KEPT.to_owned(), &words, GOOD_FOR, edge.elapsed());
            words
        }
    };
    let words: Vec<String> = serde_json::from_slice(words.as_bytes()).ok()?;
    // A word of another version is no capability of this one.
    Some(words.iter().filter_map(|word| Capability::parse(word)).collect())
}
