//! A shop behind a proxy of ours, which forwards truthfully until it is told to fail.
//!
//! - [`operation`]: which question a request asks; faults are set for each apart.
//! - [`fault`]: the ways to fail.
//! - `forward`: the honest way to the shop and back.
//! - `misbehave`: a fault as an answer.

pub mod fault;
mod forward;
mod misbehave;
pub mod operation;

pub use fault::{Fault, LATE, SECRET};
pub use operation::Operation;

use anyhow::Result;
use bytes::Bytes;
use forward::Shop;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use misbehave::Outcome;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// A proxy on a port of its own; it ends with the value.
pub struct Proxy {
    address: SocketAddr,
    desk: Arc<Desk>,
    task: JoinHandle<()>,
}

/// What the connections of a proxy share.
struct Desk {
    /// `None`: there is no shop, and all answers are made up.
    shop: Option<Shop>,
    faults: Mutex<BTreeMap<Operation, Fault>>,
    /// For the next call only.
    once: Mutex<BTreeMap<Operation, Fault>>,
    calls: Mutex<Vec<Call>>,
    edit: Mutex<Option<(String, String)>>,
}

/// A call that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What was asked.
    pub operation: Operation,
    /// How it failed, if it was to.
    pub fault: Option<Fault>,
    /// Method and address.
    pub line: String,
    /// `Idempotency-Key`, without which a write must never be repeated.
    pub key: Option<String>,
}

impl Proxy {
    /// Starts a proxy before the shop at `host:port`.
    ///
    /// # Errors
    /// No port is free.
    pub async fn before(shop: &str) -> Result<Self> {
        Self::start(Some(Shop::at(shop))).await
    }

    /// Starts a shop that fails in one way whatever it is asked.
    ///
    /// # Errors
    /// No port is free.
    pub async fn broken(fault: Fault) -> Result<Self> {
        let proxy = Self::start(None).await?;
        proxy.break_all(fault);
        proxy.set(Operation::Other, fault);
        Ok(proxy)
    }

    async fn start(shop: Option<Shop>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk {
            shop,
            faults: Mutex::default(),
            once: Mutex::default(),
            calls: Mutex::default(),
            edit: Mutex::default(),
        });
        let shared = Arc::clone(&desk);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(Arc::clone(&shared), stream));
            }
        });
        Ok(Self { address, desk, task })
    }

    /// Its address, as a setting of `shop_url`.
    pub fn variable(&self) -> String {
        format!("shop_url=http://{}", self.address)
    }

    /// From now on, an operation fails.
    pub fn set(&self, operation: Operation, fault: Fault) {
        lock(&self.desk.faults).insert(operation, fault);
    }

    /// The next call of an operation fails, and the one after it does not.
    pub fn set_once(&self, operation: Operation, fault: Fault) {
        lock(&self.desk.once).insert(operation, fault);
    }

    /// From now on, every operation fails.
    pub fn break_all(&self, fault: Fault) {
        lock(&self.desk.faults).extend(Operation::ALL.map(|operation| (operation, fault)));
    }

    /// From now on, the shop says one word for another; both are equally long.
    ///
    /// # Panics
    /// When they are not.
    pub fn edit(&self, from: &str, to: &str) {
        assert_eq!(from.len(), to.len(), "the length of an answer is told before it");
        *lock(&self.desk.edit) = Some((from.to_owned(), to.to_owned()));
    }

    /// From now on, nothing fails.
    pub fn heal(&self) {
        lock(&self.desk.faults).clear();
    }

    /// The calls since this was asked last, in the order in which they came.
    pub fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut *lock(&self.desk.calls))
    }

    /// How often each operation was called since [`Proxy::take_calls`].
    pub fn counts(&self) -> BTreeMap<Operation, usize> {
        let mut counts = BTreeMap::new();
        for call in lock(&self.desk.calls).iter() {
            *counts.entry(call.operation).or_default() += 1;
        }
        counts
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A port at which nobody listens, as a setting of `shop_url`.
///
/// # Errors
/// No port is free.
pub async fn nobody() -> Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    Ok(format!("shop_url=http://{}", listener.local_addr()?))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves one connection until it ends or a fault ends it.
async fn connection(desk: Arc<Desk>, stream: TcpStream) {
    // An answer in small parts must not wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let (cut, mut cuts) = mpsc::channel::<&'static [u8]>(1);
    let service = service_fn(move |request| answer(Arc::clone(&desk), cut.clone(), request));
    let mut serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let last_words = tokio::select! {
        _ = &mut serving => return,
        words = cuts.recv() => words.unwrap_or_default(),
    };
    let mut stream = serving.into_parts().io.into_inner();
    let _ = stream.write_all(last_words).await;
    if last_words.is_empty() {
        // Ends it by RST, not by FIN: that is what a refusing or crashing server looks like.
        let _ = stream.set_zero_linger();
    }
}

async fn answer(
    desk: Arc<Desk>,
    cut: mpsc::Sender<&'static [u8]>,
    request: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<misbehave::Body>, std::io::Error> {
    let operation = Operation::of(request.method(), request.uri());
    let fault = lock(&desk.once).remove(&operation).or(lock(&desk.faults).get(&operation).copied());
    let line = format!("{} {}", request.method(), request.uri());
    let key = request.headers().get("idempotency-key");
    let key = key.map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned());
    lock(&desk.calls).push(Call { operation, fault, line, key });
    let truth = match (&desk.shop, fault) {
        (Some(shop), None) => Some(shop.answer(request).await?),
        (Some(shop), Some(fault)) if fault.reaches_the_shop() => Some(shop.answer(request).await?),
        _ => None,
    };
    let edit = lock(&desk.edit).clone();
    let truth = truth.map(|truth| truth.map(|body| edited(body, edit.as_ref())));
    match misbehave::outcome(fault, truth) {
        Outcome::Answer(response) => Ok(response),
        Outcome::After(wait, response) => {
            tokio::time::sleep(wait).await;
            Ok(response)
        }
        Outcome::Cut(last_words) => {
            let _ = cut.send(last_words).await;
            std::future::pending().await
        }
    }
}

fn edited(body: Bytes, edit: Option<&(String, String)>) -> Bytes {
    match (edit, std::str::from_utf8(&body)) {
        (Some((from, to)), Ok(text)) => Bytes::from(text.replace(from, to)),
        _ => body,
    }
}
