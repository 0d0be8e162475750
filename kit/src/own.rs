//! What a component keeps for itself in key-value: no other component reads it where the host keeps such apart.
//!
//! Its keys begin with `own/COMPONENT/`. Headwater's host gives every component that may use key-value a store of its
//! own under the label `own`; where there is none (Spin knows such a label from its runtime configuration alone) the
//! keys lie in the store `default`, apart by their names only.

use crate::body::Chunks;
use crate::edge::{Edge, FetchError, Instance, StoreError, Wait};
use bytes::Bytes;
use http::{Request, Response};
use jiff::Timestamp;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// How keys begin that are a component's own.
pub const PREFIX: &str = "own/";

/// The key under which a component keeps something for itself.
pub fn key(component: &str, key: &str) -> String {
    format!("{PREFIX}{component}/{key}")
}

/// A world in which every key is the component's own.
pub struct Own<'a> {
    edge: &'a dyn Edge,
    component: &'static str,
}

impl<'a> Own<'a> {
    /// The world of a component that shares nothing.
    pub fn new(edge: &'a dyn Edge, component: &'static str) -> Self {
        Self { edge, component }
    }
}

impl Edge for Own<'_> {
    fn now(&self) -> Timestamp {
        self.edge.now()
    }

    fn elapsed(&self) -> Duration {
        self.edge.elapsed()
    }

    fn random(&self) -> [u8; 16] {
        self.edge.random()
    }

    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        self.edge.sleep(time)
    }

    fn fetch(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
        cap: usize,
    ) -> Wait<'_, Result<Response<Bytes>, FetchError>> {
        self.edge.fetch(request, timeout, cap)
    }

    fn open(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Wait<'_, Result<Response<Chunks>, FetchError>> {
        self.edge.open(request, timeout)
    }

    fn get<'a>(&'a self, name: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        let name = key(self.component, name);
        Box::pin(async move { self.edge.get(&name).await })
    }

    fn set<'a>(&'a self, name: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        let name = key(self.component, name);
        Box::pin(async move { self.edge.set(&name, value).await })
    }

    fn delete<'a>(&'a self, name: &'a str) -> Wait<'a, Result<(), StoreError>> {
        let name = key(self.component, name);
        Box::pin(async move { self.edge.delete(&name).await })
    }

    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        self.edge.variable(name)
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + 'static>>) {
        self.edge.spawn(work);
    }

    fn log(&self, line: &str) {
        self.edge.log(line);
    }

    fn instance(&self) -> Rc<Instance> {
        self.edge.instance()
    }
}
