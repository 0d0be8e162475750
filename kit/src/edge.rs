//! What a component needs of the world around it: clock, chance, network, key-value, variables.
//!
//! [`crate::spin::Spin`] is the real one; tests give their own.

use crate::body::Chunks;
pub use crate::instance::Instance;
use bytes::Bytes;
use jiff::Timestamp;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// Something to wait for; components are single-threaded, hence no `Send`.
pub type Wait<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The world around a component.
pub trait Edge {
    /// The wall clock.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment, for measuring.
    fn elapsed(&self) -> Duration;
    /// 128 unguessable bits.
    fn random(&self) -> [u8; 16];
    /// Waits.
    fn sleep(&self, time: Duration) -> Wait<'_, ()>;
    /// Sends a request and reads the whole answer, at most `cap` bytes, within `timeout`.
    fn fetch(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        cap: usize,
    ) -> Wait<'_, Result<http::Response<Bytes>, FetchError>>;
    /// Sends a request and gives the answer as soon as its headers are there, within `timeout`; the body comes in
    /// chunks, and is cut when none comes for as long again. A world that knows only whole answers gives one chunk.
    fn open(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Wait<'_, Result<http::Response<Chunks>, FetchError>> {
        let fetched = self.fetch(request, timeout, 16 << 20);
        Box::pin(async move {
            let one = |body| Box::pin(futures::stream::iter([Ok(body)])) as Chunks;
            Ok(fetched.await?.map(one))
        })
    }
    /// Reads a key of the store `default`, or of the component's own store ([`crate::own`]).
    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>>;
    /// Writes a key of the same; durable when it returns.
    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>>;
    /// Removes a key of the same.
    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>>;
    /// A variable of the component; `None` when it is not declared.
    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>>;
    /// Goes on with work after the answer was given.
    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + 'static>>);
    /// One line for the operator.
    fn log(&self, line: &str);
    /// What the instance remembers from one request to the next; a world without memory remembers nothing.
    fn instance(&self) -> Rc<Instance> {
        Rc::new(Instance::new(self.elapsed()))
    }
}

/// Why a request got no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchError {
    /// No connection, or it broke; in the host's words.
    Unreachable(String),
    /// Not in time.
    TimedOut,
    /// More bytes than the cap.
    TooLarge,
}

/// The key-value store failed, in the host's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key-value: {}", self.0)
    }
}

impl std::error::Error for StoreError {}
