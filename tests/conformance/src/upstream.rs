//! The network for the backend, and the reference in this process.

use bytes::Bytes;
use commerce::{Call, Error, Kind, Pending, Repeat, Upstream};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kit::rehearsal::World;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long a backend may take for one call: development servers on busy machines are slow.
const PATIENCE: Duration = Duration::from_secs(30);
/// As in the kit.
const ANSWER_CAP: usize = 4 << 20;

/// Calls a backend by HTTP.
pub struct Network {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    kept: RefCell<HashMap<String, (String, Instant)>>,
    /// How many calls were made.
    pub calls: Rc<Cell<usize>>,
}

impl Network {
    /// A network without redirects, as on the edge.
    pub fn new() -> Self {
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, kept: RefCell::default(), calls: Rc::default() }
    }

    async fn exchange(&self, call: Call) -> Result<http::Response<Bytes>, Error> {
        self.calls.set(self.calls.get() + 1);
        let operation = call.operation;
        let broken = |kind, why: String| Error::new(kind, operation, why);
        let exchange = async {
            let answer = self.client.request(call.request.map(Full::new)).await;
            let (head, body) = answer.map_err(|e| broken(Kind::Unreachable, e.to_string()))?.into_parts();
            let body = Limited::new(body, ANSWER_CAP).collect().await;
            let body = body.map_err(|e| broken(Kind::Unreachable, e.to_string()))?.to_bytes();
            Ok(http::Response::from_parts(head, body))
        };
        let late = |_| broken(Kind::TimedOut, format!("no answer within {PATIENCE:?}"));
        tokio::time::timeout(PATIENCE, exchange).await.map_err(late)?
    }
}

impl Default for Network {
    fn default() -> Self {
        Self::new()
    }
}

impl Upstream for Network {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(self.exchange(call))
    }

    fn recall(&self, key: &str) -> Option<String> {
        let kept = self.kept.borrow();
        kept.get(key).filter(|(_, until)| *until > Instant::now()).map(|(value, _)| value.clone())
    }

    fn keep(&self, key: &str, value: &str, good_for: Duration) {
        self.kept.borrow_mut().insert(key.to_owned(), (value.to_owned(), Instant::now() + good_for));
    }

    fn fresh_key(&self) -> Option<String> {
        let (high, low) = (getrandom::u64().ok()?, getrandom::u64().ok()?);
        Some(format!("{high:016x}{low:016x}"))
    }
}

/// Loses the first answer to every write that carries a key, and asks again, as the kit does: whoever honours
/// keys answers as if nothing had happened.
pub struct Forgetful<U>(pub U);

impl<U: Upstream> Upstream for Forgetful<U> {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move {
            if call.repeat == Repeat::Keyed {
                self.0.send(call.clone()).await?;
            }
            self.0.send(call).await
        })
    }

    fn recall(&self, key: &str) -> Option<String> {
        self.0.recall(key)
    }

    fn keep(&self, key: &str, value: &str, good_for: Duration) {
        self.0.keep(key, value, good_for);
    }

    fn fresh_key(&self) -> Option<String> {
        self.0.fresh_key()
    }
}

/// The demo shop's own code over a store in memory.
pub struct Reference(Rc<World>, Cell<u32>);

impl Reference {
    /// A shop in which nobody has bought anything yet.
    pub fn new() -> Self {
        Self(World::new(), Cell::default())
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl Upstream for Reference {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        // The world's time passes only while it runs something.
        let answer = self.0.run(demo_shop::answer(&*self.0, "media".as_ref(), &call.request));
        Box::pin(std::future::ready(Ok(answer)))
    }

    fn fresh_key(&self) -> Option<String> {
        self.1.set(self.1.get() + 1);
        Some(format!("key-{}", self.1.get()))
    }
}
