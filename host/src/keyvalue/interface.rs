//! The host side of `spin:key-value/key-value@3.0.0`.

use super::{Label, OWN, Stores};
use crate::runtime::bindings::spin::key_value::key_value::{self, Error};
use std::collections::BTreeSet;
use std::sync::Arc;
use wasmtime::component::{Access, Accessor, FutureReader, HasData, Resource, ResourceTable, StreamReader};

/// A store that a guest has open.
#[expect(unreachable_pub, reason = "the generated bindings re-export it, which Rust allows for `pub` alone")]
pub struct Opened {
    label: Label,
}

/// Stores one instance may have open at once.
const MAX_OPEN: usize = 256;

/// What the interface needs of an instance.
pub(crate) struct View<'a> {
    pub(crate) table: &'a mut ResourceTable,
    pub(crate) stores: &'a Arc<Stores>,
    pub(crate) granted: &'a BTreeSet<String>,
    pub(crate) component: &'a str,
    pub(crate) open: &'a mut usize,
}

pub(crate) struct KeyValue;

impl HasData for KeyValue {
    type Data<'a> = View<'a>;
}

impl key_value::Host for View<'_> {}

impl key_value::HostStore for View<'_> {}

/// The store behind a handle, out of the instance, so that nothing is borrowed while it works.
fn behind<T>(
    accessor: &Accessor<T, KeyValue>,
    store: &Resource<Opened>,
) -> wasmtime::Result<(Arc<Stores>, Label)> {
    accessor.with(|mut access| {
        let view = access.get();
        let label = view.table.get(store)?.label.clone();
        Ok((Arc::clone(view.stores), label))
    })
}

impl<T: Send + 'static> key_value::HostStoreWithStore<T> for KeyValue {
    async fn open(
        accessor: &Accessor<T, Self>,
        label: String,
    ) -> wasmtime::Result<Result<Resource<Opened>, Error>> {
        accessor.with(|mut access| {
            let view = access.get();
            let Some(known) = Label::of(&label, view.component) else { return Ok(Err(Error::NoSuchStore)) };
            let is_granted = view.granted.contains(&label) || label == OWN && !view.granted.is_empty();
            if !is_granted {
                return Ok(Err(Error::AccessDenied));
            }
            if *view.open >= MAX_OPEN {
                return Ok(Err(Error::StoreTableFull));
            }
            *view.open += 1;
            Ok(Ok(view.table.push(Opened { label: known })?))
        })
    }

    async fn get(
        accessor: &Accessor<T, Self>,
        store: Resource<Opened>,
        key: String,
    ) -> wasmtime::Result<Result<Option<Vec<u8>>, Error>> {
        let (stores, label) = behind(accessor, &store)?;
        Ok(stores.get(label, key).await.map_err(Error::Other))
    }

    async fn set(
        accessor: &Accessor<T, Self>,
        store: Resource<Opened>,
        key: String,
        value: Vec<u8>,
    ) -> wasmtime::Result<Result<(), Error>> {
        let (stores, label) = behind(accessor, &store)?;
        Ok(stores.set(label, key, value).await.map_err(Error::Other))
    }

    async fn delete(
        accessor: &Accessor<T, Self>,
        store: Resource<Opened>,
        key: String,
    ) -> wasmtime::Result<Result<(), Error>> {
        let (stores, label) = behind(accessor, &store)?;
        Ok(stores.delete(label, key).await.map_err(Error::Other))
    }

    async fn exists(
        accessor: &Accessor<T, Self>,
        store: Resource<Opened>,
        key: String,
    ) -> wasmtime::Result<Result<bool, Error>> {
        let (stores, label) = behind(accessor, &store)?;
        Ok(stores.get(label, key).await.map(|value| value.is_some()).map_err(Error::Other))
    }

    async fn get_keys(
        accessor: &Accessor<T, Self>,
        store: Resource<Opened>,
    ) -> wasmtime::Result<(StreamReader<String>, FutureReader<Result<(), Error>>)> {
        let (stores, label) = behind(accessor, &store)?;
        let (keys, outcome) = match stores.keys(label).await {
            Ok(keys) => (keys, Ok(())),
            Err(error) => (Vec::new(), Err(Error::Other(error))),
        };
        accessor.with(|mut access| {
            let keys = StreamReader::new(&mut access, keys)?;
            let outcome = FutureReader::new(&mut access, async move { wasmtime::error::Ok(outcome) })?;
            Ok((keys, outcome))
        })
    }

    fn drop(mut access: Access<'_, T, Self>, store: Resource<Opened>) -> wasmtime::Result<()> {
        let view = access.get();
        view.table.delete(store)?;
        *view.open = view.open.saturating_sub(1);
        Ok(())
    }
}
