//! What one instance of a component has: its view of WASI, of HTTP, and of the application.

use super::bindings::spin::variables::variables;
use super::output::Output;
use crate::keyvalue::{self, Stores};
use crate::log::Log;
use crate::manifest::Limits;
use crate::outbound::{Gate, Outbound};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use wasmtime::component::{Accessor, HasData, Linker, ResourceTable};
use wasmtime::{Engine, Store, StoreLimits, StoreLimitsBuilder, UpdateDeadline};
use wasmtime_wasi::{FsPerms, HostWallClock, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

/// What all instances of a component share.
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) limits: Limits,
    pub(crate) log: Log,
    /// What the wall clock always says; `None`: the time.
    pub(crate) clock: Option<SystemTime>,
    pub(crate) environment: BTreeMap<String, String>,
    /// Folders of the host, each with its place in the guest; read-only.
    pub(crate) mounts: Vec<(PathBuf, String)>,
    /// The component's variables, filled in. Some are secret: nothing here is `Debug`.
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) granted: BTreeSet<String>,
    pub(crate) stores: Arc<Stores>,
    pub(crate) gate: Arc<Gate>,
}

/// The data of an instance's store.
pub(crate) struct Guest {
    table: ResourceTable,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    outbound: Outbound,
    limits: StoreLimits,
    profile: Arc<Profile>,
    open_stores: usize,
    /// Epoch ticks that the present request has computed through.
    ticks: u32,
}

/// Ticks of computing before a guest has to rest between its turns: 50 ms, far beyond what a page takes.
const PATIENCE: u32 = 10;

/// A wall clock that always says the same.
struct Stopped(Duration);

impl HostWallClock for Stopped {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        self.0
    }
}

impl Guest {
    /// A new request has the patience that the last one had.
    pub(crate) fn begin(&mut self, depth: usize) {
        self.ticks = 0;
        self.outbound.depth = depth;
    }

    /// What a guest does that has computed through an epoch: let others run; the worker's expiration is what ends it.
    ///
    /// Yielding alone would not do for one that never ends: tokio looks at sockets only when no task is ready, or
    /// after some sixty of them, and a task that yields is ready at once. A moment's sleep makes room.
    fn turn(&mut self) -> UpdateDeadline {
        self.ticks = self.ticks.saturating_add(1);
        if self.ticks <= PATIENCE {
            UpdateDeadline::Yield(1)
        } else {
            UpdateDeadline::YieldCustom(1, Box::pin(tokio::time::sleep(Duration::from_millis(1))))
        }
    }

    /// A store that holds to the component's limits, ready for an instance.
    pub(crate) fn store(engine: &Engine, profile: &Arc<Profile>) -> wasmtime::Result<Store<Self>> {
        let mut wasi = WasiCtxBuilder::new();
        let output = Output::new(&profile.name, &profile.log);
        wasi.stdout(output.clone()).stderr(output);
        if let Some(at) = profile.clock {
            wasi.wall_clock(Stopped(at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()));
        }
        for (name, value) in &profile.environment {
            wasi.env(name, value);
        }
        for (folder, place) in &profile.mounts {
            wasi.preopened_dir(folder, place, FsPerms::ReadOnly)?;
        }
        let limits = StoreLimitsBuilder::new()
            .memory_size(profile.limits.memory)
            .instances(16)
            .tables(16)
            .memories(4)
            .build();
        let guest = Self {
            table: ResourceTable::new(),
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            outbound: Outbound::new(Arc::clone(&profile.gate)),
            limits,
            profile: Arc::clone(profile),
            open_stores: 0,
            ticks: 0,
        };
        let mut store = Store::new(engine, guest);
        store.limiter(|guest| &mut guest.limits);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut store| Ok(store.data_mut().turn()));
        Ok(store)
    }
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Guest {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.outbound }
    }
}

/// Everything a component may import.
pub(crate) fn linker(engine: &Engine) -> wasmtime::Result<Linker<Guest>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    super::bindings::spin::key_value::key_value::add_to_linker::<_, keyvalue::KeyValue>(
        &mut linker,
        |guest: &mut Guest| keyvalue::View {
            table: &mut guest.table,
            stores: &guest.profile.stores,
            granted: &guest.profile.granted,
            component: &guest.profile.name,
            open: &mut guest.open_stores,
        },
    )?;
    variables::add_to_linker::<_, Named>(&mut linker, |guest: &mut Guest| &guest.profile.variables)?;
    Ok(linker)
}

/// The host side of `spin:variables/variables@3.0.0`.
struct Named;

impl HasData for Named {
    type Data<'a> = &'a BTreeMap<String, String>;
}

impl variables::Host for &BTreeMap<String, String> {}

impl<T: Send + 'static> variables::HostWithStore<T> for Named {
    async fn get(
        accessor: &Accessor<T, Self>,
        name: String,
    ) -> wasmtime::Result<Result<String, variables::Error>> {
        if !crate::manifest::is_variable_name(&name) {
            return Ok(Err(variables::Error::InvalidName(format!("`{name}` is not lower_snake_case"))));
        }
        let found = accessor.with(|mut access| access.get().get(&name).cloned());
        Ok(found
            .ok_or_else(|| variables::Error::Undefined(format!("this component has no variable `{name}`"))))
    }
}
