//! The network for the backend, and the reference in this process.

use bytes::Bytes;
use commerce::{Call, Error, Kind, Pending, Upstream};
use kit::rehearsal::World;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long a backend may take for one call: development servers on busy machines are slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// Calls a backend by HTTP.
pub struct Network {
    client: reqwest::Client,
    kept: RefCell<HashMap<String, (String, Instant)>>,
    /// How many calls were made.
    pub calls: Rc<std::cell::Cell<usize>>,
}

impl Network {
    /// A network without redirects, as on the edge.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> anyhow::Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        Ok(Self { client, kept: RefCell::default(), calls: Rc::default() })
    }

    async fn exchange(&self, call: Call) -> Result<http::Response<Bytes>, Error> {
        self.calls.set(self.calls.get() + 1);
        let operation = call.operation;
        let error = |e: reqwest::Error| {
            let kind = if e.is_timeout() { Kind::TimedOut } else { Kind::Unreachable };
            Error::new(kind, operation, e.without_url().to_string())
        };
        let request = reqwest::Request::try_from(call.request).map_err(error)?;
        let answer = self.client.execute(request).await.map_err(error)?;
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = answer.bytes().await.map_err(error)?;
        Ok(response)
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
}

/// The demo shop's own code over a store in memory.
pub struct Reference(Rc<World>);

impl Reference {
    /// A shop in which nobody has bought anything yet.
    pub fn new() -> Self {
        Self(World::new())
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl Upstream for Reference {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move { Ok(demo_shop::answer(&*self.0, "media".as_ref(), &call.request).await) })
    }
}
